using BenchmarkDotNet.Running;
using Sameboat.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ReproductionBenchmarks).Assembly).Run(args, ShortRuns.Config);
