using System.Collections.Immutable;

namespace Sameboat.Exchange.Files;

/// <summary>Daily counts of one place as a file for the reproduction number holds them, none missing.</summary>
/// <param name="First">The first day; null where the file counts days without dates.</param>
/// <param name="Local">New cases infected here, persons a day, each at least 0.</param>
/// <param name="Imported">New cases infected elsewhere, as many days; empty where the file does not part them.</param>
public sealed record Incidence(DateOnly? First, ImmutableArray<double> Local, ImmutableArray<double> Imported)
{
    /// <summary>The same without its last days.</summary>
    /// <param name="days">0 or more; at least one day is kept.</param>
    public Incidence Without(int days)
    {
        var kept = Math.Max(1, Local.Length - days);
        return this with { Local = [.. Local.Take(kept)], Imported = [.. Imported.Take(kept)] };
    }
}

/// <summary>Reads daily incidence: <c>t</c> and/or <c>date</c>, with <c>I</c> or <c>local,imported</c>.</summary>
public static class IncidenceReader
{
    private const string CountExpected = "a number of cases, 0 or more";

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<Incidence> Read(string path)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null ? Reading<Incidence>.Refused(faults, []) : Read(stream, InputSource.NameOf(path));
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<Incidence> Read(Stream stream, string fileName)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<Incidence>.Refused(faults, []);
        }

        var (day, date) = (rows.IndexOf("t"), rows.IndexOf("date"));
        var (all, local, imported) = (rows.IndexOf("I"), rows.IndexOf("local"), rows.IndexOf("imported"));
        var parted = local >= 0 && imported >= 0;
        if ((day < 0 && date < 0) || (all < 0 && !parted))
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "a header with t or date, and with I or local and imported"));
            return Reading<Incidence>.Refused(faults, []);
        }

        var reader = new Rows(rows, faults, day, date);
        reader.ReadAll(parted ? local : all, parted ? imported : -1);
        return reader.Finish();
    }

    private sealed class Rows(CsvRows rows, FaultList faults, int day, int date)
    {
        private readonly ImmutableArray<double>.Builder _local = ImmutableArray.CreateBuilder<double>();
        private readonly ImmutableArray<double>.Builder _imported = ImmutableArray.CreateBuilder<double>();
        private long? _lastDay;
        private DateOnly? _first;
        private DateOnly? _lastDate;

        internal void ReadAll(int local, int imported)
        {
            while (rows.Read())
            {
                if (_local.Count == Epidemics.CountSeries.DaysMax)
                {
                    faults.Add(Fault.Describe(rows.File, rows.Line, 0, "one more day", FormattableString.Invariant(
                        $"at most {Epidemics.CountSeries.DaysMax:N0} days")));
                    return;
                }

                TakeDay();
                TakeDate();
                _local.Add(TakeCount(local));
                if (imported >= 0)
                {
                    _imported.Add(TakeCount(imported));
                }
            }
        }

        internal Reading<Incidence> Finish()
        {
            if (_local.Count == 0 && faults.IsEmpty)
            {
                faults.Add(Fault.Describe(rows.File, 0, 0, "no row of counts", "at least one row below the header"));
            }

            return faults.IsEmpty
                ? Reading<Incidence>.Of(new Incidence(_first, _local.ToImmutable(), _imported.ToImmutable()), [])
                : Reading<Incidence>.Refused(faults, []);
        }

        private void TakeDay()
        {
            if (day < 0)
            {
                return;
            }

            if (CellValue.Whole(rows.Cell(day), rows.DecimalComma, out var number) != WholeKind.Whole)
            {
                rows.Refuse(day, "the number of the day, counted from 1");
                return;
            }

            if (_lastDay is { } last && number != last + 1)
            {
                rows.Refuse(day, FormattableString.Invariant($"{last + 1}, the day after the row before"));
            }

            _lastDay = number;
        }

        private void TakeDate()
        {
            if (date < 0 || (day >= 0 && rows.Cell(date).IsEmpty))
            {
                return;
            }

            if (!CellValue.IsoDay(rows.Cell(date), out var dated))
            {
                rows.Refuse(date, "a date such as 2021-12-31");
                return;
            }

            if (_lastDate is { } last && dated != last.AddDays(1))
            {
                rows.Refuse(date, $"{CellValue.Shown(last.AddDays(1))}, the day after the row before");
            }

            _first ??= dated;
            _lastDate = dated;
        }

        private double TakeCount(int column)
        {
            if (CellValue.Number(rows.Cell(column), rows.DecimalComma, out var count)
                && count is >= 0 and <= CellValue.WholeMax)
            {
                return count;
            }

            rows.Refuse(column, count > CellValue.WholeMax
                ? FormattableString.Invariant($"at most {CellValue.WholeMax:N0} cases")
                : CountExpected);
            return 0;
        }
    }
}
