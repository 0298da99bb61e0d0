using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Sameboat.Server.Api.Shapes;

namespace Sameboat.Server.Desk.Forms;

/// <summary>
/// What stands in the fields of a form, as it was typed: <c>name</c>, for rows <c>name.row.column</c>, and
/// <c>name.paste</c> for rows that were pasted from a spreadsheet.
/// </summary>
internal sealed record FormValues(ImmutableDictionary<string, string> Texts)
{
    /// <summary>The most rows that a form shows as fields; more of them stand in the field for pasting.</summary>
    internal const int RowsMax = 40;

    internal static readonly FormValues None = new(ImmutableDictionary<string, string>.Empty);

    /// <summary>A text; empty where there is none.</summary>
    internal string this[string name] => Texts.GetValueOrDefault(name, "");

    /// <summary>The values with one set.</summary>
    internal FormValues With(string name, string text) => new(Texts.SetItem(name, text));

    /// <summary>The field for rows that are pasted.</summary>
    internal static string Paste(Field field) => $"{field.Name}.paste";

    /// <summary>One cell.</summary>
    internal static string Cell(Field field, int row, Field column) =>
        string.Create(CultureInfo.InvariantCulture, $"{field.Name}.{row}.{column.Name}");

    /// <summary>How many rows hold something: one more than the last of them.</summary>
    internal int Rows(Field field) => Texts
        .Where(one => one.Value.Length > 0 && one.Key.StartsWith($"{field.Name}.", StringComparison.Ordinal))
        .Select(one => int.TryParse(one.Key.Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? row + 1
            : 0)
        .Append(0)
        .Max();

    /// <summary>What a browser sent, of the fields that the form has.</summary>
    internal static FormValues Of(FormKind kind, IEnumerable<KeyValuePair<string, StringValues>> sent)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in sent)
        {
            if (kind.Fields.Any(field => IsOf(field, name)) && values is [.., { } last]
                && !last.Contains('\0', StringComparison.Ordinal))
            {
                texts[name] = last;
            }
        }

        return new FormValues(texts.ToImmutable());
    }

    /// <summary>What was said before, to be said anew.</summary>
    internal static FormValues Of(FormKind kind, JsonObject body)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in kind.Fields)
        {
            switch (body[field.Name])
            {
                case JsonArray rows when field.Type == FieldType.Objects:
                    Add(texts, field, rows);
                    break;
                case JsonArray counts:
                    texts[field.Name] = string.Join('\n', counts.Select(count => count?.ToJsonString() ?? "-"));
                    break;
                case { } node:
                    texts[field.Name] = Text(field, node);
                    break;
            }
        }

        return new FormValues(texts.ToImmutable());
    }

    /// <summary>As it is kept in a draft.</summary>
    internal string Written() => JsonSerializer.Serialize(Texts.ToDictionary());

    /// <summary>Reads what <see cref="Written"/> wrote.</summary>
    internal static FormValues Read(string written) => new(
        (JsonSerializer.Deserialize<Dictionary<string, string>>(written) ?? []).ToImmutableDictionary());

    private static void Add(ImmutableDictionary<string, string>.Builder texts, Field field, JsonArray rows)
    {
        var columns = FormKind.Columns(field);
        if (rows.Count > RowsMax)
        {
            texts[Paste(field)] = string.Join('\n', rows.OfType<JsonObject>().Select(row => string.Join(
                '\t', columns.Select(column => row[column.Name] is { } node ? Text(column, node) : ""))));
            return;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var column in columns)
            {
                if (rows[row] is JsonObject said && said[column.Name] is { } node)
                {
                    texts[Cell(field, row, column)] = Text(column, node);
                }
            }
        }
    }

    private static string Text(Field field, JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number when FormInputs.Of(field) == FormInput.Money && Whole(node) is { } minor =>
            MoneyText.Typed(minor),
        _ => node.ToJsonString(),
    };

    private static long? Whole(JsonNode node) => long.TryParse(
        node.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    private static bool IsOf(Field field, string name)
    {
        if (name == field.Name)
        {
            return true;
        }

        var parts = name.Split('.');
        return field.Type == FieldType.Objects && parts[0] == field.Name
            && (parts is [_, "paste"]
                || (parts is [_, var row, var column]
                    && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number < BodyRowsMax
                    && field.Each!.Fields.Any(one => one.Name == column)));
    }

    private const int BodyRowsMax = 300;
}
