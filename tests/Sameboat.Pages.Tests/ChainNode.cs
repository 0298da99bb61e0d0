using Microsoft.Playwright;
using Sameboat.Server;
using Sameboat.Server.Accounts;

namespace Sameboat.Pages.Tests;

/// <summary>
/// A node of three members, each of them equal: one that convenes and answers for a place, one that asks and answers
/// for another, and an organisation that gives; and people of theirs, each before a browser of its own.
/// </summary>
internal sealed class ChainNode : IAsyncDisposable
{
    internal const string Convener = "uga";
    internal const string Requester = "ken";
    internal const string Giver = "relief-pool";

    private const int Computer = 1280;
    private const int Telephone = 360;
    private const string Everything = "reporter,requester,donor,logistics,publisher,administrator";

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-chain-").FullName;
    private readonly List<IBrowserContext> _windows = [];
    private readonly StandingClock _clock = new();
    private readonly ExerciseNode _browser;
    private RunningNode? _node;

    private ChainNode(ExerciseNode browser) => _browser = browser;

    /// <summary>Where it answers.</summary>
    internal Uri Address => _node!.Address;

    internal static async Task<ChainNode> StartAsync(ExerciseNode browser)
    {
        var chain = new ChainNode(browser);
        chain._node = await RunningNode.StartAsync(chain.Options, TestContext.Current.CancellationToken);
        return chain;
    }

    private NodeOptions Options => new() { Port = 0, DataFolder = _folder, Clock = _clock };

    /// <summary>The first account of the member that the node begins with.</summary>
    internal async Task<ChainPerson> FoundAsync(string culture, bool script)
    {
        var person = await PersonAsync(Convener, culture, Computer, script);
        await person.SetUpAsync(
            _node!.SetUp!.PathAndQuery, "convener", _clock.GetUtcNow(), ("member", Convener),
            ("member-name", "Health authority"), ("territory", Convener), ("label", "Secretary of the round"));
        return person;
    }

    /// <summary>The first account of another member, whose log whoever runs the node has opened.</summary>
    internal async Task<ChainPerson> AdmitAsync(
        string member, string name, string? territory, string label, string culture, bool script)
    {
        var (_, refusal) = await MemberAccess.IssueAsync(
            Options, new TokenOrder(member, Everything, label, 1, "node.test", name, territory, Exercise: false),
            TestContext.Current.CancellationToken);
        refusal.ShouldBeEmpty();
        var link = await MemberDesk.InviteAsync(
            Options, member, label, Everything, TestContext.Current.CancellationToken);
        var person = await PersonAsync(member, culture, Computer, script);
        await person.SetUpAsync(new Uri(link).PathAndQuery, $"{member}-first", _clock.GetUtcNow());
        return person;
    }

    /// <summary>A colleague whom somebody of the member has invited on its page.</summary>
    internal async Task<ChainPerson> JoinAsync(
        ChainPerson host, string label, bool script, bool onTelephone, params string[] roles)
    {
        var path = await host.InviteAsync(label, roles);
        var person = await PersonAsync(host.Member, host.Culture, onTelephone ? Telephone : Computer, script);
        await person.SetUpAsync(path, $"{host.Member}-{_windows.Count}", _clock.GetUtcNow());
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows)
        {
            await window.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ChainPerson> PersonAsync(string member, string culture, int width, bool script)
    {
        var window = await _browser.WindowAsync(width, script, site: Address);
        _windows.Add(window);
        return new ChainPerson(await window.NewPageAsync(), member, culture);
    }
}

/// <summary>A clock that stands: the days of the walk are always the same ones.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
}
