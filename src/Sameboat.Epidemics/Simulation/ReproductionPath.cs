using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>The reproduction number from a day on, until the next step.</summary>
/// <param name="Day">First day it holds, counted from 0; at least 0.</param>
/// <param name="Reproduction">Infections caused by one case in a wholly susceptible place; at least 0, finite.</param>
public readonly record struct ReproductionStep(int Day, double Reproduction);

/// <summary>A known path of the reproduction number: constant between steps.</summary>
public sealed class ReproductionPath
{
    private const int WaveDaysMin = 21;
    private const int WaveDaysMax = 57;

    private readonly ImmutableArray<ReproductionStep> _steps;

    private ReproductionPath(ImmutableArray<ReproductionStep> steps) => _steps = steps;

    /// <summary>One reproduction number throughout.</summary>
    /// <exception cref="ArgumentException">The number is negative or not finite.</exception>
    public static ReproductionPath Constant(double reproduction) => Piecewise([new(0, reproduction)]);

    /// <summary>Steps in order of day, the first on day 0.</summary>
    /// <exception cref="ArgumentException">No step, not in order, not from day 0, or a number out of range.</exception>
    public static ReproductionPath Piecewise(ReadOnlySpan<ReproductionStep> steps)
    {
        var before = -1;
        foreach (var step in steps)
        {
            if (step.Day <= before || (before < 0 && step.Day != 0))
            {
                throw new ArgumentException("Steps begin on day 0 and follow each other in order of day.");
            }

            if (!(step.Reproduction >= 0) || !double.IsFinite(step.Reproduction))
            {
                throw new ArgumentException("A reproduction number is at least zero and finite.");
            }

            before = step.Day;
        }

        return before < 0
            ? throw new ArgumentException("A path has at least one step.")
            : new ReproductionPath([.. steps]);
    }

    /// <summary>
    /// Waves of an invented disease: growth (R 1.3 to 2.2), then control (0.6 to 0.95), then growth again at a lower
    /// R, each for three to eight weeks, until the days are covered.
    /// </summary>
    /// <param name="random">Moved on by the draws made.</param>
    /// <param name="days">Days to cover, at least 1.</param>
    public static ReproductionPath Waves(SeededRandom random, int days)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var steps = ImmutableArray.CreateBuilder<ReproductionStep>();
        var top = 2.2;
        for (var day = 0; day < days; day += WaveDaysMin + random.NextBelow(WaveDaysMax - WaveDaysMin))
        {
            var grows = steps.Count % 2 == 0;
            var share = random.NextDouble();
            steps.Add(new ReproductionStep(day, grows ? 1.3 + (share * (top - 1.3)) : 0.6 + (share * 0.35)));
            top = grows ? Math.Max(1.5, top - 0.3) : top;
        }

        return new ReproductionPath(steps.ToImmutable());
    }

    /// <summary>The reproduction number on a day, counted from 0; at least 0.</summary>
    public double On(int day)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        var value = _steps[0].Reproduction;
        foreach (var step in _steps)
        {
            if (step.Day > day)
            {
                break;
            }

            value = step.Reproduction;
        }

        return value;
    }
}
