using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Allocation;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>The questions that are asked of one pool, as instances of <c>allocate</c>.</summary>
internal sealed class DonationInstances(DonatedPool pool, DonationRoutes routes, ulong seed)
{
    private const string Item = "vaccine";
    private const string NotGiven = "not given";

    private readonly ImmutableArray<string> _members =
        [.. pool.Recipients.Select(recipient => recipient.Territory.Code.ToString())];

    private readonly ImmutableArray<ImmutableHashSet<int>> _givenTo = [.. pool.Lots.Select(lot => pool.Given
        .Where(flow => pool.Lots[flow.Lot].Donor == lot.Donor).Select(flow => flow.Recipient).ToImmutableHashSet())];

    /// <summary>The fair division.</summary>
    /// <param name="id">The instance's name.</param>
    /// <param name="bound">Whether a donor's lots go to the recipients it gave to, and to nobody else.</param>
    /// <param name="inPacks">Whether lots have packs of more than one unit.</param>
    /// <param name="priced">Whether distances tell equally fair plans apart.</param>
    public Instance Fair(string id, Func<string, bool> bound, bool inPacks = false, bool priced = true) => Make(
        id,
        pool.Recipients.Select((recipient, at) => (at, recipient.Need, recipient.Bought)),
        inPacks,
        (lot, recipient) => pool.Lots[lot].Donor.Length == 0 || !bound(pool.Lots[lot].Donor)
            || _givenTo[lot].Contains(recipient),
        priced,
        spare: 0);

    /// <summary>Everybody what it was given, from the lots that there were, over the shortest ways.</summary>
    public Instance SameAsGiven(string id)
    {
        var given = pool.Given.GroupBy(flow => flow.Recipient).ToDictionary(
            place => place.Key, place => (long)place.Aggregate(Rational.Zero, (sum, flow) => sum + flow.Units).Floor());
        return Make(id, given.OrderBy(place => place.Key).Select(place => (place.Key, place.Value, 0L)),
            inPacks: false, (_, _) => true, priced: true, spare: 0);
    }

    /// <summary>
    /// The whole pool over the shortest ways, nobody above its need and nobody heeded besides. What stays unmet is the
    /// lot «not given», which costs nothing, so that every claim is met and distance alone decides.
    /// </summary>
    public Instance Shortest(string id)
    {
        var wanted = pool.Recipients.Select((recipient, at) => (At: at, Open: recipient.Need - recipient.Bought, 0L))
            .Where(one => one.Open > 0).ToList();
        return Make(id, wanted, inPacks: false, (_, _) => true, priced: true,
            spare: Math.Max(0, wanted.Sum(one => one.Open) - pool.Lots.Sum(lot => lot.Quantity)));
    }

    private Instance Make(string id, IEnumerable<(int At, long Need, long Received)> claims, bool inPacks,
        Func<int, int, bool> open, bool priced, long spare)
    {
        ImmutableArray<SharedClaim> wanted =
            [.. claims.Select((one, at) => new SharedClaim(at, one.At, 0, one.Need, one.Received))];
        var lots = pool.Lots.Select((lot, at) => new SharedLot(at, 0, lot.Quantity, inPacks ? lot.Pack : 1)).ToList();
        var lanes = lots.SelectMany(lot => wanted.Where(claim => open(lot.Id, claim.Member)).Select(claim =>
            new OpenLane(lot.Id, claim.Member, 0, priced ? routes.CostOf(lot.Id, claim.Member) : default))).ToList();
        if (spare > 0)
        {
            lanes.AddRange(wanted.Select(claim => new OpenLane(lots.Count, claim.Member)));
            lots.Add(new SharedLot(lots.Count, 0, spare));
        }

        return new Instance(id, new SharedProblem(wanted, [.. lots], [.. lanes], []) { Seed = seed }, _members, [Item],
            [.. lots.Select(lot => NameOf(lot.Id))], []);
    }

    /// <summary>Numbered, so that ordinal order is the order of the pool.</summary>
    private string NameOf(int lot) => string.Create(CultureInfo.InvariantCulture,
        $"{lot:D3} {(lot < pool.Lots.Length ? pool.Lots[lot].Name : NotGiven)}");
}
