namespace Sameboat.Epidemics.Numerics;

/// <summary>
/// The number of successes in independent trials of several probabilities: exact while the spread is small, and by
/// the expansion of Cornish and Fisher (1938, 10.2307/1400905) with four cumulants where it is large or trials are
/// not whole.
/// </summary>
internal sealed class BinomialSum
{
    /// <summary>Largest variance at which the probabilities are summed one by one.</summary>
    private const double ExactVarianceMax = 100;

    /// <summary>Probabilities smaller than this are let go.</summary>
    private const double Negligible = 1e-16;

    private readonly List<(double Trials, double Probability)> _parts = [];
    private double _third;
    private double _fourth;
    private bool _isWhole = true;
    private double[]? _probabilities;
    private int _offset;

    public double Mean { get; private set; }

    public double Variance { get; private set; }

    public void Add(double trials, double probability)
    {
        var p = Math.Clamp(probability, 0, 1);
        var variance = p * (1 - p);
        Mean += trials * p;
        Variance += trials * variance;
        _third += trials * variance * (1 - (2 * p));
        _fourth += trials * variance * (1 - (6 * variance));
        _isWhole &= trials == Math.Floor(trials);
        _parts.Add((trials, p));
        _probabilities = null;
    }

    /// <summary>The least count that is not exceeded with the probability; not whole where expanded.</summary>
    public double Quantile(double level)
    {
        if (!(Variance > 0))
        {
            return Mean;
        }

        if (IsExact)
        {
            var sum = 0.0;
            for (var count = 0; count < _probabilities!.Length; count++)
            {
                sum += _probabilities[count];
                if (sum >= level)
                {
                    return _offset + count;
                }
            }

            return _offset + _probabilities.Length - 1;
        }

        var z = NormalDistribution.Quantile(level);
        var (skew, kurtosis) = (_third / Math.Pow(Variance, 1.5), _fourth / (Variance * Variance));
        var w = z + (((z * z) - 1) * skew / 6) + (((z * z * z) - (3 * z)) * kurtosis / 24)
            - (((2 * z * z * z) - (5 * z)) * skew * skew / 36);
        return Math.Max(0, Mean + (Math.Sqrt(Variance) * w));
    }

    /// <summary>The probability of a count above the value.</summary>
    public double UpperTail(double value)
    {
        if (!(Variance > 0))
        {
            return Mean > value ? 1 : 0;
        }

        if (IsExact)
        {
            var sum = 0.0;
            for (var count = _probabilities!.Length - 1; count >= 0 && _offset + count > value; count--)
            {
                sum += _probabilities[count];
            }

            return Math.Min(1, sum);
        }

        var z = (value - Mean) / Math.Sqrt(Variance);
        var edge = ((z * z) - 1) * _third / (6 * Math.Pow(Variance, 1.5)) * NormalDistribution.Density(z);
        return Math.Clamp(NormalDistribution.LowerTail(-z) + edge, 0, 1);
    }

    private bool IsExact
    {
        get
        {
            if (!_isWhole || Variance > ExactVarianceMax)
            {
                return false;
            }

            _probabilities ??= Convolve();
            return true;
        }
    }

    private double[] Convolve()
    {
        double[] sum = [1];
        _offset = 0;
        foreach (var (trials, p) in _parts)
        {
            var (first, part) = Binomial(trials, p);
            var next = new double[sum.Length + part.Length - 1];
            for (var i = 0; i < sum.Length; i++)
            {
                for (var j = 0; j < part.Length; j++)
                {
                    next[i + j] += sum[i] * part[j];
                }
            }

            var from = Array.FindIndex(next, value => value > Negligible);
            var to = Array.FindLastIndex(next, value => value > Negligible);
            _offset += checked((int)first + from);
            sum = next[from..(to + 1)];
        }

        return sum;
    }

    /// <summary>Probabilities around the mode outwards, as far as they matter.</summary>
    private static (double First, double[] Probabilities) Binomial(double trials, double p)
    {
        if (p is 0 or 1)
        {
            return (p * trials, [1]);
        }

        var mode = Math.Floor((trials + 1) * p);
        mode = Math.Min(mode, trials);
        var top = Math.Exp(
            GammaDistribution.LogGamma(trials + 1) - GammaDistribution.LogGamma(mode + 1)
            - GammaDistribution.LogGamma(trials - mode + 1)
            + (mode * Math.Log(p)) + ((trials - mode) * Math.Log(1 - p)));
        LinkedList<double> values = new([top]);
        var odds = p / (1 - p);
        var (value, first) = (top, mode);
        for (var k = mode; k < trials && value > Negligible; k++)
        {
            value *= (trials - k) / (k + 1) * odds;
            values.AddLast(value);
        }

        value = top;
        for (var k = mode; k > 0 && value > Negligible; k--)
        {
            value *= k / (trials - k + 1) / odds;
            values.AddFirst(value);
            first = k - 1;
        }

        return (first, [.. values]);
    }
}
