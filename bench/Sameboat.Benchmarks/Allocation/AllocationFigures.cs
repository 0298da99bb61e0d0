using System.Diagnostics;
using System.Globalization;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Benchmarks.Allocation;

/// <summary>All figures of the allocation in one run: goals, growth, and the warm sequence of programs beside it.
/// </summary>
internal static class AllocationFigures
{
    private const int WarmRuns = 2;
    private static readonly TimeSpan WarmLeast = TimeSpan.FromSeconds(2);
    private const int MeasuredRuns = 5;
    private static readonly TimeSpan PeerMost = TimeSpan.FromSeconds(120);

    /// <param name="output">Takes the tables.</param>
    /// <param name="quick">Without the sequence of programs, which takes minutes.</param>
    public static void Print(TextWriter output, bool quick)
    {
        output.WriteLine("## One item at a time, exact, with whole packs and levels (2 cores)\n");
        output.WriteLine("| members | items | lots | median s | goal s |\n|---:|---:|---:|---:|---:|");
        foreach (var (members, items, lots, goal) in new[]
        {
            (200, 1, 500, "0.1"), (50, 100, 500, ""), (100, 100, 500, ""), (200, 100, 500, "0.1"),
            (200, 100, 5_000, ""), (400, 100, 5_000, ""), (1_000, 100, 5_000, "1"),
        })
        {
            var problems = SingleItems.Of(members, items, lots);
            Row(output, $"{members} | {items} | {lots}", goal,
                () => Parallel.ForEach(problems, problem => Allocator.Allocate(problem)));
        }

        Coupled(output, quick);
        WhatIf(output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nPeak memory of the whole run: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
    }

    private static void Coupled(TextWriter output, bool quick)
    {
        output.WriteLine("\n## Shared limits: plan with certificates\n");
        output.WriteLine("| members x items x lots, draw | by | median s | programs | levels | checker s | goal s |\n"
            + "|---|---|---:|---:|---:|---:|---:|");
        foreach (var (tight, by, members) in new[]
        {
            (false, CoverageBy.Member, 50), (false, CoverageBy.Member, 100), (false, CoverageBy.Member, 200),
            (true, CoverageBy.Member, 200), (false, CoverageBy.MemberItem, 50), (false, CoverageBy.MemberItem, 100),
            (false, CoverageBy.MemberItem, 200), (true, CoverageBy.MemberItem, 200),
        })
        {
            var problem = CoupledProblem.Of(members, members / 2, members * 5 / 2, by, tight);
            var plan = SharedAllocator.Allocate(problem);
            var check = Stopwatch.GetTimestamp();
            var failure = SharedPlanChecker.Check(problem, plan)?.ToString() ?? "";
            var checking = Stopwatch.GetElapsedTime(check).TotalSeconds;
            var seconds = Median(() => SharedAllocator.Allocate(problem));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {members} x {members / 2} x {members * 5 / 2}, {(tight ? "tight" : "loose")} | {by} |"
                + $" {seconds:F2} | {plan.Programs} | {plan.Prices.Length} | {checking:F2} {failure} |"
                + $" {(members < 200 ? "" : by == CoverageBy.Member ? "2" : "30")} |"));
            if (!quick && members == 200 && by == CoverageBy.Member)
            {
                using var peer = new WarmSequence(problem);
                var start = Stopwatch.GetTimestamp();
                var (programs, done, all) = peer.Solve(PeerMost);
                var peerSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| the same, one warm GLOP object | {by} | {peerSeconds:F1} | {programs} | {done} fixed"
                    + $"{(all ? "" : ", stopped")} | | ratio {peerSeconds / seconds:F0} |"));
            }
        }
    }

    private static void WhatIf(TextWriter output)
    {
        output.WriteLine("\n## What if: solved again after one change, by member\n");
        output.WriteLine("| members x items x lots, draw | change | median s | goal s |\n|---|---|---:|---:|");
        foreach (var tight in new[] { false, true })
        {
            var problem = CoupledProblem.Of(200, 100, 500, CoverageBy.Member, tight);
            var lot = problem.Lots[0];
            foreach (var (change, changed) in new[]
            {
                ("one lot doubled", problem with { Lots = problem.Lots.SetItem(0, lot with
                {
                    Quantity = lot.Quantity * 2,
                }) }),
                ("a lot added", SharedWhatIf.WithLot(problem, new SharedLot(10_000, lot.Item, lot.Quantity),
                    [.. problem.Lanes.Where(lane => lane.Lot == lot.Id).Select(lane => lane.Member)]) with
                {
                    // The limits count the new lot as they count the first.
                    Limits = [.. problem.Limits.Select(limit => limit with
                    {
                        Terms = [.. limit.Terms, .. limit.Terms.Where(term => term.Lot == lot.Id)
                            .Select(term => term with { Lot = 10_000 })],
                    })],
                }),
                ("a claim withdrawn", SharedWhatIf.WithoutClaim(problem, problem.Claims[0].Id)),
            })
            {
                Row(output, $"200 x 100 x 500, {(tight ? "tight" : "loose")} | {change}", "1",
                    () => SharedAllocator.Allocate(changed));
            }
        }
    }

    private static void Row(TextWriter output, string shape, string goal, Action run) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shape} | {Median(run):F3} | {goal} |"));

    private static double Median(Action run)
    {
        // Short runs are repeated until the runtime has compiled the hot methods for good, in the background.
        var begun = Stopwatch.GetTimestamp();
        for (var warm = 0; warm < WarmRuns || Stopwatch.GetElapsedTime(begun) < WarmLeast; warm++)
        {
            run();
        }

        var seconds = new double[MeasuredRuns];
        for (var at = 0; at < seconds.Length; at++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            seconds[at] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[MeasuredRuns / 2];
    }
}
