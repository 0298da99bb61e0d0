using System.Collections.Immutable;

namespace Sameboat.Exchange.Files;

/// <summary>Counts of one place at even steps of time, none missing: days, or periods of several days.</summary>
/// <param name="First">The first date; null where the file counts steps without dates.</param>
/// <param name="FirstStep">The number of the first step; 1 where the file has dates alone.</param>
/// <param name="Counts">Persons in each step, at least 0.</param>
/// <param name="StepDays">Days from one date to the next; 1 where the file has fewer than two dates.</param>
public sealed record TimedCounts(
    DateOnly? First, long FirstStep, ImmutableArray<double> Counts, int StepDays = 1);

/// <summary>
/// Reads counts at even steps: <c>t</c>, <c>week</c> and/or <c>date</c>, with <c>I</c>, <c>observed</c> or
/// <c>cases</c>. Steps follow each other by one, dates by as many days as a step has.
/// </summary>
public static class TimedCountsReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stepDays">Days from one date to the next, at least 1; null = as the first two dates say.</param>
    public static Reading<TimedCounts> Read(string path, int? stepDays)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null
            ? Reading<TimedCounts>.Refused(faults, [])
            : Read(stream, InputSource.NameOf(path), stepDays);
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    /// <param name="stepDays">As above.</param>
    public static Reading<TimedCounts> Read(Stream stream, string fileName, int? stepDays)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<TimedCounts>.Refused(faults, []);
        }

        var step = FirstOf(rows, "t", "week");
        var date = rows.IndexOf("date");
        var count = FirstOf(rows, "I", "observed", "cases");
        if ((step < 0 && date < 0) || count < 0)
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "a header with t, week or date, and with I, observed or cases"));
            return Reading<TimedCounts>.Refused(faults, []);
        }

        var taken = new Taken(rows, faults, stepDays);
        while (rows.Read() && taken.Take(step, date, count))
        {
        }

        return taken.Finish();
    }

    private static int FirstOf(CsvRows rows, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (rows.IndexOf(name) is >= 0 and var column)
            {
                return column;
            }
        }

        return -1;
    }

    private sealed class Taken(CsvRows rows, FaultList faults, int? stepDays)
    {
        private readonly ImmutableArray<double>.Builder _counts = ImmutableArray.CreateBuilder<double>();
        private int? _stepDays = stepDays;
        private long? _firstStep;
        private long? _lastStep;
        private DateOnly? _first;
        private DateOnly? _last;

        /// <summary>False where there are more rows than can be held.</summary>
        internal bool Take(int step, int date, int count)
        {
            if (_counts.Count == Epidemics.CountSeries.DaysMax)
            {
                faults.Add(Fault.Describe(rows.File, rows.Line, 0, "one more row", FormattableString.Invariant(
                    $"at most {Epidemics.CountSeries.DaysMax:N0} rows")));
                return false;
            }

            TakeStep(step);
            TakeDate(date);
            if (CellValue.Number(rows.Cell(count), rows.DecimalComma, out var value)
                && value is >= 0 and <= CellValue.WholeMax)
            {
                _counts.Add(value);
                return true;
            }

            rows.Refuse(count, FormattableString.Invariant(
                $"a number of cases, 0 to {CellValue.WholeMax:N0}"));
            _counts.Add(0);
            return true;
        }

        internal Reading<TimedCounts> Finish()
        {
            if (_counts.Count == 0 && faults.IsEmpty)
            {
                faults.Add(Fault.Describe(rows.File, 0, 0, "no row of counts", "at least one row below the header"));
            }

            return faults.IsEmpty
                ? Reading<TimedCounts>.Of(
                    new TimedCounts(_first, _firstStep ?? 1, _counts.ToImmutable(), _stepDays ?? 1), [])
                : Reading<TimedCounts>.Refused(faults, []);
        }

        private void TakeStep(int column)
        {
            if (column < 0)
            {
                return;
            }

            if (CellValue.Whole(rows.Cell(column), rows.DecimalComma, out var number) != WholeKind.Whole)
            {
                rows.Refuse(column, "the number of the row's day or week, counted on by one");
                return;
            }

            if (_lastStep is { } last && number != last + 1)
            {
                rows.Refuse(column, FormattableString.Invariant($"{last + 1}, the one after the row before"));
            }

            _firstStep ??= number;
            _lastStep = number;
        }

        private void TakeDate(int column)
        {
            if (column < 0 || rows.Cell(column).IsEmpty)
            {
                return;
            }

            if (!CellValue.IsoDay(rows.Cell(column), out var dated))
            {
                rows.Refuse(column, "a date such as 2021-12-31");
                return;
            }

            if (_last is { } last)
            {
                _stepDays ??= Math.Max(1, dated.DayNumber - last.DayNumber);
                var due = last.AddDays(_stepDays.Value);
                if (dated != due)
                {
                    rows.Refuse(column, FormattableString.Invariant(
                        $"{CellValue.Shown(due)}, {_stepDays} days after the row before"));
                }
            }

            _first ??= dated;
            _last = dated;
        }
    }
}
