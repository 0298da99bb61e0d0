using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Whether the levels prove their coverages: every claim is reached only by lots of its own and earlier levels, and the
/// lots of a level hold exactly what its claims come to; whether the flows give those amounts; whether the shares say
/// so.
/// </summary>
/// <remarks>
/// Why this is a proof: suppose another plan were fairer, and let v be the least coverage at which it differs. Some
/// claim with coverage v then gets more. Its level and those before have used up all lots that reach them, so one of
/// their claims gets less, and that one had v or less already: the other plan is worse at or below v.
/// </remarks>
internal sealed class CutChecks(CheckedProblem known, AllocationCertificate certificate)
{
    private readonly int[] _levelOfClaim = [.. known.Claims.Select(_ => -1)];
    private readonly int[] _levelOfLot = [.. known.Lots.Select(_ => -1)];
    private readonly ExactFraction[] _fair = new ExactFraction[known.Claims.Length];

    /// <summary>
    /// What the levels give each claim, by position; complete once <see cref="Check"/> found nothing.
    /// </summary>
    public IReadOnlyList<ExactFraction> Fair => _fair;

    public CheckFailure? Check() => Partition() ?? Rising() ?? Closed() ?? Sums() ?? Flows();

    private CheckFailure? Partition()
    {
        for (var level = 0; level < certificate.Levels.Length; level++)
        {
            foreach (var id in certificate.Levels[level].Claims)
            {
                if (!known.TryClaim(id, out var at) || _levelOfClaim[at] >= 0)
                {
                    return new(CheckCode.LevelsNotPartition, level, null, id, "a claim unknown or placed before",
                        "each claim in one level");
                }

                _levelOfClaim[at] = level;
            }

            foreach (var id in certificate.Levels[level].Lots)
            {
                if (!known.TryLot(id, out var at) || _levelOfLot[at] >= 0)
                {
                    return new(CheckCode.LevelsNotPartition, level, id, null, "a lot unknown or placed before",
                        "each lot in one level");
                }

                _levelOfLot[at] = level;
            }
        }

        var claim = Array.IndexOf(_levelOfClaim, -1);
        var lot = Array.IndexOf(_levelOfLot, -1);
        return claim < 0 && lot < 0
            ? null
            : new(CheckCode.LevelsNotPartition, null, lot < 0 ? null : known.Lots[lot].Id,
                claim < 0 ? null : known.Claims[claim].Id, "no level", "each claim and each lot in one level");
    }

    private CheckFailure? Rising()
    {
        for (var level = 0; level < certificate.Levels.Length; level++)
        {
            if (certificate.Levels[level].Coverage is not { } coverage)
            {
                if (level < certificate.Levels.Length - 1)
                {
                    return new(CheckCode.LevelsNotRising, level, null, null, "no coverage",
                        "a coverage in every level but the last");
                }

                continue;
            }

            if (level > 0 && certificate.Levels[level - 1].Coverage is { } before
                && ExactFraction.Of(coverage).Against(ExactFraction.Of(before)) <= 0)
            {
                return new(CheckCode.LevelsNotRising, level, null, null, ExactFraction.Of(coverage).ToString(),
                    $"more than {ExactFraction.Of(before)}");
            }
        }

        return null;
    }

    private CheckFailure? Closed()
    {
        var lowest = _levelOfClaim.Length == 0 ? int.MaxValue : _levelOfClaim.Min();
        for (var lot = 0; lot < known.Lots.Length; lot++)
        {
            if (_levelOfLot[lot] <= lowest)
            {
                continue;
            }

            for (var claim = 0; claim < known.Claims.Length; claim++)
            {
                if (_levelOfClaim[claim] < _levelOfLot[lot] && known.IsOpen(lot, claim))
                {
                    return new(CheckCode.CutOpen, _levelOfClaim[claim], known.Lots[lot].Id, known.Claims[claim].Id,
                        $"an open lane from a lot of level {_levelOfLot[lot]}", "only lots of this level and before");
                }
            }
        }

        return null;
    }

