namespace Sameboat.Epidemics.Numerics;

/// <summary>Draws from the distributions a simulation needs; the same stream gives the same draws.</summary>
/// <remarks>
/// Normal: Box and Muller 1958 (10.1214/aoms/1177706645). Gamma: Marsaglia and Tsang 2000 (10.1145/358407.358414).
/// Poisson: inversion for small means, transformed rejection for others (Hörmann 1993,
/// 10.1016/0167-6687(93)90997-4).
/// </remarks>
internal static class RandomDraws
{
    /// <summary>Largest mean of a count: draws stay far inside 64 bits.</summary>
    public const double MeanMax = 1e12;

    private const double InversionBelow = 10;

    public static double Normal(SeededRandom random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>A gamma draw of the shape, scale 1; shape above 0.</summary>
    public static double Gamma(SeededRandom random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = Normal(random);
            var root = 1 + (c * z);
            if (root <= 0)
            {
                continue;
            }

            var v = root * root * root;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * z * z) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    /// <summary>A Poisson draw; mean from 0, held at <see cref="MeanMax"/>.</summary>
    public static long Poisson(SeededRandom random, double mean)
    {
        mean = Math.Min(mean, MeanMax);
        return mean < InversionBelow ? PoissonByInversion(random, mean) : PoissonByRejection(random, mean);
    }

    /// <summary>
    /// A negative binomial draw with variance mean + mean²/size; an infinite size is Poisson.
    /// </summary>
    public static long NegativeBinomial(SeededRandom random, double mean, double size) =>
        mean > 0 && double.IsFinite(size)
            ? Poisson(random, mean * Gamma(random, size) / size)
            : Poisson(random, mean);

    private static long PoissonByInversion(SeededRandom random, double mean)
    {
        var probability = Math.Exp(-mean);
        var left = random.NextDouble();
        long count = 0;
        while (left > probability && probability > 0)
        {
            left -= probability;
            count++;
            probability *= mean / count;
        }

        return count;
    }

    private static long PoissonByRejection(SeededRandom random, double mean)
    {
        var root = Math.Sqrt(mean);
        var b = 0.931 + (2.53 * root);
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        var logMean = Math.Log(mean);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = 1 - random.NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= squeeze)
            {
                return (long)k;
            }

            if (k < 0 || !double.IsFinite(k) || (us < 0.013 && v > us))
            {
                continue;
            }

            var accepted = Math.Log(v * inverseAlpha / ((a / (us * us)) + b))
                <= (k * logMean) - mean - GammaDistribution.LogGamma(k + 1);
            if (accepted)
            {
                return (long)k;
            }
        }
    }
}
