using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;
using Sameboat.Benchmarks.Assessing;

if (args is ["assessment"])
{
    AssessmentFigures.Print(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly).Run(args, ShortRuns.Config);
