using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Chain;

/// <summary>A node without an exercise and the tokens of its members.</summary>
internal sealed class ApiNode : IAsyncDisposable
{
    internal const string AllRoles = "reporter,requester,donor,logistics,publisher,administrator";

    private readonly string _folder;
    private readonly RunningNode _node;

    private readonly string? _database;

    private ApiNode(string folder, string? database, RunningNode node)
    {
        _folder = folder;
        _database = database;
        _node = node;
        Client = new HttpClient { BaseAddress = node.Address };
    }

    internal HttpClient Client { get; }

    internal string Folder => _folder;

    internal Uri Address => _node.Address;

    internal static async Task<ApiNode> StartAsync(
        string? database = null, RateLimits? limits = null, IReadOnlyList<MemberId>? founders = null,
        Func<NodeOptions, NodeOptions>? with = null)
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-api-").FullName;
        if (database is not null)
        {
            await Sameboat.Server.Storage.NodeDatabase.Of(database, folder)
                .MigrateAsync(TestContext.Current.CancellationToken);
        }

        var options = new NodeOptions
        {
            Port = 0, DataFolder = folder, Database = database, RateLimits = limits ?? RateLimits.Usual,
            Founders = founders ?? [],
        };
        return new ApiNode(folder, database, await RunningNode.StartAsync(
            with?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    internal async Task<string> TokenAsync(
        string member, string label, string roles = AllRoles, string? territory = null, string? name = null)
    {
        var (token, refusal) = await MemberAccess.IssueAsync(
            new NodeOptions { DataFolder = _folder, Database = _database },
            new TokenOrder(member, roles, label, 7, "node.test", name, territory, Exercise: true),
            TestContext.Current.CancellationToken);
        refusal.ShouldBeEmpty();
        return token!;
    }

    internal async Task<(HttpStatusCode Status, string Tag, JsonObject Body)> PostAsync(
        string token, string path, JsonObject body, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path)
        {
            Content = JsonContent.Create(body),
        };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.ETag?.Tag ?? "", JsonNode.Parse(text)!.AsObject());
    }

    internal async Task<JsonObject> GetAsync(string path) => JsonNode.Parse(
        await Client.GetStringAsync("/api/v1/" + path, TestContext.Current.CancellationToken))!.AsObject();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _node.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
