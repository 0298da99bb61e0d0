using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>
/// Reads files of quantile forecasts in three forms, recognised by the header: a row a forecast with a column
/// <c>q0.01</c> … <c>q0.99</c> a level; the hubs' first form (<c>type,quantile,value</c>, targets such as
/// <c>1 wk ahead inc case</c>); hubverse (<c>output_type,output_type_id,value</c>). A file that names its models in a
/// column <c>model_id</c> or <c>model</c> holds one of them, or is read for one of them.
/// </summary>
public static class ForecastFileReader
{
    private const double LevelTolerance = 1e-9;
    private const string DateExpected = "a date such as 2021-12-31";

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">
    /// The only model to take of a file that names models; null where it holds one, which is then named after the file.
    /// </param>
    public static Reading<ModelForecasts> Read(string path, string? model = null)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null
            ? Reading<ModelForecasts>.Refused(faults, [])
            : Read(stream, InputSource.NameOf(path), model);
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    /// <param name="model">As above.</param>
    public static Reading<ModelForecasts> Read(Stream stream, string fileName, string? model = null)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<ModelForecasts>.Refused(faults, []);
        }

        if (Form.Of(rows) is not { } form)
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "forecast_date, location, target, horizon, target_end_date and q0.01 to q0.99, or a hub's columns"));
            return Reading<ModelForecasts>.Refused(faults, []);
        }

        Dictionary<ForecastTarget, double[]> found = [];
        var models = new ModelRows(rows, model);
        var passed = 0L;
        while (rows.Read())
        {
            passed += !models.Has(rows) || form.Take(rows, found) ? 0 : 1;
        }

        if (models.Fault() is { } fault)
        {
            // Rows of several models look like forecasts given twice: one sentence says what they are.
            faults = new FaultList();
            faults.Add(fault);
            return Reading<ModelForecasts>.Refused(faults, []);
        }

        return Finish(found, (fileName, model), passed, faults);
    }

    private static Reading<ModelForecasts> Finish(
        Dictionary<ForecastTarget, double[]> found, (string File, string? Model) names, long passed, FaultList faults)
    {
        var fileName = names.File;
        var whole = found.Where(forecast => !forecast.Value.Any(double.IsNaN)).ToDictionary(
            forecast => forecast.Key, forecast => ImmutableArray.Create(forecast.Value));
        foreach (var (target, quantiles) in whole)
        {
            if (quantiles.Zip(quantiles.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                faults.Add(Fault.Describe(fileName, 0, 0,
                    $"quantiles out of order for {target.Place} on {CellValue.Shown(target.ForecastDate)}",
                    "quantiles that do not descend"));
            }
        }

        if (whole.Count == 0 && faults.IsEmpty)
        {
            faults.Add(Fault.Describe(fileName, 0, 0, "no whole forecast", "at least one with 23 quantiles"));
        }

        return faults.IsEmpty
            ? Reading<ModelForecasts>.Of(
                new ModelForecasts(names.Model ?? Path.GetFileNameWithoutExtension(fileName), whole),
                Remarks(passed, found, whole))
            : Reading<ModelForecasts>.Refused(faults, []);
    }

    private static IEnumerable<string> Remarks(
        long passed,
        Dictionary<ForecastTarget, double[]> found,
        Dictionary<ForecastTarget, ImmutableArray<double>> whole)
    {
        if (passed > 0)
        {
            yield return FormattableString.Invariant($"{passed:N0} rows that are no quantile of a count were left out");
        }

        if (found.Count > whole.Count)
        {
            yield return FormattableString.Invariant(
                $"{found.Count - whole.Count:N0} forecasts without all 23 quantiles were left out");
        }
    }

    /// <summary>Which rows are of the model that is asked for, by a column that names it.</summary>
    private sealed class ModelRows
    {
        private const int NamedMax = 5;

        private readonly string _file;
        private readonly string _column;
        private readonly int _index;
        private readonly string? _asked;
        private readonly List<string> _models = [];

        internal ModelRows(CsvRows rows, string? asked)
        {
            _column = rows.IndexOf("model_id") >= 0 ? "model_id" : "model";
            (_file, _index, _asked) = (rows.File, rows.IndexOf(_column), asked);
        }

        /// <summary>True for a row to be read.</summary>
        internal bool Has(CsvRows rows)
        {
            if (_index < 0)
            {
                return _asked is null;
            }

            var model = rows.Text(_index);
            if (_models.Count <= NamedMax && !_models.Contains(model))
            {
                _models.Add(model);
            }

            return _asked is null || _asked == model;
        }

        internal Fault? Fault()
        {
            if (_asked is not null && _index < 0)
            {
                return Files.Fault.Describe(_file, 1, 0, "no column model_id", $"one with a row of «{_asked}»");
            }

            var named = string.Join(", ", _models.Take(NamedMax)) + (_models.Count > NamedMax ? ", …" : string.Empty);
            return _asked is null
                ? _models.Count > 1
                    ? Files.Fault.Describe(_file, 0, 0, $"several models in {_column} ({named})",
                        "one, or --model with the one of --forecasts to score")
                    : null
                : _models.Contains(_asked) || _models.Count > NamedMax
                    ? null
                    : Files.Fault.Describe(_file, 0, 0, $"no row of «{_asked}» in {_column} ({named})",
                        "one of its models");
        }
    }

    private sealed class Form
    {
        private int _date;
        private int _place;
        private int _target;
        private int _horizon;
        private int _end;
        private int _type;
        private int _level;
        private int _value;
        private int[] _quantiles = [];

        public static Form? Of(CsvRows rows)
        {
            int First(params string[] names) => names.Select(rows.IndexOf).FirstOrDefault(column => column >= 0, -1);
            var form = new Form
            {
                _date = First("forecast_date", "reference_date", "origin_date"),
                _place = First("location"),
                _target = First("target"),
                _horizon = First("horizon"),
                _end = First("target_end_date"),
                _type = First("type", "output_type"),
                _level = First("quantile", "output_type_id"),
                _value = First("value"),
                _quantiles =
                [
                    .. ForecastQuantiles.Levels.Select(level => rows.IndexOf(
                        string.Create(CultureInfo.InvariantCulture, $"q{level}"))),
                ],
            };
            var wide = form._quantiles.All(column => column >= 0) && form._horizon >= 0;
            var narrow = form._type >= 0 && form._level >= 0 && form._value >= 0;
            form._quantiles = wide ? form._quantiles : [];
            return (wide || narrow) && form._date >= 0 && form._place >= 0 && form._target >= 0 && form._end >= 0
                ? form
                : null;
        }

        /// <summary>Takes a row; false where it is none of a quantile of a count.</summary>
        public bool Take(CsvRows rows, Dictionary<ForecastTarget, double[]> found)
        {
            if (_quantiles.Length == 0 && !rows.Cell(_type).SequenceEqual("quantile"u8))
            {
                return false;
            }

            if (TargetOf(rows) is not { } target)
            {
                return true;
            }

            if (!found.TryGetValue(target, out var quantiles))
            {
                found[target] = quantiles = new double[ForecastQuantiles.Levels.Length];
                Array.Fill(quantiles, double.NaN);
            }

            for (var level = 0; level < _quantiles.Length; level++)
            {
                Set(rows, _quantiles[level], quantiles, level);
            }

            return _quantiles.Length > 0 || TakeLevel(rows, quantiles);
        }

        private bool TakeLevel(CsvRows rows, double[] quantiles)
        {
            if (!CellValue.Number(rows.Cell(_level), rows.DecimalComma, out var level))
            {
                rows.Refuse(_level, "a level between 0 and 1");
                return true;
            }

            for (var index = 0; index < quantiles.Length; index++)
            {
                if (Math.Abs(ForecastQuantiles.Levels[index] - level) < LevelTolerance)
                {
                    Set(rows, _value, quantiles, index);
                    return true;
                }
            }

            return false;
        }

        private static void Set(CsvRows rows, int column, double[] quantiles, int level)
        {
            if (!CellValue.Number(rows.Cell(column), rows.DecimalComma, out var value))
            {
                rows.Refuse(column, "a number of persons");
            }
            else if (double.IsNaN(quantiles[level]))
            {
                quantiles[level] = value;
            }
            else
            {
                rows.Refuse(column, "each forecast once");
            }
        }

        private ForecastTarget? TargetOf(CsvRows rows)
        {
            if (!CellValue.IsoDay(rows.Cell(_date), out var date))
            {
                rows.Refuse(_date, DateExpected);
                return null;
            }

            if (!CellValue.IsoDay(rows.Cell(_end), out var end))
            {
                rows.Refuse(_end, DateExpected);
                return null;
            }

            var name = rows.Text(_target);
            if (TargetNames.TryAhead(name, out var ahead, out var indicator))
            {
                return new ForecastTarget(date, rows.Text(_place), indicator, ahead, end);
            }

            if (TargetNames.Of(name) is not { } known)
            {
                rows.Refuse(_target, TargetNames.Expected);
                return null;
            }

            if (_horizon < 0 || !CellValue.Digits(rows.Cell(_horizon), out var horizon))
            {
                rows.Refuse(Math.Max(0, _horizon), "weeks ahead, a whole number");
                return null;
            }

            return new ForecastTarget(date, rows.Text(_place), known, horizon, end);
        }
    }
}
