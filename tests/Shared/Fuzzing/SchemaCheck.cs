using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sameboat.Fuzzing;

/// <summary>Checks a value against the part of JSON Schema 2020-12 that the document uses.</summary>
internal sealed class SchemaCheck(ApiSurface surface, bool strict)
{
    private static readonly Dictionary<string, Regex> Patterns = [];

    /// <summary>The first fault with its pointer, or null.</summary>
    internal string? Fault(JsonNode? node, JsonObject schema, string at)
    {
        schema = surface.Resolve(schema);
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            if (new SchemaCheck(surface, strict: false).Fault(node, part!.AsObject(), at) is { } fault)
            {
                return fault;
            }
        }

        if (schema["type"] is { } type && !TypesOf(type).Any(one => IsOf(node, one)))
        {
            return $"{at}: {node?.ToJsonString() ?? "null"} is not of type {type.ToJsonString()}";
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(one => JsonNode.DeepEquals(one, node)))
        {
            return $"{at}: {node?.ToJsonString() ?? "null"} is none of {choices.ToJsonString()}";
        }

        return node switch
        {
            JsonObject members => OfObject(members, schema, at),
            JsonArray array => OfArray(array, schema, at),
            JsonValue value when value.GetValueKind() == JsonValueKind.String =>
                OfText(value.GetValue<string>(), schema, at),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => OfNumber(value, schema, at),
            _ => null,
        };
    }

    internal static IEnumerable<string> TypesOf(JsonNode type) =>
        type is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    internal static bool Matches(string text, string pattern)
    {
        lock (Patterns)
        {
            if (!Patterns.TryGetValue(pattern, out var regex))
            {
                Patterns[pattern] = regex = new Regex(
                    pattern.Replace("$", @"\z", StringComparison.Ordinal), RegexOptions.CultureInvariant,
                    TimeSpan.FromSeconds(1));
            }

            return regex.IsMatch(text);
        }
    }

    private static bool IsOf(JsonNode? node, string type) => type switch
    {
        "null" => node is null,
        "object" => node is JsonObject,
        "array" => node is JsonArray,
        "boolean" => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => node?.GetValueKind() == JsonValueKind.Number
            && long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => node?.GetValueKind() == JsonValueKind.String,
    };

    private string? OfObject(JsonObject members, JsonObject schema, string at)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey(name!.GetValue<string>()))
            {
                return $"{at}/{name}: missing";
            }
        }

        var properties = schema["properties"] as JsonObject;
        foreach (var (name, value) in members)
        {
            if (properties?[name] is JsonObject known)
            {
                if (Fault(value, known, $"{at}/{name}") is { } fault)
                {
                    return fault;
                }
            }
            else if (properties is not null
                && (strict || schema["additionalProperties"] is JsonValue more && !more.GetValue<bool>()))
            {
                return $"{at}/{name}: not in the document";
            }
        }

        return null;
    }

    private string? OfArray(JsonArray array, JsonObject schema, string at)
    {
        if (array.Count > (schema["maxItems"]?.GetValue<long>() ?? long.MaxValue)
            || array.Count < (schema["minItems"]?.GetValue<long>() ?? 0))
        {
            return $"{at}: {array.Count} items";
        }

        return schema["items"] is JsonObject each
            ? array.Select((one, index) => Fault(one, each, $"{at}/{index}")).FirstOrDefault(one => one is not null)
            : null;
    }

    private static string? OfText(string text, JsonObject schema, string at) =>
        text.Length > (schema["maxLength"]?.GetValue<long>() ?? long.MaxValue)
        || text.Length < (schema["minLength"]?.GetValue<long>() ?? 0)
            ? $"{at}: {text.Length} characters"
        : schema["pattern"]?.GetValue<string>() is { } pattern && !Matches(text, pattern)
            ? $"{at}: «{text}» does not match {pattern}"
        : schema["format"]?.GetValue<string>() == "date" && !DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? $"{at}: «{text}» is no date"
        : null;

    private static string? OfNumber(JsonValue value, JsonObject schema, string at) =>
        long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && (number < (schema["minimum"]?.GetValue<long>() ?? long.MinValue)
            || number > (schema["maximum"]?.GetValue<long>() ?? long.MaxValue))
            ? $"{at}: {number} is out of bounds"
            : null;
}
