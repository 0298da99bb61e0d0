using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;

namespace Sameboat.Server.Bulk;

/// <summary>Reads the cells of a table by the fields of its columns.</summary>
internal static class ImportCells
{
    private const int SheetDayMax = 2_958_465;
    private const int FoundMax = 60;

    private static readonly DateOnly SheetDayZero = new(1899, 12, 30);

    /// <summary>The rows as objects; null with faults.</summary>
    internal static List<(ImportRow Row, JsonObject Said)>? Read(
        ImportTable table, ImportKind kind, List<ImportFault> faults)
    {
        var fields = new Field?[table.Header.Count];
        for (var column = 0; column < fields.Length; column++)
        {
            fields[column] = kind.Columns.FirstOrDefault(field => field.Name == table.Header[column]);
            if (fields[column] is null || Array.IndexOf(fields, fields[column]) < column)
            {
                faults.Add(new ImportFault(1, table.Header[column], Short(table.Header[column]),
                    "each once of " + string.Join(", ", kind.Columns.Select(field => field.Name))));
            }
        }

        faults.AddRange(kind.Columns.Where(field => field.IsRequired && !fields.Contains(field))
            .Select(field => new ImportFault(1, field.Name, "no such column", field.Expected)));
        return faults.Count > 0
            ? null
            : [.. table.Rows.Select(row => (row, Row(row, fields!, table.FromSheet, faults)))];
    }

    private static JsonObject Row(ImportRow row, Field[] fields, bool fromSheet, List<ImportFault> faults)
    {
        var said = new JsonObject();
        for (var column = 0; column < fields.Length; column++)
        {
            var text = column < row.Cells.Length ? row.Cells[column] : "";
            var node = text.Length == 0 ? null : Value(fields[column], text, fromSheet);
            if (node is null ? text.Length > 0 || fields[column].IsRequired : !fields[column].Fits(node, strict: true))
            {
                faults.Add(new ImportFault(
                    row.Number, fields[column].Name, text.Length == 0 ? "nothing" : Short(text),
                    fields[column].Expected));
            }
            else if (node is not null)
            {
                said[fields[column].Name] = node;
            }
        }

        return said;
    }

    // Null where the text is not of the type at all.
    private static JsonNode? Value(Field field, string text, bool fromSheet) => field.Type switch
    {
        FieldType.Whole => long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null,
        FieldType.Flag => text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => null,
        },
        FieldType.Day when fromSheet
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= SheetDayMax => SheetDayZero.AddDays(number).Written(),
        _ => text,
    };

    private static string Short(string text) => text.Length <= FoundMax ? text : text[..FoundMax] + "…";
}
