using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Outbreaks;

/// <summary><c>outbreak.declared</c>: a convener opens the record of one disease spreading.</summary>
internal sealed class OutbreakFold : LatestStatementFold
{
    internal const string Kind = "outbreak.declared";

    internal static JsonObject Statement(string name, string pack, DateOnly declared, bool exercise) => new()
    {
        ["declared"] = declared.Written(),
        ["exercise"] = exercise,
        ["name"] = name,
        ["pack"] = pack,
    };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        body.Text("name") is { } name && body.Text("pack") is { } pack && body.Day("declared") is { } declared
            ?
            [
                new OutbreakRow
                {
                    Subject = subject.ToString(),
                    Member = subject.Owner.ToString(),
                    Name = name,
                    Pack = pack,
                    Declared = declared.DayNumber,
                    Exercise = body.Flag("exercise"),
                },
            ]
            : null;
}
