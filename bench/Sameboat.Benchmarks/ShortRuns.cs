using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sameboat.Benchmarks;

/// <summary>
/// One way of measuring for every benchmark: in this process, a few warm runs, median and spread. Whole commands are
/// timed by the scripts beside this project, in processes of their own.
/// </summary>
internal static class ShortRuns
{
    private const int WarmRuns = 3;
    private const int MeasuredRuns = 9;

    public static IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(WarmRuns)
            .WithIterationCount(MeasuredRuns)
            .WithInvocationCount(1)
            .WithUnrollFactor(1))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Median, StatisticColumn.Min, StatisticColumn.Max)
        .AddLogger(ConsoleLogger.Default);
}
