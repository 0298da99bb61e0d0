using System.Text.Json.Nodes;

namespace Sameboat.Fuzzing;

/// <summary>One operation of a document.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Node">As it stands in the document.</param>
internal sealed record ApiOperation(string Method, string Path, JsonObject Node)
{
    internal string Id => Node["operationId"]!.GetValue<string>();

    internal JsonObject? BodySchema(ApiSurface surface) =>
        Node["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject schema
            ? surface.Resolve(schema)
            : null;

    internal IEnumerable<JsonObject> Parameters(ApiSurface surface) =>
        (Node["parameters"]?.AsArray() ?? []).Select(one => surface.Resolve(one!.AsObject()));

    internal bool Needs(ApiSurface surface, string header) =>
        Parameters(surface).Any(one => one["name"]!.GetValue<string>() == header);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>An OpenAPI document as far as a client needs it.</summary>
internal sealed class ApiSurface
{
    private readonly JsonObject _document;

    internal ApiSurface(string json)
    {
        _document = JsonNode.Parse(json)!.AsObject();
        Operations =
        [
            .. _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Where(one => one.Key != "parameters")
                .Select(one => new ApiOperation(
                    one.Key.ToUpperInvariant(), path.Key, one.Value!.AsObject()))),
        ];
    }

    internal IReadOnlyList<ApiOperation> Operations { get; }

    internal JsonObject Schemas => _document["components"]!["schemas"]!.AsObject();

    /// <summary>The thing itself where a reference stands.</summary>
    internal JsonObject Resolve(JsonObject node)
    {
        while (node["$ref"]?.GetValue<string>() is { } reference)
        {
            JsonNode found = _document;
            foreach (var part in reference.TrimStart('#', '/').Split('/'))
            {
                found = found[part] ?? throw new InvalidDataException($"{reference} leads nowhere.");
            }

            node = found.AsObject();
        }

        return node;
    }

    /// <summary>Why an answer is not one of the document, or null.</summary>
    /// <param name="operation">What was asked.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="mediaType">Of the answer, or null without one.</param>
    /// <param name="body">Its text.</param>
    /// <param name="strict">True when a member that the document does not name is a fault.</param>
    internal string? Fault(ApiOperation operation, int status, string? mediaType, string body, bool strict = false)
    {
        var responses = operation.Node["responses"]!.AsObject();
        if ((responses[$"{status}"] ?? responses[$"{status / 100}XX"]) is not JsonObject response)
        {
            return $"status {status} is not in the document";
        }

        response = Resolve(response);
        if (response["content"] is not JsonObject content)
        {
            return body.Length == 0 ? null : $"status {status} has a body and should have none";
        }

        if (content["*/*"] is not null)
        {
            return null;
        }

        if (mediaType is null || content[mediaType]?["schema"] is not JsonObject schema)
        {
            return $"media type {mediaType ?? "none"} of status {status} is not in the document";
        }

        if (!mediaType.EndsWith("json", StringComparison.Ordinal))
        {
            return null;
        }

        var node = JsonNode.Parse(body);
        return new SchemaCheck(this, strict).Fault(node, schema, "")
            ?? (mediaType == "application/problem+json" && node!["status"]!.GetValue<int>() != status
                ? "the status in the problem is another"
                : null);
    }
}
