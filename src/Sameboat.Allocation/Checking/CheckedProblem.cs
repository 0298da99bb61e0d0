using System.Collections;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// The problem by position, ids ascending, with its open lanes; made only of a problem without fault.
/// </summary>
internal sealed class CheckedProblem
{
    private readonly Dictionary<int, int> _claimAt;
    private readonly Dictionary<int, int> _lotAt;
    private readonly BitArray?[] _closed;

    private CheckedProblem(AllocationProblem problem)
    {
        Claims = [.. problem.Claims.OrderBy(claim => claim.Id)];
        Lots = [.. problem.Lots.OrderBy(lot => lot.Id)];
        _claimAt = Claims.Select((claim, at) => (claim.Id, at)).ToDictionary();
        _lotAt = Lots.Select((lot, at) => (lot.Id, at)).ToDictionary();
        _closed = new BitArray?[Lots.Length];
        foreach (var removed in problem.Removed)
        {
            var listed = new BitArray(Claims.Length);
            foreach (var claim in removed.Claims)
            {
                listed[_claimAt[claim]] = true;
            }

            var closed = removed.AllOthers ? listed.Not() : listed;
            ref var place = ref _closed[_lotAt[removed.Lot]];
            place = place is null ? closed : place.Or(closed);
        }
    }

    public Claim[] Claims { get; }

    public Lot[] Lots { get; }

    /// <summary>The problem by position, or the first fault that keeps it from being one.</summary>
    public static CheckFailure? Read(AllocationProblem problem, out CheckedProblem? read)
    {
        read = null;
        var fault = Fault(problem);
        if (fault is null)
        {
            read = new CheckedProblem(problem);
        }

        return fault;
    }

    public bool TryClaim(int id, out int at) => _claimAt.TryGetValue(id, out at);

    public bool TryLot(int id, out int at) => _lotAt.TryGetValue(id, out at);

    public bool IsOpen(int lot, int claim) => _closed[lot] is not { } closed || !closed[claim];

    private static CheckFailure? Fault(AllocationProblem problem)
    {
        if (problem.Claims.IsDefault || problem.Lots.IsDefault || problem.Removed.IsDefault
            || problem.Removed.Any(removed => removed.Claims.IsDefault))
        {
            return new(CheckCode.ProblemMalformed, null, null, null, "a list that is missing", "all lists");
        }

        var claims = new HashSet<int>();
        foreach (var claim in problem.Claims)
        {
            if (claim.Need <= 0 || claim.Received < 0 || claim.AcceptsAtMost < 0 || !claims.Add(claim.Id))
            {
                return new(CheckCode.ProblemMalformed, null, null, claim.Id, claim.ToString(),
                    "an id of its own, a need above 0, nothing negative");
            }
        }

        var lots = new HashSet<int>();
        foreach (var lot in problem.Lots)
        {
            if (lot.Quantity < 0 || lot.PackSize < 1 || (lot.Quantity > 0 && lot.PackSize > lot.Quantity)
                || !lots.Add(lot.Id))
            {
                return new(CheckCode.ProblemMalformed, null, lot.Id, null, lot.ToString(),
                    "an id of its own, nothing negative, a pack of 1 up to the lot");
            }
        }

        foreach (var removed in problem.Removed)
        {
            if (!lots.Contains(removed.Lot) || !Enum.IsDefined(removed.Reason)
                || !removed.Claims.All(claims.Contains))
            {
                return new(CheckCode.ProblemMalformed, null, removed.Lot, null, "a removed lane",
                    "a lot and claims of the problem and a reason of the closed list");
            }
        }

        return null;
    }
}
