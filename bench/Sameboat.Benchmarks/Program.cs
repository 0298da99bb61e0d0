using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Assessing;
using Sameboat.Benchmarks.Record;

switch (args)
{
    case ["assessment"]:
        AssessmentFigures.Print(Console.Out);
        return 0;
    case ["record", .. var rest]:
        return await RecordRun.RunAsync(rest);
    default:
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly)
            .Run(args, ShortRuns.Config);
        return summaries is null ? 1 : 0;
}
