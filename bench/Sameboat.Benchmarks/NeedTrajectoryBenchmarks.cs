using BenchmarkDotNet.Attributes;
using Sameboat.Supplies;

namespace Sameboat.Benchmarks;

/// <summary>Quantiles of the need of 53 goods over twelve weeks, places side by side on all cores.</summary>
public class NeedTrajectoryBenchmarks
{
    private const int PlannedWeeks = 12;
    private const int HistoryWeeks = 3;
    private const int GoodsCount = 53;

    private static readonly DateOnly Start = new(2022, 1, 3);
    private static readonly double[] Levels = [0.1, 0.5, 0.9];
    private static readonly DiseasePack Pack = DiseasePacks.Carried("covid-19");

    private (CountryCapacity Place, CaseDraws Draws)[] _places = [];

    /// <summary>Places in the run.</summary>
    [Params(50, 100, 200)]
    public int Places { get; set; }

    /// <summary>Runs of cases for each place.</summary>
    [Params(100, 1000)]
    public int Draws { get; set; }

    /// <summary>Makes runs of cases from a few to a hundred thousand a week.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var random = new SeededRandom(1);
        _places = [.. Pack.Places.Take(Places).Select(code =>
        {
            var level = Math.Pow(10, 1 + (4 * random.NextDouble()));
            var cases = new double[Draws * PlannedWeeks];
            for (var draw = 0; draw < Draws; draw++)
            {
                var now = level;
                for (var week = 0; week < PlannedWeeks; week++)
                {
                    now *= 0.7 + (0.7 * random.NextDouble());
                    cases[(draw * PlannedWeeks) + week] = Math.Round(now);
                }
            }

            return (Pack.CapacityOf(code, 0), new CaseDraws(
                Start.AddDays(-Weeks.Days * HistoryWeeks), [level, level, level], PlannedWeeks, cases));
        })];
    }

    /// <summary>Every place, every good, three levels.</summary>
    [Benchmark]
    public long Goods()
    {
        var settings = new NeedSettings(Start, PlannedWeeks);
        var goods = Pack.Items.Take(GoodsCount).ToHashSet();
        var sums = new long[_places.Length];
        Parallel.For(0, _places.Length, at => sums[at] = NeedTrajectories
            .Quantiles(Pack, _places[at].Place, _places[at].Draws, settings, Levels, goods.Contains)
            .Sum(one => one.Quantities[1]));
        return sums.Sum();
    }
}
