using Google.OrTools.LinearSolver;

namespace Sameboat.Allocation;

/// <summary>
/// The one linear program of a filling, kept from level to level: the greatest level t such that the rows hold, with
/// the lot parts that limits count as columns.
/// </summary>
/// <remarks>
/// GLOP by primal simplex, warm from the basis of the level before. Nothing it says is believed: prices are rounded to
/// fractions and proved again in whole numbers.
/// </remarks>
internal sealed class LevelProgram : IDisposable
{
    /// <summary>Parameters of GLOP, tried in this order when the warm program fails; the first are the usual ones.
    /// </summary>
    private static readonly string[] OtherWays =
        ["", "use_dual_simplex:true", "use_preprocessing:false", "use_preprocessing:false use_dual_simplex:true"];

    private readonly Solver _solver = Solver.CreateSolver("GLOP")
        ?? throw new InvalidOperationException("The linear solver GLOP is not in the library.");

    private readonly Variable _level;
    private readonly Variable[] _sent;
    private readonly double[] _stock;
    private readonly List<Constraint> _rows = [];
    private readonly List<double> _scales = [];

    /// <param name="stock">Units that each column may send at most, above zero.</param>
    public LevelProgram(double[] stock)
    {
        _stock = stock;
        _level = _solver.MakeNumVar(0, 1, "");
        _sent = [.. stock.Select(_ => _solver.MakeNumVar(0, 1, ""))];
        _solver.Objective().SetCoefficient(_level, 1);
        _solver.Objective().SetMaximization();
    }

    /// <summary>How often the program was solved.</summary>
    public int Solves { get; private set; }

    /// <summary>The level reached.</summary>
    public double Level { get; private set; }

    /// <summary>Units that each column sends.</summary>
    public double[] Sent { get; private set; } = [];

    /// <summary>The price of each row, in the order of adding, zero or more.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>The size of a row's numbers, as it was added.</summary>
    public double ScaleOf(int row) => _scales[row];

    /// <summary>Adds a row: use * t - sum of coefficient * sent at most capacity.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="coefficients">Their coefficients.</param>
    /// <param name="scale">The size of the row's numbers, by which it is divided.</param>
    public int AddRow(int[] columns, double[] coefficients, double scale)
    {
        var row = _solver.MakeConstraint(double.NegativeInfinity, 0, "");
        for (var at = 0; at < columns.Length; at++)
        {
            row.SetCoefficient(_sent[columns[at]], -coefficients[at] * _stock[columns[at]] / scale);
        }

        _rows.Add(row);
        _scales.Add(scale);
        return _rows.Count - 1;
    }

    /// <summary>Says what a row asks of the level and what it leaves.</summary>
    public void SetRow(int row, double use, double capacity)
    {
        _rows[row].SetCoefficient(_level, use / _scales[row]);
        _rows[row].SetUb(capacity / _scales[row]);
    }

    /// <summary>Solves for the greatest level up to a bound; false when the solver finds no optimum.</summary>
    public bool Solve(double most)
    {
        Solves++;
        _level.SetUb(most);
        if (_solver.Solve() != Solver.ResultStatus.OPTIMAL && !SolveAnew())
        {
            return false;
        }

        Level = _level.SolutionValue();
        Sent = [.. _sent.Select((column, at) => Math.Clamp(column.SolutionValue(), 0, 1) * _stock[at])];
        Prices = [.. _rows.Select((row, at) => Math.Max(0, row.DualValue()) / _scales[at])];
        return true;
    }

    /// <summary>
    /// A basis gone stale is the usual reason; the same program from the start is the answer. Rarely, where limits of
    /// nothing leave hardly anything to choose, only another way through the same program ends.
    /// </summary>
    private bool SolveAnew()
    {
        var isSolved = false;
        foreach (var way in OtherWays)
        {
            _solver.Reset();
            _solver.SetSolverSpecificParametersAsString(way);
            if (isSolved = _solver.Solve() == Solver.ResultStatus.OPTIMAL)
            {
                break;
            }
        }

        _solver.SetSolverSpecificParametersAsString("");
        return isSolved;
    }

    public void Dispose() => _solver.Dispose();
}
