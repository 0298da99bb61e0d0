using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>Random problems small enough to enumerate; one seed gives one problem.</summary>
internal static class SmallProblems
{
    public const int Cases = 10_000;

    /// <summary>All kinds of claims and lanes, one pack size for all lots.</summary>
    public static Gen<AllocationProblem> OneSize { get; } = Gen.ULong.Select(seed => Of(seed, mixed: false));

    /// <summary>As <see cref="OneSize"/>, with packs of several sizes.</summary>
    public static Gen<AllocationProblem> ManySizes { get; } = Gen.ULong.Select(seed => Of(seed, mixed: true));

    /// <summary>Either kind.</summary>
    public static Gen<AllocationProblem> Any { get; } = Gen.Select(Gen.ULong, Gen.Bool, Of);

    public static string Print(AllocationProblem problem) => CertificateJson.ToText(
        [new ItemCertificate(ItemCode.Parse("x"), new AllocationCertificate(problem.Seed, problem.Claims, problem.Lots,
            problem.Removed, [], [], [], [], [], PackGuarantee.GapsOnly))]);

    private static AllocationProblem Of(ulong seed, bool mixed)
    {
        var random = new SeededRandom(seed);
        var claims = random.NextBelow(4) + 1;
        var lots = random.NextBelow(4) + 1;
        var pack = random.NextBelow(3) + 1;
        var claimIds = Ids(random, claims);
        var lotIds = Ids(random, lots);
        return new AllocationProblem(
            [.. claimIds.Select(id => ClaimOf(random, id))],
            [.. lotIds.Select(id =>
            {
                var size = mixed ? random.NextBelow(5) + 1 : pack;
                return new Lot(id, random.NextBelow(6) == 0 ? 0 : size + random.NextBelow(8), size);
            })],
            [.. lotIds.SelectMany(lot => RemovedOf(random, lot, claimIds))],
            random.NextBits());
    }

    private static Claim ClaimOf(SeededRandom random, int id)
    {
        var need = random.NextBelow(9) + 1;
        var received = random.NextBelow(3) == 0 ? random.NextBelow(need + 2) : 0;
        return new Claim(id, need, received, random.NextBelow(4) == 0 ? random.NextBelow(need + 1) : null);
    }

    private static IEnumerable<RemovedLanes> RemovedOf(SeededRandom random, int lot, int[] claims)
    {
        var kind = random.NextBelow(4);
        if (kind > 0)
        {
            ImmutableArray<int> chosen = [.. claims.Where(_ => random.NextBelow(2) == 0)];
            var reason = (LaneRemoval)random.NextBelow(6);
            yield return new RemovedLanes(lot, reason, chosen, AllOthers: kind == 1);
        }
    }

    private static int[] Ids(SeededRandom random, int count)
    {
        var ids = Enumerable.Range(-2, 12).ToArray();
        random.Shuffle(ids.AsSpan());
        return ids[..count];
    }
}
