using System.Globalization;
using BenchmarkDotNet.Attributes;
using Sameboat.Epidemics;

namespace Sameboat.Benchmarks;

/// <summary>
/// Our side of bench/epiestim-ratio.sh: the same counts, read from the file that SAMEBOAT_BENCH_COUNTS names (one
/// place a line, days separated by commas), on one core.
/// </summary>
public class EpiEstimBeside
{
    private double[][] _series = [];
    private double[] _long = [];

    /// <summary>Reads the counts.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var path = Environment.GetEnvironmentVariable("SAMEBOAT_BENCH_COUNTS")
            ?? throw new InvalidOperationException("SAMEBOAT_BENCH_COUNTS names no file: run bench/epiestim-ratio.sh.");
        _series =
        [
            .. File.ReadLines(path).Select(line =>
                line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        _long = [.. Enumerable.Range(0, 1000).Select(day => _series[0][day % _series[0].Length])];
    }

    /// <summary>Cori, seven quantiles, every place.</summary>
    [Benchmark]
    public int Cori()
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, _series[0].Length - 1);
        return _series.Sum(counts => CoriEstimator.Estimate(counts, [], interval, CoriSettings.Weekly).Length);
    }

    /// <summary>A hundred serial intervals, one series of a thousand days.</summary>
    [Benchmark]
    public int Uncertain() =>
        UncertainCoriEstimator.Estimate(
            _long, [],
            new UncertainSerialInterval(new UncertainDays(6.3, 0.5, 5.3, 7.3), new UncertainDays(4.2, 0.3, 3.6, 4.8)),
            CoriSettings.Weekly).Length;

    /// <summary>The renewal estimator, every place.</summary>
    [Benchmark]
    public int Renewal()
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, _series[0].Length - 1);
        return _series.Sum(counts =>
            RenewalEstimator.Estimate(counts, [], interval, RenewalSettings.Usual).Length);
    }
}
