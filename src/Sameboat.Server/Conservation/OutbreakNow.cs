using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Record;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Conservation;

/// <summary>What everybody may see of one outbreak: its chain, and what its places have counted.</summary>
/// <param name="Chain">From need to receipt.</param>
/// <param name="Counts">One pair of series a place, in the order of the code, as
/// <see cref="SituationReading.CountsAsync"/> reads them.</param>
internal sealed record OutbreakNow(ChainNow Chain, ImmutableArray<PlaceCounts> Counts)
{
    private readonly Lazy<ImmutableArray<ReportedWeek>> _weeks = new(() => WeeksOf(Counts));

    /// <summary>Whole weeks from the first day that anybody reported, all places together.</summary>
    internal ImmutableArray<ReportedWeek> Weeks => _weeks.Value;

    /// <summary>What one place has counted, or null.</summary>
    internal PlaceCounts? CountsOf(string place) =>
        Counts.FirstOrDefault(counts => counts.Cases.Place.ToString() == place);

    /// <summary>Reads all of it.</summary>
    internal static async Task<OutbreakNow> ReadAsync(
        NodeContext db, string outbreak, CancellationToken cancellation) =>
        new(
            new ChainNow((await ChainLedger.ReadAsync(db, outbreak, cancellation)).InOrder()),
            await SituationReading.CountsAsync(db, outbreak, null, cancellation));

    /// <summary>
    /// The same after entities have changed: itself where none of them is of this outbreak, so that what was worked
    /// out of it stays.
    /// </summary>
    internal async Task<OutbreakNow> RenewedAsync(
        NodeContext db, string outbreak, ChainChange change, CancellationToken cancellation)
    {
        var ledger = change.Renew(Chain.Ledger, outbreak);
        var counts = Counts;
        foreach (var place in change.PlacesOf(outbreak))
        {
            var fresh = await SituationReading.CountsAsync(db, outbreak, place, cancellation);
            counts =
            [
                .. counts.Where(one => one.Cases.Place.ToString() != place).Concat(fresh)
                    .OrderBy(one => one.Cases.Place.ToString(), StringComparer.Ordinal),
            ];
        }

        return ReferenceEquals(ledger, Chain.Ledger) && counts == Counts
            ? this
            : new OutbreakNow(ReferenceEquals(ledger, Chain.Ledger) ? Chain : new ChainNow(ledger, Chain), counts);
    }

    // Places that did not report add nothing.
    private static ImmutableArray<ReportedWeek> WeeksOf(ImmutableArray<PlaceCounts> places)
    {
        var weeks = new SortedDictionary<DateOnly, (long Cases, long Deaths)>();
        foreach (var place in places)
        {
            for (var day = 0; day < place.Cases.Counts.Length; day++)
            {
                var end = Sameboat.Weeks.SundayOf(place.Cases.First.AddDays(day));
                var week = weeks.GetValueOrDefault(end);
                weeks[end] = (
                    week.Cases + (place.Cases.Counts[day] ?? 0), week.Deaths + (place.Deaths.Counts[day] ?? 0));
            }
        }

        return [.. weeks.Select(week => new ReportedWeek(week.Key, week.Value.Cases, week.Value.Deaths))];
    }
}

/// <summary>How pages ask for what is kept.</summary>
internal static class OutbreakReading
{
    /// <summary>The outbreak as the record has it now; an unknown one is empty.</summary>
    internal static Task<OutbreakNow> NowAsync(
        this NodeContext db, string outbreak, CancellationToken cancellation) =>
        KeptOf(db).ReadAsync(db, outbreak, cancellation);

    /// <summary>How far the plan of a round meets the needs of places; nothing without a round.</summary>
    internal static Task<ImmutableArray<CoverageGlance>> CoverageAsync(
        this NodeContext db, string? round, CancellationToken cancellation) =>
        round is null
            ? Task.FromResult(ImmutableArray<CoverageGlance>.Empty)
            : KeptOf(db).CoverageAsync(db, round, cancellation);

    /// <summary>The newest entries of all logs.</summary>
    internal static Task<RecentEntries> RecentAsync(this NodeContext db, CancellationToken cancellation) =>
        KeptOf(db).RecentAsync(db, cancellation);

    /// <summary>What was published in a period, all members and outbreaks together.</summary>
    internal static Task<ImmutableArray<Reporting.PublishedLine>> PublishedAsync(
        this NodeContext db, DateOnly first, DateOnly last, CancellationToken cancellation) =>
        KeptOf(db).PublishedAsync(first, last, cancellation);

    private static KeptOutbreaks KeptOf(NodeContext db) =>
        db.Kept ?? throw new InvalidOperationException("The context was not opened by the node's database.");
}
