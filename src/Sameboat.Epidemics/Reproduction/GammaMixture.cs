using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>A mixture of gamma distributions of one shape and many scales; one object serves many windows.</summary>
internal sealed class GammaMixture(int partsMax)
{
    private const int StepsMax = 100;

    /// <summary>Longest distance left to the root, in ln R.</summary>
    private const double Tolerance = 1e-10;

    /// <summary>Newton's error falls by the square on a line so nearly straight: what is left is under 1e-6.</summary>
    private const double LastMove = 1e-3;

    /// <summary>
    /// Narrowest part, in steps between scales: the parts stand for a continuum and are widened where they would show
    /// one by one.
    /// </summary>
    private const double WidthInSteps = 0.7;

    /// <summary>Beyond so many standard deviations a part is wholly on one side.</summary>
    private const double Reach = 8.5;

    private static readonly double[] Normals = [.. CoriEstimator.Levels.Select(NormalDistribution.Quantile)];

    private readonly double[] _logScales = new double[partsMax];
    private readonly double[] _scales = new double[partsMax];
    private readonly double[] _weights = new double[partsMax];
    private int _count;
    private double _shape;
    private double _fineShape;
    private double _total;
    private double _center;
    private double _spread;
    private double _skewness;

    public bool IsEmpty => _count == 0;

    public void Begin(double shape)
    {
        _shape = shape;
        _count = 0;
        _total = 0;
    }

    public void Add(double scale, double weight)
    {
        _scales[_count] = scale;
        _logScales[_count] = Math.Log(scale);
        _weights[_count++] = weight;
        _total += weight;
    }

    public ReproductionEstimate Summarise(int start, int end)
    {
        double first = 0, second = 0;
        for (var part = 0; part < _count; part++)
        {
            _weights[part] /= _total;
            first += _weights[part] * _scales[part];
            second += _weights[part] * _scales[part] * _scales[part];
        }

        _total = 1;
        var mean = _shape * first;
        var between = Math.Max(0, second - (first * first));
        var variance = (_shape * second) + (_shape * _shape * between);
        Prepare();
        Span<double> q = stackalloc double[CoriEstimator.Levels.Length];
        for (var level = 0; level < q.Length; level++)
        {
            q[level] = Quantile(CoriEstimator.Levels[level], Normals[level]);
        }

        return new ReproductionEstimate(
            start, end, mean, Math.Sqrt(variance), q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
    }

    /// <summary>The probability of a value above one; after <see cref="Summarise"/>.</summary>
    public double ProbabilityAboveOne() => Math.Clamp(1 - Tail(0).Lower, 0, 1);

    private void Prepare()
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, mean = 0;
        for (var part = 0; part < _count; part++)
        {
            low = Math.Min(low, _logScales[part]);
            high = Math.Max(high, _logScales[part]);
            mean += _weights[part] * _logScales[part];
        }

        double variance = 0, third = 0;
        for (var part = 0; part < _count; part++)
        {
            var off = _logScales[part] - mean;
            variance += _weights[part] * off * off;
            third += _weights[part] * off * off * off;
        }

        var steps = partsMax <= UncertainSerialInterval.MeanPoints
            ? partsMax
            : partsMax / UncertainSerialInterval.SdPoints;
        var step = WidthInSteps * (high - low) / steps;
        _fineShape = Math.Max(Math.Min(_shape, 1 / (step * step)), Math.Min(_shape, CornishFisher.ShapeMin));
        var inverse = 1 / _fineShape;
        _center = mean + Math.Log(_shape) - (0.5 * inverse);
        _spread = Math.Sqrt(variance + inverse + (0.5 * inverse * inverse));
        _skewness = (third - (inverse * inverse) - (inverse * inverse * inverse)) / (_spread * _spread * _spread);
    }

    private double Quantile(double level, double z)
    {
        var logX = _center + (_spread * (z + (((z * z) - 1) * Math.Clamp(_skewness, -1, 1) / 6)));
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        for (var step = 0; step < StepsMax; step++)
        {
            var (lower, density) = Tail(logX);
            (low, high) = lower > level ? (low, logX) : (logX, high);

            // On the scale of normal quantiles the distribution function is nearly a line.
            var at = NormalDistribution.Quantile(Math.Clamp(lower, 1e-12, 1 - 1e-12));
            var move = (z - at) * NormalDistribution.Density(at) / density;
            var next = logX + (double.IsFinite(move) ? Math.Clamp(move, -1, 1) : z > at ? 1 : -1);
            if (!(next > low && next < high))
            {
                next = 0.5 * (Math.Max(low, logX - 1) + Math.Min(high, logX + 1));
            }

            if (Math.Abs(next - logX) < Tolerance || Math.Abs(move) < LastMove)
            {
                return Math.Exp(next);
            }

            logX = next;
        }

        throw new InvalidOperationException("No quantile of a gamma mixture found.");
    }

    /// <summary>Distribution function and density in ln R.</summary>
    private (double Lower, double Density) Tail(double logX)
    {
        var widening = _shape / _fineShape;
        var reach = Reach / Math.Sqrt(_fineShape);
        var top = Math.Exp(logX) / widening;
        var logShape = Math.Log(_shape);
        double lower = 0, density = 0;
        for (var part = 0; part < _count; part++)
        {
            var off = logX - _logScales[part] - logShape;
            if (_fineShape >= CornishFisher.ShapeMin && Math.Abs(off) > reach * 1.5)
            {
                lower += off > 0 ? _weights[part] : 0;
                continue;
            }

            var x = top / _scales[part];
            if (_fineShape >= CornishFisher.ShapeMin)
            {
                var (below, slope) = GammaDistribution.QuickTail(_fineShape, x);
                lower += _weights[part] * below;
                density += _weights[part] * slope;
            }
            else
            {
                lower += _weights[part] * GammaDistribution.LowerTail(_fineShape, x);
                density += _weights[part]
                    * Math.Exp((_fineShape * Math.Log(x)) - x - GammaDistribution.LogGamma(_fineShape));
            }
        }

        return (lower, density);
    }
}
