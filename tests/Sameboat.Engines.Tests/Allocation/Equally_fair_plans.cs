using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Equally_fair_plans
{
    private const int Cases = 300;

    [Fact]
    public void Goods_that_expire_go_first_then_the_cheaper_way_then_the_faster()
    {
        var problem = new SharedProblem([new(1, 1, 1, 10), new(2, 2, 1, 10)],
            [new(1, 1, 10), new(2, 1, 10, Expires: 30), new(3, 1, 10)],
            [
                new(1, 1, 1, Rational.Of(1)), new(2, 1, 9, Rational.Of(9)), new(3, 1, 1, Rational.Of(2)),
                new(1, 2, 2, Rational.Of(1)), new(2, 2, 9, Rational.Of(9)), new(3, 2, 1, Rational.Of(1)),
            ], []);
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan).ShouldBeNull();
        plan.Flows.Where(flow => flow.Lot == 2).Aggregate(Rational.Zero, (sum, flow) => sum + flow.Amount)
            .ShouldBe(Rational.Of(10));
        CostOf(problem, plan).ShouldBe((Rational.Zero, Rational.Of(100), Rational.Of(100)));
    }

    [Fact]
    public void No_plan_in_whole_units_that_gives_everybody_the_same_is_cheaper() => Gen.ULong.Sample(seed =>
    {
        var problem = WithCosts(seed, limits: false);
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
        var given = plan.Shares.ToDictionary(share => share.Claim, share => share.Packed);
        var best = Enumerate(problem, given).Min(CostComparer)!;
        CostComparer.Compare(CostOf(problem, plan.Lines.Select(line =>
            (line.Lot, line.Claim, Rational.Of(line.Quantity)))), best).ShouldBe(0);
    }, iter: Cases);

    [Fact]
    public void A_plan_is_proved_to_keep_the_order_exactly_when_no_other_of_the_same_coverage_is_cheaper()
    {
        var (kept, broken) = (0, 0);
        foreach (var seed in Enumerable.Range(0, Cases))
        {
            var problem = WithCosts((ulong)seed, limits: false);
            var given = SharedAllocator.Allocate(problem).Shares
                .ToDictionary(share => share.Claim, share => share.Packed);
            var plans = PlansOf(problem, given);
            var best = plans.Select(lines => CostOf(problem, lines)).Min(CostComparer)!;
            foreach (var lines in plans)
            {
                var proved = TieProof.Of(problem, lines, isWhole: true).All(item => item.IsProved);
                proved.ShouldBe(CostComparer.Compare(CostOf(problem, lines), best) == 0, $"seed {seed}");
                (kept, broken) = proved ? (kept + 1, broken) : (kept, broken + 1);
            }
        }

        kept.ShouldBeGreaterThan(Cases);
        broken.ShouldBeGreaterThan(Cases / 3);
    }

    [Fact]
    public void Without_days_cost_or_expiry_there_is_nothing_to_prove() => TieProof.Of(
        new SharedProblem([new(1, 1, 1, 10)], [new(1, 1, 10)], [new(1, 1)], []), [(1, 1, Rational.Of(10))], true)
        .ShouldBeEmpty();

    [Fact]
    public void Packs_of_two_sizes_do_not_change_places_but_opened_ones_do()
    {
        // Ten units from the dear lot of fives; the cheap lot of twos has as many left.
        var problem = new SharedProblem([new(1, 1, 1, 10)], [new(1, 1, 10, 5), new(2, 1, 10, 2)],
            [new(1, 1, 0, Rational.Of(3)), new(2, 1)], []);
        TieProof.Of(problem, [(1, 1, Rational.Of(10))], isWhole: true)
            .ShouldBe([new TieProof(1, true, TieLottery.Only)]);
        TieProof.Of(problem, [(1, 1, Rational.Of(10))], isWhole: false)
            .ShouldBe([new TieProof(1, false, TieLottery.NotProved)]);
    }

    [Fact]
    public void Under_limits_no_divisible_plan_of_the_same_coverage_is_cheaper_than_a_whole_one() =>
        Gen.ULong.Sample(seed =>
        {
            var problem = WithCosts(seed, limits: true);
            var plan = SharedAllocator.Allocate(problem);
            SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
            plan.LargestGap.ShouldBe(Rational.Zero);
            var given = plan.Shares.ToDictionary(share => share.Claim, share => 0L);
            foreach (var claim in problem.Claims)
            {
                var amount = plan.Flows.Where(flow => flow.Claim == claim.Id)
                    .Aggregate(Rational.Zero, (sum, flow) => sum + flow.Amount);
                if (amount.Denominator != 1)
                {
                    return;
                }

                given[claim.Id] = (long)amount.Numerator;
            }

            foreach (var whole in Enumerate(problem, given))
            {
                CostComparer.Compare(CostOf(problem, plan), whole).ShouldBeLessThanOrEqualTo(0);
            }
        }, iter: Cases);

    internal static Comparer<(Rational Waste, Rational Cost, Rational Days)> CostComparer { get; } =
        Comparer<(Rational Waste, Rational Cost, Rational Days)>.Create((one, other) => one.CompareTo(other));

    private static (Rational, Rational, Rational) CostOf(SharedProblem problem, SharedPlan plan) =>
        CostOf(problem, plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount)));

    internal static (Rational Waste, Rational Cost, Rational Days) CostOf(
        SharedProblem problem, IEnumerable<(int Lot, int Claim, Rational Amount)> lines)
    {
        var all = lines.ToList();
        Rational Sum(Func<OpenLane, Rational> unit) => all.Aggregate(Rational.Zero, (sum, line) =>
            sum + (line.Amount * unit(problem.Lanes.First(lane => lane.Lot == line.Lot
                && lane.Member == problem.Claims.First(claim => claim.Id == line.Claim).Member))));
        var waste = problem.Lots.Where(lot => lot.Expires is not null).Aggregate(Rational.Zero, (sum, lot) =>
            sum + Rational.Of(lot.Quantity)) - all.Where(line =>
            problem.Lots.First(lot => lot.Id == line.Lot).Expires is not null)
            .Aggregate(Rational.Zero, (sum, line) => sum + line.Amount);
        return (waste, Sum(lane => lane.Cost), Sum(lane => Rational.Of(lane.Days)));
    }

    internal static SharedProblem WithCosts(ulong seed, bool limits)
    {
        var problem = Shared_limits.RandomProblem(seed);
        var random = new SeededRandom(seed ^ 1);
        return problem with
        {
            By = CoverageBy.MemberItem,
            Limits = limits ? problem.Limits : [],
            Lots = [.. problem.Lots.Take(3).Select(lot => lot with
            {
                Quantity = lot.Quantity % 5, PackSize = 1, Expires = random.NextBelow(2) == 0 ? 10 : null,
            })],
            Lanes = [.. problem.Lanes.Where(lane => lane.Lot < 3).Select(lane => lane with
            {
                Cost = Rational.Of(random.NextBelow(4), 2), Days = random.NextBelow(5),
            })],
            Claims = [.. problem.Claims.Where(claim => claim.Member < 3)],
        } is var made && made.Claims.Select(claim => claim.Member).ToHashSet() is var known
            ? made with
            {
                Lanes = [.. made.Lanes.Where(lane => known.Contains(lane.Member))],
                Limits = [.. made.Limits.Select(limit => limit with
                {
                    Terms = [.. limit.Terms.Where(term => (term.Lot is null || term.Lot < 3 && made.Lots.Length
                        > term.Lot) && (term.Member is not { } member || known.Contains(member)))],
                })],
            } : problem;
    }

    /// <summary>The costs of all plans in whole units that give each claim what it is given.</summary>
    private static List<(Rational Waste, Rational Cost, Rational Days)> Enumerate(
        SharedProblem problem, Dictionary<int, long> given) =>
        [.. PlansOf(problem, given).Select(lines => CostOf(problem, lines))];

    internal static List<List<(int Lot, int Claim, Rational Amount)>> PlansOf(
        SharedProblem problem, Dictionary<int, long> given)
    {
        var claims = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item), claim => claim.Id);
        var items = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Item);
        var lanes = problem.Lanes.Where(lane => claims.ContainsKey((lane.Member, items[lane.Lot])))
            .Select(lane => (lane.Lot, Claim: claims[(lane.Member, items[lane.Lot])])).ToList();
        var left = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Quantity);
        var due = new Dictionary<int, long>(given);
        var amounts = new long[lanes.Count];
        var found = new List<List<(int, int, Rational)>>();
        void Try(int at)
        {
            if (at == lanes.Count)
            {
                var lines = lanes.Index().Where(pair => amounts[pair.Index] > 0)
                    .Select(pair => (pair.Item.Lot, pair.Item.Claim, Rational.Of(amounts[pair.Index]))).ToList();
                if (due.Values.All(units => units == 0) && Within(problem, lines))
                {
                    found.Add(lines);
                }

                return;
            }

            var (lot, claim) = lanes[at];
            var most = Math.Min(left[lot], due[claim]);
            for (var units = 0L; units <= most; units++)
            {
                (left[lot], due[claim], amounts[at]) = (left[lot] - units, due[claim] - units, units);
                Try(at + 1);
                (left[lot], due[claim]) = (left[lot] + units, due[claim] + units);
            }
        }

        Try(0);
        return found;
    }

    private static bool Within(SharedProblem problem, List<(int Lot, int Claim, Rational Amount)> lines) =>
        problem.Limits.All(limit => limit.Terms.SelectMany(term => lines.Where(line =>
                (term.Lot is null || term.Lot == line.Lot) && (term.Member is null
                || term.Member == problem.Claims.First(claim => claim.Id == line.Claim).Member))
            .Select(line => line.Amount * term.Weight))
            .Aggregate(Rational.Zero, (sum, use) => sum + use) <= limit.Most);
}
