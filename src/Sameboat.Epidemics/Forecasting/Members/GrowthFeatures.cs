namespace Sameboat.Epidemics;

/// <summary>
/// What the pooled members look at in one place and week: how the indicator and the one that leads it have grown, how
/// far the count is from what the lead makes likely, and how all places have grown.
/// </summary>
internal sealed class GrowthFeatures
{
    /// <summary>Weeks of history before the first week that can be described.</summary>
    public const int WeeksMin = 14;

    /// <summary>Largest log growth of a week taken at its word.</summary>
    public const double GrowthMax = 1.5;

    private const int RatioWeeks = 10;
    private const double RatioMax = 2;
    private const int LevelWeeks = 12;
    private const double LevelMax = 3;
    private const int PeakWeeks = 52;
    private const double MeanGrowthMax = 1;

    private readonly WeeklyPanel _panel;
    private readonly Indicator _indicator;
    private readonly double[] _meanGrowth;
    private readonly double[] _meanLeadGrowth;

    public GrowthFeatures(WeeklyPanel panel, Indicator indicator)
    {
        _panel = panel;
        _indicator = indicator;
        _meanLeadGrowth = MeanGrowth(panel, Indicator.Cases);
        _meanGrowth = indicator == Indicator.Cases ? _meanLeadGrowth : MeanGrowth(panel, indicator);
    }

    /// <summary>Weeks by which cases lead an indicator: to admission about one, to death about two.</summary>
    public static int LeadWeeks(Indicator indicator) => indicator == Indicator.Deaths ? 2 : 1;

    /// <summary>How much a week of a count says: the square root, between equal and its full Poisson weight.</summary>
    public static double Weight(double total) => Math.Sqrt(total);

    /// <summary>The features of a week from <see cref="WeeksMin"/> on; the first is one.</summary>
    public double[] At(int place, int week)
    {
        var own = _panel.Of(place, _indicator)!;
        return _indicator == Indicator.Cases
            ? Leading(own, week)
            : Led(own, _panel.Of(place, Indicator.Cases), week);
    }

    private double[] Leading(WeeklyHistory own, int week)
    {
        var growth = own.Growth(week, GrowthMax);
        var peak = own.Logs.AsSpan(Math.Max(0, week + 1 - PeakWeeks)..(week + 1)).ToArray().Max();
        var level = own.Logs.AsSpan((week + 1 - LevelWeeks)..(week + 1)).ToArray().Average();
        return
        [
            1,
            growth,
            own.Growth(week - 1, GrowthMax),
            own.Growth(week - 2, GrowthMax),
            growth * Math.Abs(growth),
            own.Logs[week] - peak,
            Math.Clamp(own.Logs[week] - level, -LevelMax, LevelMax),
            _meanGrowth[week],
            _meanGrowth[week - 1],
        ];
    }

    private double[] Led(WeeklyHistory own, WeeklyHistory? lead, int week)
    {
        return
        [
            1,
            own.Growth(week, GrowthMax),
            own.Growth(week - 1, GrowthMax),
            own.Growth(week - 2, GrowthMax),
            lead?.Growth(week, GrowthMax) ?? 0,
            lead?.Growth(week - 1, GrowthMax) ?? 0,
            lead?.Growth(week - 2, GrowthMax) ?? 0,
            lead?.Growth(week - 3, GrowthMax) ?? 0,
            lead is null ? 0 : Shortfall(own, lead, week),
            _meanGrowth[week],
            _meanLeadGrowth[week],
            _meanLeadGrowth[week - 1],
        ];
    }

    /// <summary>ln of what the leading cases and their recent ratio make likely, over what was counted.</summary>
    private double Shortfall(WeeklyHistory own, WeeklyHistory lead, int week)
    {
        var lag = LeadWeeks(_indicator);
        var ratio = 0.0;
        for (var past = week + 1 - RatioWeeks; past <= week; past++)
        {
            ratio += (own.Logs[past] - lead.Logs[past - lag]) / RatioWeeks;
        }

        return Math.Clamp(ratio + lead.Logs[week - lag] - own.Logs[week], -RatioMax, RatioMax);
    }

    /// <summary>The weighted mean of all places' growth into each week, shrunk a little towards none.</summary>
    private static double[] MeanGrowth(WeeklyPanel panel, Indicator indicator)
    {
        var growth = new double[panel.Weeks];
        for (var week = 1; week < panel.Weeks; week++)
        {
            double sum = 0, weights = 1;
            for (var place = 0; place < panel.Names.Length; place++)
            {
                if (panel.Of(place, indicator) is { } history)
                {
                    var weight = Weight(history.Totals[week]);
                    sum += weight * history.Growth(week, MeanGrowthMax);
                    weights += weight;
                }
            }

            growth[week] = sum / weights;
        }

        return growth;
    }
}
