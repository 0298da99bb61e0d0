using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Notifications;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>A storage with a token of Peru and its subscriptions, and desks that can be made anew.</summary>
internal sealed class NewsNode : IAsyncDisposable
{
    private readonly List<NewsSender> _senders = [];
    private readonly EphemeralDataProtectionProvider _protection = new();

    private NewsNode(TestNode node) => Node = node;

    internal TestNode Node { get; }

    internal NodeOptions Options { get; set; } = new() { WebhooksMayBePrivate = true };

    internal Actor Peru { get; private set; } = new(TestNode.Peru, "desk", Roles.Reporter);

    internal static async Task<NewsNode> StartAsync(Provider provider, PostgresServer postgres)
    {
        var made = new NewsNode(await TestNode.StartAsync(provider, postgres));
        var (_, id) = await new MemberTokens(made.Node.Database, made.Node.Clock)
            .IssueAsync(made.Peru, 90, TestContext.Current.CancellationToken);
        made.Peru = made.Peru with { Account = $"token:{id:N}" };
        return made;
    }

    /// <summary>Peru subscribes to everything, as changed.</summary>
    internal async Task<(SubscriptionRow Row, string? Key)> SubscribeAsync(
        Action<JsonObject>? change = null)
    {
        var asked = new JsonObject { ["name"] = "all", ["channel"] = "inbox" };
        change?.Invoke(asked);
        NotificationShapes.Asked.Faults(asked, strict: true).ShouldBeEmpty();
        var (row, key, fault) = await Desk().MakeAsync(Peru, asked, TestContext.Current.CancellationToken);
        fault.ShouldBe(SubscriptionFault.None);
        return (row!, key);
    }

    internal SubscriptionDesk Desk() => new(Node.Database, Options, new NewsSecrets(_protection), Node.Clock);

    /// <summary>Reads with a desk that has just been made, as after a start.</summary>
    internal Task ReadAsync() =>
        new NewsDesk(Node.Database, Node.Clock).ReadEntriesAsync(TestContext.Current.CancellationToken);

    internal Task ReadTimeAsync() =>
        new NewsDesk(Node.Database, Node.Clock).ReadTimeAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends with a sender that has just been made.</summary>
    internal Task<int> SendAsync()
    {
        var sender = new NewsSender(Node.Database, Options, new NewsSecrets(_protection), Node.Clock);
        _senders.Add(sender);
        return sender.SendDueAsync(TestContext.Current.CancellationToken);
    }

    internal Task<List<NotificationRow>> InboxAsync() =>
        Desk().InboxAsync(Peru.Account, null, TestContext.Current.CancellationToken);

    /// <summary>Changes stored notifications as a test needs them.</summary>
    internal async Task ChangeAsync(Action<NotificationRow> change)
    {
        await using var db = Node.Database.Open();
        foreach (var row in await db.Set<NotificationRow>().ToListAsync(TestContext.Current.CancellationToken))
        {
            change(row);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
        {
            sender.Dispose();
        }

        return Node.DisposeAsync();
    }
}
