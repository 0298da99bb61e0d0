using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Rounds_of_packs
{
    private static readonly ImmutableSortedDictionary<int, Rational> Nothing =
        ImmutableSortedDictionary<int, Rational>.Empty;

    [Fact]
    public void One_pack_a_round_comes_to_the_fair_share_of_each_over_many_rounds()
    {
        Dictionary<int, long> given = [];
        var owed = Nothing;
        const int Rounds = 300;
        for (var round = 0; round < Rounds; round++)
        {
            var outcome = FairRounds.Next(
                new AllocationProblem([new(1, 10), new(2, 20), new(3, 30)], [new(1, 2)], [], Seed: 5), round, owed);
            owed = outcome.Owed;
            foreach (var line in outcome.Lines)
            {
                given[line.Claim] = given.GetValueOrDefault(line.Claim) + line.Quantity;
            }
        }

        given.Values.Sum().ShouldBe(2 * Rounds);
        for (var claim = 1; claim <= 3; claim++)
        {
            ((double)given[claim]).ShouldBe(claim * 2 * Rounds / 6.0, tolerance: 2.0);
        }
    }

    [Fact]
    public void What_is_owed_stays_within_a_few_packs_however_many_rounds_there_are() => Gen.ULong.Sample(seed =>
    {
        var random = new SeededRandom(seed);
        var owed = Nothing;
        ImmutableArray<Claim> claims =
            [.. Enumerable.Range(0, random.NextBelow(5) + 2).Select(id => new Claim(id, random.NextBelow(50) + 20))];
        for (var round = 0; round < 40; round++)
        {
            owed = FairRounds.Next(
                new AllocationProblem(claims, [new(1, random.NextBelow(4) + 4, 4)], [], seed), round, owed).Owed;
            owed.Values.ShouldAllBe(units => units < Rational.Of(12) && units > Rational.Of(-12));
        }
    }, iter: 100);

    [Fact]
    public void The_lottery_of_the_first_round_favours_nobody()
    {
        var wins = new int[3];
        for (ulong seed = 0; seed < 900; seed++)
        {
            var outcome = FairRounds.Next(
                new AllocationProblem([new(0, 10), new(1, 10), new(2, 10)], [new(1, 1)], [], seed), 0, Nothing);
            wins[outcome.Lines.ShouldHaveSingleItem().Claim]++;
        }

        wins.ShouldAllBe(count => count > 240 && count < 360);
    }

    [Fact]
    public void A_promise_opens_with_its_own_seed_alone()
    {
        LotteryCommitment.Of(7).ShouldBe(LotteryCommitment.Of(7));
        LotteryCommitment.Of(7).ShouldNotBe(LotteryCommitment.Of(8));
        LotteryCommitment.ForRound(7, 0).ShouldNotBe(LotteryCommitment.ForRound(7, 1));
    }
}
