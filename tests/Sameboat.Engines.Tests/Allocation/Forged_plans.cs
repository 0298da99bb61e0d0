using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Forged_plans
{
    private const int ForgeriesOfEach = 5;

    private static readonly Gen<Attempt> Attempts =
        Gen.Select(SmallProblems.Any, Gen.ULong, (problem, seed) => new Attempt(problem, seed));

    [Fact]
    public void A_changed_number_member_or_line_is_rejected() => Attempts.Sample(
        attempt =>
        {
            var (problem, seed) = attempt;
            var result = Allocator.Allocate(problem);
            var random = new SeededRandom(seed);
            for (var turn = 0; turn < ForgeriesOfEach; turn++)
            {
                var forgery = Forgery.OfOneStatement(result, random);
                PlanChecker.Check(problem, forgery.Certificate, forgery.Lines).Failure
                    .ShouldNotBeNull($"{forgery.What}: {Text(result.ToCertificate())} -> {Text(forgery.Certificate)}");
            }
        },
        iter: SmallProblems.Cases, print: Attempt.Print);

    [Fact]
    public void Levels_with_members_moved_are_rejected_unless_they_prove_the_same_coverages() => Attempts.Sample(
        attempt =>
        {
            var (problem, seed) = attempt;
            var result = Allocator.Allocate(problem);
            var forgery = Forgery.OfLevels(result, new SeededRandom(seed));
            if (PlanChecker.Check(problem, forgery.Certificate, forgery.Lines).Accepted)
            {
                ProvedCoverages(forgery.Certificate)
                    .ShouldBe(result.Shares.ToDictionary(share => share.Claim, share => share.FairAmount),
                        ignoreOrder: true);
            }
        },
        iter: SmallProblems.Cases, print: Attempt.Print);

    [Fact]
    public void A_plan_that_adds_up_but_favours_someone_is_rejected()
    {
        var rejected = 0;
        Attempts.Sample(
            attempt =>
            {
                var (problem, seed) = attempt;
                var result = Allocator.Allocate(problem);
                var random = new SeededRandom(seed);
                var favoured = problem with
                {
                    Claims = problem.Claims.SetItem(0, problem.Claims[0] with
                    {
                        Need = problem.Claims[0].Need + random.NextBelow(30),
                        AcceptsAtMost = problem.Claims[0].Limit,
                    }),
                    Seed = random.NextBits(),
                };
                var forgery = Forgery.OfPlan(result, Allocator.Allocate(favoured).Lines);
                var outcome = PlanChecker.Check(problem, forgery.Certificate, forgery.Lines);
                if (result.Guarantee == PackGuarantee.Exact
                    && Totals(forgery.Lines).SequenceEqual(Totals(result.Lines)))
                {
                    outcome.Accepted.ShouldBeTrue(outcome.Failure?.ToString());
                }
                else if (result.Guarantee == PackGuarantee.Exact)
                {
                    outcome.Failure!.Code.ShouldBeOneOf(CheckCode.JustifiedEnvy, CheckCode.PackWithheld);
                    Interlocked.Increment(ref rejected);
                }
            },
            iter: SmallProblems.Cases, print: Attempt.Print);
        rejected.ShouldBeGreaterThan(SmallProblems.Cases / 100);
    }

    [Fact]
    public void One_character_changed_in_the_document_is_a_fault_or_rejected_or_proves_the_same() => Attempts.Sample(
        attempt =>
        {
            var (problem, seed) = attempt;
            var result = Allocator.Allocate(problem);
            var random = new SeededRandom(seed);
            var text = Text(result.ToCertificate()).ToCharArray();
            text[random.NextBelow(text.Length)] = (char)(' ' + random.NextBelow(95));
            var read = CertificateJson.FromText(new string(text));
            if (read.Fault is null
                && PlanChecker.Check(problem, read.Items[0].Certificate, result.Lines).Accepted)
            {
                // Another flow may prove the same levels; everything else must be what it was.
                Text(read.Items[0].Certificate with { Flows = [] })
                    .ShouldBe(Text(result.ToCertificate() with { Flows = [] }));
            }
        },
        iter: SmallProblems.Cases, print: Attempt.Print);

    private static string Text(AllocationCertificate certificate) =>
        CertificateJson.ToText([new ItemCertificate(ItemCode.Parse("gown"), certificate)]);

    private static IEnumerable<(int Claim, long Units)> Totals(ImmutableArray<PackLine> lines) =>
        lines.GroupBy(line => line.Claim).Select(claim => (claim.Key, claim.Sum(line => line.Quantity))).Order();

    private static Dictionary<int, Rational> ProvedCoverages(AllocationCertificate certificate)
    {
        var given = certificate.Claims.ToDictionary(claim => claim.Id, _ => Rational.Zero);
        foreach (var level in certificate.Levels)
        {
            foreach (var claim in certificate.Claims.Where(claim => level.Claims.Contains(claim.Id)))
            {
                var limit = Rational.Of(claim.Limit);
                var asked = level.Coverage is { } coverage
                    ? (Rational.Of(coverage.Numerator, coverage.Denominator) * Rational.Of(claim.Need))
                        - Rational.Of(claim.Received)
                    : limit;
                given[claim.Id] = asked < Rational.Zero ? Rational.Zero : asked > limit ? limit : asked;
            }
        }

        return given;
    }

    private sealed record Attempt(AllocationProblem Problem, ulong Seed)
    {
        public static string Print(Attempt attempt) => $"{attempt.Seed} on {SmallProblems.Print(attempt.Problem)}";
    }
}
