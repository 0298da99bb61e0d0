using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Sameboat.Epidemics;

namespace Sameboat.Benchmarks;

/// <summary>Cori's posterior with seven quantiles, a window of seven days, on one core.</summary>
public class ReproductionBenchmarks
{
    private const int DaysOfTheFile = 777;

    private double[][] _series = [];
    private readonly SerialInterval _serialInterval = SerialInterval.ShiftedGamma(6.3, 4.2, DaysOfTheFile);

    /// <summary>Places in the run; 194 are in the file of the world's counts.</summary>
    [Params(50, 100, 194)]
    public int Places { get; set; }

    /// <summary>Makes counts that rise and fall between a few and a hundred thousand.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var random = new SeededRandom(1);
        _series = [.. Enumerable.Range(0, Places).Select(_ =>
        {
            var scale = Math.Pow(10, 1 + (4 * random.NextDouble()));
            return Enumerable.Range(0, DaysOfTheFile)
                .Select(day => Math.Round(scale * (1.2 + Math.Sin(day / 40.0)) * (0.8 + (0.4 * random.NextDouble()))))
                .ToArray();
        })];
    }

    /// <summary>Every place, every window.</summary>
    [Benchmark]
    public int Cori()
    {
        var windows = 0;
        foreach (var counts in _series)
        {
            windows += CoriEstimator.Estimate(counts, [], _serialInterval, new CoriSettings(7)).Length;
        }

        return windows;
    }
}
