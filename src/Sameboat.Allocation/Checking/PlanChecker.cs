using System.Collections.Immutable;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Proves a plan again from the problem, the certificate and the lines, in whole numbers of any size, with no code of
/// the engine: it knows nothing of how the plan was found.
/// </summary>
/// <remarks>What is proved and why it is a proof: docs/methods/certificates.md.</remarks>
public static class PlanChecker
{
    /// <summary>Accepts what it can prove; otherwise names the first thing that does not hold.</summary>
    /// <param name="problem">The problem as the reader knows it, not as the certificate states it.</param>
    /// <param name="certificate">The proof offered.</param>
    /// <param name="lines">The plan's lines as published.</param>
    public static CheckOutcome Check(
        AllocationProblem problem, AllocationCertificate certificate, ImmutableArray<PackLine> lines)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(certificate);
        if ((CheckedProblem.Read(problem, out var known)
            ?? StatementChecks.Check(problem, known!, certificate)) is { } statement)
        {
            return new(statement, null);
        }

        var cuts = new CutChecks(known!, certificate);
        var packs = new LineChecks(known!, certificate, lines);
        if ((cuts.Check() ?? packs.Check(cuts.Fair)) is { } failure)
        {
            return new(failure, null);
        }

        return Fairness(certificate, new EnvyChecks(known!, packs, lines, certificate.Lottery));
    }

    private static CheckOutcome Fairness(AllocationCertificate certificate, EnvyChecks envy)
    {
        var failure = envy.Sizes.Select(envy.Check).FirstOrDefault(found => found is not null);
        if (failure is not null && (certificate.Guarantee != PackGuarantee.GapsOnly || envy.Sizes.Count <= 1))
        {
            return new(failure, null);
        }

        var proved = envy.Sizes.Count <= 1 ? PackGuarantee.Exact
            : failure is null ? PackGuarantee.ExactForEachSize : PackGuarantee.GapsOnly;
        return certificate.Guarantee == proved
            ? new(null, proved)
            : new(new(CheckCode.GuaranteeWrong, null, null, null, certificate.Guarantee.ToString(),
                proved.ToString()), null);
    }
}
