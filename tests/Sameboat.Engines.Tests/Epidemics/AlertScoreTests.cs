using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>The figures of docs/guide/alert-scores.md; its definitions are these.</summary>
public sealed class AlertScoreTests
{
    private const int WeeksPerYear = 52;
    private const double CasesMin = 70;
    private const int QuietBefore = 8;
    private const int LookBack = 4;
    private const int LateWeeks = 2;
    private const int EpisodeGap = 3;

    private enum Rule { Farrington, EarsC1, EarsC2, EarsC3, Growth }

    [Fact]
    public void Detectors_are_scored_by_lead_and_false_alarms_on_the_world_s_counts()
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, GrowthDetector.HistoryDays);
        var places = JhuCounts.All(deaths: false).AsParallel().AsOrdered()
            .Select(series => Watch(series, interval)).ToList();
        var lines = new List<string>();
        foreach (var rule in Enum.GetValues<Rule>())
        {
            var score = new Score();
            foreach (var place in places)
            {
                score.Add(place.Weeks, place.Alarms[rule], place.From[rule]);
            }

            lines.Add(score.Line(rule.ToString()));
            score.IsSound.ShouldBeTrue(lines[^1]);
        }

        TestContext.Current.SendDiagnosticMessage(string.Join('\n', lines));
        lines.Count.ShouldBe(5);
    }

    private static (double[] Weeks, Dictionary<Rule, bool[]> Alarms, Dictionary<Rule, int> From) Watch(
        CountSeries series, SerialInterval interval)
    {
        // The file begins on a Wednesday: five days are left out, weeks run from Monday to Sunday.
        const int Skipped = 5;
        var counts = Cleaning.Clean(series).Counts;
        var weeks = new double[(counts.Length - Skipped) / Weeks.Days];
        for (var day = 0; day < weeks.Length * Weeks.Days; day++)
        {
            weeks[day / Weeks.Days] += counts[Skipped + day];
        }

        var farrington = FarringtonDetector.Read(weeks, FarringtonSettings.Usual with { Years = 1 });
        var growth = GrowthDetector.Read(series, interval)
            .Where(reading => (reading.Time - Skipped) % Weeks.Days == 0)
            .Select(reading => reading with { Time = (reading.Time - Skipped) / Weeks.Days });
        var alarms = new Dictionary<Rule, bool[]>
        {
            [Rule.Farrington] = Marks(farrington, weeks.Length),
            [Rule.EarsC1] = Marks(EarsDetector.Read(weeks, EarsMethod.C1), weeks.Length),
            [Rule.EarsC2] = Marks(EarsDetector.Read(weeks, EarsMethod.C2), weeks.Length),
            [Rule.EarsC3] = Marks(EarsDetector.Read(weeks, EarsMethod.C3), weeks.Length),
            [Rule.Growth] = Marks(growth, weeks.Length),
        };
        var from = Enum.GetValues<Rule>().ToDictionary(rule => rule, rule => rule == Rule.Farrington ? 55 : 12);
        return (weeks, alarms, from);
    }

    private static bool[] Marks(IEnumerable<AlertReading> readings, int weeks)
    {
        var marks = new bool[weeks];
        foreach (var reading in readings.Where(reading => reading.IsAlarm && reading.Time >= 1))
        {
            marks[reading.Time - 1] = true;
        }

        return marks;
    }

    private sealed class Score
    {
        private readonly List<int> _leads = [];
        private int _outbreaks;
        private int _falseAlarms;
        private double _weeks;

        public bool IsSound => _outbreaks > 0 && _leads.Count <= _outbreaks && _weeks > 0;

        public void Add(double[] weeks, bool[] alarms, int from)
        {
            var last = -QuietBefore;
            for (var week = from + LookBack; week < weeks.Length - LateWeeks; week++)
            {
                var before = weeks[(week - LookBack)..week];
                var isRise = weeks[week] >= CasesMin && weeks[week] >= 2 * before.Min();
                if (isRise && week - last >= QuietBefore)
                {
                    var trough = week - LookBack + Array.IndexOf(before, before.Min());
                    var first = Array.FindIndex(alarms, trough + 1, week + LateWeeks - trough, alarm => alarm);
                    _outbreaks++;
                    if (first >= 0)
                    {
                        _leads.Add(week - first);
                    }
                }

                last = isRise ? week : last;
            }

            var lastAlarm = -EpisodeGap - 1;
            for (var week = from; week < weeks.Length - LookBack; week++)
            {
                _weeks++;
                if (alarms[week] && week - lastAlarm > EpisodeGap)
                {
                    _falseAlarms += weeks[(week + 1)..(week + 1 + LookBack)].Average() <= weeks[week] ? 1 : 0;
                }

                lastAlarm = alarms[week] ? week : lastAlarm;
            }
        }

        public string Line(string name)
        {
            _leads.Sort();
            return string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {_outbreaks} | {100.0 * _leads.Count / _outbreaks:0} % | {_leads.Average():0.0} | "
                + $"{_leads[_leads.Count / 2]} | {_falseAlarms / (_weeks / WeeksPerYear):0.00} | "
                + $"{_weeks / WeeksPerYear:0} |");
        }
    }
}
