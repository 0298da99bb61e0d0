using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>What is wrong with levels, flows, lines or shares, and how the checker says it.</summary>
internal static class WrongProofs
{
    public static ImmutableArray<WrongStatement> All { get; } =
    [
        new("A claim is in two levels",
            (p, c, l) => (p, Level(c, 1, level => level with { Claims = level.Claims.Add(1) }), l),
            "LevelsNotPartition at level 1 claim 1: found a claim unknown or placed before, expected each claim "
                + "in one level"),
        new("A level has a claim of no problem",
            (p, c, l) => (p, Level(c, 1, level => level with { Claims = level.Claims.Add(9) }), l),
            "LevelsNotPartition at level 1 claim 9: found a claim unknown or placed before, expected each claim "
                + "in one level"),
        new("A lot is in two levels",
            (p, c, l) => (p, Level(c, 1, level => level with { Lots = level.Lots.Add(10) }), l),
            "LevelsNotPartition at level 1 lot 10: found a lot unknown or placed before, expected each lot in "
                + "one level"),
        new("A level has a lot of no problem",
            (p, c, l) => (p, Level(c, 1, level => level with { Lots = level.Lots.Add(9) }), l),
            "LevelsNotPartition at level 1 lot 9: found a lot unknown or placed before, expected each lot in one "
                + "level"),
        new("The first claim is in no level",
            (p, c, l) => (p, Level(c, 0, level => level with { Claims = [] }), l),
            "LevelsNotPartition at claim 1: found no level, expected each claim and each lot in one level"),
        new("The second claim is in no level",
            (p, c, l) => (p, Level(c, 1, level => level with { Claims = [3] }), l),
            "LevelsNotPartition at claim 2: found no level, expected each claim and each lot in one level"),
        new("The first lot is in no level",
            (p, c, l) => (p, Level(c, 0, level => level with { Lots = [] }), l),
            "LevelsNotPartition at lot 10: found no level, expected each claim and each lot in one level"),
        new("A level before the last has no coverage",
            (p, c, l) => (p, Level(c, 0, level => level with { Coverage = null }), l),
            "LevelsNotRising at level 0: found no coverage, expected a coverage in every level but the last"),
        new("Two levels have one coverage",
            (p, c, l) => (p, Level(c, 1, level => level with { Coverage = new(2, 5) }), l),
            "LevelsNotRising at level 1: found 2/5, expected more than 2/5"),
        new("The levels fall",
            (p, c, l) => (p, c with { Levels = [c.Levels[1], c.Levels[0], c.Levels[2]] }, l),
            "LevelsNotRising at level 1: found 2/5, expected more than 3/5"),
        new("A lane is open from a lot of a later level",
            (p, c, l) => (p,
                Level(Level(c, 0, level => level with { Claims = [1, 3] }), 1, level => level with { Claims = [2] }),
                l),
            "CutOpen at level 0 lot 11 claim 3: found an open lane from a lot of level 1, expected only lots of "
                + "this level and before"),
        new("A level asks more than its lots hold",
            (p, c, l) => (p, Level(c, 0, level => level with { Coverage = new(1, 2) }), l),
            "CutSumWrong at level 0: found 5 for the claims, expected the 4 in the lots"),
        new("A level has no claim that wants more",
            (p, c, l) => (new([new(1, 4)], [new(10, 4)], [], 7),
                Certificate(new([new(1, 4)], [new(10, 4)], [], 7)) with { Levels = [new(new(1, 1), [1], [10])] },
                l),
            "LevelWithoutClaim at level 0: found no claim at the coverage that wants more, expected one or more"),
        new("A flow is from no lot",
            (p, c, l) => (p, c with { Flows = c.Flows.SetItem(0, c.Flows[0] with { Lot = 9 }) }, l),
            "FlowWrong at lot 9 claim 1: found 4, expected one positive amount on an open lane"),
        new("A flow is to no claim",
            (p, c, l) => (p, c with { Flows = c.Flows.SetItem(0, c.Flows[0] with { Claim = 9 }) }, l),
            "FlowWrong at lot 10 claim 9: found 4, expected one positive amount on an open lane"),
        new("A flow is on a closed lane",
            (p, c, l) => (p, c with { Flows = c.Flows.Add(new(11, 1, new(1, 1))) }, l),
            "FlowWrong at lot 11 claim 1: found 1, expected one positive amount on an open lane"),
        new("A flow is 0",
            (p, c, l) => (p, c with { Flows = c.Flows.SetItem(0, c.Flows[0] with { Amount = new(0, 1) }) }, l),
            "FlowWrong at lot 10 claim 1: found 0, expected one positive amount on an open lane"),
        new("A flow stands twice",
            (p, c, l) => (p, c with { Flows = c.Flows.Add(c.Flows[0]) }, l),
            "FlowWrong at lot 10 claim 1: found 4, expected one positive amount on an open lane"),
        new("Flows exceed a lot",
            (p, c, l) => (p, c with { Flows = c.Flows.SetItem(0, c.Flows[0] with { Amount = new(9, 2) }) }, l),
            "FlowExceedsLot at lot 10: found 9/2, expected no more than 4"),
        new("Flows exceed the last lot",
            (p, c, l) => (p,
                c with { Flows = c.Flows.SetItem(c.Flows.Length - 1, c.Flows[^1] with { Amount = new(7, 1) }) },
                l),
            "FlowExceedsLot at lot 12: found 7, expected no more than 6"),
        new("A flow misses its level",
            (p, c, l) => (p, c with { Flows = c.Flows.SetItem(0, c.Flows[0] with { Amount = new(7, 2) }) }, l),
            "FlowMissesLevel at level 0 claim 1: found 7/2, expected 4"),
        new("No lines are published",
            (p, c, l) => (p, c, default),
            "LinesDiffer: found no lines, expected the certificate's lines"),
        new("A line is left out",
            (p, c, l) => (p, c, l[1..]),
            "LinesDiffer at lot 11 claim 2: found PackLine { Lot = 11, Claim = 2, Packs = 3, Quantity = 6 }, "
                + "expected PackLine { Lot = 10, Claim = 1, Packs = 2, Quantity = 4 }"),
        new("A line is added",
            (p, c, l) => (p, c, l.Add(new PackLine(12, 3, 1, 2))),
            "LinesDiffer at lot 12 claim 3: found PackLine { Lot = 12, Claim = 3, Packs = 1, Quantity = 2 }, "
                + "expected PackLine { Lot = 12, Claim = 4, Packs = 1, Quantity = 2 }"),
        new("A line is on a closed lane",
            (p, c, l) => (p, Lines(c, c.Lines.Add(new PackLine(11, 1, 1, 2))), l.Add(new PackLine(11, 1, 1, 2))),
            "LaneNotOpen at lot 11 claim 1: found a line, expected one line on an open lane"),
        new("A line is from no lot",
            (p, c, l) => (p, Lines(c, c.Lines.Add(new PackLine(9, 1, 1, 2))), l.Add(new PackLine(9, 1, 1, 2))),
            "LaneNotOpen at lot 9 claim 1: found a line, expected one line on an open lane"),
        new("A line is to no claim",
            (p, c, l) => (p, Lines(c, c.Lines.Add(new PackLine(10, 9, 1, 2))), l.Add(new PackLine(10, 9, 1, 2))),
            "LaneNotOpen at lot 10 claim 9: found a line, expected one line on an open lane"),
        new("A line stands twice",
            (p, c, l) => (p, Lines(c, c.Lines.Add(c.Lines[0])), l.Add(l[0])),
            "LaneNotOpen at lot 10 claim 1: found a line, expected one line on an open lane"),
        new("A line has no packs",
            (p, c, l) => (p,
                Lines(c, c.Lines.SetItem(0, new PackLine(10, 1, 0, 0))),
                l.SetItem(0, new PackLine(10, 1, 0, 0))),
            "PackNotWhole at lot 10 claim 1: found 0 packs, 0 units, expected packs of 2, at least one"),
        new("A quantity is not the packs",
            (p, c, l) => (p,
                Lines(c, c.Lines.SetItem(0, new PackLine(10, 1, 2, 5))),
                l.SetItem(0, new PackLine(10, 1, 2, 5))),
            "PackNotWhole at lot 10 claim 1: found 2 packs, 5 units, expected packs of 2, at least one"),
        new("Lines exceed a lot",
            (p, c, l) => (p,
                Lines(c, c.Lines.SetItem(0, new PackLine(10, 1, 3, 6))),
                l.SetItem(0, new PackLine(10, 1, 3, 6))),
            "LotExceeded at lot 10: found 6, expected no more than 4"),
        new("Lines exceed a claim's limit",
            (p, c, l) => (p,
                Lines(c, c.Lines.SetItem(3, new PackLine(12, 4, 2, 4))),
                l.SetItem(3, new PackLine(12, 4, 2, 4))),
            "LimitExceeded at claim 4: found 4, expected no more than 2"),
        new("A share is of no claim",
            (p, c, l) => (p, Share(c, share => share with { Claim = 9 }), l),
            "ShareWrong at claim 9: found a claim unknown or listed twice, expected one share for each claim"),
        new("A share stands twice",
            (p, c, l) => (p, c with { Shares = c.Shares.Add(c.Shares[0]) }, l),
            "ShareWrong at claim 1: found a claim unknown or listed twice, expected one share for each claim"),
        new("A share is left out",
            (p, c, l) => (p, c with { Shares = c.Shares[1..] }, l),
            "ShareWrong at claim 1: found no share, expected one share for each claim"),
        new("A fair coverage is too high",
            (p, c, l) => (p, Share(c, share => share with { FairCoverage = new(1, 2) }), l),
            "ShareWrong at claim 1: found coverage 1/2, 4 in packs, gap 0, expected coverage 2/5, 4 in packs, "
                + "gap 0"),
        new("A quantity in packs is wrong",
            (p, c, l) => (p, Share(c, share => share with { Packed = 2 }), l),
            "ShareWrong at claim 1: found coverage 2/5, 2 in packs, gap 0, expected coverage 2/5, 4 in packs, "
                + "gap 0"),
        new("A gap is wrong",
            (p, c, l) => (p, Share(c, share => share with { Gap = new(1, 10) }), l),
            "ShareWrong at claim 1: found coverage 2/5, 4 in packs, gap 1/10, expected coverage 2/5, 4 in packs, "
                + "gap 0"),
        new("A guarantee says less",
            (p, c, l) => (p, c with { Guarantee = PackGuarantee.GapsOnly }, l),
            "GuaranteeWrong: found GapsOnly, expected Exact"),
        new("A guarantee is of another kind",
            (p, c, l) => (p, c with { Guarantee = PackGuarantee.ExactForEachSize }, l),
            "GuaranteeWrong: found ExactForEachSize, expected Exact"),
    ];

    private static AllocationCertificate Level(
        AllocationCertificate certificate, int at, Func<CertificateLevel, CertificateLevel> change) =>
        certificate with { Levels = certificate.Levels.SetItem(at, change(certificate.Levels[at])) };

    private static AllocationCertificate Certificate(AllocationProblem problem) =>
        Allocator.Allocate(problem).ToCertificate();

    private static AllocationCertificate Share(
        AllocationCertificate certificate, Func<CertificateShare, CertificateShare> change) =>
        certificate with { Shares = certificate.Shares.SetItem(0, change(certificate.Shares[0])) };

    private static AllocationCertificate Lines(AllocationCertificate certificate, ImmutableArray<PackLine> lines) =>
        certificate with { Lines = lines };
}
