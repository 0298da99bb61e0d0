using System.Collections.Immutable;
using System.Numerics;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>One change to a certificate that was accepted, or to the lines published beside it.</summary>
/// <param name="What">What was changed.</param>
/// <param name="Certificate">The certificate after the change.</param>
/// <param name="Lines">The lines after the change.</param>
internal sealed record Forgery(string What, AllocationCertificate Certificate, ImmutableArray<PackLine> Lines)
{
    /// <summary>A change of one number, member or line, after which no part of the proof holds together.</summary>
    public static Forgery OfOneStatement(AllocationResult result, SeededRandom random)
    {
        var true_ = result.ToCertificate();
        while (true)
        {
            var forged = Change(true_, result.Lines, random);
            if (forged is not null)
            {
                return forged;
            }
        }
    }

    /// <summary>A claim, a lot or both moved between levels: a different proof, sound or not.</summary>
    public static Forgery OfLevels(AllocationResult result, SeededRandom random)
    {
        var certificate = result.ToCertificate();
        var levels = certificate.Levels;
        for (var move = random.NextBelow(3); move >= 0; move--)
        {
            var (from, to) = (random.NextBelow(levels.Length), random.NextBelow(levels.Length));
            var (source, target) = (levels[from], levels[to]);
            if (from == to)
            {
                continue;
            }

            if (random.NextBelow(2) == 0 && !source.Claims.IsEmpty)
            {
                var id = source.Claims[random.NextBelow(source.Claims.Length)];
                levels = levels.SetItem(from, source with { Claims = source.Claims.Remove(id) })
                    .SetItem(to, target with { Claims = target.Claims.Add(id) });
            }
            else if (!source.Lots.IsEmpty)
            {
                var id = source.Lots[random.NextBelow(source.Lots.Length)];
                levels = levels.SetItem(from, source with { Lots = source.Lots.Remove(id) })
                    .SetItem(to, target with { Lots = target.Lots.Add(id) });
            }
        }

        return new Forgery("levels", certificate with { Levels = levels }, result.Lines);
    }

    /// <summary>
    /// Another plan with shares and, where told, lines that all add up: only fairness can be missing.
    /// </summary>
    public static Forgery OfPlan(AllocationResult result, ImmutableArray<PackLine> lines)
    {
        var certificate = result.ToCertificate();
        var packed = lines.ToLookup(line => line.Claim, line => line.Quantity);
        var shares = result.Shares.Select(share =>
        {
            var claim = result.Problem.Claims.First(claim => claim.Id == share.Claim);
            var given = packed[share.Claim].Sum();
            var gap = share.FairCoverage - Rational.Of(claim.Received + given, claim.Need);
            return new CertificateShare(share.Claim, Of(share.FairCoverage), given, Of(gap));
        });
        return new Forgery("plan", certificate with { Lines = lines, Shares = [.. shares] }, lines);
    }

    private static Forgery? Change(
        AllocationCertificate certificate, ImmutableArray<PackLine> lines, SeededRandom random) =>
        random.NextBelow(10) switch
        {
            0 => new("seed", certificate with { Seed = unchecked(certificate.Seed + Other(random)) }, lines),
            1 => In("claims", certificate.Claims, random, ChangeClaim,
                list => new("claims", certificate with { Claims = list }, lines)),
            2 => In("lots", certificate.Lots, random, ChangeLot,
                list => new("lots", certificate with { Lots = list }, lines)),
            3 => In("removed", certificate.Removed, random, ChangeRemoved,
                list => new("removed", certificate with { Removed = list }, lines)),
            4 => In("levels", certificate.Levels, random, ChangeLevel,
                list => new("levels", certificate with { Levels = list }, lines)),
            5 => In("flows", certificate.Flows, random, ChangeFlow,
                list => new("flows", certificate with { Flows = list }, lines)),
            6 => In("lines", certificate.Lines, random, ChangeLine,
                list => new("lines", certificate with { Lines = list }, random.NextBelow(2) == 0 ? list : lines)),
            7 => In("plan", lines, random, ChangeLine, list => new("plan", certificate, list)),
            8 => In("shares", certificate.Shares, random, ChangeShare,
                list => new("shares", certificate with { Shares = list }, lines)),
            _ => random.NextBelow(2) == 0
                ? In("lottery", certificate.Lottery, random, (id, by) => id + by.Step(),
                    list => new("lottery", certificate with { Lottery = list }, lines))
                : new("guarantee", certificate with
                {
                    Guarantee = (PackGuarantee)(((int)certificate.Guarantee + 1 + random.NextBelow(2)) % 3),
                }, lines),
        };

