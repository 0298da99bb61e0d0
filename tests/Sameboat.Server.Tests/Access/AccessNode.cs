using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Fuzzing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Consignments;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Accounts;

namespace Sameboat.Server.Tests.Access;

/// <summary>A node with people, tokens of every kind and entities in every situation.</summary>
internal sealed class AccessNode : IAsyncDisposable
{
    private const int DayOfTokens = 7;
    private const int DayOfExpired = 1;

    private readonly AccountNode _node;
    private readonly Visitor _visitor;

    private AccessNode(AccountNode node, Visitor visitor, NodeDatabase database, ApiSurface surface)
    {
        _node = node;
        _visitor = visitor;
        Database = database;
        Surface = surface;
        Bodies = new BodyMaker(surface, new SeededRandom(6));
        Bodies.Names.AddRange([AccessEntities.Outbreak, AccessEntities.Plan]);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = node.Node.Address,
        };
    }

    internal NodeDatabase Database { get; }

    internal ApiSurface Surface { get; }

    internal BodyMaker Bodies { get; }

    internal HttpClient Client { get; }

    internal IReadOnlyList<AccessReader> Readers { get; private set; } = [];

    /// <summary>Everything that the node answers to.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints => _node.Node.Endpoints;

    internal static async Task<AccessNode> StartAsync(string? connection)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (connection is not null)
        {
            await NodeDatabase.Of(connection, Path.GetTempPath()).MigrateAsync(cancellation);
        }

        var node = await AccountNode.StartAsync(
            options => options with { Database = connection, RateLimits = RateLimits.None });
        var visitor = await node.FoundAsync();
        var database = NodeDatabase.Of(connection, node.Folder);
        var document = await visitor.Client.GetStringAsync("/openapi/v1.json", cancellation);
        var found = new AccessNode(node, visitor, database, new ApiSurface(document));
        await found.IssueAsync(connection, AccessEntities.Other, Roles.Donor, DayOfTokens);
        await found.IssueAsync(connection, AccessEntities.Third, Roles.Donor, DayOfTokens);
        var readers = new List<AccessReader> { new("no token", Roles.None, null) };
        foreach (var role in RoleWords.All.Select(one => one.Role))
        {
            readers.Add(new AccessReader(
                $"{role}".ToLowerInvariant(), role,
                await found.IssueAsync(connection, AccessEntities.Me, role, DayOfTokens)));
        }

        var all = RoleWords.All.Aggregate(Roles.None, (sum, one) => sum | one.Role);
        var expired = await found.IssueAsync(connection, AccessEntities.Me, all, DayOfExpired);
        node.Clock.Move(TimeSpan.FromDays(DayOfExpired) + TimeSpan.FromMinutes(1));
        var (revoked, id) = await found.DrawAsync(AccessEntities.Me, all);
        await new MemberTokens(database, node.Clock).RevokeAsync(
            MemberId.Parse(AccessEntities.Me), id, cancellation);
        (await visitor.SignInAsync("first", Totp.Code(visitor.Authenticator, Totp.StepOf(node.Clock.GetUtcNow()))))
            .ShouldBe(200, visitor.Page);
        var cookie = string.Join("; ", visitor.Cookies.Select(one => $"{one.Key}={one.Value}"));
        readers.Add(new AccessReader("expired token", Roles.None, expired));
        readers.Add(new AccessReader("revoked token", Roles.None, revoked));
        readers.Add(new AccessReader("session cookie", Roles.None, null, cookie));
        found.Readers = readers;
        await AccessEntities.AddAsync(database, node.Folder, node.Clock);
        return found;
    }

    /// <summary>A token that nobody else uses, and its id.</summary>
    internal Task<(string Token, Guid Id)> DrawAsync(string member, Roles roles) =>
        new MemberTokens(Database, _node.Clock).IssueAsync(
            new Actor(MemberId.Parse(member), "Spare", roles), DayOfTokens, TestContext.Current.CancellationToken);

    /// <summary>How many entries speak of an entity.</summary>
    internal async Task<int> VersionAsync(string subject)
    {
        await using var db = Database.Open();
        return await db.Entries.CountAsync(row => row.Subject == subject, TestContext.Current.CancellationToken);
    }

    /// <summary>The tracking code of a consignment, whoever may see it.</summary>
    internal async Task<string> TrackingAsync(string subject)
    {
        await using var db = Database.Open();
        return (await db.Set<ConsignmentRow>().IgnoreQueryFilters()
            .FirstAsync(row => row.Subject == subject, TestContext.Current.CancellationToken)).Tracking;
    }

    /// <summary>The id of the first entry of a member's log.</summary>
    internal async Task<string> FirstEntryAsync(string member)
    {
        await using var db = Database.Open();
        var row = await db.Entries.FirstAsync(
            one => one.Member == member && one.Position == 0, TestContext.Current.CancellationToken);
        return row.ToEntry().Id.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _visitor.Dispose();
        await _node.DisposeAsync();
    }

    private async Task<string> IssueAsync(string? connection, string member, Roles roles, int days)
    {
        var (token, refusal) = await MemberAccess.IssueAsync(
            new NodeOptions { DataFolder = _node.Folder, Database = connection, Clock = _node.Clock },
            new TokenOrder(
                member, $"{roles}", "Officer", days, "node.test", null, null, Exercise: false),
            TestContext.Current.CancellationToken);
        refusal.ShouldBeEmpty();
        return token!;
    }
}
