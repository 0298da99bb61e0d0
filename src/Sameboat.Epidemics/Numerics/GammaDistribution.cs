using MathNet.Numerics;

namespace Sameboat.Epidemics.Numerics;

/// <summary>The gamma distribution with scale 1: tails, and quantiles for Cori's posterior.</summary>
/// <remarks>
/// Tails: series and continued fraction of the incomplete gamma function (DLMF 8.11.4 and 8.9.2), and for large shapes
/// the uniform expansion of Temme (1979, 10.1137/0510071). Quantiles: see <see cref="CornishFisher"/> for shapes from
/// <see cref="CornishFisher.ShapeMin"/>, Halley's iteration on the log scale below.
/// </remarks>
internal static class GammaDistribution
{
    private const double Epsilon = 1e-16;
    private const double TemmeShapeMin = 20_000;
    private const double StirlingFrom = 15;
    private const int TermsMax = 10_000;
    private const int HalleyStepsMax = 60;
    private const double HalleyTolerance = 1e-14;

    /// <summary>Halley's error falls by the cube: a step this small leaves nothing to gain.</summary>
    private const double HalleyLastStep = 1e-6;

    /// <summary>Longest step on the log scale: farther out the iteration may not converge.</summary>
    private const double HalleyStepMax = 2;
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>ln Γ(a) for a &gt; 0, relative error near 1e-15.</summary>
    public static double LogGamma(double a)
    {
        var shift = 1.0;
        while (a < StirlingFrom)
        {
            shift *= a;
            a += 1;
        }

        return ((a - 0.5) * Math.Log(a)) - a + HalfLogTwoPi + StirlingCorrection(a) - Math.Log(shift);
    }

    /// <summary>The probability of a value at most x; shape &gt; 0, x any.</summary>
    public static double LowerTail(double shape, double x) => Tails(shape, x).Lower;

    /// <summary>The probability of a value above x; shape &gt; 0, x any.</summary>
    public static double UpperTail(double shape, double x) => Tails(shape, x).Upper;

    /// <summary>The value below which a draw falls with the probability; 0 &lt; p &lt; 1, shape &gt; 0.</summary>
    public static double Quantile(double probability, double shape)
    {
        var normal = NormalDistribution.Quantile(probability);
        return shape >= CornishFisher.ShapeMin && Math.Abs(normal) <= CornishFisher.NormalMax
            ? new CornishFisher(normal).Quantile(shape)
            : IterateQuantile(probability, shape, normal);
    }

    /// <summary>As <see cref="Quantile"/>, by iteration; normal is the normal quantile of the probability.</summary>
    /// <exception cref="InvalidOperationException">Not converged: a shape outside 0.01 to 1e12.</exception>
    public static double IterateQuantile(double probability, double shape, double normal)
    {
        var logGamma = LogGamma(shape);
        var logX = Math.Log(FirstGuess(probability, shape, normal, logGamma));
        var low = double.NegativeInfinity;
        var high = double.PositiveInfinity;
        for (var step = 0; step < HalleyStepsMax; step++)
        {
            var x = Math.Exp(logX);
            var (lower, upper) = Tails(shape, x);
            var miss = probability < 0.5 ? lower - probability : 1 - probability - upper;
            (low, high) = miss > 0 ? (low, logX) : (logX, high);
            var slope = Math.Exp((shape * logX) - x - logGamma);
            var newton = miss / slope;
            var halley = newton / Math.Max(0.5, 1 - (0.5 * newton * (shape - x)));
            var next = logX - Math.Clamp(halley, -HalleyStepMax, HalleyStepMax);
            if (!(next > low && next < high))
            {
                next = double.IsFinite(low) && double.IsFinite(high) ? 0.5 * (low + high) : next;
            }

            if (Math.Abs(next - logX) <= HalleyTolerance * Math.Max(1, Math.Abs(logX)))
            {
                return Math.Exp(next);
            }

            if (step > 0 && Math.Abs(halley) < HalleyLastStep && next == logX - halley)
            {
                return Math.Exp(next);
            }

            logX = next;
        }

        throw new InvalidOperationException($"No gamma quantile {probability} found for shape {shape}.");
    }

