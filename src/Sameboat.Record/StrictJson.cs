using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Sameboat.Record;

/// <summary>
/// One pass over JSON bytes that finds what System.Text.Json lets through: duplicate names, surrogates without their
/// partner, numbers that become infinite.
/// </summary>
internal static class StrictJson
{
    /// <summary>Null when the bytes are strict JSON. Each number is shown to the visitor with the place it stands at.
    /// </summary>
    internal static JsonFault? Check(ReadOnlySpan<byte> utf8, Action<double, JsonPath>? number = null)
    {
        if (!Utf8.IsValid(utf8) || utf8.StartsWith("\uFEFF"u8))
        {
            return new JsonFault(JsonRefusal.NotUtf8, "");
        }

        var path = new JsonPath();
        try
        {
            // One level more than allowed, so that the excess is found here and named, not thrown by the reader.
            var options = new JsonReaderOptions { MaxDepth = CanonicalJson.DepthMax + 1 };
            var reader = new Utf8JsonReader(utf8, options);
            while (reader.Read())
            {
                var refusal = Visit(ref reader, path, number);
                if (refusal != JsonRefusal.None)
                {
                    return new JsonFault(refusal, path.ToString());
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return new JsonFault(JsonRefusal.Malformed, path.ToString());
        }
    }

    private static JsonRefusal Visit(ref Utf8JsonReader reader, JsonPath path, Action<double, JsonPath>? number)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                path.BeginValue();
                if (path.Depth == CanonicalJson.DepthMax)
                {
                    return JsonRefusal.TooDeep;
                }

                Enter(reader.TokenType, path);
                return JsonRefusal.None;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                path.Leave();
                return JsonRefusal.None;
            case JsonTokenType.PropertyName:
                if (HasLoneSurrogate(reader.ValueSpan))
                {
                    return JsonRefusal.LoneSurrogate;
                }

                return path.MoveTo(reader.GetString()!) ? JsonRefusal.None : JsonRefusal.DuplicateKey;
            case JsonTokenType.String:
                path.BeginValue();
                return HasLoneSurrogate(reader.ValueSpan) ? JsonRefusal.LoneSurrogate : JsonRefusal.None;
            case JsonTokenType.Number:
                path.BeginValue();
                return VisitNumber(ref reader, path, number);
            default:
                path.BeginValue();
                return JsonRefusal.None;
        }
    }

    private static void Enter(JsonTokenType token, JsonPath path)
    {
        if (token == JsonTokenType.StartObject)
        {
            path.EnterObject();
        }
        else
        {
            path.EnterArray();
        }
    }

    private static JsonRefusal VisitNumber(ref Utf8JsonReader reader, JsonPath path, Action<double, JsonPath>? number)
    {
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            return JsonRefusal.NumberOutOfRange;
        }

        number?.Invoke(value, path);
        return JsonRefusal.None;
    }

    // The bytes are valid UTF-8 and a valid JSON string, so a surrogate can only stand as an escape of six bytes.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        const int escapeLength = 6;
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\')
            {
                continue;
            }

            var unit = UnitAt(escaped[at..]);
            if (unit is null)
            {
                at++;
                continue;
            }

            at += escapeLength - 1;
            if (!char.IsSurrogate(unit.Value))
            {
                continue;
            }

            var partner = UnitAt(escaped[(at + 1)..]);
            if (partner is null || !char.IsSurrogatePair(unit.Value, partner.Value))
            {
                return true;
            }

            at += escapeLength;
        }

        return false;
    }

    private static char? UnitAt(ReadOnlySpan<byte> escaped) =>
        escaped.StartsWith("\\u"u8) && escaped.Length >= 6
        && ushort.TryParse(escaped[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
