using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Allocation;

/// <summary>The one place that says what a problem with shared limits must keep to be allocated.</summary>
internal static class SharedValidation
{
    private const int ShownMax = 50;

    public static ImmutableArray<SharedRefusal> Refusals(SharedProblem problem)
    {
        if (problem.Claims.IsDefault || problem.Lots.IsDefault || problem.Lanes.IsDefault || problem.Limits.IsDefault
            || problem.Closed.IsDefault || problem.Owed is null
            || problem.Limits.Any(limit => limit.Terms.IsDefault))
        {
            return [new(SharedPart.Problem, 0, "no list", "a list, if need be an empty one")];
        }

        (string What, int Found, int Most)[] sizes =
        [
            ("claims", problem.Claims.Length, SharedProblem.ClaimsMax),
            ("lots", problem.Lots.Length, SharedProblem.LotsMax),
            ("lanes", problem.Lanes.Length, SharedProblem.LanesMax),
            ("limits", problem.Limits.Length, SharedProblem.LimitsMax),
        ];
        if (Array.Find(sizes, size => size.Found > size.Most) is { What: not null } large)
        {
            return [new(SharedPart.Problem, 0, $"{Text(large.Found)} {large.What}", $"at most {Text(large.Most)}")];
        }

        return
        [
            .. OfClaims(problem).Concat(OfLots(problem)).Concat(OfLanes(problem)).Concat(OfLimits(problem))
                .Concat(OfTotals(problem)).Take(ShownMax),
        ];
    }

    private static IEnumerable<SharedRefusal> OfClaims(SharedProblem problem)
    {
        var ids = new HashSet<int>();
        var pairs = new HashSet<(int, int)>();
        foreach (var (at, claim) in problem.Claims.Index())
        {
            if (claim.Need <= 0)
            {
                yield return new(SharedPart.Claim, at, $"a need of {Text(claim.Need)}", "a need above 0");
            }

            if (claim.Received < 0)
            {
                yield return new(SharedPart.Claim, at, $"{Text(claim.Received)} received", "0 or more");
            }

            if (claim.AcceptsAtMost is { } accepts and < 0)
            {
                yield return new(SharedPart.Claim, at, $"accepts {Text(accepts)}", "0 or more");
            }

            if (!ids.Add(claim.Id) || !pairs.Add((claim.Member, claim.Item)))
            {
                yield return new(SharedPart.Claim, at, "this member and item a second time", "one claim for each");
            }
        }
    }

    private static IEnumerable<SharedRefusal> OfLots(SharedProblem problem)
    {
        var ids = new HashSet<int>();
        foreach (var (at, lot) in problem.Lots.Index())
        {
            if (lot.Quantity < 0)
            {
                yield return new(SharedPart.Lot, at, $"a quantity of {Text(lot.Quantity)}", "0 or more");
            }

            if (lot.PackSize <= 0)
            {
                yield return new(SharedPart.Lot, at, $"a pack of {Text(lot.PackSize)}", "a pack of 1 or more");
            }
            else if (lot.Quantity > 0 && lot.PackSize > lot.Quantity)
            {
                yield return new(SharedPart.Lot, at, $"a pack of {Text(lot.PackSize)}",
                    $"no more than the lot's {Text(lot.Quantity)}");
            }

            if (lot.Minimum < 0)
            {
                yield return new(SharedPart.Lot, at, $"a minimum of {Text(lot.Minimum)}", "0 or more");
            }
            else if (lot.PackSize > 0 && lot.Quantity / lot.PackSize < ((Int128)lot.Minimum + lot.PackSize - 1)
                / lot.PackSize)
            {
                yield return new(SharedPart.Lot, at, $"a minimum of {Text(lot.Minimum)}",
                    $"no more than the whole packs in the lot's {Text(lot.Quantity)}");
            }

            if (lot.Expires is { } expires and < 0)
            {
                yield return new(SharedPart.Lot, at, $"{Text(expires)} days until it expires", "0 or more");
            }

            if (!ids.Add(lot.Id))
            {
                yield return new(SharedPart.Lot, at, "this lot a second time", "a lot of its own");
            }
        }
    }

