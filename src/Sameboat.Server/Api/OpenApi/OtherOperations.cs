using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>The operations that are no part of a resource, by method and address.</summary>
internal static class OtherOperations
{
    private static readonly FrozenDictionary<string, ToldOperation> ByRoute =
        new Dictionary<string, ToldOperation>(StringComparer.Ordinal)
        {
            ["GET /api/v1/conservation"] = new(
                "checkConservation", "conservation", "Where the quantity chain of an outbreak does not add up.",
                [new ToldParameter("outbreak", "The name of the outbreak.", Text(), IsRequired: true)],
                AnswerShapes.Conservation(), [Problems.BadParameter]),
            ["GET /api/v1/requests/{owner}/{name}/answers"] = new(
                "readRequestAnswers", "requests",
                "Where each line of a request stands, who holds what is on its way, and when it should arrive.",
                [], AnswerShapes.Answers(), [Problems.NotFound]),
            ["GET /api/v1/log/{member}/entries/{id}/effect"] = new(
                "readEffect", "record", "What an entry of a log does to the state.", [],
                AnswerShapes.Row("awaits", "s?", "effect", "s", "reason", "s?"), [Problems.NotFound]),
            ["GET /api/v1/evidence"] = new(
                "listEvidence", "record", "Logs that signed two histories, with both notes.", [], null, []),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The declared operation, or a loose one made of the address alone.</summary>
    internal static ToldOperation Of(string method, string path) =>
        ByRoute.GetValueOrDefault($"{method} {path}") ?? Loose(method, path);

    private static ToldOperation Loose(string method, string path)
    {
        var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Trim('{', '}')).Where(part => part is not ("api" or "v1")).ToList();
        var body = method is "GET" or "DELETE"
            ? null
            : new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject() } };
        return new ToldOperation(
            method.ToLowerInvariant() + string.Concat(words.Select(Names.Pascal)), words.FirstOrDefault() ?? "other",
            $"{method} {path}.", [], null, [])
        {
            Body = body,
            Done = [200, 201, 202, 204],
            IsLoose = true,
        };
    }

    private static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };
}
