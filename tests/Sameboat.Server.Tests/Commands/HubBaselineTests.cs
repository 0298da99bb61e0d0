using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Commands;

/// <summary>
/// Our baseline beside the hub's own, for all places and both targets on a sample of its Mondays. The hub shuffled its
/// draws with a stream of its own, so only the first horizon can agree but for the data that it was given.
/// </summary>
public sealed class HubBaselineTests
{
    private const int Weeks = 4;

    /// <summary>Draws of the further horizons: fewer than the hub's, so that the test stays short.</summary>
    private const int Draws = 10_000;

    /// <summary>From this Monday on the hub counts the first days of the series, no whole week, as a week.</summary>
    private static readonly DateOnly FirstWithPartOfAWeek = new(2021, 7, 12);

    /// <summary>Of the range from the 0.01 to the 0.99 quantile.</summary>
    private const double Close = 0.02;

    [Theory]
    [InlineData(Indicator.Cases)]
    [InlineData(Indicator.Deaths)]
    public void Its_quantiles_and_scores_are_those_of_the_hub(Indicator indicator)
    {
        var truth = TruthFileReader.Read(Repository.Reference("hub/truth_weekly.csv")).Value!.Weekly;
        var hub = ForecastFileReader.Read(Repository.Reference("hub/forecasts_baseline.csv")).Value!.Quantiles;
        var replay = VintageFileReader.Read(Repository.Reference("hub/vintages_revisions.csv")).Value!.Replay();
        List<Pair> pairs = [];
        foreach (var monday in new DateOnly[] { new(2021, 3, 8), new(2021, 9, 6), new(2022, 1, 10) })
        {
            pairs.AddRange(replay.KnownOn(monday).AsParallel().AsOrdered().SelectMany(
                place => PairsOf(place, indicator, monday, hub, truth)));
        }

        for (var horizon = 1; horizon <= Weeks; horizon++)
        {
            var rows = pairs.Where(pair => pair.Horizon == horizon).ToArray();
            var ratio = rows.Sum(row => row.Ours) / rows.Sum(row => row.Theirs);
            var apart = rows.Select(row => row.Apart).Order().ToArray();
            var (median, high) = (apart[rows.Length / 2], apart[rows.Length * 9 / 10]);
            TestContext.Current.SendDiagnosticMessage(
                $"{indicator} {horizon} wk: {rows.Length} targets, WIS ratio {ratio:F4}, quantiles apart, of the range "
                + $"median {median:F4}, 9 of 10 {high:F4}, "
                + $"largest {apart[^1]:F4} ({rows.MaxBy(row => row.Apart)!.Name}); "
                + $"{apart.Count(one => one < Close)} within {Close}");
            rows.Length.ShouldBeGreaterThan(70);
            ratio.ShouldBe(1, 0.005);
            median.ShouldBeLessThan(horizon == 1 ? 0.005 : 0.03);
            high.ShouldBeLessThan(horizon == 1 ? Close : 5 * Close);
        }
    }

    private static IEnumerable<Pair> PairsOf(
        PlaceCounts place,
        Indicator indicator,
        DateOnly monday,
        IReadOnlyDictionary<ForecastTarget, ImmutableArray<double>> hub,
        IReadOnlyDictionary<(string, Indicator, DateOnly), double> truth)
    {
        if (place.Of(indicator) is not { } series)
        {
            yield break;
        }

        var known = series.Until(monday.AddDays(-2)).Counts;
        var days = monday < FirstWithPartOfAWeek ? known.Length / 7 * 7 : known.Length;
        var totals = new double[(days + 6) / 7];
        for (var back = 1; back <= days; back++)
        {
            totals[^((back + 6) / 7)] += known[^back] ?? 0.0;
        }

        var first = HubBaseline.Forecast(totals, 1)[0];
        var further = HubBaseline.Forecast(totals, Weeks, draws: Draws);
        for (var horizon = 1; horizon <= Weeks; horizon++)
        {
            var end = monday.AddDays((7 * horizon) - 2);
            if (!hub.TryGetValue(new ForecastTarget(monday, place.Name, indicator, horizon, end), out var theirs)
                || !truth.TryGetValue((place.Name, indicator, end), out var came))
            {
                continue;
            }

            var ours = horizon == 1 ? first : further[horizon - 1];
            yield return new Pair(
                $"{place.Name} {monday:yyyy-MM-dd}",
                horizon,
                WeightedIntervalScore.Of(ours.AsSpan(), came).Total,
                WeightedIntervalScore.Of(theirs.AsSpan(), came).Total,
                ours.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second)) / (1 + theirs[^1] - theirs[0]));
        }
    }

    private sealed record Pair(string Name, int Horizon, double Ours, double Theirs, double Apart);
}
