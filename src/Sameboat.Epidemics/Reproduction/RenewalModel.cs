using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>The posterior of ln R for one smoothness and one noise: normal about its mode.</summary>
/// <param name="Mode">ln R of each day from the first with a source.</param>
/// <param name="Variance">Variance of ln R of each day, above 0.</param>
/// <param name="LogEvidence">Log marginal likelihood of smoothness and noise, up to a constant.</param>
internal sealed record RenewalFit(double[] Mode, double[] Variance, double LogEvidence)
{
    /// <summary>Share in the average.</summary>
    public double Weight { get; init; }
}

/// <summary>
/// Counts y(t) with mean m(t) e^x(t), x a Gaussian random walk: mode, variances and evidence in time linear in days.
/// </summary>
internal sealed class RenewalModel
{
    /// <summary>A day's standard deviation of ln R to begin with.</summary>
    public const double UsualStep = 0.02;

    /// <summary>An over-dispersion φ to begin with.</summary>
    public const double UsualNoise = 0.1;

    private const int StepsMax = 200;
    private const double Tolerance = 1e-7;
    private const double MoveMax = 2;

    private readonly double[] _counts;
    private readonly double[] _means;
    private readonly double[] _reported;
    private readonly double[] _share;
    private readonly bool[] _isTold;
    private readonly double _firstMean;
    private readonly double _firstVariance;
    private readonly Dictionary<double, double> _constants = [];

    /// <summary>
    /// Days from the first on; a day without a source, or with more cases than a source can explain, says nothing of
    /// R.
    /// </summary>
    public RenewalModel(
        ReadOnlySpan<double> counts,
        double[] infectivity,
        double[] share,
        double[] reported,
        int first,
        double firstMean,
        double firstVariance)
    {
        (First, Days, _firstMean, _firstVariance) = (first, counts.Length - first, firstMean, firstVariance);
        _counts = counts[first..].ToArray();
        _share = share[first..];
        _reported = reported[first..];
        _means = new double[Days];
        _isTold = new bool[Days];
        for (var day = 0; day < Days; day++)
        {
            _means[day] = infectivity[first + day] * _share[day];
            _isTold[day] = _means[day] > 0 && _counts[day] <= (RenewalEstimator.ReproductionMax * _means[day]);
        }
    }

    /// <summary>Index of the first day in the series, from 0.</summary>
    public int First { get; }

    /// <summary>Days from the first to the last of the series.</summary>
    public int Days { get; }

    /// <summary>Counts of all days expected at the mode but for weekdays; zero before the first.</summary>
    public double[] ExpectedWithoutFactors(RenewalFit fit)
    {
        var expected = new double[First + Days];
        for (var day = 0; day < Days; day++)
        {
            expected[First + day] = Math.Exp(fit.Mode[day]) * _means[day] / _share[day] * _reported[day];
        }

        return expected;
    }

    /// <summary>
    /// Newton's iteration on the log posterior, which is concave; step sd and noise φ above 0.
    /// </summary>
    /// <param name="step">Standard deviation of a day's change of ln R.</param>
    /// <param name="noise">φ: the variance of a count is its mean + φ mean².</param>
    /// <param name="start">Where to begin; null = where counts point, weighed with the prior.</param>
    /// <exception cref="InvalidOperationException">Not converged: a bug.</exception>
    public RenewalFit Fit(double step, double noise, double[]? start = null)
    {
        var x = start is null ? [.. Enumerable.Repeat(_firstMean, Days)] : (double[])start.Clone();
        var tie = 1 / (step * step);
        var slope = new double[Days];
        var pivot = new double[Days];
        for (var iteration = 0; iteration < StepsMax; iteration++)
        {
            var largest = Move(x, tie, noise, slope, pivot);
            if (largest < Tolerance)
            {
                return Conclude(x, tie, noise, pivot);
            }
        }

        throw new InvalidOperationException("No mode of the renewal model found.");
    }