    private CheckFailure? Sums()
    {
        for (var level = 0; level < certificate.Levels.Length; level++)
        {
            var coverage = certificate.Levels[level].Coverage;
            var given = new ExactFraction(0, 1);
            var sits = coverage is null;
            foreach (var id in certificate.Levels[level].Claims)
            {
                known.TryClaim(id, out var at);
                _fair[at] = AmountAt(known.Claims[at], coverage);
                given = given.Plus(_fair[at]);
                sits |= coverage is { } own && IsWantingAt(known.Claims[at], _fair[at], ExactFraction.Of(own));
            }

            var stock = BigInteger.Zero;
            foreach (var id in certificate.Levels[level].Lots)
            {
                known.TryLot(id, out var at);
                stock += known.Lots[at].Quantity;
            }

            if (coverage is not null && given.Against(new(stock, 1)) != 0)
            {
                return new(CheckCode.CutSumWrong, level, null, null, $"{given} for the claims",
                    string.Create(CultureInfo.InvariantCulture, $"the {stock} in the lots"));
            }

            if (!sits)
            {
                return new(CheckCode.LevelWithoutClaim, level, null, null, "no claim at the coverage that wants more",
                    "one or more");
            }
        }

        return null;
    }

    private CheckFailure? Flows()
    {
        var seen = new HashSet<(int, int)>();
        var taken = known.Lots.Select(_ => new ExactFraction(0, 1)).ToArray();
        var given = known.Claims.Select(_ => new ExactFraction(0, 1)).ToArray();
        foreach (var flow in certificate.Flows)
        {
            if (!known.TryLot(flow.Lot, out var lot) || !known.TryClaim(flow.Claim, out var claim)
                || !known.IsOpen(lot, claim) || flow.Amount.Numerator.Sign <= 0 || !seen.Add((lot, claim)))
            {
                return new(CheckCode.FlowWrong, null, flow.Lot, flow.Claim, ExactFraction.Of(flow.Amount).ToString(),
                    "one positive amount on an open lane");
            }

            taken[lot] = taken[lot].Plus(ExactFraction.Of(flow.Amount));
            given[claim] = given[claim].Plus(ExactFraction.Of(flow.Amount));
        }

        for (var lot = 0; lot < taken.Length; lot++)
        {
            if (taken[lot].Against(new(known.Lots[lot].Quantity, 1)) > 0)
            {
                return new(CheckCode.FlowExceedsLot, null, known.Lots[lot].Id, null, taken[lot].ToString(),
                    string.Create(CultureInfo.InvariantCulture, $"no more than {known.Lots[lot].Quantity}"));
            }
        }

        for (var claim = 0; claim < given.Length; claim++)
        {
            if (given[claim].Against(_fair[claim]) != 0)
            {
                return new(CheckCode.FlowMissesLevel, _levelOfClaim[claim], null, known.Claims[claim].Id,
                    given[claim].ToString(), _fair[claim].ToString());
            }
        }

        return null;
    }

    /// <summary>min(limit, max(0, coverage x need - received)); the limit where no coverage is given.</summary>
    private static ExactFraction AmountAt(Claim claim, CertificateFraction? coverage)
    {
        var limit = LimitOf(claim);
        if (coverage is not { } level)
        {
            return new(limit, 1);
        }

        var top = (level.Numerator * claim.Need) - (level.Denominator * claim.Received);
        return top.Sign <= 0 ? new(0, 1)
            : top >= limit * level.Denominator ? new(limit, 1)
            : new(top, level.Denominator);
    }

    private static bool IsWantingAt(Claim claim, ExactFraction amount, ExactFraction coverage) =>
        amount.Against(new(LimitOf(claim), 1)) < 0
        && amount.Plus(new(claim.Received, 1)).Against(new(coverage.Top * claim.Need, coverage.Bottom)) == 0;

    internal static BigInteger LimitOf(Claim claim)
    {
        var missing = BigInteger.Max((BigInteger)claim.Need - claim.Received, BigInteger.Zero);
        return claim.AcceptsAtMost is { } accepts ? BigInteger.Min(missing, accepts) : missing;
    }
}
