using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary>
/// <c>member.joined</c>: a member introduces itself in its own log, and <c>member.left</c>: it takes part no more. The
/// subject has no name of its own, <c>member/ken</c>: there is one introduction a member.
/// </summary>
internal sealed class MemberFold : StateMachineFold<MemberRow>
{
    internal const string Kind = "member.joined";

    internal const string Left = "member.left";

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

    // Whoever introduces itself again has come back: the statement after it takes the earlier one's place.
    protected override StepOutcome<MemberRow> Step(EntityName subject, MemberRow? state, Entry entry)
    {
        if (entry.Author != subject.Owner)
        {
            return Without(FoldReasons.NotTheOwner);
        }

        if (entry.Kind == Left)
        {
            return state is null ? Waits(FoldReasons.EntityUnseen)
                : state.Left > 0 ? Without(FoldReasons.AlreadyDone)
                : Applied(state with { Left = entry.At.UnixMicroseconds });
        }

        return Read(subject, entry.Body) is { } row ? Applied(row) : Without(FoldReasons.Unreadable);
    }

    protected override IEnumerable<IProjectedRow> Rows(EntityName subject, MemberRow state) => [state];

    private static MemberRow? Read(EntityName subject, JsonObject body) =>
        subject.Name is "" && body.Text("kind") is { } kind && body.Text("name") is { } name
            ? new MemberRow
            {
                Subject = subject.ToString(),
                Member = subject.Owner.ToString(),
                Kind = kind,
                Name = name,
                Territory = body.Place("territory")?.ToString() ?? "",
                Exercise = body.Flag("exercise"),
            }
            : null;
}
