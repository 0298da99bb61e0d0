using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>
/// JSON in the one form in which equal values have equal bytes: members sorted by UTF-16 code units, no white space,
/// numbers as ECMAScript writes doubles, the fewest escapes. JSON null is a null node.
/// </summary>
/// <remarks>RFC 8785. A number is a double: -0 is written 0, and digits a double cannot hold are rounded
/// away.</remarks>
public static class CanonicalJson
{
    /// <summary>How many arrays and objects may stand inside each other.</summary>
    public const int DepthMax = 64;

    /// <summary>The greatest integer, of either sign, that a number carries exactly beyond doubt: 2^53 - 1.</summary>
    /// <remarks>RFC 7493 section 2.2.</remarks>
    public const long IntegerMax = (1L << 53) - 1;

    // ASCII that stands for itself inside quotation marks.
    private static readonly SearchValues<char> PlainLetters = SearchValues.Create(
        [.. Enumerable.Range(' ', 0x7F - ' ').Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))]);

    /// <summary>Writes a value canonically, in UTF-8.</summary>
    /// <exception cref="ArgumentException">The value has a number that is not finite, an integer made in code beyond
    /// <see cref="IntegerMax"/>, half a surrogate pair, a duplicate name, or more than <see cref="DepthMax"/> levels.
    /// </exception>
    public static byte[] Serialize(JsonNode? value)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            Write(value, output, 0);
        }
        catch (InvalidOperationException fault)
        {
            // What a node backed by parsed text throws when an escape in it is half a surrogate pair.
            throw new ArgumentException("The value holds text that is no Unicode text.", nameof(value), fault);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads strict JSON of any layout; on false the fault says what is wrong and where.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, out JsonNode? value, [NotNullWhen(false)] out JsonFault? fault) =>
        TryVisit(utf8, null, out value, out fault);

    /// <summary>As the public reading, showing each number to the visitor with the place it stands at.</summary>
    internal static bool TryVisit(
        ReadOnlySpan<byte> utf8, Action<double, JsonPath>? number, out JsonNode? value,
        [NotNullWhen(false)] out JsonFault? fault)
    {
        value = null;
        fault = StrictJson.Check(utf8, number);
        if (fault is not null)
        {
            return false;
        }

        value = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = DepthMax });
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, throwing in place of answering false.</summary>
    /// <exception cref="FormatException">The bytes are not strict JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var value, out var fault) ? value : throw new FormatException($"Not strict JSON: {fault}");

    /// <summary>True when the bytes are strict JSON in canonical form.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var value, out _) && utf8.SequenceEqual(Serialize(value));

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        if (!text.AsSpan().ContainsAnyExcept(PlainLetters))
        {
            output.Write("\""u8);
            Encoding.ASCII.GetBytes(text, output);
            output.Write("\""u8);
            return;
        }

        var plain = new StringBuilder(text.Length + 2).Append('"');
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            if (char.IsSurrogate(unit))
            {
                if (at + 1 == text.Length || !char.IsSurrogatePair(unit, text[at + 1]))
                {
                    throw new ArgumentException("The value holds half a surrogate pair.", nameof(text));
                }

                plain.Append(unit).Append(text[++at]);
            }
            else
            {
                AppendEscaped(plain, unit);
            }
        }

        Encoding.UTF8.GetBytes(plain.Append('"').ToString(), output);
    }

    private static void AppendEscaped(StringBuilder plain, char unit) => _ = unit switch
    {
        '"' => plain.Append("\\\""),
        '\\' => plain.Append("\\\\"),
        '\b' => plain.Append("\\b"),
        '\t' => plain.Append("\\t"),
        '\n' => plain.Append("\\n"),
        '\f' => plain.Append("\\f"),
        '\r' => plain.Append("\\r"),
        < ' ' => plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
        _ => plain.Append(unit),
    };

    private static void Write(JsonNode? value, ArrayBufferWriter<byte> output, int depth)
    {
        switch (value)
        {
            case null:
                output.Write("null"u8);
                break;
            case JsonObject members:
                WriteObject(members, output, Deeper(depth));
                break;
            case JsonArray elements:
                WriteArray(elements, output, Deeper(depth));
                break;
            default:
                WriteScalar(value.AsValue(), output);
                break;
        }
    }

    private static int Deeper(int depth) =>
        depth < DepthMax ? depth + 1 : throw new ArgumentException($"The value is more than {DepthMax} levels deep.");

    private static void WriteObject(JsonObject members, ArrayBufferWriter<byte> output, int depth)
    {
        output.Write("{"u8);
        var first = true;
        var sorted = members.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        foreach (var (name, member) in sorted)
        {
            output.Write(first ? ""u8 : ","u8);
            first = false;
            WriteText(name, output);
            output.Write(":"u8);
            Write(member, output, depth);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonArray elements, ArrayBufferWriter<byte> output, int depth)
    {
        output.Write("["u8);
        for (var index = 0; index < elements.Count; index++)
        {
            output.Write(index == 0 ? ""u8 : ","u8);
            Write(elements[index], output, depth);
        }

        output.Write("]"u8);
    }

    private static void WriteScalar(JsonValue value, ArrayBufferWriter<byte> output)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            case JsonValueKind.Number:
                Encoding.ASCII.GetBytes(CanonicalNumber.Text(NumberOf(value)), output);
                break;
            case JsonValueKind.String:
                WriteText(TextOf(value), output);
                break;
            default:
                // A value made of a .NET object that writes itself as an array or object.
                Write(JsonNode.Parse(value.ToJsonString()), output, 0);
                break;
        }
    }

    private static double NumberOf(JsonValue value)
    {
        if (value.TryGetValue<int>(out var small))
        {
            return small;
        }

        var isParsed = value.TryGetValue<JsonElement>(out var element);
        var text = isParsed ? element.GetRawText() : value.ToJsonString();
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            throw new ArgumentException($"{text} is beyond the range of a double.", nameof(value));
        }

        // Parsed text has been rounded as RFC 8785 says; a number made in code would change unseen.
        if (!isParsed && Math.Abs(number) > IntegerMax && !value.TryGetValue<double>(out _))
        {
            throw new ArgumentException($"{text} is not exact as a JSON number; write it as a string.", nameof(value));
        }

        return number;
    }

    private static string TextOf(JsonValue value) =>
        value.TryGetValue<string>(out var text) ? text : JsonNode.Parse(value.ToJsonString())!.GetValue<string>();
}
