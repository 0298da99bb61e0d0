namespace Sameboat.Epidemics;

/// <summary>A log-linear fit to counts by weighted least squares, repeated.</summary>
/// <param name="Coefficients">One for each column.</param>
/// <param name="Means">Fitted counts.</param>
/// <param name="Leverages">Diagonal of the hat matrix.</param>
/// <param name="Inverse">(X′WX)⁻¹ of the last round, W its weights.</param>
/// <param name="Dispersion">Pearson χ² over degrees of freedom.</param>
/// <param name="WorkingVariance">Weighted variance of the working residuals (y − m)/m.</param>
/// <param name="DegreesOfFreedom">Rows less columns.</param>
/// <remarks>
/// McCullagh and Nelder 1989, section 2.5. The iteration ends where the deviance moves by less than 1e-8 of itself
/// or than the rounding of great counts, and the dispersion takes the weights of the last round with the residuals
/// after it, as the usual programs do: bounds agree with theirs to the last digits.
/// </remarks>
internal sealed record QuasiPoissonFit(
    double[] Coefficients,
    double[] Means,
    double[] Leverages,
    double[][] Inverse,
    double Dispersion,
    double WorkingVariance,
    int DegreesOfFreedom)
{
    private const int RoundsMax = 25;
    private const double DevianceTolerance = 1e-8;
    private const double LogMeanMax = 50;

    /// <summary>Of the sum of the counts: what rounding leaves of a deviance that is none.</summary>
    private const double DevianceRounding = 1e-14;

    /// <summary>
    /// The fit, or null where there is none: too few rows, columns that say the same, no end in sight.
    /// </summary>
    public static QuasiPoissonFit? Of(double[][] design, double[] counts, double[] weights)
    {
        var (rows, columns) = (design.Length, design[0].Length);
        if (rows <= columns)
        {
            return null;
        }

        var means = counts.Select(count => count + 0.1).ToArray();
        var rounding = DevianceRounding * counts.Zip(weights, (count, weight) => count * weight).Sum();
        var deviance = double.NaN;
        for (var round = 0; round < RoundsMax; round++)
        {
            var working = means.Select((mean, row) => weights[row] * mean).ToArray();
            if (Inverted(Information(design, working)) is not { } inverse)
            {
                return null;
            }

            var coefficients = Solve(design, counts, means, working, inverse);
            for (var row = 0; row < rows; row++)
            {
                var eta = 0.0;
                for (var column = 0; column < columns; column++)
                {
                    eta += design[row][column] * coefficients[column];
                }

                means[row] = Math.Exp(Math.Clamp(eta, -LogMeanMax, LogMeanMax));
            }

            var next = Deviance(counts, means, weights);
            var moved = Math.Abs(next - deviance);
            if (moved / (Math.Abs(next) + 0.1) < DevianceTolerance || moved < rounding)
            {
                return Conclude(design, counts, weights, working, means, coefficients, inverse);
            }

            deviance = next;
        }

        return null;
    }

    private static QuasiPoissonFit Conclude(
        double[][] design,
        double[] counts,
        double[] weights,
        double[] working,
        double[] means,
        double[] coefficients,
        double[][] inverse)
    {
        var freedom = design.Length - coefficients.Length;
        var leverages = new double[design.Length];
        double pearson = 0, plain = 0;
        for (var row = 0; row < design.Length; row++)
        {
            var residual = (counts[row] - means[row]) / means[row];
            pearson += working[row] * residual * residual;
            plain += weights[row] * residual * residual;
            leverages[row] = working[row] * Quadratic(inverse, design[row]);
        }

        return new QuasiPoissonFit(
            coefficients, means, leverages, inverse, pearson / freedom, plain / freedom, freedom);
    }

    private static double[][] Information(double[][] design, double[] working)
    {
        var columns = design[0].Length;
        var information = Enumerable.Range(0, columns).Select(_ => new double[columns]).ToArray();
        for (var row = 0; row < design.Length; row++)
        {
            for (var a = 0; a < columns; a++)
            {
                for (var b = 0; b < columns; b++)
                {
                    information[a][b] += working[row] * design[row][a] * design[row][b];
                }
            }
        }

        return information;
    }

    private static double[] Solve(
        double[][] design, double[] counts, double[] means, double[] working, double[][] inverse)
    {
        var right = new double[inverse.Length];
        for (var row = 0; row < design.Length; row++)
        {
            var target = Math.Log(means[row]) + ((counts[row] - means[row]) / means[row]);
            for (var a = 0; a < right.Length; a++)
            {
                right[a] += working[row] * design[row][a] * target;
            }
        }

        return [.. inverse.Select(line => line.Zip(right, (x, y) => x * y).Sum())];
    }

    private static double Deviance(double[] counts, double[] means, double[] weights)
    {
        var sum = 0.0;
        for (var row = 0; row < counts.Length; row++)
        {
            var log = counts[row] > 0 ? counts[row] * Math.Log(counts[row] / means[row]) : 0;
            sum += 2 * weights[row] * (log - (counts[row] - means[row]));
        }

        return sum;
    }

    private static double Quadratic(double[][] matrix, double[] row)
    {
        var sum = 0.0;
        for (var a = 0; a < row.Length; a++)
        {
            for (var b = 0; b < row.Length; b++)
            {
                sum += row[a] * matrix[a][b] * row[b];
            }
        }

        return sum;
    }

    /// <summary>Gauss and Jordan's elimination with pivots; null where the matrix has no inverse.</summary>
    private static double[][]? Inverted(double[][] matrix)
    {
        var n = matrix.Length;
        var work = matrix.Select((line, i) => (double[])[.. line, .. Enumerable.Range(0, n)
            .Select(j => i == j ? 1.0 : 0)]).ToArray();
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(work[row][column]));
            (work[column], work[pivot]) = (work[pivot], work[column]);
            var value = work[column][column];
            if (!(Math.Abs(value) > 1e-12 * (1 + Math.Abs(matrix[column][column]))) || !double.IsFinite(value))
            {
                return null;
            }

            for (var row = 0; row < n; row++)
            {
                var factor = row == column ? 0 : work[row][column] / value;
                for (var j = column; j < 2 * n && factor != 0; j++)
                {
                    work[row][j] -= factor * work[column][j];
                }
            }

            for (var j = 2 * n - 1; j >= column; j--)
            {
                work[column][j] /= value;
            }
        }

        return [.. work.Select(line => line[n..])];
    }
}
