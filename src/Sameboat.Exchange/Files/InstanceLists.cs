using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>Reads an instance in the form of lists: claims, lots, lanes, closed lanes and limits.</summary>
internal sealed class InstanceLists
{
    private const long PopulationMax = 100_000_000_000;

    private readonly JsonPlace _root;
    private readonly string[] _members;
    private readonly string[] _items;
    private readonly string[] _lots;
    private readonly string[] _limits;
    private readonly HashSet<(int Lot, int Member)> _shut = [];
    private readonly List<ClosedLane> _closed = [];
    private readonly List<int> _places = [];

    private InstanceLists(JsonPlace root)
    {
        root.Members(["claims", "lots"], "id", "lanes", "closed", "limits", "populations");
        _root = root;
        foreach (var claim in root.Member("claims").List())
        {
            claim.Members(["member", "item", "need"], "received", "accepts");
        }

        foreach (var lot in root.Member("lots").List())
        {
            lot.Members(["lot", "item", "quantity"], "pack", "expires", "only_for", "minimum");
        }

        _members = Names(root.Member("claims").List(), "member");
        _items = Names(root.Member("claims").List().Concat(root.Member("lots").List()), "item");
        _lots = Names(root.Member("lots").List(), "lot");
        _limits = Names(Optional("limits"), "name");
    }

    public static Instance Read(JsonPlace root, CoverageBy by, ulong seed)
    {
        var lists = new InstanceLists(root);
        ImmutableArray<SharedClaim> claims = [.. root.Member("claims").List().Index().Select(lists.ClaimOf)];
        ImmutableArray<SharedLot> lots = [.. root.Member("lots").List().Select(lists.LotOf)];
        var lanes = lists.Lanes(lots);
        ImmutableArray<SharedLimit> limits = [.. lists.Optional("limits").Select(lists.LimitOf)];
        return new Instance(IdOf(root),
            new SharedProblem(claims, lots, lanes, limits, by) { Seed = seed, Closed = [.. lists._closed] },
            [.. lists._members], [.. lists._items], [.. lists._lots], [.. lists._limits])
        {
            LanePlaces = [.. lists._places],
            Populations = lists.Populations(),
        };
    }

    private ImmutableDictionary<int, long> Populations()
    {
        var known = ImmutableDictionary.CreateBuilder<int, long>();
        foreach (var one in Optional("populations"))
        {
            one.Members(["member", "population"]);
            var member = At(_members, one.Member("member"), "member");
            var people = one.Member("population");
            if (people.Whole() is < 1 or > PopulationMax)
            {
                throw people.Wrong(people.Kind(), string.Create(
                    CultureInfo.InvariantCulture, $"a whole number of inhabitants, 1 to {PopulationMax}"));
            }

            if (!known.TryAdd(member, people.Whole()))
            {
                throw one.Wrong("this member a second time", "each member once");
            }
        }

        return known.ToImmutable();
    }

    public static string IdOf(JsonPlace root) => root.Has("id") ? root.Member("id").Name() : "";

    /// <summary>Refuses more lanes than are taken, before they fill the memory.</summary>
    public static void Guard(JsonPlace root, long lanes)
    {
        if (lanes > SharedProblem.LanesMax)
        {
            throw root.Wrong(
                string.Create(CultureInfo.InvariantCulture, $"more than {SharedProblem.LanesMax:N0} lanes"),
                string.Create(CultureInfo.InvariantCulture, $"at most {SharedProblem.LanesMax:N0} lanes"));
        }
    }

