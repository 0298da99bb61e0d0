using System.Collections.Immutable;
using System.Text;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>Where waste, cost and days are the same, the seed decides, and the checker proves it.</summary>
public sealed class The_lottery_among_equal_sums : IDisposable
{
    private const int Cases = 150;

    // Written down once more: the letters «lane», and the first 44 bits of each number.
    private const ulong OfLanes = 0x6C616E65;
    private const int LeftOut = 20;

    private const string Alike = """
        {"id":"alike","claims":[{"member":"A","item":"gowns","need":10},{"member":"B","item":"gowns","need":10}],
        "lots":[{"lot":"X","item":"gowns","quantity":10},{"lot":"Y","item":"gowns","quantity":10}],
        "lanes":[{"lot":"X","member":"A","cost":1},{"lot":"X","member":"B","cost":1},
        {"lot":"Y","member":"A","cost":1},{"lot":"Y","member":"B","cost":1}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-lottery-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Of_all_plans_of_the_same_coverage_and_sums_the_one_with_the_least_drawn_sum_is_taken_and_proved()
    {
        var (drawn, others) = (0, 0);
        foreach (var seed in Enumerable.Range(0, Cases))
        {
            var problem = Equally_fair_plans.WithCosts((ulong)seed, limits: false) with { Seed = (ulong)seed * 77 };
            var plan = SharedAllocator.Allocate(problem);
            var given = plan.Shares.ToDictionary(share => share.Claim, share => share.Packed);
            var plans = Equally_fair_plans.PlansOf(problem, given);
            var order = Equally_fair_plans.CostComparer;
            var best = plans.Select(lines => Equally_fair_plans.CostOf(problem, lines)).Min(order)!;
            var cheapest = plans.Where(lines =>
                order.Compare(Equally_fair_plans.CostOf(problem, lines), best) == 0).ToList();
            var least = cheapest.Select(lines => SumOf(problem, lines)).Min();
            SumOf(problem, [.. plan.Lines.Select(line => (line.Lot, line.Claim, Rational.Of(line.Quantity)))])
                .ShouldBe(least, $"seed {seed}");
            foreach (var lines in plans)
            {
                var proofs = TieProof.Of(problem, lines, isWhole: true);
                var isDrawn = cheapest.Contains(lines) && SumOf(problem, lines) == least;
                proofs.All(item => item.Lottery != TieLottery.NotProved).ShouldBe(isDrawn || proofs.IsEmpty);
                (TieProof.FirstMissing(plan, proofs, isWhole: true) is null).ShouldBe(isDrawn || proofs.IsEmpty);
                (drawn, others) = isDrawn ? (drawn + 1, others) : (drawn, others + 1);
            }
        }

        drawn.ShouldBeGreaterThan(Cases / 2);
        others.ShouldBeGreaterThan(Cases / 2);
    }

    [Fact]
    public void Divisible_flows_are_the_only_ones_that_the_draw_could_take()
    {
        foreach (var seed in Enumerable.Range(0, Cases))
        {
            var problem = Equally_fair_plans.WithCosts((ulong)seed, limits: false) with { Seed = (ulong)seed };
            var plan = SharedAllocator.Allocate(problem);
            TieProof.Of(problem, plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount)), isWhole: false)
                .ShouldAllBe(item => item.IsProved && item.Lottery == TieLottery.Only);
        }
    }

    [Fact]
    public void Each_of_two_equal_plans_is_drawn_about_half_the_time()
    {
        var first = Enumerable.Range(0, 400).Count(seed => LinesOf((ulong)seed).Contains("X to A"));
        first.ShouldBeInRange(150, 250);
    }

    [Fact]
    public void Two_plans_drawn_equally_are_not_called_the_only_one()
    {
        // One lot for two claims that both are met: nothing can change places. Two lots half used can.
        var problem = new SharedProblem([new(1, 1, 1, 4), new(2, 2, 1, 4)], [new(1, 1, 8), new(2, 1, 8)],
            [new(1, 1, 1), new(1, 2, 1), new(2, 1, 1), new(2, 2, 1)], []);
        var plan = SharedAllocator.Allocate(problem);
        List<(int, int, Rational)> flows = [.. plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount))];
        TieProof.Of(problem, flows, isWhole: false).ShouldBe([new TieProof(1, true, TieLottery.Only)]);
        var mixed = flows.Select(_ => 0).Count() == 2
            ? new List<(int, int, Rational)> { (1, 1, Rational.Of(2)), (2, 1, Rational.Of(2)), (1, 2, Rational.Of(4)) }
            : flows;
        TieProof.Of(problem, mixed, isWhole: false).Single().Lottery.ShouldBe(TieLottery.NotProved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plan_that_another_seed_drew_is_refused_whatever_it_says_of_its_lottery(bool divisible)
    {
        var (own, other) = Enumerable.Range(0, 100).Select(seed => ((ulong)seed, Lines: LinesOf((ulong)seed)))
            .GroupBy(one => one.Lines).Select(one => one.First().Item1).Take(2).ToArray() is [var one, var two]
            ? (one, two) : throw new InvalidOperationException("Every seed drew the same.");
        var instance = Write("instance.json", Alike);
        Failure(instance, PlanOf(own, divisible), own).ShouldBeNull();
        var forged = PlanOf(other, divisible)
            .Replace($"\"seed\":\"{other}\",\"commitment\":\"{LotteryCommitment.Of(other)}\"",
                $"\"seed\":\"{own}\",\"commitment\":\"{LotteryCommitment.Of(own)}\"", StringComparison.Ordinal);
        Failure(instance, forged, own).ShouldNotBeNull().ShouldContain("ties[0].lottery");
        var modest = forged.Replace(
            "\"lottery\":\"only\"", "\"lottery\":\"not-proved\"", StringComparison.Ordinal);
        Failure(instance, modest, own).ShouldNotBeNull()
            .ShouldContain("in ties at item «gowns» a plan that the seed did not draw");
        Failure(instance, forged.Replace("\"ties\":", "\"tied\":", StringComparison.Ordinal), own)
            .ShouldNotBeNull();
    }

    [Fact]
    public void What_limits_minimum_lots_or_gaps_may_forbid_is_not_asked_for()
    {
        var problem = new SharedProblem([new(1, 1, 1, 10), new(2, 2, 1, 10)], [new(1, 1, 10), new(2, 1, 10)],
            [new(1, 1, 0, Rational.Of(1)), new(1, 2), new(2, 1), new(2, 2, 0, Rational.Of(1))], []);
        List<(int, int, Rational)> dear = [(1, 1, Rational.Of(10)), (2, 2, Rational.Of(10))];
        SharedFailure? Missing(SharedProblem asked, bool isWhole) => TieProof.FirstMissing(
            SharedAllocator.Allocate(asked), TieProof.Of(asked, dear, isWhole), isWhole);
        Missing(problem, isWhole: true).ShouldNotBeNull().Found.ShouldContain("cheaper");
        Missing(problem, isWhole: false).ShouldNotBeNull().What.ShouldBe("ties");
        foreach (var term in new LimitTerm[]
            { new(null, null, Rational.One), new(1, null, Rational.One), new(null, 2, Rational.One),
                new(2, 1, Rational.One) })
        {
            Missing(problem with { Limits = [new(1, Rational.Of(1_000), [term])] }, isWhole: false).ShouldBeNull();
        }

        Missing(problem with { Limits = [new(1, Rational.Of(1_000), [new(1, null, Rational.Zero)])] }, isWhole: false)
            .ShouldNotBeNull();
        var minimum = problem with { Lots = [new(1, 1, 10, Minimum: 2), new(2, 1, 10)] };
        Missing(minimum, isWhole: true).ShouldBeNull();
        Missing(minimum, isWhole: false).ShouldNotBeNull();
    }

    private static System.Numerics.BigInteger SumOf(
        SharedProblem problem, List<(int Lot, int Claim, Rational Amount)> lines)
    {
        var random = new SeededRandom(problem.Seed ^ OfLanes);
        var claims = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item), claim => claim.Id);
        var items = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Item);
        var draws = problem.Lanes.Where(lane => claims.ContainsKey((lane.Member, items[lane.Lot])))
            .Select(lane => (lane.Lot, Claim: claims[(lane.Member, items[lane.Lot])])).Order()
            .ToDictionary(lane => lane, _ => random.NextBits() >> LeftOut);
        return lines.Aggregate(System.Numerics.BigInteger.Zero,
            (sum, line) => sum + (line.Amount.Numerator * draws[(line.Lot, line.Claim)]));
    }

    private string LinesOf(ulong seed)
    {
        var instance = InstanceFileReader.Read(Write("instance.json", Alike), CoverageBy.MemberItem, seed)
            .Value!.Instances[0];
        return string.Join(", ", SharedAllocator.Allocate(instance.Problem).Lines.Select(line =>
            $"{instance.Lots[line.Lot]} to {instance.Members[instance.Problem.Claims[line.Claim].Member]}"));
    }

    private string PlanOf(ulong seed, bool divisible)
    {
        var instance = InstanceFileReader.Read(Write("instance.json", Alike), CoverageBy.MemberItem, seed)
            .Value!.Instances[0];
        using var stream = new MemoryStream();
        PlanFile.Write(stream, instance, divisible, whatIf: null);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private string? Failure(string instance, string plan, ulong seed)
    {
        var failures = new FaultList();
        PlanFileCheck.Check(instance, Write("plan.json", plan), CoverageBy.MemberItem, new PlanPromise(seed), failures);
        return failures.IsEmpty ? null : string.Join('\n', failures.Lines());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
