namespace Sameboat.Engines.Tests.Allocation;

/// <summary>
/// The greatest value of a linear function in exact fractions: the simplex method on a dictionary, smallest index first
/// (Bland 1977, 10.1287/moor.2.2.103), with an artificial variable where zero is not allowed.
/// </summary>
internal sealed class ExactProgram
{
    private const int StepsMax = 10_000;

    private readonly int _variables;
    private readonly List<(Fraction[] Row, Fraction Most)> _rows = [];

    public ExactProgram(int variables) => _variables = variables;

    /// <summary>Sum of coefficient times variable, no more than so much; all variables are zero or more.</summary>
    public void AtMost(Fraction most, IEnumerable<(int Variable, Fraction Coefficient)> terms)
    {
        var row = new Fraction[_variables];
        foreach (var (variable, coefficient) in terms)
        {
            row[variable] += coefficient;
        }

        _rows.Add((row, most));
    }

    /// <summary>The greatest value of one variable; null where nothing meets all rows.</summary>
    public Fraction? Greatest(int variable)
    {
        // Row i says: basic variable i = last column - sum of the other columns times the variables outside.
        var (count, width) = (_rows.Count, _variables + 2);
        var table = new Fraction[count + 2][];
        for (var row = 0; row < count; row++)
        {
            table[row] = [.. _rows[row].Row, -1, _rows[row].Most];
        }

        var (artificial, goal) = (table[count] = new Fraction[width], table[count + 1] = new Fraction[width]);
        artificial[_variables] = 1;
        goal[variable] = -1;
        int[] outside = [.. Enumerable.Range(0, _variables + 1)];
        int[] inside = [.. Enumerable.Range(_variables + 1, count)];
        var lowest = Enumerable.Range(0, count).MinBy(row => table[row][^1]);
        if (count > 0 && table[lowest][^1] < 0)
        {
            Exchange(table, outside, inside, lowest, _variables);
            Climb(table, outside, inside, count);
            if (table[count][^1] < 0)
            {
                return null;
            }

            if (Array.IndexOf(inside, _variables) is var still and >= 0
                && Array.FindIndex(table[still][..^1], cell => cell != 0) is var column and >= 0)
            {
                Exchange(table, outside, inside, still, column);
            }
        }

        // The artificial variable stays at zero: its column is emptied and never enters again.
        if (Array.IndexOf(outside, _variables) is var gone and >= 0)
        {
            Array.ForEach(table, row => row[gone] = 0);
        }

        Climb(table, outside, inside, count + 1);
        return table[count + 1][^1];
    }

    private static void Climb(Fraction[][] table, int[] outside, int[] inside, int goal)
    {
        for (var step = 0; step < StepsMax; step++)
        {
            var enter = Enumerable.Range(0, outside.Length).Where(column => table[goal][column] < 0)
                .OrderBy(column => outside[column]).FirstOrDefault(-1);
            if (enter < 0)
            {
                return;
            }

            var leave = Enumerable.Range(0, inside.Length).Where(row => table[row][enter] > 0)
                .OrderBy(row => table[row][^1] / table[row][enter]).ThenBy(row => inside[row]).FirstOrDefault(-1);
            Exchange(table, outside, inside, leave, enter);
        }

        throw new InvalidOperationException("The oracle does not end.");
    }

    private static void Exchange(Fraction[][] table, int[] outside, int[] inside, int row, int column)
    {
        var pivot = table[row][column];
        for (var other = 0; other < table.Length; other++)
        {
            if (other == row || table[other][column] == 0)
            {
                continue;
            }

            var factor = table[other][column] / pivot;
            for (var at = 0; at < table[other].Length; at++)
            {
                table[other][at] = at == column ? factor * -1 : table[other][at] - (factor * table[row][at]);
            }
        }

        for (var at = 0; at < table[row].Length; at++)
        {
            table[row][at] = at == column ? 1 / pivot : table[row][at] / pivot;
        }

        (outside[column], inside[row]) = (inside[row], outside[column]);
    }
}
