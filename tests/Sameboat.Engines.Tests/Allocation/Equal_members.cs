using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>What must hold of any fair division, tried on random problems.</summary>
public sealed class Equal_members
{
    [Fact]
    public void A_claim_carries_nothing_by_which_a_member_could_be_favoured() =>
        typeof(Claim).GetProperties().Select(property => property.Name).Order()
            .ShouldBe(["AcceptsAtMost", "Id", "Limit", "Need", "Received"]);

    [Fact]
    public void The_order_of_the_input_changes_nothing() => Try((problem, random) =>
        Text(Allocator.Allocate(new AllocationProblem(
            Shuffled(problem.Claims, random),
            Shuffled(problem.Lots, random),
            [.. Shuffled(problem.Removed, random)
                .Select(removed => removed with { Claims = Shuffled(removed.Claims, random) })],
            problem.Seed))).ShouldBe(Text(Allocator.Allocate(problem))));

    [Fact]
    public void New_ids_change_nothing_but_who_wins_a_draw() => Try((problem, random) =>
    {
        var ids = Shuffled([.. Enumerable.Range(100, 60)], random);
        int NewId(int id) => ids[id + 2];
        var renamed = new AllocationProblem(
            [.. problem.Claims.Select(claim => claim with { Id = NewId(claim.Id) })],
            [.. problem.Lots.Select(lot => lot with { Id = NewId(lot.Id) })],
            [.. problem.Removed.Select(removed => removed with
            {
                Lot = NewId(removed.Lot), Claims = [.. removed.Claims.Select(NewId)],
            })],
            problem.Seed);
        var (before, after) = (Allocator.Allocate(problem), Allocator.Allocate(renamed));
        after.Shares.ToDictionary(share => share.Claim, share => share.FairCoverage)
            .ShouldBe(before.Shares.ToDictionary(share => NewId(share.Claim), share => share.FairCoverage),
                ignoreOrder: true);
        after.Levels.Select(level => level.Claims.Length).ShouldBe(before.Levels.Select(level => level.Claims.Length));
        if (before.Guarantee == PackGuarantee.Exact)
        {
            SortedPacked(after).ShouldBe(SortedPacked(before));
        }
    });

    [Fact]
    public void Needs_and_lots_many_times_as_large_give_the_same_coverages() => Try((problem, random) =>
    {
        var before = Allocator.Allocate(problem);
        var after = Allocator.Allocate(Times(problem, 2 + random.NextBelow(9)));
        after.Shares.Select(share => (share.Claim, share.FairCoverage, share.PackedCoverage))
            .ShouldBe(before.Shares.Select(share => (share.Claim, share.FairCoverage, share.PackedCoverage)));
    });

    [Fact]
    public void A_claim_split_into_two_halves_keeps_its_coverage_and_so_do_the_others() => Try((problem, random) =>
    {
        const int NewId = 99;
        var whole = Times(problem, 2);
        var at = random.NextBelow(whole.Claims.Length);
        var half = problem.Claims[at];
        var split = whole with
        {
            Claims = whole.Claims.SetItem(at, half).Add(half with { Id = NewId }),
            Removed = [.. whole.Removed.Select(removed => removed.Claims.Contains(half.Id)
                ? removed with { Claims = removed.Claims.Add(NewId) } : removed)],
        };
        var before = Allocator.Allocate(whole).Shares.ToDictionary(share => share.Claim, share => share.FairCoverage);
        var after = Allocator.Allocate(split).Shares.ToDictionary(share => share.Claim, share => share.FairCoverage);
        before.Add(NewId, before[half.Id]);
        after.ShouldBe(before, ignoreOrder: true);
    });

    [Fact]
    public void More_in_a_lot_leaves_no_claim_with_less_and_the_packs_no_worse_sorted() => Try((problem, random) =>
    {
        var at = random.NextBelow(problem.Lots.Length);
        var lot = problem.Lots[at];
        var more = problem with
        {
            Lots = problem.Lots.SetItem(at, lot with
            {
                Quantity = lot.Quantity + (lot.PackSize * (1 + random.NextBelow(3))),
            }),
        };
        var (before, after) = (Allocator.Allocate(problem), Allocator.Allocate(more));
        foreach (var (poorer, richer) in before.Shares.Zip(after.Shares))
        {
            richer.FairCoverage.ShouldBeGreaterThanOrEqualTo(poorer.FairCoverage);
        }

        if (after.Guarantee == PackGuarantee.Exact && before.Guarantee == PackGuarantee.Exact)
        {
            Enumeration.Compare(SortedPacked(after), SortedPacked(before)).ShouldBeGreaterThanOrEqualTo(0);
        }
    });

