using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Refusals;

/// <summary>Whether a line of a "do not send" list stands.</summary>
internal enum RefusalState
{
    /// <summary>It stands: no plan sends it there.</summary>
    Listed,

    /// <summary>It is welcome again.</summary>
    Lifted,
}

/// <summary>The law of a line of a "do not send" list; it is the recipient's own.</summary>
internal static class RefusalLifecycle
{
    internal static readonly Lifecycle<RefusalState> Law = new Lifecycle<RefusalState>()
        .OpensReasoned("listed", RefusalState.Listed)
        .Reasoned("lifted", Side.Owner, RefusalState.Lifted, RefusalState.Listed);
}

/// <summary>One line of a member's "do not send" list.</summary>
internal sealed class RefusalRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Member { get; init; }

    /// <summary>The outbreak, or empty for all.</summary>
    public required string Outbreak { get; init; }

    /// <summary>ISO 3166-1 alpha-3; counts only where the member answers for it.</summary>
    public required string Place { get; init; }

    /// <summary>The item, or empty for a whole category.</summary>
    public required string Item { get; init; }

    /// <summary>A category of the disease packs, or empty for one item.</summary>
    public required string Category { get; init; }

    /// <summary>One of <see cref="RefusalFold.Reasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>A name of <see cref="RefusalState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Those that stand and whose author answers for the place.</summary>
    internal static IEnumerable<RefusalRow> Standing(
        IEnumerable<RefusalRow> rows, IEnumerable<MemberRow> members)
    {
        var places = members.Select(member => (member.Member, member.Territory)).ToHashSet();
        return rows.Where(row => row.State == nameof(RefusalState.Listed)
            && places.Contains((row.Member, row.Place)));
    }
}

/// <summary><c>refusal.listed</c> and <c>refusal.lifted</c>: what a member asks not to be sent.</summary>
internal sealed class RefusalFold() : LifecycleFold<RefusalState, RefusalRow>(RefusalLifecycle.Law)
{
    /// <summary>No goods reach the place, whoever sends them.</summary>
    internal const string PortClosed = "port-closed";

    /// <summary>The closed list of reasons: medical, logistic and regulatory, none political.</summary>
    internal static readonly ImmutableArray<string> Reasons =
    [
        "enough-in-stock", "not-registered", "not-in-protocol", "no-cold-chain", "no-storage", "no-trained-staff",
        "unsuitable-form", PortClosed,
    ];

    private const int CategoryLengthMax = 60;

    protected override RefusalRow? Read(EntityName subject, JsonObject body)
    {
        var item = body.Item("item")?.ToString() ?? "";
        var category = body.Text("category") ?? "";
        return body.Place("place") is { } place
            && body.Text(Why) is { } reason && Reasons.Contains(reason)
            && item.Length > 0 != category.Length > 0
            && category.Length <= CategoryLengthMax
            && (body["item"] is null || item.Length > 0)
            && (body["outbreak"] is null || body.Text("outbreak") is not null)
                ? new RefusalRow
                {
                    Subject = subject.ToString(),
                    Member = subject.Owner.ToString(),
                    Outbreak = body.Text("outbreak") ?? "",
                    Place = place.ToString(),
                    Item = item,
                    Category = category,
                    Reason = reason,
                    State = "",
                }
                : null;
    }

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<RefusalState, RefusalRow> course) =>
    [
        new RefusalRow
        {
            Subject = course.Content.Subject,
            Member = course.Content.Member,
            Outbreak = course.Content.Outbreak,
            Place = course.Content.Place,
            Item = course.Content.Item,
            Category = course.Content.Category,
            Reason = course.Content.Reason,
            State = course.State.ToString(),
        },
    ];
}
