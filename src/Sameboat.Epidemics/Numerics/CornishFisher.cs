namespace Sameboat.Epidemics.Numerics;

/// <summary>
/// Quantiles of the gamma distribution at one probability as a power series in 1/√shape: a few nanoseconds each.
/// </summary>
/// <remarks>
/// With x = a + √a·u(z), z the normal quantile and ε = 1/√a, equality of the two distribution functions gives
/// (u″ + z u′)(1 + εu) = u′²(u + ε), u = z + ε P₁(z) + ε² P₂(z) + …; each polynomial follows from those before it by
/// P″ − zP′ − P = known terms (the expansion of Cornish and Fisher 1938, 10.2307/1400905, carried to order 14).
/// Measured against 40-digit arithmetic: relative error under 1e-12 from shape 20 for |z| ≤ 3.1.
/// </remarks>
internal sealed class CornishFisher
{
    /// <summary>Smallest shape at which the series is used.</summary>
    public const double ShapeMin = 24;

    /// <summary>Largest |z| at which the series is used: probabilities from 0.001 to 0.999.</summary>
    public const double NormalMax = 3.1;

    private const int Order = 14;
    private static readonly double[][] Polynomials = Derive();
    private readonly double[] _terms;

    /// <summary>Prepares the series of one normal quantile, |z| at most <see cref="NormalMax"/>.</summary>
    public CornishFisher(double normal) => _terms = [.. Polynomials.Select(p => Value(p, normal))];

    /// <summary>The gamma quantile at a shape of at least <see cref="ShapeMin"/>, scale 1.</summary>
    public double Quantile(double shape)
    {
        var root = Math.Sqrt(shape);
        var epsilon = 1 / root;
        var sum = 0.0;
        for (var k = Order; k >= 0; k--)
        {
            sum = (sum * epsilon) + _terms[k];
        }

        return shape + (root * sum);
    }

    private static double[][] Derive()
    {
        var p = new double[Order + 1][];
        var linear = new double[Order + 1][];
        var slopes = new double[Order + 1][];
        p[0] = [0, 1];
        for (var k = 1; k <= Order; k++)
        {
            slopes[k - 1] = Slope(p[k - 1]);
            linear[k - 1] = Sum(Slope(slopes[k - 1]), [0, .. slopes[k - 1]]);
            var known = SquareTerm(slopes, k - 1, k);
            for (var i = 0; i < k; i++)
            {
                known = Sum(known, Product(linear[i], p[k - 1 - i], -1));

                // P_k itself is unknown: its own two terms are on the left of the equation.
                known = i == 0 ? known : Sum(known, Product(SquareTerm(slopes, i, k), p[k - i], 1));
            }

            known = Sum(known, Product(SquareTerm(slopes, k, k), p[0], 1));
            p[k] = Solve(known);
        }

        return p;
    }

    /// <summary>The coefficient of ε^order in u′², from the slopes known below a limit.</summary>
    private static double[] SquareTerm(double[][] slopes, int order, int limit)
    {
        double[] sum = [0];
        for (var i = 0; i <= order; i++)
        {
            sum = i < limit && order - i < limit ? Sum(sum, Product(slopes[i], slopes[order - i], 1)) : sum;
        }

        return sum;
    }

    /// <summary>The polynomial with P″ − zP′ − P equal to the one given.</summary>
    private static double[] Solve(double[] known)
    {
        var p = new double[known.Length + 2];
        for (var m = known.Length - 1; m >= 0; m--)
        {
            p[m] = (((m + 2) * (m + 1) * p[m + 2]) - known[m]) / (m + 1);
        }

        return p[..known.Length];
    }

    private static double[] Slope(double[] p)
    {
        var slope = new double[Math.Max(1, p.Length - 1)];
        for (var m = 1; m < p.Length; m++)
        {
            slope[m - 1] = m * p[m];
        }

        return slope;
    }

    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[Math.Max(a.Length, b.Length)];
        a.CopyTo(sum, 0);
        for (var m = 0; m < b.Length; m++)
        {
            sum[m] += b[m];
        }

        return sum;
    }

    private static double[] Product(double[] a, double[] b, double factor)
    {
        var product = new double[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                product[i + j] += factor * a[i] * b[j];
            }
        }

        return product;
    }

    private static double Value(double[] p, double z)
    {
        var value = 0.0;
        for (var m = p.Length - 1; m >= 0; m--)
        {
            value = (value * z) + p[m];
        }

        return value;
    }
}
