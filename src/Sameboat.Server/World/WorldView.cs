using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Scoreboard;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.World;

/// <summary>What is offered of one kind.</summary>
internal sealed record OfferTotal(OfferKind Kind, int Lots, int Donors, long Quantity);

/// <summary>The world as the chain sees it.</summary>
internal sealed record WorldView(
    OutbreakRow Outbreak,
    RoundRow? Round,
    ImmutableArray<PlaceSummary> Places,
    ImmutableArray<ItemSummary> Items,
    ImmutableArray<OfferTotal> Offers,
    int Organisations,
    int PlanLines,
    string? Reason,
    DateOnly? Counted,
    ImmutableArray<ConsignmentSummary> Moving,
    ImmutableArray<MetScore> Short,
    ImmutableArray<ChronicleLine> Newest,
    MemberNames Members)
{
    /// <summary>Rows in each of the page's lists.</summary>
    internal const int RowsMax = 10;

    private const int NewestMax = 10;
    private const int MovingMax = 6;

    /// <summary>Cases a week from which a place is ranked: below, one box more or less says nothing.</summary>
    internal const long RankedFrom = 100;

    /// <summary>Where it grows for sure, most cases first.</summary>
    internal IEnumerable<PlaceSummary> Growing => Places
        .Where(place => place.Trend == Trend.Growing)
        .OrderByDescending(place => place.LastWeek)
        .Take(RowsMax);

    /// <summary>Where least of the need is met, among places with cases enough to rank.</summary>
    internal IEnumerable<PlaceSummary> WorstOff => Places
        .Where(place => place.Met is not null && place.LastWeek >= RankedFrom)
        .OrderBy(place => place.Met)
        .ThenByDescending(place => place.LastWeek)
        .Take(RowsMax);

    /// <summary>What is under way, the overdue first, as many rows as the page shows.</summary>
    internal ImmutableArray<ConsignmentSummary> MovingShown => [.. Moving.Take(MovingMax)];

    /// <summary>Cases of the last seven days everywhere.</summary>
    internal long LastWeek => Places.Sum(place => place.LastWeek);

    /// <summary>As <see cref="LastWeek"/>, the week before.</summary>
    internal long WeekBefore => Places.Sum(place => place.WeekBefore);

    /// <summary>The outbreak declared last, or null where there is none.</summary>
    internal static async Task<WorldView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var round = await CurrentOutbreak.RoundAsync(db, outbreak, cancellation);
        var chain = (await db.NowAsync(outbreak.Subject, cancellation)).Chain;
        var places = await PlaceSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation);
        return new WorldView(
            outbreak,
            round,
            places,
            await ItemSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation),
            [
                .. chain.Ledger.Offers.GroupBy(offer => Enum.Parse<OfferKind>(offer.Kind))
                    .OrderBy(kind => kind.Key)
                    .Select(kind => new OfferTotal(
                        kind.Key, kind.Count(), kind.Select(offer => offer.Member).Distinct().Count(),
                        kind.Sum(offer => offer.Quantity))),
            ],
            await db.Members.CountAsync(member => member.Territory == "", cancellation),
            round is null ? 0 : await db.PlanLines.CountAsync(line => line.Round == round.Subject, cancellation),
            round is null ? null : await ReasonAsync(db, round, cancellation),
            places.IsEmpty ? null : places.Max(place => place.LastDay),
            [
                .. chain.Consignments
                    .Where(one => one.IsUnderWay)
                    .OrderByDescending(one => one.IsOverdue)
                    .ThenBy(one => one.Row.Expected ?? int.MaxValue)
                    .ThenBy(one => one.Row.Subject, StringComparer.Ordinal),
            ],
            chain.Met,
            Chronicle.Of(await db.RecentAsync(cancellation), _ => true, NewestMax),
            await MemberNames.ReadAsync(db, cancellation));
    }

    // One reason as an example: that of the largest single line of the plan.
    private static async Task<string?> ReasonAsync(NodeContext db, RoundRow round, CancellationToken cancellation) =>
        await db.Coverages
            .Where(row => row.Round == round.Subject && row.Item != "funds-usd")
            .OrderByDescending(row => row.Need)
            .Select(row => row.Reason)
            .FirstOrDefaultAsync(cancellation);
}
