using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>
/// The faults of one reading: the first <see cref="KeptMax"/> are kept, the others only counted, so that a file that
/// is wrong on every line costs no more memory than one that is wrong once.
/// </summary>
public sealed class FaultList
{
    /// <summary>How many faults are kept.</summary>
    public const int KeptMax = 50;

    private readonly List<Fault> _kept = [];

    /// <summary>How many faults there were, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>The faults that are kept, at most <see cref="KeptMax"/>.</summary>
    public IReadOnlyList<Fault> Kept => _kept;

    /// <summary>True when nothing was at fault.</summary>
    public bool IsEmpty => Total == 0;

    /// <summary>Adds a fault at the end.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Total++;
        if (_kept.Count < KeptMax)
        {
            _kept.Add(fault);
        }
    }

    /// <summary>Adds the faults of another list, the ones it no longer keeps as a count.</summary>
    public void AddAll(FaultList others)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (var fault in others._kept.Take(KeptMax - _kept.Count))
        {
            _kept.Add(fault);
        }

        Total += others.Total;
    }

    /// <summary>
    /// One line per kept fault and, where there were more, a last line <c>and 1,234 more faults</c>.
    /// </summary>
    public IEnumerable<string> Lines()
    {
        foreach (var fault in _kept)
        {
            yield return fault.ToString();
        }

        var more = Total - _kept.Count;
        if (more > 0)
        {
            var noun = more == 1 ? "fault" : "faults";
            yield return string.Create(CultureInfo.InvariantCulture, $"and {more:N0} more {noun}");
        }
    }

    /// <summary>The lines of <see cref="Lines"/>, joined by line ends.</summary>
    public override string ToString() => string.Join('\n', Lines());

    /// <summary>Puts the kept faults in the order of their lines; faults of one cell keep their order.</summary>
    internal void SortByLine()
    {
        var sorted = _kept.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).ToList();
        _kept.Clear();
        _kept.AddRange(sorted);
    }
}