    [Fact]
    public void A_smaller_need_never_receives_more() => Try((problem, random) =>
    {
        var at = random.NextBelow(problem.Claims.Length);
        var claim = problem.Claims[at];
        if (claim.Need > 1)
        {
            var smaller = problem with
            {
                Claims = problem.Claims.SetItem(at, claim with { Need = 1 + random.NextBelow((int)claim.Need - 1) }),
            };
            ClaimShare Of(AllocationProblem any) =>
                Allocator.Allocate(any).Shares.First(share => share.Claim == claim.Id);
            Of(smaller).FairAmount.ShouldBeLessThanOrEqualTo(Of(problem).FairAmount);
        }
    });

    [Fact]
    public void Equal_claims_with_equal_lanes_have_equal_fair_shares_and_packs_no_more_than_one_apart() =>
        Try((problem, _) =>
        {
            const int TwinId = 99;
            var own = problem.Claims[0];
            var twins = problem with
            {
                Claims = problem.Claims.Add(own with { Id = TwinId }),
                Removed = [.. problem.Removed.Select(removed => removed.Claims.Contains(own.Id)
                    ? removed with { Claims = removed.Claims.Add(TwinId) } : removed)],
            };
            var result = Allocator.Allocate(twins);
            var one = result.Shares.First(share => share.Claim == own.Id);
            var other = result.Shares.First(share => share.Claim == TwinId);
            other.FairCoverage.ShouldBe(one.FairCoverage);
            if (result.Guarantee == PackGuarantee.Exact)
            {
                Math.Abs(other.Packed - one.Packed).ShouldBeLessThanOrEqualTo(problem.Lots.Max(lot => lot.PackSize));
                var first = result.Lottery.First(id => id == own.Id || id == TwinId);
                (first == own.Id ? one : other).Packed
                    .ShouldBeGreaterThanOrEqualTo((first == own.Id ? other : one).Packed);
            }
        });

    [Fact]
    public void Each_of_two_equals_wins_the_last_pack_under_some_seed() =>
        Enumerable.Range(0, 40).Select(seed => Allocator.Allocate(new AllocationProblem(
                [new Claim(1, 10), new Claim(2, 10)], [new Lot(1, 3)], [], (ulong)seed)).Shares)
            .Select(shares => string.Join(" ", shares.Select(share => share.Packed)))
            .Distinct().Order().ShouldBe(["1 2", "2 1"]);

    private static void Try(Action<AllocationProblem, SeededRandom> property) =>
        Gen.Select(SmallProblems.Any, Gen.ULong, (problem, seed) => (Problem: problem, Seed: seed)).Array[1].Sample(
            tried => property(tried[0].Problem, new SeededRandom(tried[0].Seed)),
            iter: SmallProblems.Cases,
            print: tried => $"{tried[0].Seed} on {SmallProblems.Print(tried[0].Problem)}");

    private static AllocationProblem Times(AllocationProblem problem, int factor) => problem with
    {
        Claims = [.. problem.Claims.Select(claim => claim with
        {
            Need = claim.Need * factor,
            Received = claim.Received * factor,
            AcceptsAtMost = claim.AcceptsAtMost * factor,
        })],
        Lots = [.. problem.Lots.Select(lot => lot with
        {
            Quantity = lot.Quantity * factor, PackSize = lot.PackSize * factor,
        })],
    };

    private static Rational[] SortedPacked(AllocationResult result) =>
        [.. result.Shares.Select(share => share.PackedCoverage).Order()];

    private static ImmutableArray<T> Shuffled<T>(ImmutableArray<T> items, SeededRandom random)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled.AsSpan());
        return [.. shuffled];
    }

    private static string Text(AllocationResult result) =>
        CertificateJson.ToText([new ItemCertificate(ItemCode.Parse("gown"), result.ToCertificate())]);
}