    /// <summary>One step of Newton; returns the largest move, and leaves the pivots of the curvature.</summary>
    private double Move(double[] x, double tie, double noise, double[] slope, double[] pivot)
    {
        var last = Days - 1;
        for (var day = 0; day <= last; day++)
        {
            double gradient = 0, curvature = 0;
            if (_isTold[day])
            {
                var mean = _means[day] * Math.Exp(x[day]);
                var scale = 1 / (1 + (noise * mean));
                gradient = (_counts[day] - mean) * scale;
                curvature = (1 + (noise * _counts[day])) * mean * scale * scale;
            }

            if (day == 0)
            {
                gradient -= (x[0] - _firstMean) / _firstVariance;
                curvature += 1 / _firstVariance;
            }
            else
            {
                gradient -= tie * (x[day] - x[day - 1]);
                curvature += tie;
            }

            if (day < last)
            {
                gradient += tie * (x[day + 1] - x[day]);
                curvature += tie;
            }

            var carried = day == 0 ? 0 : tie / pivot[day - 1];
            pivot[day] = curvature - (carried * tie * (day == 0 ? 0 : 1));
            slope[day] = gradient + (day == 0 ? 0 : carried * slope[day - 1]);
        }

        double largest = 0, move = 0;
        for (var day = last; day >= 0; day--)
        {
            move = (slope[day] + (day == last ? 0 : tie * move)) / pivot[day];
            slope[day] = move;
            largest = Math.Max(largest, Math.Abs(move));
        }

        // The likelihood flattens far below the counts, where a whole step would overshoot.
        var shrink = largest > MoveMax ? MoveMax / largest : 1;
        for (var day = 0; day <= last; day++)
        {
            x[day] += shrink * slope[day];
        }

        return largest;
    }

    private RenewalFit Conclude(double[] x, double tie, double noise, double[] pivot)
    {
        var variance = new double[Days];
        double logDeterminant = 0, prior = 0;
        for (var day = Days - 1; day >= 0; day--)
        {
            var ratio = tie / pivot[day];
            variance[day] = (1 / pivot[day]) + (day == Days - 1 ? 0 : ratio * ratio * variance[day + 1]);
            logDeterminant += Math.Log(pivot[day]);
            prior -= day == 0 ? 0 : 0.5 * ((tie * (x[day] - x[day - 1]) * (x[day] - x[day - 1])) - Math.Log(tie));
        }

        prior -= 0.5 * (x[0] - _firstMean) * (x[0] - _firstMean) / _firstVariance;
        var evidence = prior - (0.5 * logDeterminant) + LogLikelihood(x, noise);
        return new RenewalFit(x, variance, evidence);
    }

    private double LogLikelihood(double[] x, double noise)
    {
        var sum = Constant(noise);
        for (var day = 0; day < Days; day++)
        {
            if (_isTold[day])
            {
                var logMean = Math.Log(_means[day]) + x[day];
                var odds = noise * Math.Exp(logMean);
                sum += (_counts[day] * logMean) - ((_counts[day] + (1 / noise)) * LogOnePlus(odds));
            }
        }

        return sum;
    }

    /// <summary>What the noise alone puts into the likelihood: Σ lnΓ(y + 1/φ) − lnΓ(1/φ) + y ln φ.</summary>
    private double Constant(double noise)
    {
        if (_constants.TryGetValue(noise, out var sum))
        {
            return sum;
        }

        var size = 1 / noise;
        var one = GammaDistribution.LogGamma(size);
        var log = Math.Log(noise);
        for (var day = 0; day < Days; day++)
        {
            sum += _isTold[day] ? GammaDistribution.LogGamma(_counts[day] + size) - one + (_counts[day] * log) : 0;
        }

        _constants[noise] = sum;
        return sum;
    }

    private static double LogOnePlus(double value) =>
        value < 1e-4 ? value * (1 - (value * (0.5 - (value / 3)))) : Math.Log(1 + value);
}
