using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>
/// Where a step binds the member, the account that prepared it is not the one that takes it. The record says in what
/// capacity each acted; which account it was, the node alone keeps.
/// </summary>
internal static class FourEyes
{
    /// <summary>What is added to the refusal.</summary>
    internal const string Sentence = "The account or token that prepared it cannot be the one that decides.";

    // Each step that binds, with the steps whose account may not take it.
    private static readonly FrozenDictionary<string, string[]> Prepared = new Dictionary<string, string[]>
    {
        ["round.decided"] = ["round.proposed", "round.reviewed"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Kept =
        Prepared.SelectMany(one => one.Value).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is kept of a step that another account must confirm; null for any other.</summary>
    internal static ActedRow? Keep(WriteOrder order) => Kept.Contains(order.Kind) && order.Actor.Account.Length > 0
        ? new ActedRow
        {
            Subject = order.Subject.ToString(),
            Version = order.Version + 1,
            Kind = order.Kind,
            Account = order.Actor.Account,
        }
        : null;

    /// <summary>Whether the account of an order took, last, a step that another must have taken.</summary>
    internal static async Task<bool> ForbidsAsync(
        NodeContext db, WriteOrder order, CancellationToken cancellation)
    {
        if (!Prepared.TryGetValue(order.Kind, out var steps))
        {
            return false;
        }

        var subject = order.Subject.ToString();
        var acted = await db.Set<ActedRow>().AsNoTracking()
            .Where(row => row.Subject == subject && steps.Contains(row.Kind))
            .OrderByDescending(row => row.Version)
            .ToListAsync(cancellation);
        return acted.DistinctBy(row => row.Kind).Any(row => row.Account == order.Actor.Account);
    }
}
