using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>
/// Possible runs of weekly cases after one history, each drawn whole so that its weeks belong together.
/// </summary>
public sealed class CaseDraws
{
    private readonly double[] _cases;

    /// <summary>Takes the draws.</summary>
    /// <param name="firstDay">First day of the first week of the history.</param>
    /// <param name="history">Cases of the weeks before the planned ones, finite and zero or more; may be empty.</param>
    /// <param name="weeks">Weeks of each draw, at least 1; the first follows the history.</param>
    /// <param name="cases">Cases, draw after draw, finite and zero or more; at least one draw.</param>
    /// <exception cref="ArgumentException">The cases are not whole draws, or one is negative or not finite.</exception>
    public CaseDraws(DateOnly firstDay, ImmutableArray<double> history, int weeks, double[] cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        if (cases.Length == 0 || cases.Length % weeks != 0)
        {
            throw new ArgumentException($"{cases.Length} cases are no draws of {weeks} weeks.", nameof(cases));
        }

        if (!Valid(history.AsSpan()) || !Valid(cases))
        {
            throw new ArgumentException("Cases are finite and zero or more.", nameof(cases));
        }

        (FirstDay, History, WeeksEach, _cases) = (firstDay, history, weeks, cases);
    }

    /// <summary>First day of the first week of the history.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>Cases of the weeks before the draws.</summary>
    public ImmutableArray<double> History { get; }

    /// <summary>Weeks of each draw.</summary>
    public int WeeksEach { get; }

    /// <summary>How many draws there are, at least 1.</summary>
    public int Count => _cases.Length / WeeksEach;

    /// <summary>The first day of the drawn weeks.</summary>
    public DateOnly DrawnFrom => FirstDay.AddDays(Weeks.Days * History.Length);

    /// <summary>The cases of one draw by week.</summary>
    public ReadOnlySpan<double> this[int draw] => _cases.AsSpan(draw * WeeksEach, WeeksEach);

    private static bool Valid(ReadOnlySpan<double> cases)
    {
        foreach (var one in cases)
        {
            if (one is not (>= 0 and < double.PositiveInfinity))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>How much of one item a place needs, at each level asked for.</summary>
/// <param name="Item">The item of the pack.</param>
/// <param name="Unit">The item's unit.</param>
/// <param name="Quantities">
/// Units, rounded up, at each level in the order asked: the least that this share of the draws does not exceed.
/// </param>
public sealed record NeedQuantiles(ItemCode Item, string Unit, ImmutableArray<long> Quantities);
