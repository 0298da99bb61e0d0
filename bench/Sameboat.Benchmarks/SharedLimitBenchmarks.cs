using BenchmarkDotNet.Attributes;
using Sameboat.Allocation;

namespace Sameboat.Benchmarks;

/// <summary>
/// Items under shared limits: half of all pairs need, six lanes in ten are open, a tonnage and a cold chain for each
/// member, an export cap for each of forty donors; plans with their prices.
/// </summary>
public class SharedLimitBenchmarks
{
    private const int Donors = 40;

    private SharedProblem _problem = new([], [], [], []);

    /// <summary>Members; items are half as many, lots five an item.</summary>
    [Params(50, 100, 200)]
    public int Members { get; set; }

    /// <summary>Whose coverage counts.</summary>
    [Params(CoverageBy.Member, CoverageBy.MemberItem)]
    public CoverageBy By { get; set; }

    /// <summary>Makes the problem from seed 7.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var (random, items) = (new SeededRandom(7), Members / 2);
        var claims = Enumerable.Range(0, Members * items).Where(_ => random.NextDouble() < 0.5)
            .Select(at => new SharedClaim(at, at / items, at % items, 100 + random.NextBelow(10_000))).ToList();
        var need = claims.GroupBy(claim => claim.Item).ToDictionary(
            item => item.Key, item => item.Sum(one => one.Need));
        var lots = Enumerable.Range(0, items * 5).Select(lot => new SharedLot(lot, lot % items,
            1 + (long)(need.GetValueOrDefault(lot % items) * (0.06 + (0.12 * random.NextDouble()))))).ToList();
        var needing = claims.ToLookup(claim => claim.Item, claim => claim.Member);
        var lanes = lots.SelectMany(lot => needing[lot.Item].Where(_ => random.NextDouble() < 0.6)
            .Select(member => new OpenLane(lot.Id, member))).ToList();
        var weight = Enumerable.Range(0, items).Select(_ => 1 + random.NextBelow(20)).ToArray();
        var cold = Enumerable.Range(0, items)
            .Select(_ => random.NextBelow(3) == 0 ? 1 + random.NextBelow(5) : 0).ToArray();
        var into = lanes.ToLookup(lane => lane.Member);
        var limits = new List<SharedLimit>();
        foreach (var use in new[] { weight, cold })
        {
            foreach (var member in claims.GroupBy(claim => claim.Member))
            {
                var most = member.Sum(claim => claim.Need * (long)use[claim.Item])
                    * (0.25 + (0.75 * random.NextDouble()));
                limits.Add(new SharedLimit(limits.Count, Rational.Of((long)most), [.. into[member.Key].Select(
                    lane => new LimitTerm(lane.Lot, lane.Member, Rational.Of(use[lots[lane.Lot].Item])))]));
            }
        }

        foreach (var donor in lots.GroupBy(_ => random.NextBelow(Donors)))
        {
            var most = donor.Sum(lot => lot.Quantity * weight[lot.Item]) * (0.4 + (0.4 * random.NextDouble()));
            limits.Add(new SharedLimit(limits.Count, Rational.Of((long)most),
                [.. donor.Select(lot => new LimitTerm(lot.Id, null, Rational.Of(weight[lot.Item])))]));
        }

        _problem = new SharedProblem([.. claims], [.. lots], [.. lanes], [.. limits], By);
    }

    /// <summary>The plan with its prices.</summary>
    [Benchmark]
    public int Plan() => SharedAllocator.Allocate(_problem).Prices.Length;
}
