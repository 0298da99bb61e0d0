using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Record;

return args is ["record", .. var rest]
    ? await RecordRun.RunAsync(rest)
    : BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly).Run(args, ShortRuns.Config) is null
        ? 1
        : 0;
