using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Allocation;

if (args is ["allocation", ..])
{
    AllocationFigures.Print(Console.Out, args.Contains("--quick"));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly).Run(args, ShortRuns.Config);
