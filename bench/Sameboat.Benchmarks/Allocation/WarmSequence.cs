using System.Diagnostics;
using Google.OrTools.LinearSolver;
using Sameboat.Allocation;

namespace Sameboat.Benchmarks.Allocation;

/// <summary>
/// The peer: max-min programs one after the other over all lanes in one GLOP object that is kept alive (primal simplex,
/// warm). Round k: the greatest t with coverage at least t for free groups and at least their level for fixed ones;
/// whoever has a price above zero is fixed. No individual bounds, no cuts, no certificates.
/// </summary>
internal sealed class WarmSequence : IDisposable
{
    private const double PriceTolerance = 1e-7;
    private const double LevelSlack = 1e-9;

    private readonly Solver _solver = Solver.CreateSolver("GLOP")!;
    private readonly Variable _level;
    private readonly List<(int Group, Constraint Row)> _rows = [];

    public WarmSequence(SharedProblem problem)
    {
        _level = _solver.MakeNumVar(0, 1, "");
        _solver.Objective().SetCoefficient(_level, 1);
        _solver.Objective().SetMaximization();
        var claimOf = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item));
        var lots = problem.Lots.ToDictionary(lot => lot.Id);
        var ofLot = problem.Lots.ToDictionary(lot => lot.Id, lot => _solver.MakeConstraint(0, lot.Quantity, ""));
        var ofClaim = problem.Claims.ToDictionary(claim => claim.Id, _ => _solver.MakeConstraint(0, 1, ""));
        var limits = problem.Limits.ToDictionary(limit => limit.Id, limit => _solver.MakeConstraint(
            0, (double)limit.Most.Numerator / (double)limit.Most.Denominator, ""));
        var lanes = new Dictionary<(int, int), (Variable Sent, double Unit)>();
        foreach (var lane in problem.Lanes)
        {
            var claim = claimOf[(lane.Member, lots[lane.Lot].Item)];
            var sent = _solver.MakeNumVar(0, 1, "");
            lanes.Add((lane.Lot, lane.Member), (sent, claim.Need));
            ofLot[lane.Lot].SetCoefficient(sent, claim.Need);
            ofClaim[claim.Id].SetCoefficient(sent, 1);
        }

        var ofMember = lanes.Keys.ToLookup(lane => lane.Item2);
        var fromLot = lanes.Keys.ToLookup(lane => lane.Item1);
        foreach (var limit in problem.Limits)
        {
            foreach (var term in limit.Terms)
            {
                foreach (var lane in term.Lot is { } lot ? fromLot[lot] : ofMember[term.Member!.Value])
                {
                    if (term.Member is null || term.Member == lane.Item2)
                    {
                        limits[limit.Id].SetCoefficient(lanes[lane].Sent,
                            (double)term.Weight.Numerator * lanes[lane].Unit);
                    }
                }
            }
        }

        foreach (var claim in problem.Claims)
        {
            var row = _solver.MakeConstraint(0, double.PositiveInfinity, "");
            foreach (var lane in ofMember[claim.Member].Where(lane => lots[lane.Item1].Item == claim.Item))
            {
                row.SetCoefficient(lanes[lane].Sent, 1);
            }

            row.SetCoefficient(_level, -1);
            _rows.Add((problem.By == CoverageBy.Member ? claim.Member : claim.Id, row));
        }
    }

    /// <summary>Solves until all are fixed or the time is up.</summary>
    /// <returns>Programs solved, groups fixed, whether all are.</returns>
    public (int Programs, int Fixed, bool Done) Solve(TimeSpan most)
    {
        var start = Stopwatch.GetTimestamp();
        var free = _rows.Select(row => row.Group).ToHashSet();
        var (all, programs) = (free.Count, 0);
        while (free.Count > 0 && Stopwatch.GetElapsedTime(start) < most)
        {
            programs++;
            if (_solver.Solve() != Solver.ResultStatus.OPTIMAL)
            {
                break;
            }

            // All prices are read before anything is changed: afterwards the solver no longer knows them.
            var level = _level.SolutionValue();
            var held = _rows.Where(row => free.Contains(row.Group) && Math.Abs(row.Row.DualValue()) > PriceTolerance)
                .Select(row => row.Group).ToHashSet();
            if (held.Count == 0)
            {
                // The level is at its own bound: everybody left is full.
                return (programs, all, true);
            }

            foreach (var (_, row) in _rows.Where(row => held.Contains(row.Group) && free.Contains(row.Group)))
            {
                row.SetCoefficient(_level, 0);
                row.SetLb(level - LevelSlack);
            }

            free.ExceptWith(held);
        }

        return (programs, all - free.Count, free.Count == 0);
    }

    public void Dispose() => _solver.Dispose();
}
