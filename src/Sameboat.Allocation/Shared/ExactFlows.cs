using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Amounts that give every claim exactly what its level says, within lots and limits, as fractions: the first phase of
/// the simplex method with Bland's rule, in exact arithmetic, for problems small enough; where lanes differ, the second
/// phase finds the amounts with the least waste, then the least cost, then the fewest days, then by lottery.
/// </summary>
/// <remarks>Bland 1977, Math. Oper. Res. 2:103, 10.1287/moor.2.2.103.</remarks>
internal static class ExactFlows
{
    /// <summary>The most cells of the table that is worked on.</summary>
    public const int CellsMax = 20_000;

    private const int PivotsMax = 5_000;

    /// <returns>Amounts by lane; null where there are none or the problem is too large.</returns>
    public static Rational[]? Find(LaneModel model, Rational[] asked)
    {
        var (lanes, bounds) = (model.LaneLot.Length, model.Lots.Length + model.Limits.Length);
        var rows = bounds + model.Claims.Length;
        var width = lanes + bounds + 1;
        if ((long)rows * width > CellsMax)
        {
            return null;
        }

        // Columns: lanes, slacks of lots and limits, right side. Claims start with columns of their own that are left
        // out of the table because they may not come back.
        var table = new Rational[rows, width];
        var basis = new int[rows];
        for (var lane = 0; lane < lanes; lane++)
        {
            table[model.LaneLot[lane], lane] = Rational.One;
            table[bounds + model.LaneClaim[lane], lane] = Rational.One;
        }

        for (var row = 0; row < bounds; row++)
        {
            var limit = row < model.Lots.Length ? null : model.Limits[row - model.Lots.Length];
            foreach (var use in limit?.Uses ?? [])
            {
                table[row, use.Lane] = Rational.Of(use.Weight);
            }

            table[row, lanes + row] = Rational.One;
            table[row, width - 1] = Rational.Of(limit?.Most ?? model.Lots[row].Quantity);
            basis[row] = lanes + row;
        }

        for (var claim = 0; claim < model.Claims.Length; claim++)
        {
            table[bounds + claim, width - 1] = asked[claim];
            basis[bounds + claim] = width;
        }

        if (!Pivot(table, basis, rows, width))
        {
            return null;
        }

        if (model.Ways.Length > 0)
        {
            Cheapen(table, basis, model.Ways);
        }

        return Read(table, basis, lanes, width);
    }

    /// <summary>The second phase: while a column makes the plan cheaper, it comes in.</summary>
    private static void Cheapen(Rational[,] table, int[] basis, WayCost[] ways)
    {
        var (rows, width) = (table.GetLength(0), table.GetLength(1));
        for (var row = 0; row < rows; row++)
        {
            // A claim's own column is still there at zero: any other may stand for it, and none if the row is empty.
            var other = basis[row] < width ? -1 : Enumerable.Range(0, width - 1)
                .FirstOrDefault(column => table[row, column] != Rational.Zero, -1);
            if (other >= 0)
            {
                Turn(table, row, other, rows, width);
                basis[row] = other;
            }
        }

        for (var pivots = 0; pivots < PivotsMax; pivots++)
        {
            var column = Enumerable.Range(0, width - 1)
                .FirstOrDefault(at => Cheaper(table, basis, ways, at), -1);
            if (column < 0)
            {
                return;
            }

            var leaving = Leaving(table, basis, column);
            Turn(table, leaving, column, rows, width);
            basis[leaving] = column;
        }
    }

    /// <summary>Whether the first part of the reduced cost that is not zero is below zero.</summary>
    private static bool Cheaper(Rational[,] table, int[] basis, WayCost[] ways, int column)
    {
        foreach (var part in (Func<WayCost, BigInteger>[])
            [way => way.Waste, way => way.Cost, way => way.Days, way => way.Draw])
        {
            var reduced = column < ways.Length ? Rational.Of(part(ways[column])) : Rational.Zero;
            for (var row = 0; row < basis.Length; row++)
            {
                if (basis[row] < ways.Length && table[row, column] != Rational.Zero)
                {
                    reduced -= table[row, column] * Rational.Of(part(ways[basis[row]]));
                }
            }

            if (reduced != Rational.Zero)
            {
                return reduced < Rational.Zero;
            }
        }

        return false;
    }

    private static Rational[] Read(Rational[,] table, int[] basis, int lanes, int width)
    {
        var amounts = new Rational[lanes];
        for (var row = 0; row < basis.Length; row++)
        {
            if (basis[row] < lanes)
            {
                amounts[basis[row]] = table[row, width - 1];
            }
        }

        return amounts;
    }

    /// <summary>Drives the claims' own columns to zero; true when it can be done.</summary>
    private static bool Pivot(Rational[,] table, int[] basis, int rows, int width)
    {
        for (var pivots = 0; pivots < PivotsMax; pivots++)
        {
            var column = Entering(table, basis, rows, width);
            if (column < 0)
            {
                return Enumerable.Range(0, rows)
                    .All(row => basis[row] < width || table[row, width - 1] == Rational.Zero);
            }

            var leaving = Leaving(table, basis, column);
            Turn(table, leaving, column, rows, width);
            basis[leaving] = column;
        }

        return false;
    }

    private static int Leaving(Rational[,] table, int[] basis, int column)
    {
        var (leaving, width) = (-1, table.GetLength(1));
        for (var row = 0; row < basis.Length; row++)
        {
            if (table[row, column] > Rational.Zero && (leaving < 0
                || Ratio(table, row, column, width).CompareTo(Ratio(table, leaving, column, width)) is var order
                && (order < 0 || (order == 0 && basis[row] < basis[leaving]))))
            {
                leaving = row;
            }
        }

        return leaving;
    }

    private static Rational Ratio(Rational[,] table, int row, int column, int width) =>
        table[row, width - 1] / table[row, column];

    /// <summary>The first column that lessens what the claims still miss; -1 when none does.</summary>
    private static int Entering(Rational[,] table, int[] basis, int rows, int width)
    {
        for (var column = 0; column < width - 1; column++)
        {
            var gain = Rational.Zero;
            for (var row = 0; row < rows; row++)
            {
                if (basis[row] == width)
                {
                    gain += table[row, column];
                }
            }

            if (gain > Rational.Zero)
            {
                return column;
            }
        }

        return -1;
    }

    private static void Turn(Rational[,] table, int leaving, int column, int rows, int width)
    {
        var pivot = table[leaving, column];
        for (var at = 0; at < width; at++)
        {
            table[leaving, at] /= pivot;
        }

        for (var row = 0; row < rows; row++)
        {
            var factor = table[row, column];
            if (row == leaving || factor == Rational.Zero)
            {
                continue;
            }

            for (var at = 0; at < width; at++)
            {
                if (table[leaving, at] != Rational.Zero)
                {
                    table[row, at] -= factor * table[leaving, at];
                }
            }
        }
    }
}