    /// <summary>
    /// The probability of a value at most x and the density in ln x, by two terms of Temme's expansion: absolute error
    /// under 1e-6 from shape 24; for mixtures, where many are needed.
    /// </summary>
    public static (double Lower, double LogDensity) QuickTail(double shape, double x)
    {
        var mu = (x - shape) / shape;
        var half = Math.Abs(mu) < 1e-3
            ? mu * mu * (0.5 - (mu * ((1.0 / 3) - (mu * (0.25 - (0.2 * mu))))))
            : mu - Math.Log(1 + mu);
        var eta = Math.CopySign(Math.Sqrt(2 * half), mu);
        var c0 = Math.Abs(eta) < 0.05
            ? (-1.0 / 3) + (eta * ((1.0 / 12) + (eta * ((-2.0 / 135) + (eta / 864)))))
            : (1 / mu) - (1 / eta);
        var exponential = Math.Exp(-shape * half);
        var bell = exponential / Math.Sqrt(2 * Math.PI * shape);

        // Half the complementary error function by Abramowitz and Stegun 7.1.26, within 1e-7.
        var t = 1 / (1 + (0.3275911 * Math.Sqrt(shape * half)));
        var tail = 0.5 * exponential * t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741
            + (t * (-1.453152027 + (t * 1.061405429))))))));
        var lower = (mu < 0 ? tail : 1 - tail) - (bell * (c0 - (1 / (540 * shape))));
        return (Clamp(lower), bell * shape);
    }

    private static double FirstGuess(double probability, double shape, double normal, double logGamma)
    {
        var cube = 1 - (1 / (9 * shape)) + (normal / (3 * Math.Sqrt(shape)));
        var wilsonHilferty = shape * cube * cube * cube;
        return cube > 0.3 && shape > 0.3
            ? wilsonHilferty
            : Math.Max(double.Epsilon * 1e16, Math.Exp((Math.Log(probability) + Math.Log(shape) + logGamma) / shape));
    }

    private static (double Lower, double Upper) Tails(double shape, double x)
    {
        if (!(x > 0))
        {
            return (0, 1);
        }

        if (shape >= TemmeShapeMin)
        {
            return TemmeTails(shape, x);
        }

        if (x < shape + 1)
        {
            var lower = Math.Min(1, Density(shape, x) * LowerSeries(shape, x) / shape);
            return (lower, 1 - lower);
        }

        var upper = Math.Min(1, Density(shape, x) * UpperFraction(shape, x));
        return (1 - upper, upper);
    }

    /// <summary>x^a e^-x / Γ(a), without cancellation at large shapes.</summary>
    private static double Density(double shape, double x)
    {
        if (shape < StirlingFrom)
        {
            return Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape));
        }

        var deviance = shape * MinusLogOnePlus((x - shape) / shape);
        return Math.Sqrt(shape / (2 * Math.PI)) * Math.Exp(-deviance - StirlingCorrection(shape));
    }

    private static double LowerSeries(double shape, double x)
    {
        var term = 1.0;
        var sum = 1.0;
        for (var n = 1; n < TermsMax && term > sum * Epsilon; n++)
        {
            term *= x / (shape + n);
            sum += term;
        }

        return sum;
    }

    private static double UpperFraction(double shape, double x)
    {
        var b = x + 1 - shape;
        var c = double.MaxValue;
        var d = 1 / b;
        var value = d;
        for (var n = 1; n < TermsMax; n++)
        {
            var a = -n * (n - shape);
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            var factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < Epsilon)
            {
                break;
            }
        }

        return value;
    }

    private static (double Lower, double Upper) TemmeTails(double shape, double x)
    {
        var mu = (x - shape) / shape;
        var half = MinusLogOnePlus(mu);
        var eta = Math.CopySign(Math.Sqrt(2 * half), mu);
        double c0, c1;
        if (Math.Abs(eta) < 0.05)
        {
            c0 = (-1.0 / 3) + (eta * ((1.0 / 12) + (eta * ((-2.0 / 135) + (eta * ((1.0 / 864) + (eta / 2835)))))));
            c1 = (-1.0 / 540) - (eta / 288) + (eta * eta / 378);
        }
        else
        {
            c0 = (1 / mu) - (1 / eta);
            c1 = (1 / (eta * eta * eta)) - (1 / (mu * mu * mu)) - (1 / (mu * mu)) - (1 / (12 * mu));
        }

        var rest = Math.Exp(-shape * half) / Math.Sqrt(2 * Math.PI * shape) * (c0 + (c1 / shape));
        var root = eta * Math.Sqrt(shape / 2);
        return (Clamp((0.5 * SpecialFunctions.Erfc(-root)) - rest), Clamp((0.5 * SpecialFunctions.Erfc(root)) + rest));
    }

    private static double Clamp(double probability) => Math.Clamp(probability, 0, 1);

    /// <summary>μ − ln(1 + μ) for μ &gt; −1, by its series where the difference would cancel.</summary>
    private static double MinusLogOnePlus(double mu)
    {
        if (Math.Abs(mu) > 0.25)
        {
            return mu - Math.Log(1 + mu);
        }

        var power = mu * mu;
        var sum = power / 2;
        for (var n = 3; n < 60 && Math.Abs(power) > sum * Epsilon; n++)
        {
            power *= -mu;
            sum += power / n;
        }

        return sum;
    }

    private static double StirlingCorrection(double a)
    {
        var inverse = 1 / a;
        var square = inverse * inverse;
        return inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square
            * ((1.0 / 1680) - (square * ((1.0 / 1188) - (square * 691.0 / 360_360))))))))));
    }
}
