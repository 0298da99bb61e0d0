using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>What a week's count is likely to become once all of it is reported.</summary>
/// <param name="Place">Name of the place.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="WeekEnd">Last day of the week.</param>
/// <param name="WeeksOld">Weeks since the newest published week: 0 for that week itself.</param>
/// <param name="Reported">Persons reported so far.</param>
/// <param name="Low">The 0.05 quantile of the final count.</param>
/// <param name="Median">Its median.</param>
/// <param name="High">The 0.95 quantile.</param>
public sealed record WeekNowcast(
    string Place, Indicator Indicator, DateOnly WeekEnd, int WeeksOld, long Reported,
    double Low, double Median, double High);

/// <summary>
/// Completes the newest weeks of many series from how weeks before them were completed, vintage after vintage, and
/// learns from its own past completions how far off it is. Not safe for use from several threads at once.
/// </summary>
/// <remarks>
/// From the oldest age to the newest, a week of age d grows to its end by exp of the weighted median of
/// ln((next + ½)/(then + ½)) + ln r(age of next) over the last <see cref="WeeksUsed"/> weeks seen at that age, next the
/// count at the following age seen: the age-to-age factors of the chain ladder (Mack 1993, 10.2143/AST.23.2.2005092)
/// with medians for sums, so that a bulk correction touches one factor of a week and not all. A factor weighs as its
/// count then over itself and <see cref="HalfWeight"/>; the median of all places weighs <see cref="PooledWeeks"/>.
/// The dispersion of a negative binomial about it comes from the completions made before, by age.
/// See docs/methods/nowcast.md.
/// </remarks>
public sealed class Nowcaster
{
    /// <summary>Oldest age in weeks at which a count is still completed.</summary>
    public const int WeeksOldMax = 8;

    /// <summary>Weeks back from which growth by age is taken.</summary>
    public const int WeeksUsed = 12;

    /// <summary>Weeks of large counts that the growth of all places counts for in a place's own.</summary>
    public const double PooledWeeks = 0.1;

    /// <summary>Persons reported at which a week weighs half of what the largest does.</summary>
    public const double HalfWeight = 20;

    private const double GrowthMin = 0.5;
    private const double GrowthMax = 10;
    private const double WeightOfNone = 1e-6;
    private const double ErrorMax = 1;
    private const double DispersionPrior = 0.02;
    private const double PriorWeight = 4;
    private const double DispersionMin = 1e-4;
    private const double DispersionMax = 1.5;
    private const double OwnWeight = 3;
    private const double PooledWeight = 24;

    private readonly Dictionary<(string Place, Indicator Indicator, DateOnly WeekEnd, int Age), double> _seen = [];
    private readonly Dictionary<(string Place, Indicator Indicator, DateOnly WeekEnd, int Age), double> _issued = [];

    /// <summary>Takes in a vintage and completes its newest weeks.</summary>
    /// <param name="known">Weekly counts as published, by series and last day of the week.</param>
    /// <returns>For each series its weeks up to <see cref="WeeksOldMax"/> old, the newest first.</returns>
    public IReadOnlyList<WeekNowcast> Next(
        IReadOnlyDictionary<(string Place, Indicator Indicator), IReadOnlyDictionary<DateOnly, long>> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        List<WeekNowcast> nowcasts = [];
        foreach (var indicator in known.Keys.Select(series => series.Indicator).Distinct().Order().ToList())
        {
            var places = known.Where(series => series.Key.Indicator == indicator && series.Value.Count > 0)
                .OrderBy(series => series.Key.Place, StringComparer.Ordinal)
                .Select(series => (series.Key.Place, series.Value)).ToList();
            if (places.Count > 0)
            {
                nowcasts.AddRange(Complete(indicator, places));
            }
        }

        return nowcasts;
    }

    private List<WeekNowcast> Complete(
        Indicator indicator, List<(string Place, IReadOnlyDictionary<DateOnly, long> Weeks)> places)
    {
        var newest = places.Max(place => place.Weeks.Keys.Max());
        foreach (var (place, weeks) in places)
        {
            for (var age = 0; age <= WeeksOldMax; age++)
            {
                var end = newest.AddDays(-Weeks.Days * age);
                if (weeks.TryGetValue(end, out var count))
                {
                    _seen[(place, indicator, end, age)] = Math.Max(0, count);
                }
            }
        }

        var growths = GrowthsOf(indicator, [.. places.Select(place => place.Place)], newest);
        var medians = places.ConvertAll(place => (place.Place, Ahead: MediansOf(place, growths, newest)));
        var dispersions = DispersionsOf(indicator, places, medians, newest);
        List<WeekNowcast> nowcasts = [];
        for (var at = 0; at < places.Count; at++)
        {
            for (var age = 0; age <= WeeksOldMax; age++)
            {
                if (medians[at].Ahead[age] is { } median)
                {
                    var end = newest.AddDays(-Weeks.Days * age);
                    _issued[(places[at].Place, indicator, end, age)] = median;
                    var reported = places[at].Weeks[end];
                    nowcasts.Add(new WeekNowcast(places[at].Place, indicator, end, age, reported,
                        Quantile(median, dispersions[at, age], 0.05),
                        Quantile(median, dispersions[at, age], 0.5),
                        Quantile(median, dispersions[at, age], 0.95)));
                }
            }
        }

        return nowcasts;
    }

