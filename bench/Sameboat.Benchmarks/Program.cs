using System.Globalization;
using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Allocation;
using Sameboat.Benchmarks.Assessing;
using Sameboat.Benchmarks.Record;

switch (args)
{
    case ["allocation", ..]:
        AllocationFigures.Print(Console.Out, args.Contains("--quick"));
        return 0;
    case ["assessment", var places, var days]:
        AssessmentFigures.Print(
            Console.Out,
            int.Parse(places, CultureInfo.InvariantCulture),
            int.Parse(days, CultureInfo.InvariantCulture));
        return 0;
    case ["following", .. var following]:
        return await FollowingRun.RunAsync(following);
    case ["minimum-lots"]:
        MinimumFigures.Print(Console.Out);
        return 0;
    case ["nowcast", var path]:
        NowcastFigures.Print(Console.Out, path);
        return 0;
    case ["record", .. var rest]:
        return await RecordRun.RunAsync(rest);
    default:
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly)
            .Run(args, ShortRuns.Config);
        return summaries is null ? 1 : 0;
}
