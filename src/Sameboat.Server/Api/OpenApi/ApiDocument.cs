using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the interface, written from the endpoints that are mapped and the tables they are made
/// of: <see cref="Sameboat.Server.Record.RecordKinds"/> and <see cref="Shapes.BodyShapes"/>. What is added to those is
/// in it by itself.
/// </summary>
internal static partial class ApiDocument
{
    private const string Prefix = "/api/";

    /// <summary>The document of these endpoints.</summary>
    internal static JsonObject Of(IEnumerable<Endpoint> endpoints)
    {
        var schemas = new JsonObject
        {
            ["Problem"] = DocumentParts.Problem(),
            ["Step"] = AnswerShapes.Step(),
            ["Written"] = AnswerShapes.Written(),
        };
        var operations = Operations(endpoints, schemas)
            .DistinctBy(one => (one.Path, one.Method))
            .OrderBy(one => one.Path, StringComparer.Ordinal)
            .ThenBy(one => one.Method, StringComparer.Ordinal)
            .ToList();
        var paths = new JsonObject();
        var responses = new JsonObject { ["Refused"] = DocumentParts.AnyRefusal() };
        foreach (var path in operations.GroupBy(one => one.Path))
        {
            var item = new JsonObject();
            var names = Parameter().Matches(path.Key).Select(match => match.Groups[1].Value).ToList();
            if (names.Count > 0)
            {
                item["parameters"] = new JsonArray([.. names.Select(DocumentParts.PathParameter)]);
            }

            foreach (var (_, method, operation) in path)
            {
                // A part that is empty makes the address another.
                item[method] = Written(
                    names.Count == 0 ? operation : operation with
                    {
                        Codes = [.. operation.Codes, Problems.NoSuchPath, Problems.NoSuchMethod],
                    },
                    responses);
            }

            paths[path.Key] = item;
        }

        var document = Head();
        document["tags"] = new JsonArray(
        [
            .. operations.Select(one => one.Operation.Tag).Distinct().Order(StringComparer.Ordinal)
                .Select(tag => new JsonObject { ["name"] = tag, ["description"] = $"What concerns {tag}." }),
        ]);
        document["paths"] = paths;
        document["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["description"] = "A token of a member: `./sameboat member token`. It names who acts.",
                },
            },
            ["parameters"] = DocumentParts.Parameters(),
            ["headers"] = DocumentParts.Headers(),
            ["responses"] = Sorted(responses),
            ["schemas"] = Sorted(schemas),
        };
        return document;
    }

    private static JsonObject Sorted(JsonObject parts) => new(
        parts.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value!.DeepClone())));

    private static JsonObject Head() => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Sameboat",
            ["version"] = "1",
            ["summary"] = "The node of a member: outbreaks, requests, offers, plans, consignments, and their record.",
            ["description"] = "Reading what is public needs no token. Every write is an entry in the log of the member "
                + "that the token names; an entry without effect is refused. Answers may get more members; bodies are "
                + "refused when they hold a member that is not in this document.",
            ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This node." }),
    };

    private static IEnumerable<(string Path, string Method, ToldOperation Operation)> Operations(
        IEnumerable<Endpoint> endpoints, JsonObject schemas)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (endpoint.Metadata.GetMetadata<ToldResource>() is { } told)
            {
                foreach (var operation in seen.Add(told.Noun) ? ResourceOperations.Of(told, schemas) : [])
                {
                    yield return operation;
                }

                continue;
            }

            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var known = endpoint.Metadata.GetMetadata<ToldOperation>() ?? OtherOperations.Of(method, path);
                var takes = endpoint.Metadata.GetMetadata<TakesToken>();
                yield return (
                    path, method.ToLowerInvariant(), takes is null ? known : known with { Token = takes.Use });
            }
        }
    }

    private static JsonObject Written(ToldOperation operation, JsonObject shared)
    {
        var written = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
        };
        if (operation.Description.Length > 0)
        {
            written["description"] = operation.Description;
        }

        var bearer = new JsonObject { ["bearer"] = new JsonArray() };
        written["security"] = operation.Token switch
        {
            TokenUse.Needed => new JsonArray(bearer),
            TokenUse.Optional => new JsonArray(new JsonObject(), bearer),
            _ => new JsonArray(),
        };
        var parameters = operation.Reads.Select(name => DocumentParts.Ref("parameters", name))
            .Concat(operation.Query.Select(Query)).ToList();
        if (parameters.Count > 0)
        {
            written["parameters"] = new JsonArray([.. parameters]);
        }

        if (operation.Body is { } body)
        {
            written["requestBody"] = new JsonObject { ["required"] = true, ["content"] = body.DeepClone() };
        }

        written["responses"] = Responses(operation, shared);
        return written;
    }

    private static JsonObject Query(ToldParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "query",
        ["required"] = parameter.IsRequired,
        ["description"] = parameter.Tells,
        ["schema"] = parameter.Schema.DeepClone(),
    };

    private static JsonObject Responses(ToldOperation operation, JsonObject shared)
    {
        var responses = new JsonObject();
        foreach (var status in operation.Done)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = Done(operation, status);
        }

        // Whoever names a token that does not hold is told so wherever it is named.
        IEnumerable<string> codes = operation.IsLoose
            ? [Problems.Unauthenticated]
            : [.. operation.Codes, Problems.NotARequest, Problems.Unauthenticated];
        foreach (var (status, response) in DocumentParts.Refusals(codes, shared))
        {
            responses[status] = response;
        }

        responses["4XX"] = DocumentParts.Ref("responses", "Refused");
        return responses;
    }

    private static JsonObject Done(ToldOperation operation, int status)
    {
        var done = new JsonObject
        {
            ["description"] = status switch
            {
                200 => "Done.",
                201 => "Done; it is new.",
                304 => "It is still that version.",
                _ => "Taken.",
            },
        };
        if (operation.Sends.Count > 0)
        {
            done["headers"] = new JsonObject(operation.Sends
                .Where(header => header != "Location" || status == 201)
                .Select(header => new KeyValuePair<string, JsonNode?>(header, DocumentParts.Ref("headers", header))));
        }

        if (status is 304 or 204)
        {
            return done;
        }

        if (operation.IsLoose)
        {
            done["content"] = new JsonObject { ["*/*"] = new JsonObject { ["schema"] = new JsonObject() } };
            return done;
        }

        var content = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = operation.Answer?.DeepClone() ?? new JsonObject() },
        };
        foreach (var other in operation.Others)
        {
            content[other] = new JsonObject
            {
                ["schema"] = new JsonObject { ["type"] = "string", ["contentMediaType"] = other },
            };
        }

        done["content"] = content;
        return done;
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Parameter();
}
