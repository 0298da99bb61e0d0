using System.Text.Json.Nodes;
using CsCheck;

namespace Sameboat.Engines.Tests.Record;

/// <summary>Random JSON values: any characters, any finite numbers, a few levels deep.</summary>
internal static class JsonGen
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char['\0', '\u00ff'], 0, 8],
        Gen.String[Gen.Char['\u0100', '\ud7ff'], 0, 4],
        Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32));

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Texts.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    internal static Gen<JsonNode?> Any { get; } = Level(3);

    private static Gen<JsonNode?> Level(int depth)
    {
        if (depth == 0)
        {
            return Scalars;
        }

        var inner = Level(depth - 1);
        return Gen.OneOf(
            Scalars,
            inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Texts, inner).Array[0, 4].Select(members => (JsonNode?)ObjectOf(members)));
    }

    private static JsonObject ObjectOf((string Name, JsonNode? Value)[] members)
    {
        var made = new JsonObject();
        foreach (var (name, value) in members)
        {
            made[name] = value?.DeepClone();
        }

        return made;
    }
}