    private static string[] Names(IEnumerable<JsonPlace> list, string field) =>
        [.. list.Select(one => one.Member(field).Name()).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<JsonPlace> Optional(string field) => _root.Has(field) ? _root.Member(field).List() : [];

    private static int At(string[] names, JsonPlace place, string what)
    {
        var at = Array.BinarySearch(names, place.Name(), StringComparer.Ordinal);
        return at >= 0 ? at : throw place.Wrong($"the unknown {what} «{place.Name()}»", $"a {what} of the instance");
    }

    private static int? Maybe(string[] names, JsonPlace one, string field) =>
        one.Has(field) ? At(names, one.Member(field), field) : null;

    private SharedClaim ClaimOf((int Index, JsonPlace Item) one) => new(one.Index,
        At(_members, one.Item.Member("member"), "member"), At(_items, one.Item.Member("item"), "item"),
        one.Item.Member("need").Whole(), one.Item.Has("received") ? one.Item.Member("received").Whole() : 0,
        one.Item.Has("accepts") ? one.Item.Member("accepts").Whole() : null);

    private SharedLot LotOf(JsonPlace one) => new(
        At(_lots, one.Member("lot"), "lot"), At(_items, one.Member("item"), "item"), one.Member("quantity").Whole(),
        one.Has("pack") ? one.Member("pack").Whole() : 1, one.Has("expires") ? Days(one.Member("expires")) : null,
        one.Has("minimum") ? one.Member("minimum").Whole() : 0);

    private static int Days(JsonPlace place) =>
        place.Whole() is >= 0 and <= int.MaxValue and var days ? (int)days : throw place.Wrong(place.Kind(),
            "a number of days, 0 or more");

    /// <summary>The open lanes: those listed, or all, less what an earmark, expiry or closure takes away.</summary>
    private ImmutableArray<OpenLane> Lanes(ImmutableArray<SharedLot> lots)
    {
        foreach (var one in Optional("closed"))
        {
            one.Members(["lot", "reason"], "member");
            var lot = At(_lots, one.Member("lot"), "lot");
            var reason = ReasonOf(one.Member("reason"));
            foreach (var member in Maybe(_members, one, "member") is { } only
                ? [only] : Enumerable.Range(0, _members.Length))
            {
                Shut(lot, member, reason);
            }
        }

        foreach (var one in _root.Member("lots").List().Where(one => one.Has("only_for")))
        {
            var lot = At(_lots, one.Member("lot"), "lot");
            var meant = one.Member("only_for").List().Select(name => At(_members, name, "member")).ToHashSet();
            foreach (var member in Enumerable.Range(0, _members.Length).Where(member => !meant.Contains(member)))
            {
                Shut(lot, member, LaneRemoval.Earmarked);
            }
        }

        if (!_root.Has("lanes"))
        {
            Guard(_root, (long)_lots.Length * _members.Length);
            return [.. Enumerable.Range(0, _lots.Length).SelectMany(lot => Enumerable.Range(0, _members.Length)
                .Where(member => !_shut.Contains((lot, member))).Select(member => new OpenLane(lot, member)))];
        }

        _ = _root.Member("lanes").List();
        Guard(_root.Member("lanes"), _root.Member("lanes").Value.GetArrayLength());
        return Listed(lots);
    }

    private ImmutableArray<OpenLane> Listed(ImmutableArray<SharedLot> lots)
    {
        var expires = lots.Where(lot => lot.Expires is not null).GroupBy(lot => lot.Id)
            .ToDictionary(lot => lot.Key, lot => lot.First().Expires!.Value);
        var lanes = ImmutableArray.CreateBuilder<OpenLane>();
        foreach (var (at, one) in _root.Member("lanes").List().Index())
        {
            one.Members(["lot", "member"], "days", "cost");
            var lane = new OpenLane(At(_lots, one.Member("lot"), "lot"), At(_members, one.Member("member"), "member"),
                one.Has("days") ? Days(one.Member("days")) : 0,
                one.Has("cost") ? one.Member("cost").Decimal() : default);
            if (expires.TryGetValue(lane.Lot, out var last) && lane.Days > last)
            {
                Shut(lane.Lot, lane.Member, LaneRemoval.ExpiredOnArrival);
            }

            if (!_shut.Contains((lane.Lot, lane.Member)))
            {
                lanes.Add(lane);
                _places.Add(at);
            }
        }

        return lanes.ToImmutable();
    }

    private void Shut(int lot, int member, LaneRemoval reason)
    {
        if (_shut.Add((lot, member)))
        {
            _closed.Add(new ClosedLane(lot, member, reason));
        }
    }

    private static LaneRemoval ReasonOf(JsonPlace place) => place.Text() switch
    {
        "expired-on-arrival" => LaneRemoval.ExpiredOnArrival,
        "earmarked" => LaneRemoval.Earmarked,
        "cold-chain" => LaneRemoval.ColdChain,
        "not-registered" => LaneRemoval.NotRegistered,
        "route-closed" => LaneRemoval.RouteClosed,
        "not-accepted" => LaneRemoval.NotAccepted,
        _ => throw place.Wrong(place.Kind(), "one of expired-on-arrival, earmarked, cold-chain, not-registered, "
            + "route-closed, not-accepted"),
    };

    /// <summary>
    /// A plain bound; or with a load, whole vehicles. Shared vehicles are again a plain bound on what all of them take.
    /// </summary>
    private SharedLimit LimitOf(JsonPlace one)
    {
        one.Members(["name", "max", "terms"], "load", "shared");
        Rational? load = one.Has("load") ? one.Member("load").Decimal() : null;
        var shared = one.Has("shared") && one.Member("shared").Truth();
        var most = one.Member("max").Decimal();
        if (load is null && one.Has("shared"))
        {
            throw one.Member("shared").Wrong(one.Member("shared").Kind(), "no such member without a load");
        }

        if (load is { } each && each <= Rational.Zero)
        {
            throw one.Member("load").Wrong(one.Member("load").Kind(), "a load above 0");
        }

        if (load is not null && (!most.Denominator.IsOne || most < Rational.Zero
            || most > Rational.Of(SharedLimit.VehiclesMax)))
        {
            throw one.Member("max").Wrong(one.Member("max").Kind(), string.Create(CultureInfo.InvariantCulture,
                $"a whole number of vehicles, 0 to {SharedLimit.VehiclesMax}"));
        }

        return new SharedLimit(At(_limits, one.Member("name"), "name"), load is { } unit ? most * unit : most,
            [.. one.Member("terms").List().Select(term =>
            {
                term.Members(["weight"], "lot", "member");
                return new LimitTerm(Maybe(_lots, term, "lot"), Maybe(_members, term, "member"),
                    term.Member("weight").Decimal());
            })],
            shared ? null : load);
    }
}
