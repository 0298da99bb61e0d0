using System.Globalization;

namespace Sameboat.Allocation.Checking;

/// <summary>Whether the certificate speaks of this problem, in its own form, with the lottery its seed draws.</summary>
internal static class StatementChecks
{
    public static CheckFailure? Check(
        AllocationProblem problem, CheckedProblem known, AllocationCertificate certificate) =>
        Form(certificate)
        ?? Seed(problem, certificate)
        ?? Claims(known, certificate)
        ?? Lots(known, certificate)
        ?? Removed(problem, certificate)
        ?? LotteryOrder(known, certificate);

    private static CheckFailure? Form(AllocationCertificate certificate)
    {
        var missing = certificate.Claims.IsDefault || certificate.Lots.IsDefault || certificate.Removed.IsDefault
            || certificate.Levels.IsDefault || certificate.Flows.IsDefault || certificate.Lines.IsDefault
            || certificate.Shares.IsDefault || certificate.Lottery.IsDefault
            || certificate.Removed.Any(removed => removed.Claims.IsDefault)
            || certificate.Levels.Any(level => level.Claims.IsDefault || level.Lots.IsDefault);
        if (missing)
        {
            return new(CheckCode.CertificateMalformed, null, null, null, "a list that is missing", "all lists");
        }

        var fractions = certificate.Levels.Where(level => level.Coverage is not null)
            .Select(level => level.Coverage!.Value)
            .Concat(certificate.Flows.Select(flow => flow.Amount))
            .Concat(certificate.Shares.SelectMany(share => new[] { share.FairCoverage, share.Gap }));
        foreach (var fraction in fractions)
        {
            if (!ExactFraction.IsLowest(fraction))
            {
                return new(CheckCode.CertificateMalformed, null, null, null,
                    string.Create(CultureInfo.InvariantCulture, $"{fraction.Numerator}/{fraction.Denominator}"),
                    "a fraction in lowest terms");
            }
        }

        return null;
    }

    private static CheckFailure? Seed(AllocationProblem problem, AllocationCertificate certificate) =>
        certificate.Seed == problem.Seed
            ? null
            : new(CheckCode.SeedDiffers, null, null, null, Text(certificate.Seed), Text(problem.Seed));

    private static CheckFailure? Claims(CheckedProblem known, AllocationCertificate certificate)
    {
        Claim[] stated = [.. certificate.Claims.OrderBy(claim => claim.Id)];
        for (var at = 0; at < Math.Max(stated.Length, known.Claims.Length); at++)
        {
            var (found, expected) = (stated.ElementAtOrDefault(at), known.Claims.ElementAtOrDefault(at));
            if (found != expected)
            {
                return new(CheckCode.ClaimsDiffer, null, null, (found ?? expected)!.Id,
                    found?.ToString() ?? "none", expected?.ToString() ?? "none");
            }
        }

        return null;
    }

    private static CheckFailure? Lots(CheckedProblem known, AllocationCertificate certificate)
    {
        Lot[] stated = [.. certificate.Lots.OrderBy(lot => lot.Id)];
        for (var at = 0; at < Math.Max(stated.Length, known.Lots.Length); at++)
        {
            var (found, expected) = (stated.ElementAtOrDefault(at), known.Lots.ElementAtOrDefault(at));
            if (found != expected)
            {
                return new(CheckCode.LotsDiffer, null, (found ?? expected)!.Id, null,
                    found?.ToString() ?? "none", expected?.ToString() ?? "none");
            }
        }

        return null;
    }

    private static CheckFailure? Removed(AllocationProblem problem, AllocationCertificate certificate)
    {
        string[] stated = [.. certificate.Removed.Select(Text).Order(StringComparer.Ordinal)];
        string[] known = [.. problem.Removed.Select(Text).Order(StringComparer.Ordinal)];
        for (var at = 0; at < Math.Max(stated.Length, known.Length); at++)
        {
            var (found, expected) = (stated.ElementAtOrDefault(at), known.ElementAtOrDefault(at));
            if (found != expected)
            {
                return new(CheckCode.RemovedLanesDiffer, null, null, null, found ?? "none", expected ?? "none");
            }
        }

        return null;
    }

    private static CheckFailure? LotteryOrder(CheckedProblem known, AllocationCertificate certificate)
    {
        var drawn = LotteryDraw.Of(known.Claims.Select(claim => claim.Id), certificate.Seed);
        return certificate.Lottery.AsSpan().SequenceEqual(drawn)
            ? null
            : new(CheckCode.LotteryWrong, null, null, null,
                string.Join(' ', certificate.Lottery), string.Join(' ', drawn));
    }

    private static string Text(RemovedLanes removed) => string.Create(
        CultureInfo.InvariantCulture,
        $"lot {removed.Lot} {removed.Reason} {(removed.AllOthers ? "all but" : "to")} "
        + $"{string.Join(' ', removed.Claims.Distinct().Order())}");

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
