using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Sameboat.Exchange.Files;

/// <summary>Something in a JSON text that is not as it must be, with the path to it.</summary>
internal sealed class WrongJsonException : Exception
{
    public WrongJsonException()
    {
    }

    public WrongJsonException(string message)
        : base(message)
    {
    }

    public WrongJsonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public WrongJsonException(string found, string expected)
        : base(found) => Expected = expected;

    /// <summary>What would have been right.</summary>
    public string Expected { get; } = "";
}

/// <summary>
/// A value in a JSON text together with its path, read strictly: a member missing, unknown, repeated or of another type
/// is refused by its path, such as <c>claims[3].need</c>.
/// </summary>
internal readonly record struct JsonPlace(JsonElement Value, string Path)
{
    /// <summary>How deep values may be nested: twice what any of our forms needs.</summary>
    public const int DepthMax = 16;

    private const int ExponentMax = 30;
    private const int DigitsMax = 60;

    /// <summary>The values of a text: one, or one on each line.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static IEnumerable<JsonPlace> All(byte[] text)
    {
        var reader = new Utf8JsonReader(
            text.AsSpan(text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0),
            new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = DepthMax });
        var values = new List<JsonPlace>();
        while (reader.Read())
        {
            var root = JsonElement.ParseValue(ref reader);
            if (root.ValueKind == JsonValueKind.Array)
            {
                values.AddRange(root.EnumerateArray().Index().Select(one => new JsonPlace(one.Item, Text(one.Index))));
            }
            else
            {
                values.Add(new JsonPlace(root, ""));
            }
        }

        return values.Count == 1 ? values : values.Index().Select(one =>
            one.Item with { Path = one.Item.Path.Length > 0 ? one.Item.Path : Text(one.Index) });
    }

    /// <summary>Fails unless this is an object whose members are all in one of the two lists.</summary>
    public void Members(ReadOnlySpan<string> needed, params ReadOnlySpan<string> optional)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(Kind(), "an object");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw Member(member.Name).Wrong("the member twice", "each member once");
            }

            if (!needed.Contains(member.Name) && !optional.Contains(member.Name))
            {
                throw Member(member.Name).Wrong("an unknown member",
                    "one of " + string.Join(", ", [.. needed, .. optional]));
            }
        }

        foreach (var name in needed)
        {
            if (!seen.Contains(name))
            {
                throw Member(name).Wrong("nothing", "a value");
            }
        }
    }

    /// <summary>Whether this is an object that has the member, and not as null.</summary>
    public bool Has(string name) => Value.ValueKind == JsonValueKind.Object
        && Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A member, which may be missing; fails unless this is an object.</summary>
    public JsonPlace Member(string name) => Value.ValueKind == JsonValueKind.Object
        ? new(Value.TryGetProperty(name, out var value) ? value : default, Path.Length == 0 ? name : $"{Path}.{name}")
        : throw Wrong(Kind(), "an object");

    /// <summary>The elements of a list.</summary>
    public IEnumerable<JsonPlace> List()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(Kind(), "a list");
        }

        var path = Path;
        return Value.EnumerateArray().Index().Select(one => new JsonPlace(one.Item, path + Text(one.Index)));
    }

    /// <summary>A name: text, or a whole number taken as text.</summary>
    public string Name() => Value.ValueKind switch
    {
        JsonValueKind.String when Value.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number when Value.TryGetInt64(out _) => Value.GetRawText(),
        _ => throw Wrong(Kind(), "a name"),
    };

    /// <summary>Text.</summary>
    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong(Kind(), "text");

    /// <summary>A whole number of 64 bits.</summary>
    public long Whole() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number)
        ? number : throw Wrong(Kind(), "a whole number within 64 bits");

    /// <summary>Yes or no.</summary>
    public bool Truth() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Value.GetBoolean() : throw Wrong(Kind(), "true or false");

    /// <summary>A fraction as text, as it is written out.</summary>
    public Rational Fraction() =>
        Value.ValueKind == JsonValueKind.String && Value.GetString()!.Length < 10_000
            && Rational.TryParse(Value.GetString(), out var fraction) && fraction.ToString() == Value.GetString()
            ? fraction : throw Wrong(Kind(), "a fraction in lowest terms as text, such as \"37/171\"");

    /// <summary>A decimal number as the exact fraction that it is written as.</summary>
    public Rational Decimal()
    {
        var raw = Value.ValueKind == JsonValueKind.Number ? Value.GetRawText() : "";
        var mark = raw.AsSpan().IndexOfAny('e', 'E');
        var digits = mark < 0 ? raw : raw[..mark];
        var exponent = 0;
        if (raw.Length is 0 or > DigitsMax || (mark >= 0
            && (!int.TryParse(raw[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out exponent) || Math.Abs(exponent) > ExponentMax)))
        {
            throw Wrong(Kind(), $"a number of at most {DigitsMax} digits and an exponent of at most {ExponentMax}");
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        exponent -= point < 0 ? 0 : digits.Length - point - 1;
        return exponent >= 0
            ? Rational.Of(whole * BigInteger.Pow(10, exponent))
            : Rational.Of(whole, BigInteger.Pow(10, -exponent));
    }

    /// <summary>A refusal of this place.</summary>
    public WrongJsonException Wrong(string found, string expected) =>
        new(Path.Length == 0 ? found : $"at {Path} {found}", expected);

    /// <summary>What is here, in words.</summary>
    public string Kind() => Value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when Value.GetRawText() is var raw => raw.Length <= Fault.ShownCharactersMax ? raw
            : raw[..Fault.ShownCharactersMax] + "…",
        _ => "nothing",
    };

    private static string Text(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}
