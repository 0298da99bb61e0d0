using Microsoft.Data.Sqlite;

namespace Sameboat.Server.Tests.Accounts;

/// <summary>A node on an empty data folder, and people who come to it with a browser without scripts.</summary>
internal sealed class AccountNode : IAsyncDisposable
{
    /// <summary>Long enough for a password, and nobody's.</summary>
    internal const string Password = "seven quiet harbours";

    private readonly NodeOptions _options;

    private AccountNode(NodeOptions options, RunningNode node)
    {
        _options = options;
        Node = node;
    }

    internal RunningNode Node { get; private set; }

    internal string Folder => _options.DataFolder!;

    internal MovedTime Clock => (MovedTime)_options.Clock!;

    internal static async Task<AccountNode> StartAsync(Func<NodeOptions, NodeOptions>? with = null)
    {
        var options = new NodeOptions
        {
            Port = 0,
            DataFolder = Directory.CreateTempSubdirectory("sameboat-accounts-").FullName,
            Clock = new MovedTime(),
        };
        options = with?.Invoke(options) ?? options;
        return new AccountNode(
            options, await RunningNode.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>Stops the node and starts it again on the same folder.</summary>
    internal async Task RestartAsync()
    {
        await Node.DisposeAsync();
        Node = await RunningNode.StartAsync(_options, TestContext.Current.CancellationToken);
    }

    internal Visitor Visit() => new(Node.Address);

    /// <summary>The first administrator, set up by the link of the first start and signed in.</summary>
    internal async Task<Visitor> FoundAsync(string member = "ken", string name = "first")
    {
        var visitor = Visit();
        await visitor.OpenAsync(Node.SetUp!.PathAndQuery);
        var made = await visitor.SetUpAsync(name, Clock, new Dictionary<string, string>
        {
            ["member"] = member,
            ["member-name"] = "Ministry of Health",
            ["territory"] = "ken",
            ["label"] = "Operations officer",
        });
        made.ShouldBe(200, visitor.Page);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
