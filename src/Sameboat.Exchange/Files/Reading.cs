using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Exchange.Files;

/// <summary>
/// What came of reading a file: a value, or the faults for which it was refused; never both and never neither.
/// </summary>
public sealed class Reading<T>
    where T : class
{
    private Reading(T? value, FaultList faults, ImmutableArray<string> remarks)
    {
        Value = value;
        Faults = faults;
        Remarks = remarks;
    }

    /// <summary>What was read; null when the file was refused.</summary>
    public T? Value { get; }

    /// <summary>Why the file was refused; empty when it was read.</summary>
    public FaultList Faults { get; }

    /// <summary>
    /// What the reader did that its user should know, such as rows that it left out; one sentence each, not faults.
    /// </summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>True when the file was read and <see cref="Value"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsRead => Value is not null;

    /// <summary>A file that was read.</summary>
    internal static Reading<T> Of(T value, IEnumerable<string> remarks) => new(value, new FaultList(), [.. remarks]);

    /// <summary>A file that was refused, for at least one fault.</summary>
    internal static Reading<T> Refused(FaultList faults, IEnumerable<string> remarks)
    {
        if (faults.IsEmpty)
        {
            throw new InvalidOperationException("A refusal without a fault says nothing.");
        }

        faults.SortByLine();
        return new Reading<T>(null, faults, [.. remarks]);
    }
}