    private static IEnumerable<SharedRefusal> OfLanes(SharedProblem problem)
    {
        var lots = problem.Lots.Select(lot => lot.Id).ToHashSet();
        var members = problem.Claims.Select(claim => claim.Member).ToHashSet();
        var seen = new HashSet<(int, int)>(problem.Lanes.Length);
        foreach (var (at, lane) in problem.Lanes.Index())
        {
            if (!lots.Contains(lane.Lot))
            {
                yield return new(SharedPart.Lane, at, "a lane from an unknown lot", "a lot of the problem");
            }

            if (!members.Contains(lane.Member))
            {
                yield return new(SharedPart.Lane, at, "a lane to an unknown member", "a member with a claim");
            }

            if (!seen.Add((lane.Lot, lane.Member)))
            {
                yield return new(SharedPart.Lane, at, "this lane a second time", "each lane once");
            }

            if (lane.Days < 0 || lane.Cost < Rational.Zero)
            {
                yield return new(SharedPart.Lane, at, $"{Text(lane.Days)} days at a cost of {lane.Cost}",
                    "0 or more of both");
            }
        }

        foreach (var (at, lane) in problem.Closed.Index())
        {
            if (seen.Contains((lane.Lot, lane.Member)) || !lots.Contains(lane.Lot) || !members.Contains(lane.Member))
            {
                yield return new(SharedPart.Problem, at, "a closed lane that is open or of an unknown lot or member",
                    "a lane that is not open, of a lot and a member of the problem");
            }
        }
    }

    private static IEnumerable<SharedRefusal> OfLimits(SharedProblem problem)
    {
        var lots = problem.Lots.Select(lot => lot.Id).ToHashSet();
        var members = problem.Claims.Select(claim => claim.Member).ToHashSet();
        var ids = new HashSet<int>();
        foreach (var (at, limit) in problem.Limits.Index())
        {
            if (limit.Most < Rational.Zero)
            {
                yield return new(SharedPart.Limit, at, $"a limit of {limit.Most}",
                    "0 or more: below 0 nothing can meet it, not even a plan that gives nothing");
            }

            if (limit.Load is { } load)
            {
                if (load <= Rational.Zero)
                {
                    yield return new(SharedPart.Limit, at, $"a load of {load}", "a load above 0");
                }
                else if (!(limit.Most / load).Denominator.IsOne
                    || limit.Most / load > Rational.Of(SharedLimit.VehiclesMax))
                {
                    yield return new(SharedPart.Limit, at, $"{limit.Most / load} vehicles",
                        $"a whole number of vehicles, at most {Text(SharedLimit.VehiclesMax)}");
                }
            }

            if (!ids.Add(limit.Id))
            {
                yield return new(SharedPart.Limit, at, "this limit a second time", "a limit of its own");
            }

            foreach (var term in limit.Terms)
            {
                if (term.Weight < Rational.Zero)
                {
                    yield return new(SharedPart.Limit, at, $"a weight of {term.Weight}", "0 or more");
                }

                if ((term.Lot is { } lot && !lots.Contains(lot))
                    || (term.Member is { } member && !members.Contains(member)))
                {
                    yield return new(SharedPart.Limit, at, "a term about an unknown lot or member",
                        "a lot and a member of the problem");
                }
            }
        }
    }

    private static IEnumerable<SharedRefusal> OfTotals(SharedProblem problem)
    {
        var need = problem.Claims.Aggregate(Int128.Zero,
            (sum, claim) => sum + Math.Max(claim.Need, 0) + Math.Max(claim.Received, 0));
        var owed = problem.Claims.Select(claim => claim.Id).Distinct().Aggregate(Rational.Zero, (sum, id) =>
            problem.Owed.GetValueOrDefault(id) is var own && own < Rational.Zero ? sum - own : sum + own);
        if (owed > Rational.Zero
            && Rational.Of((System.Numerics.BigInteger)need) + owed > Rational.Of(long.MaxValue / 2))
        {
            yield return new(SharedPart.Problem, 0, "more needed, received and owed in all than can be counted",
                $"no more than {long.MaxValue / 2}");
        }

        if (need > long.MaxValue)
        {
            yield return new(SharedPart.Problem, 0, $"needs and quantities received of {Text(need)} in all",
                $"no more than {long.MaxValue}");
        }

        var stock = problem.Lots.Aggregate(Int128.Zero, (sum, lot) => sum + Math.Max(lot.Quantity, 0));
        if (stock > long.MaxValue)
        {
            yield return new(SharedPart.Problem, 0, $"lots of {Text(stock)} in all", $"no more than {long.MaxValue}");
        }
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
