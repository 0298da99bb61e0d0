using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Tables;

/// <summary>The cells of one row, taken from left to right; a cell of another kind than asked for is a fault.</summary>
internal ref struct RowCells(CsvRows rows)
{
    private int _next;

    public string Text() => CsvTable.OriginalText(rows.Text(_next++));

    public long Whole()
    {
        var text = rows.Text(_next);
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            rows.Refuse(_next, "a whole number");
        }

        _next++;
        return number;
    }

    public double Number() => OptionalNumber() ?? Refused("a number");

    public double? OptionalNumber()
    {
        var text = rows.Text(_next);
        if (text.Length == 0)
        {
            _next++;
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            rows.Refuse(_next, "a number");
        }

        _next++;
        return number;
    }

    public DateOnly Day() => OptionalDay() ?? new DateOnly(1, 1, (int)Refused("a date such as 2021-12-31"));

    public DateOnly? OptionalDay()
    {
        var text = rows.Text(_next);
        if (text.Length == 0)
        {
            _next++;
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            rows.Refuse(_next, "a date such as 2021-12-31");
        }

        _next++;
        return day;
    }

    public bool YesOrNo() => OneOf("yes", "no") == 0;

    /// <summary>The index of the word that the cell holds.</summary>
    public int OneOf(params ReadOnlySpan<string> words)
    {
        var index = words.IndexOf(rows.Text(_next));
        if (index < 0)
        {
            rows.Refuse(_next, $"one of {string.Join(", ", words.ToArray())}");
        }

        _next++;
        return Math.Max(index, 0);
    }

    public TEnum Word<TEnum>()
        where TEnum : struct, Enum
    {
        var text = rows.Text(_next);
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (TableWords.Of(value) == text)
            {
                _next++;
                return value;
            }
        }

        rows.Refuse(_next, $"one of {string.Join(", ", Enum.GetValues<TEnum>().Select(TableWords.Of))}");
        _next++;
        return default;
    }

    public ItemCode Item()
    {
        if (!ItemCode.TryParse(rows.Text(_next), out var code))
        {
            rows.Refuse(_next, "an item code");
        }

        _next++;
        return code;
    }

    public TerritoryCode Place()
    {
        if (!TerritoryCode.TryParse(rows.Text(_next), out var code) || !Territories.TryGet(code, out _))
        {
            rows.Refuse(_next, "the ISO 3166-1 alpha-3 code of a territory");
        }

        _next++;
        return code;
    }

    public TerritoryCode OptionalPlace()
    {
        if (rows.Text(_next).Length > 0)
        {
            return Place();
        }

        _next++;
        return default;
    }

    public ImmutableArray<TerritoryCode> Places()
    {
        var places = ImmutableArray.CreateBuilder<TerritoryCode>();
        foreach (var word in rows.Text(_next).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TerritoryCode.TryParse(word, out var code))
            {
                rows.Refuse(_next, "codes of territories, separated by blanks");
            }

            places.Add(code);
        }

        _next++;
        return places.ToImmutable();
    }

    // The caller has just gone past an empty cell.
    private readonly long Refused(string expected)
    {
        rows.Refuse(_next - 1, expected);
        return 1;
    }
}

/// <summary>Enumerations as words of a table: lower case, words joined by hyphens.</summary>
internal static class TableWords
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) =>
            char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
