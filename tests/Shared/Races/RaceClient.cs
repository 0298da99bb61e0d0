using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Races;

/// <summary>What a node answered to a write.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Tag">Its ETag, or empty.</param>
/// <param name="Body">The answer itself.</param>
internal sealed record Written(HttpStatusCode Status, string Tag, JsonObject Body);

/// <summary>A client of the interface that acts by one token.</summary>
internal sealed class RaceClient(HttpClient client, string token)
{
    internal const string Outbreak = "outbreak/convener/fever";

    /// <summary>Posts a body, and answers with what came back; a connection that breaks throws.</summary>
    internal async Task<Written> PostAsync(
        string path, JsonObject body, string? tag, string? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await client.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return new Written(answer.StatusCode, answer.Headers.ETag?.Tag ?? "", JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>Reads one entity and its version.</summary>
    internal async Task<Written> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative), cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return new Written(answer.StatusCode, answer.Headers.ETag?.Tag ?? "", JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>An offer of so many sachets.</summary>
    internal static JsonObject Offer(string? name, long quantity)
    {
        var body = new JsonObject
        {
            ["outbreak"] = Outbreak,
            ["kind"] = "Goods",
            ["lot"] = "a1",
            ["item"] = "ors",
            ["unit"] = "sachet",
            ["quantity"] = quantity,
            ["pack"] = 1,
        };
        if (name is not null)
        {
            body["id"] = name;
        }

        return body;
    }
}
