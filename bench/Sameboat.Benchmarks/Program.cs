using System.Globalization;
using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Allocation;
using Sameboat.Benchmarks.Api;
using Sameboat.Benchmarks.Assessing;
using Sameboat.Benchmarks.Load;
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
    case ["log-folder", var folder, var entries]:
        return LogFolder.Write(folder, entries);
    case ["fuzz", .. var fuzz]:
        return await FuzzFiguresRun.RunAsync(fuzz);
    case ["import", var folder]:
        return await ImportFigures.RunAsync(folder);
    case ["minimum-lots"]:
        MinimumFigures.Print(Console.Out);
        return 0;
    case ["load-fill", .. var fill]:
        return await LoadFill.RunAsync(fill);
    case ["load", .. var load]:
        return await LoadFiguresRun.RunAsync(load);
    case [LoadNode.Command, var data, .. var connection]:
        return await LoadNode.ServeAsync(data, connection.FirstOrDefault());
    case ["races", .. var races]:
        return await RacesRun.RunAsync(races);
    case ["nowcast", var path]:
        NowcastFigures.Print(Console.Out, path);
        return 0;
    case ["rebuild", .. var rebuild]:
        return await RebuildRun.RunAsync(rebuild);
    case ["record", .. var rest]:
        return await RecordRun.RunAsync(rest);
    default:
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly)
            .Run(args, ShortRuns.Config);
        return summaries is null ? 1 : 0;
}
