namespace Sameboat.Epidemics.Numerics;

/// <summary>A mixture of normal distributions; one object serves many days.</summary>
internal sealed class NormalMixture(int partsMax)
{
    private const int StepsMax = 100;
    private const double Tolerance = 1e-9;

    /// <summary>Largest exponent of a moment: far beyond any R, far below overflow.</summary>
    private const double ExponentMax = 50;

    private readonly double[] _means = new double[partsMax];
    private readonly double[] _deviations = new double[partsMax];
    private readonly double[] _weights = new double[partsMax];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(double mean, double variance, double weight)
    {
        _means[_count] = mean;
        _deviations[_count] = Math.Sqrt(variance);
        _weights[_count++] = weight;
    }

    /// <summary>The probability of a value at most x; weights sum to one.</summary>
    public double LowerTail(double x)
    {
        var sum = 0.0;
        for (var part = 0; part < _count; part++)
        {
            sum += _weights[part] * NormalDistribution.LowerTail((x - _means[part]) / _deviations[part]);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Mean and standard deviation of e to the power of a draw.</summary>
    public (double Mean, double StandardDeviation) ExponentialMoments()
    {
        double first = 0, second = 0;
        for (var part = 0; part < _count; part++)
        {
            var variance = _deviations[part] * _deviations[part];
            first += _weights[part] * Math.Exp(Math.Min(ExponentMax, _means[part] + (0.5 * variance)));
            second += _weights[part] * Math.Exp(Math.Min(2 * ExponentMax, 2 * (_means[part] + variance)));
        }

        return (first, Math.Sqrt(Math.Max(0, second - (first * first))));
    }

    /// <summary>The value below which a draw falls with the probability.</summary>
    public double Quantile(double level)
    {
        var z = NormalDistribution.Quantile(level);
        double mean = 0, second = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var part = 0; part < _count; part++)
        {
            mean += _weights[part] * _means[part];
            second += _weights[part] * ((_means[part] * _means[part]) + (_deviations[part] * _deviations[part]));
            var own = _means[part] + (z * _deviations[part]);
            (low, high) = (Math.Min(low, own), Math.Max(high, own));
        }

        // The quantile of a mixture lies between those of its parts.
        var x = Math.Clamp(mean + (z * Math.Sqrt(Math.Max(0, second - (mean * mean)))), low, high);
        for (var step = 0; step < StepsMax && high - low > Tolerance; step++)
        {
            double lower = 0, density = 0;
            for (var part = 0; part < _count; part++)
            {
                var at = (x - _means[part]) / _deviations[part];
                lower += _weights[part] * NormalDistribution.LowerTail(at);
                density += _weights[part] * NormalDistribution.Density(at) / _deviations[part];
            }

            (low, high) = lower > level ? (low, x) : (x, high);
            var next = x + ((level - lower) / density);
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - x) < Tolerance)
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
