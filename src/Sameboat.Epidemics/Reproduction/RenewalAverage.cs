namespace Sameboat.Epidemics;

/// <summary>
/// Fits over a grid of smoothness and noise, found from the middle outwards, weighed by their evidence.
/// </summary>
internal static class RenewalAverage
{
    /// <summary>A day's standard deviation of ln R.</summary>
    private static readonly double[] Steps = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32];

    /// <summary>Over-dispersion φ, from as good as Poisson to twice the mean.</summary>
    private static readonly double[] Noises = [1e-5, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

    /// <summary>A fit so much less likely than the best, in logarithms, has no share.</summary>
    private const double Negligible = 5;

    /// <summary>Fits with a share in the average; shares sum to one.</summary>
    public static IReadOnlyList<RenewalFit> Fits(RenewalModel model)
    {
        var fits = new RenewalFit?[Steps.Length, Noises.Length];
        var (step, noise) = Climb(model, fits, 3, 6);
        var best = fits[step, noise]!.LogEvidence;
        Queue<(int Step, int Noise)> open = new([(step, noise)]);
        HashSet<(int Step, int Noise)> seen = [(step, noise)];
        var kept = new List<RenewalFit>();
        while (open.TryDequeue(out var at))
        {
            var fit = FitAt(model, fits, at.Step, at.Noise, fits[step, noise]!.Mode);
            if (fit.LogEvidence < best - Negligible)
            {
                continue;
            }

            kept.Add(fit);
            foreach (var next in Around(at.Step, at.Noise).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        best = kept.Max(fit => fit.LogEvidence);
        var total = kept.Sum(fit => Math.Exp(fit.LogEvidence - best));
        return [.. kept.Select(fit => fit with { Weight = Math.Exp(fit.LogEvidence - best) / total })];
    }

    private static (int Step, int Noise) Climb(RenewalModel model, RenewalFit?[,] fits, int step, int noise)
    {
        var here = FitAt(model, fits, step, noise, null);
        while (true)
        {
            var best = Around(step, noise)
                .Select(at => (at.Step, at.Noise, Fit: FitAt(model, fits, at.Step, at.Noise, here.Mode)))
                .MaxBy(candidate => candidate.Fit.LogEvidence);
            if (!(best.Fit.LogEvidence > here.LogEvidence))
            {
                return (step, noise);
            }

            (step, noise, here) = best;
        }
    }

    private static RenewalFit FitAt(RenewalModel model, RenewalFit?[,] fits, int step, int noise, double[]? start) =>
        fits[step, noise] ??= model.Fit(Steps[step], Noises[noise], start);

    private static IEnumerable<(int Step, int Noise)> Around(int step, int noise)
    {
        (int Step, int Noise)[] all = [(step - 1, noise), (step + 1, noise), (step, noise - 1), (step, noise + 1)];
        return all.Where(at =>
            at.Step >= 0 && at.Step < Steps.Length && at.Noise >= 0 && at.Noise < Noises.Length);
    }
}
