using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary>
/// What the standing of a member binds. Whoever has left begins nothing new: no request, offer, round, outbreak,
/// acceptance, pledge or word for others. What it owes stands, and every step that ends it is free: sending what was
/// accepted, receiving, paying, declining, withdrawing, reporting. Only a member itself can say that it has left.
/// </summary>
/// <remarks>
/// The node that writes a member's log looks before it writes; the fold judges an entity by its own entries. What a
/// round may draw on is looked at in <see cref="Rounds.RoundInput"/>.
/// </remarks>
internal static class Standing
{
    // What a member takes upon itself or asks of others anew.
    private static readonly FrozenSet<string> New = FrozenSet.Create(
        StringComparer.Ordinal, "request.submitted", "offer.published", "round.opened", "outbreak.declared",
        "endorsement.given", "acceptance.given", "contribution.pledged", "deployment.requested");

    /// <summary>The code of the refusal; null where the member may say it.</summary>
    /// <param name="db">The record.</param>
    /// <param name="member">Who says it.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="body">How.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal static async Task<string?> RefusalAsync(
        NodeContext db, MemberId member, string kind, JsonObject body, CancellationToken cancellation)
    {
        if (!New.Contains(kind) && !(kind == "consignment.planned" && !CarriesOut(body)))
        {
            return null;
        }

        var name = member.ToString();
        return await db.Members.AsNoTracking().AnyAsync(row => row.Member == name && row.Left > 0, cancellation)
            ? Problems.MemberLeft
            : null;
    }

    /// <summary>Who is admitted now, and every word that members have given on each other.</summary>
    internal static async Task<(HashSet<string> Admitted, List<EndorsementRow> Words)> ReadAsync(
        NodeContext db, IReadOnlyList<MemberId> founders, CancellationToken cancellation)
    {
        var words = await db.Set<EndorsementRow>().AsNoTracking().ToListAsync(cancellation);
        var left = await db.Members.AsNoTracking()
            .Where(row => row.Left > 0)
            .Select(row => new { row.Member, row.Left })
            .ToListAsync(cancellation);
        return (
            Admission.Admitted(
                await FoundersAsync(db, founders, cancellation), words,
                left.Select(one => (one.Member, one.Left))),
            words);
    }

    // Without a list of its own a node was founded by the members whose logs it writes.
    private static async Task<IReadOnlyCollection<string>> FoundersAsync(
        NodeContext db, IReadOnlyList<MemberId> founders, CancellationToken cancellation) =>
        founders.Count > 0
            ? [.. founders.Select(member => member.ToString())]
            : await db.Logs.AsNoTracking()
                .Where(log => !db.FollowedLogs.Any(followed => followed.Member == log.Member))
                .Select(log => log.Member)
                .ToListAsync(cancellation);

    // Every line names the line of a plan: the fold looks whether the parties accepted it.
    private static bool CarriesOut(JsonObject body) =>
        body.Objects("lines") is { Count: > 0 } lines
        && lines.All(line => line.Text("plan") is { Length: > 0 } && line.Count("plan_line") is not null);
}
