using System.Text.Json.Nodes;

namespace Sameboat.Fuzzing;

/// <summary>Makes bodies of a schema, from a seed.</summary>
internal sealed class BodyMaker(ApiSurface surface, SeededRandom random)
{
    /// <summary>Texts tried where a pattern is to be matched; the fuzzer adds the names of entities.</summary>
    internal List<string> Names { get; } =
    [
        "KEN", "PER", "ken", "per", "convener", "ors", "gown", "USD", "EUR", "1", "12", "1.25", "",
    ];

    /// <summary>A body that the schema lets pass.</summary>
    internal JsonNode? Of(JsonObject schema, string name = "")
    {
        schema = surface.Resolve(schema);
        if (schema["enum"] is JsonArray choices)
        {
            return choices[random.NextBelow(choices.Count)]?.DeepClone();
        }

        var types = schema["type"] is { } type ? SchemaCheck.TypesOf(type).ToList() : ["object"];
        return types.Contains("null") && random.NextBelow(6) == 0 ? null : types[0] switch
        {
            "object" => OfObject(schema),
            "array" => OfArray(schema, name),
            "boolean" => JsonValue.Create(random.NextBelow(2) == 0),
            "integer" => JsonValue.Create(Whole(schema, name)),
            _ => JsonValue.Create(Text(schema, name)),
        };
    }

    private long Between(long least, long most) => least + random.NextBelow((int)(most - least + 1));

    private JsonObject OfObject(JsonObject schema)
    {
        var body = new JsonObject();
        var required = (schema["required"]?.AsArray() ?? []).Select(one => one!.GetValue<string>()).ToHashSet();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) || random.NextBelow(3) > 0)
            {
                body[name] = Of(property!.AsObject(), name);
            }
        }

        return body;
    }

    private JsonArray OfArray(JsonObject schema, string name)
    {
        var most = Math.Min(schema["maxItems"]?.GetValue<long>() ?? 3, 3);
        var count = Between(Math.Max(schema["minItems"]?.GetValue<long>() ?? 0, 1), most);
        return new JsonArray(
            [.. Enumerable.Range(0, (int)count).Select(_ => Of(schema["items"]!.AsObject(), name))]);
    }

    private long Whole(JsonObject schema, string name)
    {
        var least = schema["minimum"]?.GetValue<long>() ?? 0;
        var most = schema["maximum"]?.GetValue<long>() ?? 1_000;
        return name switch
        {
            "line" or "plan_line" => random.NextBelow(2),
            "pack" => 1,
            _ => random.NextBelow(8) == 0 ? random.NextBelow(2) == 0 ? least : most
                : Between(least, Math.Min(most, least + 200)),
        };
    }

    private string Text(JsonObject schema, string name)
    {
        if (schema["format"]?.GetValue<string>() == "date")
        {
            return new DateOnly(2026, 1, 1).AddDays(random.NextBelow(400)).ToString("yyyy-MM-dd", null);
        }

        if (schema["pattern"]?.GetValue<string>() is { } pattern)
        {
            var fitting = Names.Where(one => SchemaCheck.Matches(one, pattern)).ToList();
            return name == "id" ? $"f{random.NextBelow(1_000_000)}"
                : fitting.Count > 0 ? fitting[random.NextBelow(fitting.Count)]
                : throw new InvalidOperationException($"No text is known that matches {pattern}.");
        }

        var least = (int)(schema["minLength"]?.GetValue<long>() ?? 0);
        var most = (int)Math.Min(schema["maxLength"]?.GetValue<long>() ?? 20, 20);
        return random.NextBelow(4) > 0
            ? Hostile.Texts[random.NextBelow(Hostile.Texts.Length)] is { } text && text.Length >= least
                && text.Length <= (schema["maxLength"]?.GetValue<long>() ?? 20) ? text : "box"
            : string.Concat(Enumerable.Range(0, (int)Between(Math.Max(least, 1), most))
                .Select(_ => (char)Between(32, 0x2fff)));
    }
}

/// <summary>Texts that have broken other programs.</summary>
internal static class Hostile
{
    private const int SomeCount = 4;

    internal static readonly string[] Texts =
    [
        "box", "' OR 1=1 --", "'; DROP TABLE entry; --", "<script>alert(1)</script>", "../../../../etc/passwd",
        "=1+cmd|' /C calc'!A0", "@SUM(1)", "%00", "%2e%2e%2f", "${jndi:ldap://x}", "{{7*7}}", "\u202e",
        "\t", "\r\nSet-Cookie: a=b", "同舟", "🛶", "NaN", "-0", "1e309", "null", "\\", "\"", "&lt;!DOCTYPE a&gt;",
    ];

    // A few of them, others for another member.
    internal static IEnumerable<string> Some(int start) =>
        Enumerable.Range(start, SomeCount).Select(index => Texts[index % Texts.Length]);
}
