using System.Globalization;
using System.Text;
using Sameboat.Allocation;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>What each sentence says in each of its cases, word by word.</summary>
public sealed class Every_sentence_of_a_plan
{
    private static readonly ReasonWords Words = new(
        claim => "Place " + claim.ToString(CultureInfo.InvariantCulture),
        lot => ((char)('A' + lot)).ToString(),
        "kits");

    private static readonly SharedWords Shared = new(
        member => "M" + member.ToString(CultureInfo.InvariantCulture), lot => ((char)('A' + lot)).ToString(),
        limit => "road " + limit.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void About_one_item() => Compare("one-item", OneItem());

    [Fact]
    public void About_items_under_limits() => Compare("under-limits", UnderLimits());

    private static string OneItem()
    {
        var text = new StringBuilder();
        Say(text, "enough already", [new(1, 10, Received: 10), new(2, 10, Received: 11)], [new(0, 5)]);
        Say(text, "accepts none", [new(1, 10, AcceptsAtMost: 0)], [new(0, 5)]);
        Say(text, "no lot", [new(1, 10, Received: 2)], []);
        Say(text, "all met, two sizes", [new(1, 1_234, Received: 4)],
            [new(0, 1_000, 100), new(1, 900, 100), new(2, 40, 10)]);
        Say(text, "accepts less", [new(1, 100, Received: 10, AcceptsAtMost: 30), new(2, 100, AcceptsAtMost: 60)],
            [new(0, 90, 30), new(1, 30, 30)]);
        Say(text, "accepts all that it lacks", [new(1, 100, Received: 40, AcceptsAtMost: 60)], [new(0, 80, 20)]);
        Say(text, "no whole pack", [new(1, 5), new(2, 5)], [new(0, 0, 4)]);
        Say(text, "rest as large as a pack", [new(1, 25), new(2, 5)], [new(0, 20, 10), new(1, 4, 4)],
            RemovedLanes.AllBut(0, LaneRemoval.RouteClosed, 1), RemovedLanes.AllBut(1, LaneRemoval.NotRegistered, 2));
        Say(text, "sizes that do not add up", [new(1, 7)], [new(0, 20, 5), new(1, 9, 3)]);
        Say(text, "all ways closed", [new(1, 10), new(2, 10)],
            [new(0, 9), new(1, 9), new(2, 9), new(3, 9), new(4, 9)],
            RemovedLanes.To(0, LaneRemoval.ExpiredOnArrival, 1), RemovedLanes.To(1, LaneRemoval.NotRegistered, 1),
            RemovedLanes.To(2, LaneRemoval.RouteClosed, 1), RemovedLanes.To(3, LaneRemoval.NotAccepted, 1),
            RemovedLanes.To(4, LaneRemoval.ColdChain, 1));
        Say(text, "one way closed", [new(1, 10), new(2, 10)], [new(0, 9)],
            RemovedLanes.To(0, LaneRemoval.Earmarked, 2));
        Say(text, "two levels", [new(1, 100), new(2, 100), new(3, 50, Received: 10)],
            [new(0, 10, 5), new(1, 60, 20)], RemovedLanes.AllBut(0, LaneRemoval.Earmarked, 1),
            RemovedLanes.AllBut(1, LaneRemoval.ColdChain, 2, 3));
        Say(text, "one alone, lot not enough", [new(1, 1_000, Received: 5)], [new(0, 300, 100), new(1, 50, 50)]);
        Say(text, "limits among those who share", [new(1, 100, AcceptsAtMost: 2), new(2, 100, AcceptsAtMost: 3),
            new(3, 100), new(4, 100, Received: 7)], [new(0, 45)]);
        Say(text, "one other at its limit", [new(1, 100, AcceptsAtMost: 2), new(2, 90)], [new(0, 45)]);
        Say(text, "pack above the fair share", [new(1, 10), new(2, 10), new(3, 10)], [new(0, 5, 5)]);
        Say(text, "pack above what is missing", [new(1, 10, Received: 7), new(2, 10)], [new(0, 5, 5)]);
        Say(text, "pack as large as what is missing", [new(1, 10, Received: 5), new(2, 10, Received: 5)],
            [new(0, 5, 5)]);
        Say(text, "packs where they lift furthest", [new(1, 30), new(2, 10)], [new(0, 8, 4)]);
        Say(text, "two of four drawn", [new(1, 10), new(2, 10), new(3, 10), new(4, 10)], [new(0, 10, 5)]);
        Say(text, "one of two drawn", [new(1, 10), new(2, 10)], [new(0, 5, 5)]);
        Say(text, "a trifle", [new(1, 1_000_000), new(2, 1_000_000)], [new(0, 3)]);
        Say(text, "many", [.. Enumerable.Range(1, 6).Select(id => new Claim(id, 10 * id))],
            [.. Enumerable.Range(0, 5).Select(lot => new Lot(lot, 4 + lot))]);
        Say(text, "more than is needed", [new(1, 10), new(2, 20)], [new(0, 50, 7), new(1, 3)]);
        Say(text, "nobody can be reached", [new(1, 10)], [new(0, 5), new(1, 5)],
            RemovedLanes.To(0, LaneRemoval.RouteClosed, 1));
        Say(text, "lots smaller than a pack would be", [new(1, 10), new(2, 3)], [new(0, 7, 5), new(1, 1, 1)],
            RemovedLanes.AllBut(1, LaneRemoval.NotAccepted, 2));
        Say(text, "sizes that cannot make it up", [new(1, 11, AcceptsAtMost: 4), new(2, 4)], [new(0, 30, 3)]);
        Say(text, "a rest as large as a pack that does not reach", [new(1, 9, AcceptsAtMost: 9)],
            [new(0, 6, 6), new(1, 9, 3)], RemovedLanes.To(1, LaneRemoval.ColdChain, 1));
        return text.ToString();
    }

    private static string UnderLimits()
    {
        var text = new StringBuilder();
        ItemsOf(text, "met, accepted, out of reach, one limit", new SharedProblem(
            [new(1, 1, 1, 10), new(2, 2, 1, 10, 2, 4), new(3, 3, 1, 10, 3, 7), new(4, 4, 1, 10), new(5, 5, 1, 40)],
            [new(0, 1, 90)], [new(0, 1), new(0, 2), new(0, 3), new(0, 5)],
            [new(1, Rational.Of(20), [new(null, 5, Rational.Of(2))])]));
        ItemsOf(text, "a cut that adds up", new SharedProblem(
            [new(1, 1, 1, 30), new(2, 2, 1, 10, 4), new(3, 3, 1, 20), new(4, 4, 1, 20)], [new(0, 1, 20), new(1, 1, 16)],
            [.. from lot in new[] { 0, 1 } from to in Enumerable.Range(1, 4) select new OpenLane(lot, to)], []));
        ItemsOf(text, "a cut beside those worse off", new SharedProblem(
            [new(1, 1, 1, 30), new(2, 2, 1, 30)], [new(0, 1, 6), new(1, 1, 12)],
            [new(0, 1), new(1, 1), new(1, 2)],
            [new(1, Rational.Of(4), [new(1, 1, Rational.One)])]));
        ItemsOf(text, "lots and limits together", new SharedProblem(
            [new(1, 1, 1, 10), new(2, 2, 1, 10), new(3, 1, 2, 10), new(4, 2, 2, 10)], [new(0, 1, 9), new(1, 2, 30)],
            [new(0, 1), new(0, 2), new(1, 1), new(1, 2)],
            [new(1, Rational.Of(8), [new(null, 1, Rational.One)]), new(2, Rational.Of(9), [new(1, 2, Rational.One)])],
            CoverageBy.Member));
        ItemsOf(text, "packs, minimum and vehicles", new SharedProblem(
            [new(1, 1, 1, 10), new(2, 2, 1, 10)], [new(0, 1, 11, 4), new(1, 1, 9, 2, null, 8)],
            [new(0, 1), new(0, 2), new(1, 1), new(1, 2)],
            [new(1, Rational.Of(10), [new(null, null, Rational.One)], Rational.Of(5))]));
        ItemsOf(text, "left for want of room", new SharedProblem(
            [new(1, 1, 1, 10)], [new(0, 1, 25, 10), new(1, 1, 3)], [new(0, 1), new(1, 1)], []));
        return text.ToString();
    }

    private static void Say(StringBuilder text, string what, Claim[] claims, Lot[] lots, params RemovedLanes[] removed)
    {
        var result = Allocator.Allocate(new AllocationProblem([.. claims], [.. lots], [.. removed], Seed: 5));
        text.Append("= ").Append(what).Append('\n');
        foreach (var sentence in Reasons.ForClaims(result.ToCertificate(), Words).Values
            .Concat(Reasons.ForLots(result.ToCertificate(), Words).Values))
        {
            text.Append(sentence).Append('\n');
        }
    }

    private static void ItemsOf(StringBuilder text, string what, SharedProblem problem)
    {
        var plan = SharedAllocator.Allocate(problem);
        var sentences = new SharedSentences(plan, Shared);
        text.Append("= ").Append(what).Append('\n');
        foreach (var claim in problem.Claims)
        {
            text.Append(sentences.For(claim.Id)).Append('\n');
        }

        foreach (var lot in problem.Lots)
        {
            var left = lot.Quantity - plan.Lines.Where(line => line.Lot == lot.Id).Sum(line => line.Quantity);
            if (left > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{left} of {Shared.Lot(lot.Id)}: ")
                    .Append(sentences.ForLeft(lot.Id, Rational.Of(left))).Append(" / ")
                    .Append(sentences.ForLeft(lot.Id, Rational.Of(left), divisible: true)).Append('\n');
            }
        }
    }

    /// <summary>Compares with the approved text; SAMEBOAT_APPROVE=1 writes it anew, to be read before it is kept.
    /// </summary>
    private static void Compare(string name, string said)
    {
        var path = Path.Combine(
            Repository.Root, "tests", "Sameboat.Engines.Tests", "Allocation", "Sentences", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("SAMEBOAT_APPROVE") == "1")
        {
            File.WriteAllText(path, said);
        }

        said.Split('\n').ShouldBe(File.ReadAllText(path).Split('\n'));
    }
}
