using Google.OrTools.LinearSolver;

namespace Sameboat.Allocation;

/// <summary>
/// Under limits: the cheapest flows that give every claim what the plan gives it, by three linear programs one after
/// the other (waste, cost, days), each holding what the one before reached.
/// </summary>
internal static class CheapestProgram
{
    /// <summary>By how much of what was reached, and of what a claim gets, a later program may fall short.</summary>
    private const double Slack = 1e-9;

    /// <returns>Units by lane of the tied items; null when the solver finds nothing, so that the plan stays.</returns>
    public static Dictionary<int, double>? Solve(
        LaneModel model, bool[] binding, bool[] tied, Rational[] amounts)
    {
        using var solver = Solver.CreateSolver("GLOP")
            ?? throw new InvalidOperationException("The linear solver GLOP is not in the library.");
        var sent = new Variable?[amounts.Length];
        var lots = new Constraint?[model.Lots.Length];
        var claims = new Constraint?[model.Claims.Length];
        var given = new double[model.Claims.Length];
        for (var lane = 0; lane < amounts.Length; lane++)
        {
            given[model.LaneClaim[lane]] += amounts[lane].ToDouble();
        }

        for (var lane = 0; lane < amounts.Length; lane++)
        {
            var (lot, claim) = (model.LaneLot[lane], model.LaneClaim[lane]);
            if (tied[model.ItemOfLot[lot]])
            {
                sent[lane] = solver.MakeNumVar(0, double.PositiveInfinity, "");
                (lots[lot] ??= solver.MakeConstraint(0, model.Lots[lot].Quantity, "")).SetCoefficient(sent[lane], 1);
                (claims[claim] ??= solver.MakeConstraint(given[claim] * (1 - Slack), given[claim], ""))
                    .SetCoefficient(sent[lane], 1);
            }
        }

        foreach (var limit in model.Limits.Where((_, at) => binding[at]))
        {
            // Divided by its bound, so that the solver sees numbers about 1.
            var most = Math.Max(1, (double)limit.Most);
            var row = solver.MakeConstraint(double.NegativeInfinity, (double)limit.Most / most, "");
            foreach (var use in limit.Uses)
            {
                row.SetCoefficient(sent[use.Lane], (double)use.Weight / most);
            }
        }

        return Reached(solver, model, sent) ? Enumerable.Range(0, sent.Length)
            .Where(lane => sent[lane] is not null && sent[lane]!.SolutionValue() > 0)
            .ToDictionary(lane => lane, lane => sent[lane]!.SolutionValue()) : null;
    }

    private static bool Reached(Solver solver, LaneModel model, Variable?[] sent)
    {
        var objective = solver.Objective();
        foreach (var part in (Func<WayCost, double>[])
            [way => way.Waste, way => (double)way.Cost, way => way.Days])
        {
            objective.Clear();
            objective.SetMinimization();
            double[] costs = [.. model.Ways.Select((way, lane) => sent[lane] is null ? 0 : part(way))];
            var largest = costs.Max();
            if (largest <= 0)
            {
                continue;
            }

            for (var lane = 0; lane < costs.Length; lane++)
            {
                if (costs[lane] > 0)
                {
                    objective.SetCoefficient(sent[lane], costs[lane] / largest);
                }
            }

            if (solver.Solve() != Solver.ResultStatus.OPTIMAL)
            {
                return false;
            }

            var reached = objective.Value();
            var hold = solver.MakeConstraint(double.NegativeInfinity, reached + (Slack * Math.Max(1, reached)), "");
            for (var lane = 0; lane < costs.Length; lane++)
            {
                if (costs[lane] > 0)
                {
                    hold.SetCoefficient(sent[lane], costs[lane] / largest);
                }
            }
        }

        return objective.Value() >= 0 && solver.Solve() == Solver.ResultStatus.OPTIMAL;
    }
}
