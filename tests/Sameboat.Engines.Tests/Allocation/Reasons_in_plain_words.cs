using System.Globalization;
using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Reasons_in_plain_words
{
    private const int LettersMax = 700;

    private static readonly ReasonWords Words = new(
        claim => "Place " + claim.ToString(CultureInfo.InvariantCulture),
        lot => ((char)('A' + lot)).ToString(),
        "gowns");

    [Fact]
    public void A_cut_is_told_in_numbers_that_add_up() =>
        Sentence(1, new AllocationProblem(
                [.. Enumerable.Range(1, 12).Select(id => new Claim(id, 5_000))],
                [new Lot(0, 7_000, 50), new Lot(1, 5_000, 50)], [], Seed: 7))
            .ShouldBe("Place 1, Place 2, Place 3 and 9 more can be reached only by lots A and B; together the lots "
                + "hold 12,000 gowns and together they need 60,000, so none can have more than 20 % without another "
                + "having less; Place 1 gets 1,000 in 20 packs of 50, 20 % of its need.");

    [Fact]
    public void What_was_received_and_what_is_accepted_enter_the_sum() =>
        Sentence(2, new AllocationProblem(
                [new Claim(1, 100, AcceptsAtMost: 10), new Claim(2, 100, Received: 30), new Claim(3, 100)],
                [new Lot(0, 80)], [], Seed: 7))
            .ShouldBe("Place 1, Place 2 and Place 3 can be reached only by lot A; the lot holds 80 gowns, of which 10 "
                + "bring one recipient to its own limit and the others together need 200, of which 30 are already "
                + "there, so none can have more than 50 % without another having less; Place 2 gets 20 in single "
                + "gowns, with the 30 it has, 50 % of its need.");

    [Fact]
    public void A_claim_fully_met_is_told_so() =>
        Sentence(1, new AllocationProblem([new Claim(1, 100)], [new Lot(0, 120, 10)], [], Seed: 7))
            .ShouldBe("Place 1 gets all of the 100 gowns it still needs, in 10 packs of 10; 100 % of its need.");

    [Fact]
    public void A_rest_smaller_than_a_pack_is_told() =>
        Sentence(1, new AllocationProblem([new Claim(1, 105)], [new Lot(0, 120, 10)], [], Seed: 7))
            .ShouldBe("Place 1 gets 100 of the 105 gowns it still needs, in 10 packs of 10: the other 5 would not fill "
                + "a pack of 10; 95.23 % of its need.");

    [Fact]
    public void A_claim_out_of_reach_is_told_which_lane_is_closed_and_why() =>
        Sentence(1, new AllocationProblem(
                [new Claim(1, 100), new Claim(2, 100)], [new Lot(0, 120, 10), new Lot(1, 10)],
                [RemovedLanes.AllBut(0, LaneRemoval.Earmarked, 2), RemovedLanes.To(1, LaneRemoval.ColdChain, 1)],
                Seed: 7))
            .ShouldBe("No lot can reach Place 1 (lot A is earmarked for others and lot B needs a cold chain that is "
                + "missing), so it receives no gowns; 0 % of its need.");

    [Fact]
    public void Lots_used_up_by_the_worse_off_are_told() =>
        Sentence(2, new AllocationProblem(
                [new Claim(1, 100), new Claim(2, 100, Received: 50)], [new Lot(0, 20)], [], Seed: 7))
            .ShouldBe("Every lot that can reach Place 2 is used up by recipients with lower coverage; Place 2 gets "
                + "none, with the 50 it has, 50 % of its need.");

    [Fact]
    public void A_draw_between_equals_is_told_to_both()
    {
        var problem = new AllocationProblem([new Claim(1, 10), new Claim(2, 10)], [new Lot(0, 3)], [], Seed: 7);
        var first = Allocator.Allocate(problem).Lottery[0];
        Sentence(first, problem)
            .ShouldEndWith("20 % of its need; between equals the draw from seed 7 put it before one other.");
        Sentence(3 - first, problem)
            .ShouldEndWith("10 % of its need; between equals the draw from seed 7 put one other first.");
    }

    [Fact]
    public void A_lot_tells_what_stays_and_why()
    {
        var result = Allocator.Allocate(new AllocationProblem(
            [new Claim(1, 100)], [new Lot(0, 75, 50), new Lot(1, 200, 20), new Lot(2, 9, 3)],
            [RemovedLanes.AllBut(2, LaneRemoval.RouteClosed)], Seed: 7));
        var sentences = Reasons.ForLots(result.ToCertificate(), Words);
        sentences[0].ShouldBe("Lot A gives 50 of 75 gowns to Place 1 (50); 25 gowns stay in stock, less than a pack "
            + "of 50.");
        sentences[1].ShouldBe("Lot B gives 40 of 200 gowns to Place 1 (40); 160 gowns stay in stock, because no "
            + "recipient that it can reach has room for another whole pack.");
        sentences[2].ShouldBe("All 9 gowns of lot C stay in stock, because no recipient can be reached.");
    }

    [Fact]
    public void Every_claim_and_lot_has_one_sentence_of_sane_length() => SmallProblems.Any.Sample(
        problem =>
        {
            var certificate = Allocator.Allocate(problem).ToCertificate();
            var words = new ReasonWords(claim => $"<{claim}>", lot => $"[{lot}]", "gowns");
            var claims = Reasons.ForClaims(certificate, words);
            var lots = Reasons.ForLots(certificate, words);
            claims.Keys.ShouldBe(problem.Claims.Select(claim => claim.Id).Order());
            lots.Keys.ShouldBe(problem.Lots.Select(lot => lot.Id).Order());
            claims.ShouldAllBe(sentence => sentence.Value.Contains($"<{sentence.Key}>"));
            claims.Values.Concat(lots.Values)
                .ShouldAllBe(text => text.EndsWith('.') && !text.Contains("..") && text.Length < LettersMax);
        },
        iter: SmallProblems.Cases, print: SmallProblems.Print);

    private static string Sentence(int claim, AllocationProblem problem) =>
        Reasons.ForClaims(Allocator.Allocate(problem).ToCertificate(), Words)[claim];
}
