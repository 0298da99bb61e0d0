using System.Collections.Immutable;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>Reads a reporting delay: <c>k,cdf</c>, the share reported by each day from 0, or <c>k,w</c>, the share of
/// each day.</summary>
public static class ReportingDelayReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<ReportingDelay> Read(string path)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null ? Reading<ReportingDelay>.Refused(faults, []) : Read(stream, InputSource.NameOf(path));
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<ReportingDelay> Read(Stream stream, string fileName)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<ReportingDelay>.Refused(faults, []);
        }

        var (day, share, part) = (rows.IndexOf("k"), rows.IndexOf("cdf"), rows.IndexOf("w"));
        if (day < 0 || (share < 0) == (part < 0))
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "a header with k, and with cdf or w"));
            return Reading<ReportingDelay>.Refused(faults, []);
        }

        var shares = ReadShares(rows, day, (Math.Max(share, part), IsPart: part >= 0));
        if (faults.IsEmpty && shares.Length is 0 or > ReportingDelay.DaysMax)
        {
            faults.Add(Fault.Describe(fileName, 0, 0, FormattableString.Invariant($"{shares.Length:N0} days"),
                FormattableString.Invariant($"from 1 to {ReportingDelay.DaysMax:N0} of them")));
        }
        else if (faults.IsEmpty && Math.Abs(shares[^1] - 1) > ReportingDelay.SumTolerance)
        {
            faults.Add(Fault.Describe(fileName, 0, 0,
                FormattableString.Invariant($"a delay that ends at {shares[^1]:0.######}"),
                FormattableString.Invariant($"all reported in the end: 1, within {ReportingDelay.SumTolerance}")));
        }

        return faults.IsEmpty
            ? Reading<ReportingDelay>.Of(ReportingDelay.OfShares(shares), [])
            : Reading<ReportingDelay>.Refused(faults, []);
    }

    private static ImmutableArray<double> ReadShares(CsvRows rows, int day, (int Column, bool IsPart) value)
    {
        var shares = ImmutableArray.CreateBuilder<double>();
        while (rows.Read() && shares.Count <= ReportingDelay.DaysMax)
        {
            var before = shares.Count == 0 ? 0 : shares[^1];
            if (!CellValue.Digits(rows.Cell(day), out var days) || days != shares.Count)
            {
                rows.Refuse(day, FormattableString.Invariant($"{shares.Count}: days from 0 on, none left out"));
            }

            if (!CellValue.Number(rows.Cell(value.Column), rows.DecimalComma, out var share) || share is < 0 or > 1)
            {
                rows.Refuse(value.Column, "a share from 0 to 1");
            }
            else if (!value.IsPart && share < before)
            {
                rows.Refuse(value.Column, "a share not below the one before");
            }

            shares.Add(value.IsPart ? before + share : share);
        }

        return shares.ToImmutable();
    }
}
