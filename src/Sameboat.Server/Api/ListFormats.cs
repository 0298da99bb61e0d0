using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Sheets;
using Sameboat.Server.Exercise;

namespace Sameboat.Server.Api;

/// <summary>One column of a list.</summary>
/// <param name="Name">As a member of its rows.</param>
/// <param name="IsWhole">True for whole numbers.</param>
/// <param name="IsFlag">True for true and false.</param>
internal sealed record ListColumn(string Name, bool IsWhole, bool IsFlag)
{
    /// <summary>True for the column that marks an exercise.</summary>
    internal bool IsMark { get; init; }
}

/// <summary>One form in which a list is answered.</summary>
/// <param name="Name">In the parameter <c>format</c>.</param>
/// <param name="MediaType">In Accept and in the answer.</param>
/// <param name="WriteAsync">Writes the rows.</param>
internal sealed record ListFormat(
    string Name, string MediaType,
    Func<IReadOnlyList<ListColumn>, IReadOnlyList<JsonObject>, Task<byte[]>> WriteAsync);

/// <summary>The forms of lists.</summary>
internal static class ListFormats
{
    internal static readonly ListFormat Json = new(
        "json", "application/json",
        (columns, rows) => Task.FromResult(Encoding.UTF8.GetBytes(
            columns.Any(column => column.Name == ExerciseMark.Name && column.IsMark)
                ? new JsonObject { [ExerciseMark.Name] = true, ["items"] = new JsonArray([.. rows]) }.ToJsonString()
                : new JsonObject { ["items"] = new JsonArray([.. rows]) }.ToJsonString())));

    // What every row of an exercise has beside its own columns.
    private static readonly ListColumn Mark = new(ExerciseMark.Name, false, true) { IsMark = true };

    /// <summary>All of them; the first that Accept names is taken, and the first of these when it names none.</summary>
    internal static readonly ImmutableArray<ListFormat> All =
    [
        Json,
        new ListFormat("csv", "text/csv", (columns, rows) => Task.FromResult(Csv(columns, rows))),
        new ListFormat("xlsx", SheetWriter.MediaType, (columns, rows) => Task.FromResult(Sheet(columns, rows))),
        new ListFormat("parquet", ParquetRows.MediaType, ParquetRows.WriteAsync),
    ];

    /// <summary>The form that a request asks for; null when it asks for one that is not known.</summary>
    /// <param name="format">The parameter, or null.</param>
    /// <param name="accept">The header.</param>
    internal static ListFormat? Of(string? format, string accept) => format is not null
        ? All.FirstOrDefault(one => one.Name == format)
        : All.Skip(1).FirstOrDefault(one => accept.Contains(one.MediaType, StringComparison.OrdinalIgnoreCase)) ?? Json;

    /// <summary>The columns that rows of a schema have.</summary>
    internal static IReadOnlyList<ListColumn> Columns(JsonObject row) =>
    [
        .. row["properties"]!.AsObject().Select(property => new ListColumn(
            property.Key, Has(property.Value!["type"], "integer"), Has(property.Value["type"], "boolean"))),
    ];

    /// <summary>Marks every row, and the columns, as an exercise.</summary>
    internal static IReadOnlyList<ListColumn> Marked(
        IReadOnlyList<ListColumn> columns, IReadOnlyList<JsonObject> rows)
    {
        foreach (var row in rows)
        {
            row[ExerciseMark.Name] = true;
        }

        return [Mark, .. columns.Where(column => column.Name != ExerciseMark.Name)];
    }

    /// <summary>A cell of a CSV; what a spreadsheet would run is written as a text.</summary>
    internal static string Cell(string text) =>
        text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? Quote("'" + text)
            : Quote(text);

    private static bool Has(JsonNode? type, string name) => type switch
    {
        JsonValue value => value.GetValue<string>() == name,
        JsonArray array => array.Any(one => Has(one, name)),
        _ => false,
    };

    private static byte[] Csv(IReadOnlyList<ListColumn> columns, IReadOnlyList<JsonObject> rows)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', columns.Select(column => Cell(column.Name))).Append("\r\n");
        foreach (var row in rows)
        {
            csv.AppendJoin(',', columns.Select(column => Cell(row[column.Name]?.ToString() ?? ""))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static byte[] Sheet(IReadOnlyList<ListColumn> columns, IReadOnlyList<JsonObject> rows)
    {
        using var file = new MemoryStream();
        using (var sheet = new SheetWriter(file))
        {
            sheet.Row([.. columns.Select(column => new SheetCell(column.Name, false))]);
            foreach (var row in rows)
            {
                sheet.Row([.. columns.Select(column => new SheetCell(
                    row[column.Name]?.ToString() ?? "",
                    row[column.Name]?.GetValueKind() == JsonValueKind.Number))]);
            }
        }

        return file.ToArray();
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
