using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Exchange.Drawing;
using Sameboat.Server.Conservation;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using CoverageRow = Sameboat.Server.Rounds.CoverageRow;

namespace Sameboat.Server.Situation;

/// <summary>One week of a place as reported.</summary>
internal sealed record ReportedWeek(DateOnly End, long Cases, long Deaths);

/// <summary>One item of a place from need to plan.</summary>
internal sealed record PlaceItem(
    string Item, long Need, string Basis, CoverageRow? Plan, ImmutableArray<PlanLineRow> Lines);

/// <summary>One place: what happens, what it needs, what the plan gives it and why.</summary>
internal sealed record PlaceView(
    OutbreakRow Outbreak,
    RoundRow? Round,
    Territory Territory,
    MemberRow Member,
    ImmutableArray<ReportedWeek> Weeks,
    AssessmentRow? Assessment,
    ImmutableArray<PlaceItem> Items,
    IReadOnlyDictionary<string, string> Donors,
    ImmutableArray<EntryLine> Entries)
{
    private const int EntriesMax = 6;

    /// <summary>The forecast as the chart draws it.</summary>
    internal ImmutableArray<BandPoint> Forecast => Assessment is null
        ? []
        : [
            .. QuantileText.Read(Assessment.Forecast).Select(week => BandPoint.Of(
                week.End, ForecastQuantiles.Levels.AsSpan(), [.. week.Quantiles])),
        ];

    /// <summary>R by day as the chart draws it.</summary>
    internal ImmutableArray<BandPoint> Reproduction => Assessment is null
        ? []
        : [
            .. QuantileText.Read(Assessment.ReproductionPath).Select(day => new BandPoint(
                day.End, day.Quantiles[0], day.Quantiles[1], day.Quantiles[2], day.Quantiles[3], day.Quantiles[4])),
        ];

    /// <summary>From which donor how much of an item comes.</summary>
    internal string From(Words words, PlaceItem item) => string.Join("; ", item.Lines.Select(line => words.Format(
        "line.from", Donors.GetValueOrDefault(line.Donor, line.Donor), words.Number(line.Quantity))));

    /// <summary>The place of a code; null where nobody answers for it.</summary>
    internal static async Task<PlaceView?> ReadAsync(NodeContext db, string text, CancellationToken cancellation)
    {
        if (!TerritoryCode.TryParse(text, out var place) || !Territories.TryGet(place, out var territory))
        {
            return null;
        }

        var code = territory.Code.ToString();
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak
            || await db.Members.AsNoTracking().FirstOrDefaultAsync(row => row.Territory == code, cancellation)
                is not { } member)
        {
            return null;
        }

        var round = await CurrentOutbreak.RoundAsync(db, outbreak, cancellation);
        var counts = (await db.NowAsync(outbreak.Subject, cancellation)).CountsOf(code);
        var assessment = await db.Assessments.AsNoTracking()
            .Where(row => row.Outbreak == outbreak.Subject && row.Place == code && row.Member == member.Member)
            .OrderByDescending(row => row.AsOf)
            .FirstOrDefaultAsync(cancellation);
        var log = await db.Logs.AsNoTracking().SingleAsync(head => head.Member == member.Member, cancellation);
        var items = await ItemsAsync(db, outbreak, round, code, cancellation);
        return new PlaceView(
            outbreak,
            round,
            territory,
            member,
            counts is null ? [] : WeeksOf(counts),
            assessment,
            items,
            await DonorsAsync(db, items, cancellation),
            [
                .. (await NewestEntries.OfLogAsync(
                    db, member.Member, Math.Max(0, log.Size - EntriesMax), EntriesMax, cancellation)).Reverse(),
            ]);
    }

    private static Task<Dictionary<string, string>> DonorsAsync(
        NodeContext db, ImmutableArray<PlaceItem> items, CancellationToken cancellation)
    {
        var donors = items.SelectMany(item => item.Lines).Select(line => line.Donor).Distinct().ToArray();
        return db.Members
            .Where(member => donors.Contains(member.Member))
            .ToDictionaryAsync(member => member.Member, member => member.Name, cancellation);
    }

    private static ImmutableArray<ReportedWeek> WeeksOf(PlaceCounts counts)
    {
        var weeks = counts.Cases.Counts.Length / Sameboat.Weeks.Days;
        return
        [
            .. Enumerable.Range(0, weeks).Select(index =>
            {
                var before = weeks - 1 - index;
                return new ReportedWeek(
                    counts.Cases.Last.AddDays(-before * Sameboat.Weeks.Days),
                    PlaceSummaries.WeekOf(counts.Cases, before),
                    PlaceSummaries.WeekOf(counts.Deaths, before));
            }),
        ];
    }

    private static async Task<ImmutableArray<PlaceItem>> ItemsAsync(
        NodeContext db, OutbreakRow outbreak, RoundRow? round, string place, CancellationToken cancellation)
    {
        var latest = await LatestNeeds.SubjectsAsync(db, outbreak.Subject, place, cancellation);
        var needs = await db.NeedLines.AsNoTracking()
            .Where(line => line.Outbreak == outbreak.Subject && line.Place == place && latest.Contains(line.Subject))
            .OrderBy(line => line.Line)
            .ToListAsync(cancellation);
        var name = round?.Subject ?? "";
        var plans = (await db.Coverages.AsNoTracking()
            .Where(row => row.Round == name && row.Place == place)
            .ToListAsync(cancellation)).ToDictionary(row => row.Item);
        var lines = (await db.PlanLines.AsNoTracking()
            .Where(line => line.Round == name && line.Place == place)
            .OrderBy(line => line.Lot)
            .ToListAsync(cancellation)).ToLookup(line => line.Item);
        return
        [
            .. needs.Select(need => new PlaceItem(
                need.Item, need.Quantity, need.Basis, plans.GetValueOrDefault(need.Item), [.. lines[need.Item]])),
            .. plans.Values
                .Where(plan => needs.TrueForAll(need => need.Item != plan.Item))
                .Select(plan => new PlaceItem(plan.Item, plan.Need, "", plan, [.. lines[plan.Item]])),
        ];
    }
}
