using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Need under many runs of cases: the uncertainty of a forecast carried to every item.</summary>
/// <remarks>
/// The same equations as <see cref="NeedEstimator"/>, ordered for speed: beds, staff and tests are capped week by week
/// and so computed for each draw; what follows is linear in their sums over the weeks, so that a consumable is one
/// scalar product, and a reusable item hangs on the largest week alone. docs/methods/need-trajectories.md.
/// </remarks>
public static class NeedTrajectories
{
    /// <summary>Quantiles of the need of each item.</summary>
    /// <param name="pack">The disease.</param>
    /// <param name="place">What the place has.</param>
    /// <param name="draws">
    /// The runs of cases; the drawn weeks begin on the start and reach the last planned week.
    /// </param>
    /// <param name="settings">What is asked; corrected mode with every defect mended.</param>
    /// <param name="levels">Levels, each above 0 and at most 1.</param>
    /// <param name="items">Items wanted; all of the pack if left out.</param>
    /// <returns>The items in the pack's order, those without need as well.</returns>
    /// <exception cref="ArgumentException">Settings, levels or draws are not as asked for.</exception>
    public static ImmutableArray<NeedQuantiles> Quantiles(
        DiseasePack pack,
        CountryCapacity place,
        CaseDraws draws,
        NeedSettings settings,
        ReadOnlySpan<double> levels,
        Func<PackItem, bool>? items = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        Check(draws, settings);
        var ranks = RanksOf(levels, draws.Count);
        PackItem[] wanted = [.. pack.Items.Where(item => items is null || items(item))];
        var run = new DrawRun(pack, place, draws, settings);
        var amounts = new DrawAmounts(pack, place, settings, run, wanted);
        var byItem = new double[wanted.Length][];
        for (var at = 0; at < wanted.Length; at++)
        {
            byItem[at] = new double[draws.Count];
        }

        for (var draw = 0; draw < draws.Count; draw++)
        {
            run.Take(draws[draw]);
            amounts.Write(byItem, draw);
        }

        var quantiles = ImmutableArray.CreateBuilder<NeedQuantiles>(wanted.Length);
        for (var at = 0; at < wanted.Length; at++)
        {
            var sorted = byItem[at];
            ranks.ForEach(rank => PutInPlace(sorted, rank));
            quantiles.Add(new NeedQuantiles(
                wanted[at].Code, wanted[at].Unit, [.. ranks.Select(rank => NeedLines.RoundUp(sorted[rank]))]));
        }

        return quantiles.MoveToImmutable();
    }

    private static void Check(CaseDraws draws, NeedSettings settings)
    {
        if (settings.Mode != NeedMode.Corrected || settings.Corrections != Corrections.All)
        {
            throw new ArgumentException("Trajectories are estimated in corrected mode, every defect mended.");
        }

        if (draws.DrawnFrom != settings.Start || draws.WeeksEach < settings.TableWeeks)
        {
            throw new ArgumentException(
                $"Draws of {draws.WeeksEach} weeks from {draws.DrawnFrom:yyyy-MM-dd} do not cover "
                + $"{settings.TableWeeks} weeks from {settings.Start:yyyy-MM-dd}.");
        }
    }

    /// <summary>
    /// Puts the value of a rank where sorting would put it, smaller ones before and larger ones after: Hoare's
    /// selection (10.1145/366622.366647), on average in time linear in the draws.
    /// </summary>
    private static void PutInPlace(double[] values, int rank)
    {
        var (from, to) = (0, values.Length - 1);
        while (from < to)
        {
            var pivot = values[(from + to) / 2];
            var (low, high) = (from, to);
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            if (rank > high && rank < low)
            {
                return;
            }

            (from, to) = rank <= high ? (from, high) : (low, to);
        }
    }

    /// <summary>Places in the sorted draws: the smallest rank r with r / count at least the level.</summary>
    private static List<int> RanksOf(ReadOnlySpan<double> levels, int count)
    {
        var ranks = new List<int>(levels.Length);
        for (var at = 0; at < levels.Length; at++)
        {
            if (levels[at] is not (> 0 and <= 1))
            {
                throw new ArgumentException("Levels are above 0 and at most 1.", nameof(levels));
            }

            const double Tolerance = 1e-9;
            ranks.Add(Math.Clamp((int)Math.Ceiling((levels[at] * count) - Tolerance) - 1, 0, count - 1));
        }

        return ranks;
    }
}