    /// <summary>The growth from each age to the end, by place: from the oldest age to the newest.</summary>
    private Dictionary<string, double[]> GrowthsOf(Indicator indicator, string[] places, DateOnly newest)
    {
        var toEnd = places.ToDictionary(place => place, _ => Enumerable.Repeat(1.0, WeeksOldMax + 1).ToArray());
        for (var age = WeeksOldMax - 1; age >= 0; age--)
        {
            var byPlace = places.ToDictionary(
                place => place, place => LogGrowths(indicator, place, age, newest, toEnd[place]));
            var pooled = WeightedMedian.Of([.. byPlace.Values.SelectMany(growths => growths)]) ?? 0;
            foreach (var place in places)
            {
                var own = WeightedMedian.Of([.. byPlace[place], (pooled, PooledWeeks)]) ?? 0;
                toEnd[place][age] = Math.Clamp(Math.Exp(own), GrowthMin, GrowthMax);
            }
        }

        return toEnd;
    }

    /// <summary>ln of the growth of past weeks from the age to the end, by the step to the next age seen.</summary>
    private List<(double Value, double Weight)> LogGrowths(
        Indicator indicator, string place, int age, DateOnly newest, double[] toEnd)
    {
        List<(double, double)> growths = [];
        for (var back = age + 1; back <= age + WeeksUsed; back++)
        {
            var end = newest.AddDays(-Weeks.Days * back);
            if (_seen.TryGetValue((place, indicator, end, age), out var then)
                && NextSeen(indicator, place, end, age) is var (nextAge, next)
                && then + next > 0)
            {
                growths.Add((
                    Math.Log((next + 0.5) / (then + 0.5)) + Math.Log(toEnd[nextAge]),
                    (then + WeightOfNone) / (then + HalfWeight)));
            }
        }

        return growths;
    }

    private (int Age, double Count)? NextSeen(Indicator indicator, string place, DateOnly end, int age)
    {
        for (var next = age + 1; next <= WeeksOldMax; next++)
        {
            if (_seen.TryGetValue((place, indicator, end, next), out var count))
            {
                return (next, count);
            }
        }

        return null;
    }

    private static double?[] MediansOf(
        (string Place, IReadOnlyDictionary<DateOnly, long> Weeks) place,
        Dictionary<string, double[]> growths,
        DateOnly newest)
    {
        var medians = new double?[WeeksOldMax + 1];
        for (var age = 0; age <= WeeksOldMax; age++)
        {
            if (place.Weeks.TryGetValue(newest.AddDays(-Weeks.Days * age), out var count))
            {
                medians[age] = Math.Max(0, ((Math.Max(0, count) + 0.5) * growths[place.Place][age]) - 0.5);
            }
        }

        return medians;
    }

    private double[,] DispersionsOf(
        Indicator indicator,
        List<(string Place, IReadOnlyDictionary<DateOnly, long> Weeks)> places,
        List<(string Place, double?[] Ahead)> medians,
        DateOnly newest)
    {
        var found = new double[places.Count, WeeksOldMax + 1];
        for (var age = 0; age <= WeeksOldMax; age++)
        {
            double pooled = PriorWeight * DispersionPrior, weights = PriorWeight;
            var own = new (double Sum, double Weight)[places.Count];
            for (var at = 0; at < places.Count; at++)
            {
                for (var back = age + 1; back <= age + WeeksUsed; back++)
                {
                    var end = newest.AddDays(-Weeks.Days * back);
                    if (!_issued.TryGetValue((places[at].Place, indicator, end, age), out var issued)
                        || !places[at].Weeks.TryGetValue(end, out var now))
                    {
                        continue;
                    }

                    var final = back <= WeeksOldMax ? medians[at].Ahead[back] ?? now : Math.Max(0, now);
                    var error = Math.Clamp(Math.Log((final + 1) / (issued + 1)), -ErrorMax, ErrorMax);
                    var weight = issued / (issued + HalfWeight);
                    own[at].Sum += weight * ((error * error) - (1 / (issued + 1)));
                    own[at].Weight += weight;
                }

                pooled += own[at].Sum;
                weights += own[at].Weight;
            }

            for (var at = 0; at < places.Count; at++)
            {
                var shared = pooled / weights;
                found[at, age] = Math.Max(DispersionMin, ((OwnWeight * own[at].Sum) + (PooledWeight * shared))
                    / ((OwnWeight * own[at].Weight) + PooledWeight));
            }
        }

        return found;
    }

    /// <summary>A negative binomial of the given median m and variance μ + aμ², by the gamma distribution of the same
    /// moments, whose median is near μ − (1 + aμ)/3 (Chen and Rubin 1986, 10.1016/0167-7152(86)90044-1).</summary>
    private static double Quantile(double median, double dispersion, double level)
    {
        if (median <= 0)
        {
            return level > 0.5 ? 1 : 0;
        }

        var mean = (median + (1.0 / 3)) / (1 - (Math.Min(dispersion, DispersionMax) / 3));
        var variance = mean + (dispersion * mean * mean);
        return Math.Round(GammaDistribution.Quantile(level, mean * mean / variance) * (variance / mean));
    }
}
