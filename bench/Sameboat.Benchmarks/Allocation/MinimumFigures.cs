using System.Diagnostics;
using System.Globalization;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Benchmarks.Allocation;

/// <summary>
/// Minimum lots and vehicles: how long the search takes as the problem grows, and how far the lowest coverages come to
/// those of the divisible plan. Every second lot of an item has a minimum of a hundredth of it; each of ten corridors
/// has vehicles for four fifths of what its members need.
/// </summary>
internal static class MinimumFigures
{
    private const int Corridors = 10;

    /// <param name="output">Takes the table.</param>
    public static void Print(TextWriter output)
    {
        output.WriteLine("| members x items x lots | vehicles | lanes | s | checker s | lowest tenth, divisible |"
            + " in packs | without the rules s |\n|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (members, items, lots, vehicles) in new[]
        {
            (20, 1, 10, false), (200, 1, 50, false), (200, 20, 100, false), (200, 100, 500, false),
            (20, 5, 25, true), (100, 20, 100, true), (200, 100, 500, true),
        })
        {
            var problem = Of(members, items, lots, vehicles);
            var plain = problem with
            {
                Lots = [.. problem.Lots.Select(lot => lot with { Minimum = 0 })],
                Limits = [.. problem.Limits.Select(limit => limit with { Load = null })],
            };
            _ = SharedAllocator.Allocate(Of(20, 5, 25, vehicles));
            var (plan, seconds) = Timed(() => SharedAllocator.Allocate(problem));
            var (_, without) = Timed(() => SharedAllocator.Allocate(plain));
            var (failure, checking) = Timed(() => SharedPlanChecker.Check(problem, plan));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {members} x {items} x {lots} | {(vehicles ? "yes" : "no")} | {problem.Lanes.Length} |"
                + $" {seconds:F2} | {checking:F2} {failure} | {Lowest(plan, share => share.Fair):P1} |"
                + $" {Lowest(plan, share => share.Fair - share.PackGap):P1} | {without:F2} |"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nPeak memory of the whole run: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
    }

    private static (T Value, double Seconds) Timed<T>(Func<T> run)
    {
        var start = Stopwatch.GetTimestamp();
        var value = run();
        return (value, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>The mean of the lowest tenth of the coverages.</summary>
    private static double Lowest(SharedPlan plan, Func<SharedShare, Rational> coverage) => plan.Shares
        .Select(share => coverage(share).ToDouble()).Order().Take(Math.Max(1, plan.Shares.Length / 10)).Average();

    private static SharedProblem Of(int members, int items, int lots, bool vehicles)
    {
        var random = new SeededRandom(7);
        var claims = Enumerable.Range(0, members * items).Where(_ => items == 1 || random.NextDouble() < 0.5)
            .Select(at => new SharedClaim(at, at / items, at % items, 100 + random.NextBelow(10_000))).ToList();
        var need = claims.GroupBy(claim => claim.Item)
            .ToDictionary(item => item.Key, item => item.Sum(one => one.Need));
        var perItem = (double)lots / items;
        var stock = Enumerable.Range(0, lots).Select(lot =>
        {
            var units = (long)(need.GetValueOrDefault(lot % items) * (0.3 + (0.6 * random.NextDouble())) / perItem);
            return new SharedLot(lot, lot % items, Math.Max(units, 10) / 10 * 10, 10, null,
                lot / items % 2 == 0 ? Math.Max(units, 10) / 100 : 0);
        }).ToList();
        var needing = claims.ToLookup(claim => claim.Item, claim => claim.Member);
        return new SharedProblem([.. claims], [.. stock],
            [.. stock.SelectMany(lot => needing[lot.Item].Where(_ => random.NextDouble() < 0.6)
                .Select(member => new OpenLane(lot.Id, member)).ToList())],
            [.. Enumerable.Range(0, vehicles ? Corridors : 0).Select(corridor =>
            {
                var load = claims.Where(claim => claim.Member % Corridors == corridor).Sum(claim => claim.Need)
                    / (4 * Math.Max(1, members / Corridors));
                return new SharedLimit(corridor, Rational.Of(load * 4 * Math.Max(1, members / Corridors) * 4 / 5 / load
                    * load), [.. claims.Select(claim => claim.Member).Distinct()
                    .Where(member => member % Corridors == corridor)
                    .Select(member => new LimitTerm(null, member, Rational.One))], Rational.Of(load));
            })]);
    }
}
