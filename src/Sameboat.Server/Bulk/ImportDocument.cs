using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Api;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Api.Sheets;

namespace Sameboat.Server.Bulk;

/// <summary>What the document says of imports.</summary>
internal static class ImportDocument
{
    private static readonly string[] Codes =
    [
        Problems.Unauthenticated, Problems.RoleMissing, Problems.BadParameter, Problems.TooLong, Problems.NotJson,
        Problems.ImportRefused, Problems.KeyReused, Problems.NoLog, Problems.NotAnEntry, Problems.Stale,
        Problems.Unavailable, Problems.MemberLeft,
    ];

    internal static ToldOperation Import(ImportKind kind) => new(
        "import" + Names.Pascal(kind.Name), "imports", $"Takes a file of {kind.Name}, all of it or nothing.",
        Query(kind), Answer(), Codes)
    {
        Description = $"Columns: {string.Join("; ", kind.Columns.Select(Told))}. At most {ImportTable.RowsMax} rows "
            + $"and {ImportTable.BytesMax} bytes. A formula is a text. Needs one of the roles {kind.Role}.",
        Body = new JsonObject
        {
            ["text/csv"] = File("text/csv"),
            [SheetWriter.MediaType] = File(SheetWriter.MediaType),
        },
        Done = [200, 201],
        NeedsToken = true,
    };

    internal static ToldOperation Undo(ImportKind kind, BodyShape shape) => new(
        "undo" + Names.Pascal(kind.Name) + "Import", "imports",
        $"Takes back what an import of {kind.Name} said, by entries that correct it.", [],
        AnswerShapes.Row("name", "s", "undone", "b"),
        [.. Codes, Problems.Malformed, Problems.NotFound, "unreadable", "reason-missing"])
    {
        Body = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = shape.Schema() } },
        NeedsToken = true,
    };

    private static List<ToldParameter> Query(ImportKind kind)
    {
        var query = new List<ToldParameter>
        {
            new("name", "A name for the import that the client chose; sent again with it, it is done once.",
                new JsonObject
                {
                    ["type"] = "string",
                    ["pattern"] = BodyShapes.SlugForm,
                    ["maxLength"] = ImportEndpoints.NameMax,
                }, IsRequired: true),
            new("mode", "preview looks and stores nothing; commit does it.", new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray("preview", "commit"),
                ["default"] = "preview",
            }),
            new("exercise", "True when nothing of it is real.", new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray("true", "false"),
            }),
        };
        if (kind.Name != ImportKind.Receipts)
        {
            query.Add(new ToldParameter("outbreak", "What it belongs to.", new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = BodyShapes.Entity("outbreak", "outbreak", true).Form,
                ["maxLength"] = EntityName.LengthMax,
            }, IsRequired: true));
        }

        return query;
    }

    private static JsonObject Answer()
    {
        var answer = AnswerShapes.Row(
            "already_done", "b", "committed", "b", "entities", "i", "entries", "i", "name", "s");
        AnswerShapes.Add(answer, "subjects", new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "string" },
        });
        return answer;
    }

    private static string Told(Field field) =>
        $"{field.Name} ({field.Expected}{(field.IsRequired ? "" : ", may be empty")})";

    private static JsonObject File(string type) => new()
    {
        ["schema"] = new JsonObject { ["type"] = "string", ["contentMediaType"] = type },
    };
}
