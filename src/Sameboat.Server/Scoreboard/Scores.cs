using System.Collections.Immutable;
using Sameboat.Server.Conservation;

namespace Sameboat.Server.Scoreboard;

/// <summary>How long the lines of one member, or of one item, waited.</summary>
/// <param name="Key">The member, or the item.</param>
/// <param name="Lines">Lines of published requests.</param>
/// <param name="Arrived">Those of which something has arrived in good order.</param>
/// <param name="MedianDays">Days from publication to the first arrival, the middle over all lines, those that still
/// wait among them; null with fewer than <see cref="Scores.MedianFrom"/> lines, or while too many wait.</param>
/// <param name="FewestDays">Of those that arrived; null when none did.</param>
/// <param name="MostDays">Of those that arrived; null when none did.</param>
/// <param name="LongestWaitDays">Of those that still wait; null when none does.</param>
internal sealed record SpeedScore(
    string Key, int Lines, int Arrived, int? MedianDays, int? FewestDays, int? MostDays, int? LongestWaitDays);

/// <summary>How much of a need is met.</summary>
/// <param name="Key">The item, or the place.</param>
/// <param name="Need">Units estimated; of a place the number of its needs.</param>
/// <param name="Planned">Units that plans give.</param>
/// <param name="Coming">Units sent and not accounted for.</param>
/// <param name="Received">Units received in good order.</param>
/// <param name="Share">Received over need, at most 1; of a place the mean over its items; null without a need.</param>
internal sealed record MetScore(string Key, long Need, long Planned, long Coming, long Received, double? Share);

/// <summary>What became of the plan lines that a donor bound itself to.</summary>
/// <param name="Donor">The member.</param>
/// <param name="Promised">Lines that it accepted: the sum of the numbers after it.</param>
/// <param name="Kept">All of it received, by the day that the donor had said.</param>
/// <param name="Late">Received after that day, or still not there and the day has passed.</param>
/// <param name="Short">Accounted for, and less than promised came in good order.</param>
/// <param name="Lapsed">Given up by the donor.</param>
/// <param name="Open">Not due yet.</param>
/// <param name="Unknown">Received, or not, without a day that anybody had said.</param>
internal sealed record PromiseScore(
    string Donor, int Promised, int Kept, int Late, int Short, int Lapsed, int Open, int Unknown);

/// <summary>The figures of the scoreboard.</summary>
internal sealed record Scores(
    int? AsOf,
    SpeedScore All,
    ImmutableArray<SpeedScore> SpeedByMember,
    ImmutableArray<SpeedScore> SpeedByItem,
    ImmutableArray<MetScore> MetByItem,
    ImmutableArray<MetScore> MetByPlace,
    ImmutableArray<PromiseScore> Donors)
{
    /// <summary>With fewer lines a middle says more about chance than about anybody.</summary>
    internal const int MedianFrom = 5;

    /// <summary>Works them out of the ledger of one outbreak. Pure.</summary>
    internal static Scores Of(ChainLedger ledger)
    {
        var waits = Waiting.Of(ledger);
        return new Scores(
            ledger.LastDay,
            Speed("", waits),
            [.. waits.GroupBy(wait => wait.Line.Member).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Speed(group.Key, [.. group]))],
            [.. waits.GroupBy(wait => wait.Line.Item).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Speed(group.Key, [.. group]))],
            NeedMet.ByItem(ledger),
            NeedMet.ByPlace(ledger),
            Promises.Of(ledger));
    }

    /// <summary>One row of the speed.</summary>
    internal static SpeedScore Speed(string key, IReadOnlyList<LineWait> waits)
    {
        var arrived = waits.Where(wait => wait.HasArrived).ToList();
        var waiting = waits.Where(wait => !wait.HasArrived).ToList();
        return new SpeedScore(
            key,
            waits.Count,
            arrived.Count,
            waits.Count < MedianFrom ? null : Waiting.MedianDays(waits),
            arrived.Count == 0 ? null : arrived.Min(wait => wait.Days),
            arrived.Count == 0 ? null : arrived.Max(wait => wait.Days),
            waiting.Count == 0 ? null : waiting.Max(wait => wait.Days));
    }
}