    /// <summary>One element changed, taken away or repeated.</summary>
    private static Forgery? In<T>(string what, ImmutableArray<T> list, SeededRandom random,
        Func<T, SeededRandom, T> change, Func<ImmutableArray<T>, Forgery> with)
    {
        if (list.IsEmpty)
        {
            return null;
        }

        var at = random.NextBelow(list.Length);
        var forged = random.NextBelow(6) switch
        {
            0 => list.RemoveAt(at),
            1 => list.Insert(random.NextBelow(list.Length + 1), list[at]),
            _ => list.SetItem(at, change(list[at], random)),
        };

        // An empty level may be left out or repeated without loss; that is no forgery.
        return list[at] is CertificateLevel { Claims.IsEmpty: true } && forged.Length != list.Length
            ? null : with(forged) with { What = what };
    }

    private static Claim ChangeClaim(Claim claim, SeededRandom random) => random.NextBelow(4) switch
    {
        0 => claim with { Id = claim.Id + (int)random.Step() },
        1 => claim with { Need = claim.Need + random.Step() },
        2 => claim with { Received = claim.Received + random.Step() },
        _ => claim with { AcceptsAtMost = claim.AcceptsAtMost is { } most ? most + random.Step() : claim.Need + 5 },
    };

    private static Lot ChangeLot(Lot lot, SeededRandom random) => random.NextBelow(3) switch
    {
        0 => lot with { Id = lot.Id + (int)random.Step() },
        1 => lot with { Quantity = lot.Quantity + random.Step() },
        _ => lot with { PackSize = lot.PackSize + random.Step() },
    };

    private static RemovedLanes ChangeRemoved(RemovedLanes removed, SeededRandom random) =>
        random.NextBelow(4) switch
        {
            0 => removed with { Lot = removed.Lot + (int)random.Step() },
            1 => removed with { Reason = (LaneRemoval)(((int)removed.Reason + 1 + random.NextBelow(5)) % 6) },
            2 => removed with { AllOthers = !removed.AllOthers },
            _ => removed with
            {
                Claims = removed.Claims.IsEmpty
                    ? [77] : removed.Claims.RemoveAt(random.NextBelow(removed.Claims.Length)),
            },
        };

    private static CertificateLevel ChangeLevel(CertificateLevel level, SeededRandom random) =>
        random.NextBelow(3) switch
        {
            0 => level with
            {
                Coverage = level.Coverage is { } coverage ? Changed(coverage, random) : new CertificateFraction(3, 2),
            },
            1 => level with { Claims = Forge(level.Claims, random) },
            _ => level with { Lots = Forge(level.Lots, random) },
        };

    private static ImmutableArray<int> Forge(ImmutableArray<int> ids, SeededRandom random) =>
        ids.IsEmpty || random.NextBelow(2) == 0
            ? ids.Add(random.NextBelow(14) - 2)
            : ids.RemoveAt(random.NextBelow(ids.Length));

    private static CertificateFlow ChangeFlow(CertificateFlow flow, SeededRandom random) =>
        random.NextBelow(3) switch
        {
            0 => flow with { Claim = flow.Claim + (int)random.Step() },
            1 => flow with { Lot = 50 + flow.Lot },
            _ => flow with { Amount = Changed(flow.Amount, random) },
        };

    private static PackLine ChangeLine(PackLine line, SeededRandom random) => random.NextBelow(5) switch
    {
        0 => line with { Lot = line.Lot + 50 },
        1 => line with { Claim = line.Claim + (int)random.Step() },
        2 => line with { Packs = line.Packs + random.Step() },
        3 => line with { Quantity = line.Quantity + random.Step() },
        _ => line with { Packs = line.Packs * 2, Quantity = line.Quantity * 2 },
    };

    private static CertificateShare ChangeShare(CertificateShare share, SeededRandom random) =>
        random.NextBelow(4) switch
        {
            0 => share with { Claim = share.Claim + (int)random.Step() },
            1 => share with { FairCoverage = Changed(share.FairCoverage, random) },
            2 => share with { Packed = share.Packed + random.Step() },
            _ => share with { Gap = Changed(share.Gap, random) },
        };

    private static CertificateFraction Changed(CertificateFraction fraction, SeededRandom random) =>
        random.NextBelow(4) switch
        {
            0 => fraction with { Numerator = fraction.Numerator + random.Step() },
            1 => new CertificateFraction(fraction.Numerator * 2, fraction.Denominator * 2),
            2 => Of(Rational.Of(fraction.Numerator + 1, fraction.Denominator * 3)) is var other && other != fraction
                ? other : new CertificateFraction(0, 0),
            _ => fraction with { Denominator = -fraction.Denominator },
        };

    private static CertificateFraction Of(Rational value) => new(value.Numerator, value.Denominator);

    private static ulong Other(SeededRandom random) => random.NextBits() | 1;
}

internal static class ForgerySteps
{
    /// <summary>A whole number other than zero, mostly small.</summary>
    public static int Step(this SeededRandom random) =>
        (random.NextBelow(2) == 0 ? 1 : -1) * (random.NextBelow(4) == 0 ? random.NextBelow(1000) + 1 : 1);

    /// <summary>A step, at times so large that a sum of two passes 64 bits.</summary>
    public static long Huge(this SeededRandom random) =>
        random.NextBelow(6) == 0 ? (long.MaxValue / 2) - random.NextBelow(3) : random.Step();
}
