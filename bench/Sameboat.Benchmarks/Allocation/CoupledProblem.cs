using Sameboat.Allocation;

namespace Sameboat.Benchmarks.Allocation;

/// <summary>
/// Items under shared limits from seed 7: half of all pairs of a member and an item need, six lanes in ten are open,
/// an inbound tonnage and a cold chain for each member, an export cap for each of forty donors.
/// </summary>
internal static class CoupledProblem
{
    private const int Donors = 40;

    /// <param name="members">Members.</param>
    /// <param name="items">Items.</param>
    /// <param name="lots">Lots, dealt to the items in turn.</param>
    /// <param name="by">Whose coverage counts.</param>
    /// <param name="tight">
    /// True: inbound and cold chain hold a quarter to all of what is needed, so that most members have a level of
    /// their own. False: one member in five is held down alone and the others by the donors' caps together.
    /// </param>
    public static SharedProblem Of(int members, int items, int lots, CoverageBy by, bool tight)
    {
        var random = new SeededRandom(7);
        var claims = Enumerable.Range(0, members * items).Where(_ => random.NextDouble() < 0.5)
            .Select(at => new SharedClaim(at, at / items, at % items, 100 + random.NextBelow(10_000))).ToList();
        var need = claims.GroupBy(claim => claim.Item).ToDictionary(
            item => item.Key, item => item.Sum(one => one.Need));
        var perItem = (double)lots / items;
        var stock = Enumerable.Range(0, lots).Select(lot => new SharedLot(lot, lot % items,
            1 + (long)(need.GetValueOrDefault(lot % items) * (0.3 + (0.6 * random.NextDouble())) / perItem))).ToList();
        var needing = claims.ToLookup(claim => claim.Item, claim => claim.Member);
        var lanes = stock.SelectMany(lot => needing[lot.Item].Where(_ => random.NextDouble() < 0.6)
            .Select(member => new OpenLane(lot.Id, member))).ToList();
        var weight = Enumerable.Range(0, items).Select(_ => 1 + random.NextBelow(20)).ToArray();
        var cold = Enumerable.Range(0, items).Select(_ => tight && random.NextBelow(3) > 0
            ? 0 : 1 + random.NextBelow(5)).ToArray();
        var into = lanes.ToLookup(lane => lane.Member);
        var limits = new List<SharedLimit>();
        foreach (var use in new[] { weight, cold })
        {
            foreach (var member in claims.GroupBy(claim => claim.Member))
            {
                var share = tight ? 0.25 + (0.75 * random.NextDouble())
                    : random.NextBelow(10) == 0 ? 0.02 + (0.3 * random.NextDouble()) : 0.5 + random.NextDouble();
                limits.Add(new SharedLimit(limits.Count,
                    Rational.Of((long)(member.Sum(claim => claim.Need * (long)use[claim.Item]) * share)),
                    [.. into[member.Key].Select(lane => new LimitTerm(
                        lane.Lot, lane.Member, Rational.Of(use[stock[lane.Lot].Item])))]));
            }
        }

        foreach (var donor in stock.GroupBy(_ => random.NextBelow(Donors)))
        {
            var most = donor.Sum(lot => lot.Quantity * weight[lot.Item]) * (0.4 + (0.4 * random.NextDouble()));
            limits.Add(new SharedLimit(limits.Count, Rational.Of((long)most),
                [.. donor.Select(lot => new LimitTerm(lot.Id, null, Rational.Of(weight[lot.Item])))]));
        }

        return new SharedProblem([.. claims], [.. stock], [.. lanes], [.. limits], by);
    }
}
