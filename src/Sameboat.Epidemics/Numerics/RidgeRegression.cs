namespace Sameboat.Epidemics.Numerics;

/// <summary>Weighted least squares with a penalty on the size of the coefficients.</summary>
/// <remarks>
/// β = (Σ w f fᵀ + λ D)⁻¹ Σ w f y (Hoerl and Kennard 1970, 10.1080/00401706.1970.10488634), D the identity but for the
/// first coefficient, the intercept, which is all but free. Solved by Cholesky.
/// </remarks>
internal sealed class RidgeRegression(int coefficients)
{
    private const double InterceptPenalty = 0.01;
    private const double PivotMin = 1e-12;

    private readonly double[,] _squares = new double[coefficients, coefficients];
    private readonly double[] _products = new double[coefficients];

    public void Add(ReadOnlySpan<double> features, double value, double weight)
    {
        for (var row = 0; row < coefficients; row++)
        {
            var weighted = weight * features[row];
            _products[row] += weighted * value;
            for (var column = 0; column <= row; column++)
            {
                _squares[row, column] += weighted * features[column];
            }
        }
    }

    /// <summary>The coefficients; zeros where nothing was added.</summary>
    public double[] Solve(double penalty)
    {
        var root = Root(penalty);
        var solved = (double[])_products.Clone();
        for (var row = 0; row < coefficients; row++)
        {
            for (var column = 0; column < row; column++)
            {
                solved[row] -= root[row, column] * solved[column];
            }

            solved[row] /= root[row, row];
        }

        for (var row = coefficients - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < coefficients; column++)
            {
                solved[row] -= root[column, row] * solved[column];
            }

            solved[row] /= root[row, row];
        }

        return solved;
    }

    private double[,] Root(double penalty)
    {
        var root = (double[,])_squares.Clone();
        for (var row = 0; row < coefficients; row++)
        {
            root[row, row] += penalty * (row == 0 ? InterceptPenalty : 1);
            for (var column = 0; column <= row; column++)
            {
                var sum = root[row, column];
                for (var done = 0; done < column; done++)
                {
                    sum -= root[row, done] * root[column, done];
                }

                root[row, column] = row == column ? Math.Sqrt(Math.Max(sum, PivotMin)) : sum / root[column, column];
            }
        }

        return root;
    }
}
