using System.Globalization;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Whether a problem under shared limits is one, and a plan has all its lists, before anything is proved from them.
/// Written apart from the engine's own refusals, so that a slip in those is not a slip here.
/// </summary>
internal static class SharedFormChecks
{
    public static SharedFailure? Check(SharedProblem problem, SharedPlan plan) =>
        Lists(problem, plan) ?? Claims(problem) ?? Lots(problem) ?? Lanes(problem) ?? Limits(problem);

    private static SharedFailure? Lists(SharedProblem problem, SharedPlan plan)
    {
        if (problem.Claims.IsDefault || problem.Lots.IsDefault || problem.Lanes.IsDefault || problem.Limits.IsDefault
            || problem.Limits.Any(limit => limit.Terms.IsDefault))
        {
            return new("problem", "its lists", "a list that is missing", "all lists");
        }

        return plan.Prices.IsDefault || plan.Flows.IsDefault || plan.Lines.IsDefault || plan.Shares.IsDefault
            || plan.Prices.Any(prices => prices.LotPrices is null || prices.LimitPrices is null)
            ? new("form", "the plan", "a list that is missing", "all lists")
            : null;
    }

    private static SharedFailure? Claims(SharedProblem problem)
    {
        var (ids, pairs) = (new HashSet<int>(), new HashSet<(int, int)>());
        foreach (var claim in problem.Claims)
        {
            if (claim.Need < 1 || claim.Received < 0 || claim.AcceptsAtMost < 0)
            {
                return new("problem", Named("claim", claim.Id), claim.ToString(), "a need above 0, nothing below 0");
            }

            if (!ids.Add(claim.Id) || !pairs.Add((claim.Member, claim.Item)))
            {
                return new("problem", Named("claim", claim.Id), "an id or a member and item a second time",
                    "one claim for each");
            }
        }

        return null;
    }

    private static SharedFailure? Lots(SharedProblem problem)
    {
        var ids = new HashSet<int>();
        foreach (var lot in problem.Lots)
        {
            if (lot.Quantity < 0 || lot.PackSize < 1 || (lot.Quantity > 0 && lot.PackSize > lot.Quantity)
                || !ids.Add(lot.Id))
            {
                return new("problem", Named("lot", lot.Id), lot.ToString(),
                    "an id of its own, nothing below 0, a pack of 1 up to the lot");
            }

            if (lot.Minimum < 0 || lot.Minimum > lot.Quantity - (lot.Quantity % lot.PackSize))
            {
                return new("problem", Named("lot", lot.Id), $"a minimum of {lot.Minimum}",
                    "0 or more, and no more than the packs of the lot");
            }
        }

        return null;
    }

    private static SharedFailure? Lanes(SharedProblem problem)
    {
        var lots = problem.Lots.Select(lot => lot.Id).ToHashSet();
        var members = problem.Claims.Select(claim => claim.Member).ToHashSet();
        var seen = new HashSet<OpenLane>();
        foreach (var lane in problem.Lanes)
        {
            if (!lots.Contains(lane.Lot) || !members.Contains(lane.Member) || !seen.Add(lane))
            {
                return new("problem", Named("lot", lane.Lot) + Named(", member", lane.Member),
                    "a lane to nowhere or a second time", "a lot and a member of the problem, each lane once");
            }
        }

        return null;
    }

    private static SharedFailure? Limits(SharedProblem problem)
    {
        var lots = problem.Lots.Select(lot => lot.Id).ToHashSet();
        var members = problem.Claims.Select(claim => claim.Member).ToHashSet();
        var ids = new HashSet<int>();
        foreach (var limit in problem.Limits)
        {
            if (limit.Most.Numerator.Sign < 0 || !ids.Add(limit.Id))
            {
                return new("problem", Named("limit", limit.Id), limit.Most.ToString(), "an id of its own, 0 or more");
            }

            if (limit.Load is { } load && (load.Numerator.Sign <= 0
                || !(limit.Most.Numerator * load.Denominator % (limit.Most.Denominator * load.Numerator)).IsZero))
            {
                return new("problem", Named("limit", limit.Id), $"a load of {load} for {limit.Most}",
                    "a load above 0 and a whole number of vehicles");
            }

            foreach (var term in limit.Terms)
            {
                if (term.Weight.Numerator.Sign < 0 || (term.Lot is { } lot && !lots.Contains(lot))
                    || (term.Member is { } member && !members.Contains(member)))
                {
                    return new("problem", Named("limit", limit.Id), term.ToString(),
                        "a weight of 0 or more, a lot and a member of the problem");
                }
            }
        }

        return null;
    }

    private static string Named(string what, int id) => string.Create(CultureInfo.InvariantCulture, $"{what} {id}");
}
