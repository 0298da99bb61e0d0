using System.Text.Json.Nodes;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary><c>member.joined</c>: a member introduces itself in its own log.</summary>
internal sealed class MemberFold() : LatestStatementFold(Kind)
{
    internal const string Kind = "member.joined";

    internal const string State = "state";

    internal const string Organisation = "organisation";

    /// <summary>The body that introduces a member; the territory is null for one that answers for none.</summary>
    internal static JsonObject Statement(string kind, string name, TerritoryCode? territory, bool exercise) => new()
    {
        ["exercise"] = exercise,
        ["kind"] = kind,
        ["name"] = name,
        ["territory"] = territory?.ToString(),
    };

    protected override IReadOnlyList<IProjectedRow>? Read(string subject, MemberId author, JsonObject body) =>
        body.Text("kind") is { } kind && body.Text("name") is { } name
            ?
            [
                new MemberRow
                {
                    Subject = subject,
                    Member = author.ToString(),
                    Kind = kind,
                    Name = name,
                    Territory = body.Place("territory")?.ToString() ?? "",
                    Exercise = body.Flag("exercise"),
                },
            ]
            : null;
}
