using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>The operations of a resource: list, opening, detail, and each step that the record knows of its noun.
/// </summary>
internal static class ResourceOperations
{
    private static readonly string[] WriteCodes =
    [
        Problems.Unauthenticated, Problems.RoleMissing, Problems.Malformed, Problems.TooLong, Problems.NotJson,
        Problems.BadParameter, Problems.KeyReused, Problems.NoLog, Problems.NotAnEntry, Problems.Unavailable,
        .. FoldReasons.All.Where(code => code != FoldReasons.AlreadyDone),
    ];

    /// <summary>All of them, by address and method; the bodies and answers go into the document's schemas.</summary>
    internal static IEnumerable<(string Path, string Method, ToldOperation Operation)> Of(
        ToldResource told, JsonObject schemas)
    {
        var name = Names.Pascal(told.Noun);
        var path = ResourceEndpoints.Base + told.Plural;
        schemas[name + "Row"] = told.Row.DeepClone();
        schemas[name + "List"] = AnswerShapes.Row();
        AnswerShapes.Add(
            schemas[name + "List"]!.AsObject(), "items",
            AnswerShapes.List(DocumentParts.Ref("schemas", name + "Row")));
        schemas[name] = Detail(told);
        yield return (path, "get", List(told, name));
        yield return (path, "post", Open(told, name, schemas));
        yield return (path + "/{owner}/{name}", "get", Read(told, name));
        foreach (var kind in RecordKinds.All.Where(kind => kind.Noun == told.Noun))
        {
            var verb = kind.Name[(told.Noun.Length + 1)..];
            yield return (path + "/{owner}/{name}/" + verb, "post", Step(told, name, verb, kind, schemas));
        }
    }

    private static JsonObject Detail(ToldResource told)
    {
        var detail = told.Row.DeepClone().AsObject();
        foreach (var (member, schema) in AnswerShapes.DetailsOf(told.Noun))
        {
            AnswerShapes.Add(detail, member, schema);
        }

        AnswerShapes.Add(detail, "steps", AnswerShapes.List(DocumentParts.Ref("schemas", "Step")));
        return detail;
    }

    private static ToldOperation List(ToldResource told, string name) => new(
        $"list{Names.Pascal(told.Plural)}", told.Plural, $"A page of {told.Plural}, in the order of their names.",
        [
            new ToldParameter(
                "limit", $"How many at most; {ListAnswers.LimitMax} where the answer is JSON.",
                new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ListAnswers.ExportMax }),
            new ToldParameter("cursor", "Where to go on, as a Link header of this list gave it.", Text(256)),
            new ToldParameter("format", "The form of the answer; it goes before Accept.", new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. ListFormats.All.Select(one => JsonValue.Create(one.Name))]),
            }),
            .. told.Filters.Select(filter => new ToldParameter(
                filter, $"Only those whose {filter} is this; all filters that are given must hold.",
                Text(ListAnswers.FilterMax))),
        ],
        DocumentParts.Ref("schemas", name + "List"),
        [Problems.BadParameter, Problems.UnknownParameter])
    {
        Others = [.. ListFormats.All.Select(one => one.MediaType).Where(type => type != "application/json")],
        Sends = ["Link"],
        Token = TokenUse.Optional,
    };

    private static ToldOperation Read(ToldResource told, string name) => new(
        $"read{name}", told.Plural, $"One {told.Noun} with its steps.", [],
        DocumentParts.Ref("schemas", name), [Problems.NotFound])
    {
        Reads = ["IfNoneMatch"],
        Sends = ["ETag"],
        Done = [200, 304],
        Token = TokenUse.Optional,
    };

    private static ToldOperation Open(ToldResource told, string name, JsonObject schemas)
    {
        var shape = BodyShapes.OfOpening(told.Noun, told.Opens);
        var body = new BodyShape(
            [BodyShapes.Slug("id", EntityName.LengthMax), .. shape.Fields], shape.IsOpen).Schema();
        schemas[$"New{name}"] = body;
        return new ToldOperation(
            $"open{name}", told.Plural, $"Opens a {told.Noun}: {told.Opens}.", [],
            DocumentParts.Ref("schemas", "Written"),
            [.. WriteCodes, Problems.Exists, Problems.MemberLeft])
        {
            Description = $"Needs one of the roles {told.RolesOf(told.Opens)}. "
                + "The id is chosen by the client and stands in the name of the entity behind its owner.",
            Body = Json(DocumentParts.Ref("schemas", $"New{name}")),
            Done = [200, 201],
            Reads = ["IdempotencyKey"],
            Sends = ["ETag", "Location"],
            NeedsToken = true,
        };
    }

    private static ToldOperation Step(
        ToldResource told, string name, string verb, EntryKind kind, JsonObject schemas)
    {
        var schema = name + Names.Pascal(verb);
        schemas[schema] = BodyShapes.OrOpen(kind).Schema();
        var right = kind.Right == Right.Owner ? "by its owner alone" : "by a member that is named in it";
        return new ToldOperation(
            $"say{schema}", told.Plural, $"Says of a {told.Noun}: {verb}.", [],
            DocumentParts.Ref("schemas", "Written"),
            [.. WriteCodes, Problems.NotFound, Problems.IfMatchMissing, Problems.Stale])
        {
            Description = $"Said {right}; needs one of the roles {told.RolesOf(verb)}.",
            Body = Json(DocumentParts.Ref("schemas", schema)),
            Reads = ["IfMatch", "IdempotencyKey"],
            Sends = ["ETag"],
            NeedsToken = true,
        };
    }

    private static JsonObject Text(int max) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = max };

    private static JsonObject Json(JsonObject schema) => new()
    {
        ["application/json"] = new JsonObject { ["schema"] = schema },
    };
}
