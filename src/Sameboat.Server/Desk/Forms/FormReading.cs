using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>What cannot be taken of a form.</summary>
/// <param name="Name">Of the input that it stands beside.</param>
/// <param name="Field">What should be there.</param>
/// <param name="Row">From 1, where it is one of many; 0 otherwise.</param>
/// <param name="IsMissing">True where nothing was typed.</param>
internal sealed record FormFault(string Name, Field Field, int Row, bool IsMissing);

/// <summary>Reads the fields of a form as a body. Pure.</summary>
internal sealed class FormReading
{
    private const char Tab = '\t';
    private static readonly string[] NotTold = ["", "-", "–", "—"];

    private readonly FormValues _values;
    private readonly FormLists _lists;
    private readonly Words _words;
    private readonly List<FormFault> _faults = [];

    private FormReading(FormValues values, FormLists lists, Words words)
    {
        _values = values;
        _lists = lists;
        _words = words;
    }

    /// <summary>The body, and what of it cannot be taken.</summary>
    internal static (JsonObject Body, ImmutableArray<FormFault> Faults) Read(
        FormKind kind, FormValues values, FormLists lists, Words words)
    {
        var reading = new FormReading(values, lists, words);
        var body = new JsonObject();
        foreach (var field in kind.Fields)
        {
            if (reading.Node(field) is { } node)
            {
                body[field.Name] = node;
            }
        }

        if (kind.Shape.Fields.Any(field => field.Name == "exercise"))
        {
            body["exercise"] = lists.IsExercise(body["outbreak"]?.GetValue<string>());
        }

        return (body, [.. reading._faults]);
    }

    private JsonNode? Node(Field field) => field.Type switch
    {
        FieldType.Objects => Rows(field),
        FieldType.Counts => Counts(field),
        FieldType.Flag => _values[field.Name] == "true",
        _ => Value(field, _values[field.Name], field.Name, 0),
    };

    // Null where nothing can be said, with a fault where something should have been.
    private JsonNode? Value(Field field, string text, string name, int row)
    {
        var typed = field.Type == FieldType.Text ? text.ReplaceLineEndings("\n").Trim() : text.Trim();
        if (typed.Length == 0)
        {
            if (field.IsRequired)
            {
                _faults.Add(new FormFault(name, field, row, IsMissing: true));
            }

            return null;
        }

        var node = Said(field, typed);
        if (node is null || !field.Fits(node, strict: true))
        {
            _faults.Add(new FormFault(name, field, row, IsMissing: false));
            return null;
        }

        return node;
    }

    private JsonNode? Said(Field field, string typed) => FormInputs.Of(field) switch
    {
        FormInput.Number => long.TryParse(
            Digits(typed), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null,
        FormInput.Money => MoneyText.Read(Digits(typed)),
        FormInput.Flag => typed.ToUpperInvariant() is "TRUE" or "YES" or "1",
        FormInput.Decimal => Digits(typed).Replace(',', '.'),
        FormInput.Place => Territories.TryResolveTerritory(typed, out var place) ? $"{place.Code}" : null,
        FormInput.Places => Places(typed),
        FormInput.Item => _lists.Item(typed) ?? typed,
        FormInput.Currency => typed.ToUpperInvariant(),
        FormInput.Member => typed.ToLowerInvariant(),
        _ => typed,
    };

    private static string? Places(string typed)
    {
        var codes = new List<string>();
        foreach (var word in typed.Split([' ', ',', ';', '、', '،'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Territories.TryResolveTerritory(word, out var place))
            {
                return null;
            }

            codes.Add($"{place.Code}");
        }

        return string.Join(' ', codes);
    }

    // Digits of any script, and numbers grouped as people and spreadsheets write them.
    private string Digits(string typed)
    {
        var digits = new StringBuilder(typed.Length);
        foreach (var letter in typed)
        {
            if (char.IsDigit(letter))
            {
                digits.Append((char)('0' + (int)char.GetNumericValue(letter)));
            }
            else if (!char.IsWhiteSpace(letter) && _words["number.group"] != letter.ToString())
            {
                digits.Append(letter);
            }
        }

        return digits.ToString();
    }

    private JsonArray? Counts(Field field)
    {
        var text = _values[field.Name].ReplaceLineEndings("\n").Trim('\n', ' ');
        if (text.Length == 0)
        {
            if (field.IsRequired)
            {
                _faults.Add(new FormFault(field.Name, field, 0, IsMissing: true));
            }

            return null;
        }

        var counts = new JsonArray();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (NotTold.Contains(line))
            {
                counts.Add(null);
            }
            else if (long.TryParse(Digits(line), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                counts.Add(count);
            }
            else
            {
                _faults.Add(new FormFault(field.Name, field, counts.Count + 1, IsMissing: false));
                return null;
            }
        }

        if (!field.Fits(counts, strict: true))
        {
            _faults.Add(new FormFault(field.Name, field, 0, IsMissing: false));
        }

        return counts;
    }

    private JsonArray? Rows(Field field)
    {
        var columns = FormKind.Columns(field);
        var rows = new JsonArray();
        for (var row = 0; row < _values.Rows(field); row++)
        {
            var at = row;
            if (columns.Any(column => Cell(field, at, column).Trim().Length > 0))
            {
                rows.Add(Row(columns, column => (
                    column.Name == FormKind.RowNumber
                        ? at.ToString(CultureInfo.InvariantCulture)
                        : Cell(field, at, column), FormValues.Cell(field, at, column)), at + 1));
            }
        }

        AddPasted(field, columns, rows);
        if (!field.IsRequired && rows.Count == 0)
        {
            return null;
        }

        if (rows.Count < field.Min || rows.Count > field.Max)
        {
            _faults.Add(new FormFault(FormValues.Paste(field), field, 0, IsMissing: rows.Count == 0));
        }

        return rows;
    }

    private string Cell(Field field, int row, Field column) => _values[FormValues.Cell(field, row, column)];

    private JsonObject Row(ImmutableArray<Field> columns, Func<Field, (string Text, string Name)> cell, int number)
    {
        var said = new JsonObject();
        foreach (var column in columns)
        {
            var (text, name) = cell(column);
            if (Value(column, text, name, number) is { } node)
            {
                said[column.Name] = node;
            }
        }

        return said;
    }

    // As a spreadsheet copies them: cells between tabs, in the order of the table, or below the names of the columns.
    private void AddPasted(Field field, ImmutableArray<Field> columns, JsonArray rows)
    {
        var name = FormValues.Paste(field);
        var lines = _values[name].ReplaceLineEndings("\n").Split('\n');
        var order = columns;
        for (var number = 0; number < lines.Length; number++)
        {
            var cells = lines[number].Split(Tab);
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (number == 0 && cells.Select(cell => Named(columns, cell)).ToList() is var head
                && head.TrueForAll(column => column is not null))
            {
                order = [.. head.OfType<Field>()];
                continue;
            }

            var at = order;
            rows.Add(Row(
                columns,
                column => (at.IndexOf(column) is >= 0 and var index && index < cells.Length ? cells[index] : "", name),
                number + 1));
        }
    }

    private Field? Named(ImmutableArray<Field> columns, string cell) => columns.FirstOrDefault(column =>
        string.Equals(cell.Trim(), column.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(cell.Trim(), FormText.Label(_words, column), StringComparison.OrdinalIgnoreCase));
}
