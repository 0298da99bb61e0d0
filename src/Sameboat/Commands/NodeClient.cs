using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Commands;

/// <summary>Speaks to a node over HTTP for a member; a refusal is an <see cref="IOException"/> with a line a fault.
/// </summary>
internal sealed class NodeClient : IDisposable
{
    /// <summary>Holds the token, so that it is in no list of processes.</summary>
    internal const string TokenVariable = "SAMEBOAT_TOKEN";

    private const string NodeDefault = "http://127.0.0.1:5080";
    private const long AnswerMax = 256L << 20;
    private const string Problem = "application/problem+json";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;

    internal NodeClient(string node)
    {
        _client = new HttpClient
        {
            BaseAddress = new Uri(node.EndsWith('/') ? node : node + "/"),
            Timeout = Timeout,
            MaxResponseContentBufferSize = AnswerMax,
        };
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Which node.</summary>
    internal static Option<string> Node()
    {
        var option = new Option<string>("--node")
        {
            Description = $"The address of the node. {TokenVariable} in the environment is the token.",
            HelpName = "URL",
            DefaultValueFactory = _ => NodeDefault,
        };
        option.Validators.Add(result =>
        {
            if (!LogAtAddress.IsAddress(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError($"--node: expected an address such as {NodeDefault}");
            }
        });
        return option;
    }

    /// <summary>Sends a request and hands the answer on, when it is one of success.</summary>
    /// <exception cref="IOException">The node refused it or did not answer.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            var answer = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw new IOException(await FaultsAsync(answer, cancellation).ConfigureAwait(false));
            }
        }
        catch (HttpRequestException fault)
        {
            throw new IOException(
                $"{_client.BaseAddress}: {(fault.GetBaseException() as SocketException)?.Message ?? fault.Message}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"{_client.BaseAddress}: no answer in {Timeout.TotalMinutes} minutes");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static async Task<string> FaultsAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        if (answer.Content.Headers.ContentType?.MediaType != Problem || Read(text) is not { } problem)
        {
            return $"The node answered with status {(int)answer.StatusCode}.";
        }

        if (problem["errors"] is not JsonArray { Count: > 0 } errors)
        {
            return $"{problem["code"]}: {problem["title"]} {problem["detail"]}".TrimEnd();
        }

        var lines = errors.Select(error =>
            (error!["row"] is { } row ? $"row {row}, {error["column"]}" : $"{error["pointer"]}").TrimEnd(',', ' ')
            + $": found {error["found"]}; expected {error["expected"]}").ToList();
        if (problem["count"]?.GetValue<int>() is { } count && count > lines.Count)
        {
            lines.Add($"and {count - lines.Count} more");
        }

        return string.Join('\n', lines);
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
