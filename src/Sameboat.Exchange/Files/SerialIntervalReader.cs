using System.Collections.Immutable;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>Reads the distribution of a serial interval: <c>k,w</c>, a weight for each day from 0.</summary>
public static class SerialIntervalReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<SerialInterval> Read(string path)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null ? Reading<SerialInterval>.Refused(faults, []) : Read(stream, InputSource.NameOf(path));
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<SerialInterval> Read(Stream stream, string fileName)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<SerialInterval>.Refused(faults, []);
        }

        var (day, weight) = (rows.IndexOf("k"), rows.IndexOf("w"));
        if (day < 0 || weight < 0)
        {
            faults.Add(Fault.Describe(
                fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»", "a header with k and w"));
            return Reading<SerialInterval>.Refused(faults, []);
        }

        var weights = ReadWeights(rows, day, weight);
        if (faults.IsEmpty)
        {
            CheckWhole(fileName, weights, faults);
        }

        return faults.IsEmpty
            ? Reading<SerialInterval>.Of(SerialInterval.Given(weights.AsSpan()), [])
            : Reading<SerialInterval>.Refused(faults, []);
    }

    private static ImmutableArray<double> ReadWeights(CsvRows rows, int day, int weight)
    {
        var weights = ImmutableArray.CreateBuilder<double>();
        while (rows.Read() && weights.Count <= SerialInterval.DaysMax)
        {
            if (!CellValue.Digits(rows.Cell(day), out var days) || days != weights.Count)
            {
                rows.Refuse(day, FormattableString.Invariant($"{weights.Count}: days from 0 on, none left out"));
            }

            if (!CellValue.Number(rows.Cell(weight), rows.DecimalComma, out var value) || value is < 0 or > 1)
            {
                rows.Refuse(weight, "a weight from 0 to 1");
            }
            else if (weights.Count == 0 && value != 0)
            {
                rows.Refuse(weight, "0 for day 0: nobody infects on the day of their own onset");
            }

            weights.Add(value);
        }

        return weights.ToImmutable();
    }

    private static void CheckWhole(string file, ImmutableArray<double> weights, FaultList faults)
    {
        var sum = weights.Sum();
        if (weights.Length is < 2 or > SerialInterval.DaysMax)
        {
            faults.Add(Fault.Describe(file, 0, 0, FormattableString.Invariant($"{weights.Length:N0} weights"),
                FormattableString.Invariant($"from 2 to {SerialInterval.DaysMax:N0} of them")));
        }
        else if (Math.Abs(sum - 1) > SerialInterval.SumTolerance)
        {
            faults.Add(Fault.Describe(file, 0, 0, FormattableString.Invariant($"weights that sum to {sum:0.######}"),
                FormattableString.Invariant($"a sum of 1, within {SerialInterval.SumTolerance}")));
        }
    }
}
