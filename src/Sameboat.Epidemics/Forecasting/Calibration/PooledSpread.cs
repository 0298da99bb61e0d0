namespace Sameboat.Epidemics;

/// <summary>The spread of the forecast's own past errors at one horizon, pooled over places.</summary>
/// <remarks>
/// v = Σ w e² / Σ w over all places and past origins, e held within the limit, w = y / (y + 10) for the count y that
/// came. A place's own variance is (3 Σ w e² + 24 v) / (3 Σ w + 24) over its own errors, at least the Poisson noise
/// 1/(m + 1) of its median m.
/// </remarks>
internal sealed class PooledSpread
{
    /// <summary>Past origins used, one a week, the newest that have come true.</summary>
    public const int OriginsMax = 16;

    /// <summary>An error at one week counts as at most this; at h weeks times √h.</summary>
    public const double ErrorMax = 0.7;

    private const double HalfWeightTotal = 10;
    private const double OwnWeight = 3;
    private const double PooledWeight = 24;
    private const double PriorVariancePerWeek = 0.04;

    private readonly int _horizon;
    private readonly double[] _squares;
    private readonly double[] _weights;

    public PooledSpread(int places, int horizon)
    {
        _horizon = horizon;
        _squares = new double[places];
        _weights = new double[places];
    }

    public void Add(int place, double total, double logMedian)
    {
        var limit = ErrorMax * Math.Sqrt(_horizon);
        var error = Math.Clamp(ErrorScale.Error(Math.Log(total + 1), logMedian), -limit, limit);
        var weight = total / (total + HalfWeightTotal);
        _squares[place] += weight * error * error;
        _weights[place] += weight;
    }

    /// <summary>The spread of each place; the prior's alone where nothing has come true yet.</summary>
    public double[] Of(double[]?[] logMedians)
    {
        var pooled = (_squares.Sum() + (PriorVariancePerWeek * _horizon)) / (_weights.Sum() + 1);
        var spreads = new double[_squares.Length];
        for (var place = 0; place < spreads.Length; place++)
        {
            var variance = ((OwnWeight * _squares[place]) + (PooledWeight * pooled))
                / ((OwnWeight * _weights[place]) + PooledWeight);
            var noise = logMedians[place] is { } path ? Math.Exp(-path[_horizon - 1]) : 0;
            spreads[place] = Math.Sqrt(Math.Max(variance, noise));
        }

        return spreads;
    }
}
