using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary>
/// <c>member.joined</c>: a member introduces itself in its own log. The subject has no name of its own,
/// <c>member/ken</c>: there is one introduction a member.
/// </summary>
internal sealed class MemberFold : LatestStatementFold
{
    internal const string Kind = "member.joined";

    internal const string State = "state";

    internal const string Organisation = "organisation";

    /// <summary>The subject of a member's introduction.</summary>
    internal static string Subject(MemberId member) => EntityName.Of("member", member).ToString();

    /// <summary>The body that introduces a member; the territory is null for one that answers for none.</summary>
    internal static JsonObject Statement(string kind, string name, TerritoryCode? territory, bool exercise) => new()
    {
        ["exercise"] = exercise,
        ["kind"] = kind,
        ["name"] = name,
        ["territory"] = territory?.ToString(),
    };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        subject.Name is "" && body.Text("kind") is { } kind && body.Text("name") is { } name
            ?
            [
                new MemberRow
                {
                    Subject = subject.ToString(),
                    Member = subject.Owner.ToString(),
                    Kind = kind,
                    Name = name,
                    Territory = body.Place("territory")?.ToString() ?? "",
                    Exercise = body.Flag("exercise"),
                },
            ]
            : null;
}
