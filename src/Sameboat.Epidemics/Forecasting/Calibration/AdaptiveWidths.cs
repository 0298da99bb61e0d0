using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Width factors of the central intervals at one horizon, moved each week by how many of the outcomes fell outside.
/// </summary>
/// <remarks>
/// θ ← θ + γ (missed − α) for the log factor θ of the interval of level 1 − α, missed being the share of places outside
/// it: online quantile tracking (Gibbs and Candès 2021, 10.48550/arXiv.2106.00170; Angelopoulos, Candès and Tibshirani
/// 2023, 10.48550/arXiv.2307.16895). Over a long run the share missed tends to α whatever the errors are.
/// </remarks>
internal sealed class AdaptiveWidths
{
    /// <summary>γ: how far one week moves a log factor.</summary>
    public const double Step = 0.2;

    /// <summary>Largest log factor either way.</summary>
    public const double LogWidthMax = 1;

    private readonly double[] _logWidths = new double[ForecastQuantiles.MedianIndex];

    /// <summary>ln of the factors now, the widest interval first.</summary>
    public double[] Now() => (double[])_logWidths.Clone();

    /// <summary>Learns from forecasts that came true in one week.</summary>
    public void Learn(IReadOnlyCollection<(double Total, ImmutableArray<double> Forecast)> cameTrue)
    {
        if (cameTrue.Count == 0)
        {
            return;
        }

        for (var interval = 0; interval < _logWidths.Length; interval++)
        {
            var missed = 0;
            foreach (var (total, forecast) in cameTrue)
            {
                missed += total < forecast[interval] || total > forecast[forecast.Length - 1 - interval] ? 1 : 0;
            }

            var share = (double)missed / cameTrue.Count;
            var expected = 2 * ForecastQuantiles.Levels[interval];
            _logWidths[interval] = Math.Clamp(
                _logWidths[interval] + (Step * (share - expected)), -LogWidthMax, LogWidthMax);
        }
    }
}
