namespace Sameboat.Epidemics;

/// <summary>
/// The posterior of the reproduction number R, taken as constant within one window: a gamma distribution.
/// </summary>
/// <param name="WindowStart">
/// First day of the window, counted from 1 for the first day of the series; at least 2.
/// </param>
/// <param name="WindowEnd">Last day of the window, inclusive, counted the same way.</param>
/// <param name="Mean">Posterior mean: infections caused by one case.</param>
/// <param name="StandardDeviation">Posterior standard deviation, above 0.</param>
/// <param name="Quantile025">R below which the posterior puts 2.5%.</param>
/// <param name="Quantile05">R below which the posterior puts 5%.</param>
/// <param name="Quantile25">R below which the posterior puts 25%.</param>
/// <param name="Median">R below which the posterior puts 50%.</param>
/// <param name="Quantile75">R below which the posterior puts 75%.</param>
/// <param name="Quantile95">R below which the posterior puts 95%.</param>
/// <param name="Quantile975">R below which the posterior puts 97.5%.</param>
public sealed record ReproductionEstimate(
    int WindowStart,
    int WindowEnd,
    double Mean,
    double StandardDeviation,
    double Quantile025,
    double Quantile05,
    double Quantile25,
    double Median,
    double Quantile75,
    double Quantile95,
    double Quantile975);
