using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Whether the lines are whole packs on open lanes within lots and limits, and the shares what they give.
/// </summary>
internal sealed class LineChecks(
    CheckedProblem known, AllocationCertificate certificate, ImmutableArray<PackLine> lines)
{
    private readonly BigInteger[] _givenTo = new BigInteger[known.Claims.Length];
    private readonly BigInteger[] _takenFrom = new BigInteger[known.Lots.Length];

    /// <summary>Units given to each claim, by position.</summary>
    public IReadOnlyList<BigInteger> GivenTo => _givenTo;

    /// <summary>Units taken from each lot, by position.</summary>
    public IReadOnlyList<BigInteger> TakenFrom => _takenFrom;

    public CheckFailure? Check(IReadOnlyList<ExactFraction> fair) => Same() ?? Each() ?? Totals() ?? Shares(fair);

    private CheckFailure? Same()
    {
        if (lines.IsDefault)
        {
            return new(CheckCode.LinesDiffer, null, null, null, "no lines", "the certificate's lines");
        }

        PackLine[] plan = [.. lines.OrderBy(line => line.Lot).ThenBy(line => line.Claim)];
        PackLine[] stated = [.. certificate.Lines.OrderBy(line => line.Lot).ThenBy(line => line.Claim)];
        for (var at = 0; at < Math.Max(plan.Length, stated.Length); at++)
        {
            var (found, expected) = (plan.ElementAtOrDefault(at), stated.ElementAtOrDefault(at));
            if (found != expected)
            {
                var line = (found ?? expected)!;
                return new(CheckCode.LinesDiffer, null, line.Lot, line.Claim,
                    found?.ToString() ?? "none", expected?.ToString() ?? "none");
            }
        }

        return null;
    }

    private CheckFailure? Each()
    {
        var seen = new HashSet<(int, int)>();
        foreach (var line in lines)
        {
            if (!known.TryLot(line.Lot, out var lot) || !known.TryClaim(line.Claim, out var claim)
                || !known.IsOpen(lot, claim) || !seen.Add((lot, claim)))
            {
                return new(CheckCode.LaneNotOpen, null, line.Lot, line.Claim, "a line", "one line on an open lane");
            }

            var whole = (BigInteger)line.Packs * known.Lots[lot].PackSize;
            if (line.Packs < 1 || line.Quantity != whole)
            {
                return new(CheckCode.PackNotWhole, null, line.Lot, line.Claim,
                    string.Create(CultureInfo.InvariantCulture, $"{line.Packs} packs, {line.Quantity} units"),
                    string.Create(CultureInfo.InvariantCulture, $"packs of {known.Lots[lot].PackSize}, at least one"));
            }

            _givenTo[claim] += line.Quantity;
            _takenFrom[lot] += line.Quantity;
        }

        return null;
    }

    private CheckFailure? Totals()
    {
        for (var lot = 0; lot < _takenFrom.Length; lot++)
        {
            if (_takenFrom[lot] > known.Lots[lot].Quantity)
            {
                return new(CheckCode.LotExceeded, null, known.Lots[lot].Id, null, Text(_takenFrom[lot]),
                    $"no more than {Text(known.Lots[lot].Quantity)}");
            }
        }

        for (var claim = 0; claim < _givenTo.Length; claim++)
        {
            var limit = CutChecks.LimitOf(known.Claims[claim]);
            if (_givenTo[claim] > limit)
            {
                return new(CheckCode.LimitExceeded, null, null, known.Claims[claim].Id, Text(_givenTo[claim]),
                    $"no more than {Text(limit)}");
            }
        }

        return null;
    }

    private CheckFailure? Shares(IReadOnlyList<ExactFraction> fair)
    {
        var seen = new HashSet<int>();
        foreach (var share in certificate.Shares)
        {
            if (!known.TryClaim(share.Claim, out var at) || !seen.Add(share.Claim))
            {
                return new(CheckCode.ShareWrong, null, null, share.Claim, "a claim unknown or listed twice",
                    "one share for each claim");
            }

            var need = known.Claims[at].Need;
            var full = fair[at].Plus(new(known.Claims[at].Received, 1));
            var coverage = new ExactFraction(full.Top, full.Bottom * need);
            var gap = coverage.Less(new(known.Claims[at].Received + _givenTo[at], need));
            if (ExactFraction.Of(share.FairCoverage).Against(coverage) != 0 || share.Packed != _givenTo[at]
                || ExactFraction.Of(share.Gap).Against(gap) != 0)
            {
                return new(CheckCode.ShareWrong, null, null, share.Claim,
                    $"coverage {ExactFraction.Of(share.FairCoverage)}, {Text(share.Packed)} in packs, "
                    + $"gap {ExactFraction.Of(share.Gap)}",
                    $"coverage {coverage}, {Text(_givenTo[at])} in packs, gap {gap}");
            }
        }

        var missing = Array.Find(known.Claims, claim => !seen.Contains(claim.Id));
        return missing is null
            ? null
            : new(CheckCode.ShareWrong, null, null, missing.Id, "no share", "one share for each claim");
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
