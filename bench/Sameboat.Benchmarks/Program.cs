using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Allocation;
using Sameboat.Benchmarks.Assessing;
using Sameboat.Benchmarks.Record;

<<<<<<< HEAD
switch (args)
{
    case ["allocation", ..]:
        AllocationFigures.Print(Console.Out, args.Contains("--quick"));
        return 0;
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
=======
return args is ["record", .. var rest]
    ? await RecordRun.RunAsync(rest)
    : BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly).Run(args, ShortRuns.Config) is null
        ? 1
        : 0;
>>>>>>> store
