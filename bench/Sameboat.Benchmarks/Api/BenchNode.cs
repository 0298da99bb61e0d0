using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sameboat.Server;
using Sameboat.Server.Accounts;

namespace Sameboat.Benchmarks.Api;

/// <summary>A node with an outbreak, for measuring over HTTP.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    internal const string Outbreak = "outbreak/convener/fever";

    private readonly string _folder;
    private readonly RunningNode _node;

    private readonly string? _database;

    private BenchNode(string folder, string? database, RunningNode node)
    {
        _folder = folder;
        _database = database;
        _node = node;
        Client = new HttpClient { BaseAddress = node.Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    internal HttpClient Client { get; }

    internal static async Task<BenchNode> StartAsync(string folder, string? database = null)
    {
        if (database is not null)
        {
            Directory.CreateDirectory(folder);
            await Server.Storage.NodeDatabase.Of(database, folder).MigrateAsync(CancellationToken.None);
        }

        var node = new BenchNode(folder, database, await RunningNode.StartAsync(
            new NodeOptions
            {
                Port = 0, DataFolder = folder, Database = database, RateLimits = RateLimits.None,
            },
            CancellationToken.None));
        await node.PostAsync(await node.TokenAsync("convener"), "outbreaks", new JsonObject
        {
            ["id"] = "fever",
            ["name"] = "Fever",
            ["pack"] = "exercise-fever",
            ["declared"] = "2026-01-05",
        });
        return node;
    }

    internal async Task<string> TokenAsync(string member)
    {
        var (token, refusal) = await MemberAccess.IssueAsync(
            new NodeOptions { DataFolder = _folder, Database = _database },
            new TokenOrder(
                member, "reporter,requester,donor,logistics,publisher,administrator", "first " + member, 7,
                "bench.sameboat.invalid", null, null, Exercise: true),
            CancellationToken.None);
        return token ?? throw new InvalidOperationException(refusal);
    }

    /// <summary>Posts and answers with the ETag; a refusal throws.</summary>
    internal async Task<string> PostAsync(string token, string path, JsonObject body, string? tag = null)
    {
        using var content = JsonContent.Create(body);
        return (await PostAsync(token, path, content, tag)).Tag;
    }

    internal async Task<(string Tag, string Text)> PostAsync(
        string token, string path, HttpContent content, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? (answer.Headers.ETag?.Tag ?? "", text)
            : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _node.DisposeAsync();
    }
}
