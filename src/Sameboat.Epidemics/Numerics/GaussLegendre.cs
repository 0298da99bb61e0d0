namespace Sameboat.Epidemics.Numerics;

/// <summary>Points and weights that integrate polynomials of degree 2n − 1 exactly over an interval.</summary>
/// <remarks>Roots of Legendre polynomials by Newton's iteration from Tricomi's guess (DLMF 3.5(v)).</remarks>
internal static class GaussLegendre
{
    private const int NewtonStepsMax = 50;
    private const double NewtonTolerance = 1e-15;

    /// <summary>n points from the lower end to the upper; the weights sum to the length of the interval.</summary>
    public static (double[] Points, double[] Weights) Over(double from, double to, int n)
    {
        var points = new double[n];
        var weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            var (root, slope) = Root(n, Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)));
            points[n - 1 - i] = (0.5 * (from + to)) + (0.5 * (to - from) * root);
            weights[n - 1 - i] = (to - from) / ((1 - (root * root)) * slope * slope);
        }

        return (points, weights);
    }

    private static (double Root, double Slope) Root(int n, double x)
    {
        var slope = 1.0;
        for (var step = 0; step < NewtonStepsMax; step++)
        {
            double before = 1, value = x;
            for (var k = 2; k <= n; k++)
            {
                (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
            }

            slope = n * (before - (x * value)) / (1 - (x * x));
            var move = value / slope;
            x -= move;
            if (Math.Abs(move) < NewtonTolerance)
            {
                break;
            }
        }

        return (x, slope);
    }
}
