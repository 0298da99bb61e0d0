using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Tables;

/// <summary>Lays a run out as flat rows.</summary>
public static class RunTabling
{
    /// <summary>The rows of a run, in the order in which its files hold them.</summary>
    public static RunTables TablesOf(this ChainResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new RunTables(
            LotRows(result),
            [.. result.Places.Select(AssessmentOf)],
            [.. result.Places.SelectMany(ForecastsOf)],
            [.. result.Places.SelectMany(WeeksOf)],
            [.. result.Places.SelectMany(place => place.Need.Select(line => new NeedRow(place.Territory.Code, line)))],
            [.. result.Rounds.SelectMany(round => PlanRowsOf(round, result.Coverage))],
            [.. result.Coverage.Select(line => new CoverageRow(line.Place, line.Item.Code, line.Item.Unit, line.Need,
                line.Before, line.Planned, line.Unmet, line.Reason))],
            [.. result.Places.SelectMany(ChangesOf)],
            ComparisonOf(result));
    }

    private static ImmutableArray<LotRow> LotRows(ChainResult result)
    {
        var planned = result.Rounds
            .SelectMany(round => round.Result.Lines.Select(line => (round.Lots[line.Lot].Lot, line.Quantity)))
            .GroupBy(line => line.Lot)
            .ToDictionary(lot => lot.Key, lot => lot.Sum(line => line.Quantity));
        var notes = result.Idle.Select(lot => (lot.Offer.Lot, lot.Reason))
            .Concat(result.Rounds.SelectMany(RoundWords.WhyLeft))
            .ToDictionary();
        return
        [
            .. (result.Input.Population?.Offers ?? result.Input.Offers).Select(offer => new LotRow(
                offer.Lot, offer.Donor, offer.Item, offer.Quantity, offer.Unit, offer.Pack,
                offer.Origin ?? default, offer.Available, offer.Expires, offer.ColdChain, offer.OnlyFor,
                planned.GetValueOrDefault(offer.Lot), notes.GetValueOrDefault(offer.Lot, ""))),
        ];
    }

    private static AssessmentRow AssessmentOf(PlaceResult place)
    {
        var (territory, assessment) = (place.Territory, place.Assessment);
        var reported = assessment.Cases.Reported;
        DateOnly? lastReport = null;
        for (var day = reported.Counts.Length - 1; day >= 0 && lastReport is null; day--)
        {
            lastReport = reported.Counts[day] is null ? null : reported.First.AddDays(day);
        }

        var latest = assessment.Latest;
        return new AssessmentRow(
            territory.Code, territory.EnglishName, territory.Population, lastReport,
            LastDays(assessment.Cases, 0), LastDays(assessment.Cases, Weeks.Days),
            latest?.Mean, latest?.Quantile025, latest?.Quantile975,
            assessment.ProbabilityAboveOne, assessment.DoublingTimeDays, assessment.Trend,
            ChangesOf(place).Select(change => (change.Indicator, change.Day)).Distinct().Count());
    }

    private static double LastDays(CleanSeries series, int skip)
    {
        var end = Math.Max(0, series.Counts.Length - skip);
        var sum = 0.0;
        foreach (var count in series.Counts.AsSpan()[Math.Max(0, end - Weeks.Days)..end])
        {
            sum += count;
        }

        return sum;
    }

    private static IEnumerable<ForecastRow> ForecastsOf(PlaceResult place) =>
        new[] { place.Assessment.CasesForecast, place.Assessment.DeathsForecast }
            .OfType<QuantileForecast>()
            .SelectMany(forecast => forecast.Weeks.Select(week => new ForecastRow(
                forecast.Place, forecast.Indicator, week.Horizon, week.WeekEnd, week.Quantiles)));

    private static IEnumerable<WeekRow> WeeksOf(PlaceResult place)
    {
        var (low, median, high) = place.Cases;
        var forecast = place.Assessment.CasesForecast.Weeks.Length;
        return median.Cases.Select((cases, week) => new WeekRow(
            place.Territory.Code,
            median.FirstDay.AddDays(Weeks.Days * week),
            week >= median.Cases.Length - forecast,
            cases,
            low.Cases[week],
            high.Cases[week]));
    }

    private static IEnumerable<CleaningChange> ChangesOf(PlaceResult place) =>
        place.Assessment.Cases.Changes.Concat(place.Assessment.Deaths?.Changes ?? []);

    private static IEnumerable<PlanRow> PlanRowsOf(ItemRound round, ImmutableArray<CoverageLine> coverage)
    {
        var reasons = coverage.Where(line => line.Item.Code == round.Item.Code)
            .ToDictionary(line => line.Place, line => line.Reason);
        return round.Result.Lines.Select(line => new PlanRow(
            round.Lots[line.Lot].Lot, round.Lots[line.Lot].Donor, round.Claims[line.Claim], round.Item.Code,
            line.Quantity, reasons[round.Claims[line.Claim]]));
    }

    private static ImmutableArray<ComparisonRow> ComparisonOf(ChainResult result)
    {
        if (result.Input.Population is not { } pool)
        {
            return [];
        }

        var coverage = result.Coverage.Where(line => line.Item.Code == pool.Item.Code)
            .ToDictionary(line => line.Place);

        // The population is the one that the need was estimated from, so that a reader can add it up.
        var population = result.Places.ToDictionary(place => place.Territory.Code, place => place.Capacity.Population);
        return
        [
            .. pool.Shares.Where(share => coverage.ContainsKey(share.Place)).Select(share => new ComparisonRow(
                share.Place, population[share.Place], coverage[share.Place].Need, share.Bought,
                share.Given, coverage[share.Place].Planned)),
        ];
    }
}
