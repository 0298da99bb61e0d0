using System.Globalization;
using System.Text.Json.Nodes;

namespace Sameboat.Fuzzing;

/// <summary>A body that breaks one rule of its schema.</summary>
/// <param name="What">Which.</param>
/// <param name="Pointer">Where.</param>
/// <param name="Make">Makes the body; most of those that can be made never are.</param>
internal sealed record BrokenBody(string What, string Pointer, Func<JsonObject> Make);

/// <summary>All bodies that break one rule of a schema and no other.</summary>
internal static class BrokenBodies
{
    /// <summary>What is broken in a body that is not.</summary>
    internal static IEnumerable<BrokenBody> Of(ApiSurface surface, JsonObject schema, JsonObject body) =>
        Of(surface, surface.Resolve(schema), body, "", changed => (JsonObject)changed);

    private static IEnumerable<BrokenBody> Of(
        ApiSurface surface, JsonObject schema, JsonObject body, string at, Func<JsonObject, JsonObject> whole)
    {
        BrokenBody Broken(string what, string name, Action<JsonObject> change)
        {
            return new BrokenBody(what, $"{at}/{name}", () =>
            {
                var copy = body.DeepClone().AsObject();
                change(copy);
                return whole(copy);
            });
        }

        if (schema["additionalProperties"] is JsonValue more && !more.GetValue<bool>())
        {
            yield return Broken("unknown member", "colour", copy => copy["colour"] = "red");
        }

        var required = (schema["required"]?.AsArray() ?? []).Select(one => one!.GetValue<string>()).ToHashSet();
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            var property = surface.Resolve(node!.AsObject());
            if (required.Contains(name))
            {
                yield return Broken("missing", name, copy => copy.Remove(name));
                yield return Broken("null", name, copy => copy[name] = null);
            }

            foreach (var (what, value) in Values(property))
            {
                yield return Broken(what, name, copy => copy[name] = value?.DeepClone());
            }

            if (property["items"] is JsonObject each && surface.Resolve(each) is { } inner
                && inner["properties"] is not null && body[name] is JsonArray { Count: > 0 } items)
            {
                yield return new BrokenBody(
                    "item that is no object", $"{at}/{name}/0", () => whole(With(body, name, "x")));
                foreach (var broken in Of(
                    surface, inner, items[0]!.AsObject(), $"{at}/{name}/0",
                    changed => whole(With(body, name, changed))))
                {
                    yield return broken;
                }
            }
        }
    }

    private static JsonObject With(JsonObject body, string name, JsonNode first)
    {
        var copy = body.DeepClone().AsObject();
        copy[name]!.AsArray()[0] = first;
        return copy;
    }

    private static IEnumerable<(string What, JsonNode? Value)> Values(JsonObject property)
    {
        var type = SchemaCheck.TypesOf(property["type"]!).First();
        foreach (var (kind, value) in Kinds())
        {
            if (kind != type)
            {
                yield return ($"{kind} in place of {type}", value);
            }
        }

        foreach (var (what, value) in Bounds(property, type))
        {
            yield return (what, value);
        }

        if (property["pattern"] is not null || property["enum"] is not null || property["format"] is not null)
        {
            foreach (var text in Hostile.Some(property.ToJsonString().Length))
            {
                if (property["pattern"]?.GetValue<string>() is not { } pattern || !SchemaCheck.Matches(text, pattern))
                {
                    yield return ($"«{text}»", text);
                }
            }

            yield return ("a line feed at the end", "KEN\n");
        }
        else if (type == "string")
        {
            yield return ("U+0000", "a\0b");
        }
    }

    private static IEnumerable<(string What, JsonNode? Value)> Bounds(JsonObject property, string type)
    {
        if (property["maximum"] is { } most)
        {
            yield return ("one more than the most", most.GetValue<long>() + 1);
        }

        if (property["minimum"] is { } least)
        {
            yield return ("one less than the least", least.GetValue<long>() - 1);
        }

        if (type == "integer")
        {
            yield return ("a fraction", 1.5);
            yield return ("beyond 64 bits", JsonNode.Parse("123456789012345678901234567890"));
            yield return ("an exponent", JsonNode.Parse("1e2"));
        }

        if (property["maxLength"] is { } longest)
        {
            yield return ("one character too long", new string('a', longest.GetValue<int>() + 1));
        }

        if (property["minLength"]?.GetValue<int>() > 0)
        {
            yield return ("empty", "");
        }

        if (property["maxItems"]?.GetValue<int>() is { } items)
        {
            yield return ("one item too many", new JsonArray([.. Enumerable.Repeat(0, items + 1)
                .Select(_ => JsonValue.Create(1))]));
        }

        if (property["minItems"]?.GetValue<int>() > 0)
        {
            yield return ("no item", new JsonArray());
        }
    }

    private static IEnumerable<(string Kind, JsonNode Value)> Kinds() =>
    [
        ("string", JsonValue.Create("x")),
        ("integer", JsonValue.Create(7)),
        ("boolean", JsonValue.Create(true)),
        ("array", new JsonArray(JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{7}")))),
        ("object", new JsonObject { ["a"] = 1 }),
    ];
}
