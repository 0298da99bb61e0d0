using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Api.Shapes;

/// <summary>Where a body is not of its shape.</summary>
/// <param name="Pointer">RFC 6901, from the body.</param>
/// <param name="Found">The value, shortened; or that it is missing.</param>
/// <param name="Expected">What should be there.</param>
internal sealed record BodyFault(string Pointer, string Found, string Expected)
{
    /// <summary>True when what is missing is the reason that the step needs.</summary>
    internal bool LacksReason { get; init; }

    /// <summary>The one sentence.</summary>
    public override string ToString() => $"{Pointer}: found {Found}; expected {Expected}.";
}

/// <summary>The members that a body may have.</summary>
/// <param name="Fields">In the order of the document.</param>
/// <param name="IsOpen">True when others may stand beside them.</param>
internal sealed record BodyShape(ImmutableArray<Field> Fields, bool IsOpen = false)
{
    /// <summary>The most faults told of one body.</summary>
    internal const int FaultsMax = 20;

    private const int FoundMax = 60;

    /// <summary>The first so many faults; none when the body is of this shape.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="strict">True for what a client sends: a member that nobody knows is a fault. False for an entry
    /// of a log, which may come from a newer node.</param>
    internal IReadOnlyList<BodyFault> Faults(JsonObject body, bool strict)
    {
        var faults = new List<BodyFault>();
        Look(body, "", strict, faults);
        return faults;
    }

    /// <summary>As JSON Schema of 2020-12 says it.</summary>
    internal JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in Fields)
        {
            properties[field.Name] = field.Schema();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = Fields.Where(field => field.IsRequired).ToList();
        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(field => JsonValue.Create(field.Name))]);
        }

        schema["additionalProperties"] = IsOpen;
        return schema;
    }

    private void Look(JsonObject body, string at, bool strict, List<BodyFault> faults)
    {
        if (strict && !IsOpen)
        {
            var unknown = body.Select(member => member.Key).Where(key => Fields.All(field => field.Name != key));
            faults.AddRange(unknown.Take(FaultsMax - faults.Count).Select(key => new BodyFault(
                $"{at}/{Escape(key)}", "a member that nobody knows",
                "no other than " + string.Join(", ", Fields.Select(field => field.Name)))));
        }

        foreach (var field in Fields)
        {
            if (faults.Count >= FaultsMax)
            {
                return;
            }

            var node = body[field.Name];
            if (!field.Fits(node, strict))
            {
                faults.Add(new BodyFault($"{at}/{field.Name}", Found(node), field.Expected)
                {
                    LacksReason = field.Name == BodyShapes.Reason && node is null,
                });
            }
            else if (node is JsonArray array && field.Each is { } each)
            {
                LookInto(each, array, $"{at}/{field.Name}", strict, faults);
            }
        }
    }

    private static void LookInto(BodyShape each, JsonArray array, string at, bool strict, List<BodyFault> faults)
    {
        for (var index = 0; index < array.Count && faults.Count < FaultsMax; index++)
        {
            if (array[index] is JsonObject item)
            {
                each.Look(item, $"{at}/{index}", strict, faults);
            }
            else
            {
                faults.Add(new BodyFault($"{at}/{index}", Found(array[index]), "an object"));
            }
        }
    }

    private static string Found(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "nothing";
        return text.Length <= FoundMax ? text : text[..FoundMax] + "…";
    }

    private static string Escape(string key) =>
        (key.Length <= FoundMax ? key : key[..FoundMax])
            .Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
