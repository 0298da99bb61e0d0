using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>What is wrong with a problem or the form of a certificate, and how the checker says it.</summary>
internal static class WrongProblems
{
    public static ImmutableArray<WrongStatement> All { get; } =
    [
        new("A list of the problem is missing",
            (p, c, l) => (p with { Claims = default }, c, l),
            "ProblemMalformed: found a list that is missing, expected all lists"),
        new("The list of lots is missing",
            (p, c, l) => (p with { Lots = default }, c, l),
            "ProblemMalformed: found a list that is missing, expected all lists"),
        new("The list of closed lanes is missing",
            (p, c, l) => (p with { Removed = default }, c, l),
            "ProblemMalformed: found a list that is missing, expected all lists"),
        new("A closed lane has no list",
            (p, c, l) => (p with { Removed = [new(11, LaneRemoval.Earmarked, default)] }, c, l),
            "ProblemMalformed: found a list that is missing, expected all lists"),
        new("A need is 0",
            (p, c, l) => (p with { Claims = [new(1, 0), .. p.Claims[1..]] }, c, l),
            "ProblemMalformed at claim 1: found Claim { Id = 1, Need = 0, Received = 0, AcceptsAtMost = , Limit "
                + "= 0 }, expected an id of its own, a need above 0, nothing negative"),
        new("A quantity received is below 0",
            (p, c, l) => (p with { Claims = [new(1, 10, -1), .. p.Claims[1..]] }, c, l),
            "ProblemMalformed at claim 1: found Claim { Id = 1, Need = 10, Received = -1, AcceptsAtMost = , "
                + "Limit = 11 }, expected an id of its own, a need above 0, nothing negative"),
        new("A limit of acceptance is below 0",
            (p, c, l) => (p with { Claims = [new(1, 10, 0, -1), .. p.Claims[1..]] }, c, l),
            "ProblemMalformed at claim 1: found Claim { Id = 1, Need = 10, Received = 0, AcceptsAtMost = -1, "
                + "Limit = -1 }, expected an id of its own, a need above 0, nothing negative"),
        new("A claim stands twice",
            (p, c, l) => (p with { Claims = p.Claims.Add(p.Claims[0]) }, c, l),
            "ProblemMalformed at claim 1: found Claim { Id = 1, Need = 10, Received = 0, AcceptsAtMost = , Limit "
                + "= 10 }, expected an id of its own, a need above 0, nothing negative"),
        new("A lot is below 0",
            (p, c, l) => (p with { Lots = [new(10, -1, 2), .. p.Lots[1..]] }, c, l),
            "ProblemMalformed at lot 10: found Lot { Id = 10, Quantity = -1, PackSize = 2 }, expected an id of "
                + "its own, nothing negative, a pack of 1 up to the lot"),
        new("A pack is 0",
            (p, c, l) => (p with { Lots = [new(10, 4, 0), .. p.Lots[1..]] }, c, l),
            "ProblemMalformed at lot 10: found Lot { Id = 10, Quantity = 4, PackSize = 0 }, expected an id of "
                + "its own, nothing negative, a pack of 1 up to the lot"),
        new("A pack is larger than its lot",
            (p, c, l) => (p with { Lots = [new(10, 4, 5), .. p.Lots[1..]] }, c, l),
            "ProblemMalformed at lot 10: found Lot { Id = 10, Quantity = 4, PackSize = 5 }, expected an id of "
                + "its own, nothing negative, a pack of 1 up to the lot"),
        new("A lot stands twice",
            (p, c, l) => (p with { Lots = p.Lots.Add(p.Lots[0]) }, c, l),
            "ProblemMalformed at lot 10: found Lot { Id = 10, Quantity = 4, PackSize = 2 }, expected an id of "
                + "its own, nothing negative, a pack of 1 up to the lot"),
        new("A closed lane is of no lot",
            (p, c, l) => (p with { Removed = [RemovedLanes.To(9, LaneRemoval.ColdChain, 1)] }, c, l),
            "ProblemMalformed at lot 9: found a removed lane, expected a lot and claims of the problem and a "
                + "reason of the closed list"),
        new("A closed lane is to no claim",
            (p, c, l) => (p with { Removed = [RemovedLanes.To(10, LaneRemoval.ColdChain, 9)] }, c, l),
            "ProblemMalformed at lot 10: found a removed lane, expected a lot and claims of the problem and a "
                + "reason of the closed list"),
        new("A reason is not of the list",
            (p, c, l) => (p with { Removed = [RemovedLanes.To(10, (LaneRemoval)9, 1)] }, c, l),
            "ProblemMalformed at lot 10: found a removed lane, expected a lot and claims of the problem and a "
                + "reason of the closed list"),
        new("The seed differs",
            (p, c, l) => (p, c with { Seed = 8 }, l),
            "SeedDiffers: found 8, expected 7"),
        new("A claim differs",
            (p, c, l) => (p, c with { Claims = c.Claims.SetItem(0, c.Claims[0] with { Need = 11 }) }, l),
            "ClaimsDiffer at claim 1: found Claim { Id = 1, Need = 11, Received = 0, AcceptsAtMost = , Limit = "
                + "11 }, expected Claim { Id = 1, Need = 10, Received = 0, AcceptsAtMost = , Limit = 10 }"),
        new("A claim is left out",
            (p, c, l) => (p, c with { Claims = c.Claims[..^1] }, l),
            "ClaimsDiffer at claim 4: found none, expected Claim { Id = 4, Need = 2, Received = 0, AcceptsAtMost "
                + "= , Limit = 2 }"),
        new("A claim is added",
            (p, c, l) => (p, c with { Claims = c.Claims.Add(new Claim(5, 1)) }, l),
            "ClaimsDiffer at claim 5: found Claim { Id = 5, Need = 1, Received = 0, AcceptsAtMost = , Limit = 1 "
                + "}, expected none"),
        new("A lot differs",
            (p, c, l) => (p, c with { Lots = c.Lots.SetItem(0, c.Lots[0] with { Quantity = 5 }) }, l),
            "LotsDiffer at lot 10: found Lot { Id = 10, Quantity = 5, PackSize = 2 }, expected Lot { Id = 10, "
                + "Quantity = 4, PackSize = 2 }"),
        new("A lot is left out",
            (p, c, l) => (p, c with { Lots = c.Lots[..^1] }, l),
            "LotsDiffer at lot 12: found none, expected Lot { Id = 12, Quantity = 6, PackSize = 2 }"),
        new("A lot is added",
            (p, c, l) => (p, c with { Lots = c.Lots.Add(new Lot(13, 1)) }, l),
            "LotsDiffer at lot 13: found Lot { Id = 13, Quantity = 1, PackSize = 1 }, expected none"),
        new("A closed lane is left out",
            (p, c, l) => (p, c with { Removed = c.Removed[..^1] }, l),
            "RemovedLanesDiffer: found none, expected lot 12 ColdChain to 1 2 3"),
        new("A closed lane is added",
            (p, c, l) => (p,
                c with { Removed = c.Removed.Add(RemovedLanes.To(12, LaneRemoval.RouteClosed, 4, 3)) },
                l),
            "RemovedLanesDiffer: found lot 12 RouteClosed to 3 4, expected none"),
        new("A reason differs",
            (p, c, l) => (p,
                c with { Removed = c.Removed.SetItem(0, c.Removed[0] with { Reason = LaneRemoval.ColdChain }) },
                l),
            "RemovedLanesDiffer: found lot 10 ColdChain to 2 3, expected lot 10 NotAccepted to 4"),
        new("The claims are missing",
            (p, c, l) => (p, c with { Claims = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The lots are missing",
            (p, c, l) => (p, c with { Lots = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The closed lanes are missing",
            (p, c, l) => (p, c with { Removed = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The levels are missing",
            (p, c, l) => (p, c with { Levels = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The flows are missing",
            (p, c, l) => (p, c with { Flows = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The lines are missing",
            (p, c, l) => (p, c with { Lines = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The shares are missing",
            (p, c, l) => (p, c with { Shares = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The lottery is missing",
            (p, c, l) => (p, c with { Lottery = default }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The claims of a closed lane are missing",
            (p, c, l) => (p, c with { Removed = [c.Removed[0] with { Claims = default }] }, l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The claims of a level are missing",
            (p, c, l) => (p, Level(c, 0, level => level with { Claims = default }), l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("The lots of a level are missing",
            (p, c, l) => (p, Level(c, 0, level => level with { Lots = default }), l),
            "CertificateMalformed: found a list that is missing, expected all lists"),
        new("A fraction is not in lowest terms",
            (p, c, l) => (p, Level(c, 0, level => level with { Coverage = new(4, 10) }), l),
            "CertificateMalformed: found 4/10, expected a fraction in lowest terms"),
        new("A denominator is below 0",
            (p, c, l) => (p, Level(c, 0, level => level with { Coverage = new(-2, -5) }), l),
            "CertificateMalformed: found -2/-5, expected a fraction in lowest terms"),
        new("A denominator is 0",
            (p, c, l) => (p, Level(c, 0, level => level with { Coverage = new(1, 0) }), l),
            "CertificateMalformed: found 1/0, expected a fraction in lowest terms"),
        new("The lottery is another draw",
            (p, c, l) => (p, c with { Lottery = [.. c.Lottery.Reverse()] }, l),
            "LotteryWrong: found 3 4 1 2, expected 2 1 4 3"),
    ];

    private static AllocationCertificate Level(
        AllocationCertificate certificate, int at, Func<CertificateLevel, CertificateLevel> change) =>
        certificate with { Levels = certificate.Levels.SetItem(at, change(certificate.Levels[at])) };
}
