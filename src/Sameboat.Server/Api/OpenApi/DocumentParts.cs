using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sameboat.Record;
using Sameboat.Server.Api.Shapes;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>What operations of the document share.</summary>
internal static class DocumentParts
{
    internal const string ProblemType = "application/problem+json";

    // So many codes are named in the name of a refusal.
    private const int NamedMax = 3;

    private const string TagForm = "^\"v[0-9]+\"$";

    /// <summary>A reference to a part.</summary>
    internal static JsonObject Ref(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    /// <summary>The headers that a client sends.</summary>
    internal static JsonObject Parameters() => new()
    {
        ["IfMatch"] = Header("If-Match", true,
            "The ETag of the version that the change was made on. 428 when missing, 412 when it is not the newest.",
            new JsonObject { ["type"] = "string", ["pattern"] = TagForm }),
        ["IfNoneMatch"] = Header("If-None-Match", false,
            "An ETag; 304 when the version is still that one.",
            new JsonObject { ["type"] = "string", ["pattern"] = TagForm }),
        ["IdempotencyKey"] = Header("Idempotency-Key", false,
            "A name that the client chose for this write; sent again with it, the write is done once.",
            new JsonObject { ["type"] = "string", ["maxLength"] = ResourceEndpoints.KeyLengthMax }),
    };

    /// <summary>The headers that the node sends.</summary>
    internal static JsonObject Headers() => new()
    {
        ["ETag"] = Sent("The version of the entity.", TagForm),
        ["Link"] = Sent("The next page, rel=\"next\"; absent on the last.", "^<.*>; rel=\"next\"$"),
        ["WWW-Authenticate"] = Sent("How to name a token: RFC 6750.", "^Bearer "),
        ["Location"] = Sent("Where the entity is.", "^/api/v1/"),
    };

    /// <summary>The problem of RFC 9457; the codes of a status stand at its response.</summary>
    internal static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "RFC 9457. The code is stable; the sentences are not.",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["pattern"] = "^/problems/" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["code"] = new JsonObject { ["type"] = "string" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["pointer"] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "RFC 6901: the member of the body that the first fault is at.",
            },
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = 100,
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["pointer"] = new JsonObject { ["type"] = "string" },
                        ["row"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
                        ["column"] = new JsonObject { ["type"] = "string" },
                        ["found"] = new JsonObject { ["type"] = "string" },
                        ["expected"] = new JsonObject { ["type"] = "string" },
                    },
                    ["required"] = new JsonArray("found", "expected"),
                },
            },
            [StaleAnswer.Current] = StaleAnswer.Schema(),
            ["count"] = new JsonObject
            {
                ["type"] = "integer",
                ["description"] = "How many faults there are, when more than are told.",
            },
        },
        ["required"] = new JsonArray("type", "title", "status", "code"),
    };

    /// <summary>The refusals of an operation by status, each with the codes that it may have; what several operations
    /// share stands once.</summary>
    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Refusals(
        IEnumerable<string> codes, JsonObject responses)
    {
        foreach (var status in codes.Distinct(StringComparer.Ordinal).GroupBy(Problems.Status).OrderBy(one => one.Key))
        {
            IReadOnlyList<string> sorted = [.. status.Order(StringComparer.Ordinal)];
            var refusal = Refusal(sorted);
            if (status.Key == StatusCodes.Status401Unauthorized)
            {
                refusal["headers"] = new JsonObject { ["WWW-Authenticate"] = Ref("headers", "WWW-Authenticate") };
            }

            var number = status.Key.ToString(CultureInfo.InvariantCulture);
            var name = "Refused" + number
                + (sorted.Count <= NamedMax ? string.Concat(sorted.Select(Names.Pascal)) : $"Any{sorted.Count}");
            if (responses.TryGetPropertyValue(name, out var other) && !JsonNode.DeepEquals(other, refusal))
            {
                throw new InvalidOperationException($"Two refusals would be called {name}.");
            }

            responses[name] = refusal;
            yield return new KeyValuePair<string, JsonNode?>(number, Ref("responses", name));
        }
    }

    /// <summary>A refusal that is no more precise.</summary>
    internal static JsonObject AnyRefusal() => new()
    {
        ["description"] = "Refused for another reason; the code says which.",
        ["content"] = new JsonObject
        {
            [ProblemType] = new JsonObject { ["schema"] = Ref("schemas", "Problem") },
        },
    };

    /// <summary>A part of the address.</summary>
    internal static JsonObject PathParameter(string name)
    {
        var isMember = name is "owner" or "member";
        return new JsonObject
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = isMember ? "The member whose it is." : $"The {name}.",
            ["schema"] = new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = BodyShapes.SlugForm,
                ["maxLength"] = isMember ? MemberId.LengthMax : EntityName.LengthMax,
            },
        };
    }

    private static JsonObject Refusal(IReadOnlyList<string> codes) => new()
    {
        ["description"] = string.Join("\n", codes.Select(code => $"- `{code}`: {Problems.Title(code)}")),
        ["content"] = new JsonObject
        {
            [ProblemType] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(
                        Ref("schemas", "Problem"),
                        new JsonObject
                        {
                            ["properties"] = new JsonObject
                            {
                                ["code"] = new JsonObject
                                {
                                    ["enum"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]),
                                },
                            },
                        }),
                },
            },
        },
    };

    private static JsonObject Header(string name, bool required, string tells, JsonObject schema) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["required"] = required,
        ["description"] = tells,
        ["schema"] = schema,
    };

    private static JsonObject Sent(string tells, string form) => new()
    {
        ["description"] = tells,
        ["schema"] = new JsonObject { ["type"] = "string", ["pattern"] = form },
    };
}
