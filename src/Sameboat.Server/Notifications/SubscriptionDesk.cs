using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>What comes of asking for a subscription that is refused: the closed list.</summary>
internal enum SubscriptionFault
{
    /// <summary>Nothing: it was done.</summary>
    None,

    /// <summary>The address is not one of the channel.</summary>
    BadTarget,

    /// <summary>This node was started without a mail server.</summary>
    NoMail,

    /// <summary>There are as many as there may be.</summary>
    TooMany,
}

/// <summary>What somebody asks to be told of, of the shape <see cref="NotificationShapes.Asked"/>.</summary>
internal sealed class SubscriptionDesk(
    NodeDatabase database, NodeOptions options, NewsSecrets secrets, TimeProvider time)
{
    /// <summary>Makes a subscription; the key of a webhook is handed out this once.</summary>
    internal async Task<(SubscriptionRow? Row, string? Key, SubscriptionFault Fault)> MakeAsync(
        Actor actor, JsonObject asked, CancellationToken cancellation)
    {
        var channel = asked.Text("channel")!;
        var target = channel == NewsChannels.Inbox ? "" : (asked.Text("target") ?? "").Trim();
        if (FaultOf(channel, target) is var fault and not SubscriptionFault.None)
        {
            return (null, null, fault);
        }

        await using var db = database.Open();
        if (await db.Set<SubscriptionRow>().CountAsync(row => row.Account == actor.Account, cancellation)
            >= NewsLimits.SubscriptionsMax)
        {
            return (null, null, SubscriptionFault.TooMany);
        }

        var now = time.GetUtcNow();
        var key = channel == NewsChannels.Webhook ? LogKeys.DrawToken() : null;
        var row = new SubscriptionRow
        {
            Id = LogKeys.DrawId(now.ToUnixTimeMilliseconds()).Value,
            Account = actor.Account,
            Member = actor.Member.ToString(),
            Name = asked.Text("name")!,
            Places = Codes(asked.Text("places")),
            Outbreaks = asked.Text("outbreaks") ?? "",
            Types = asked.Text("types") ?? "",
            Severity = (int)(Enum.TryParse<NewsSeverity>(asked.Text("severity"), ignoreCase: true, out var least)
                ? least : NewsSeverity.Information),
            Channel = channel,
            Target = target,
            Secret = key is null ? "" : secrets.Seal(key),
            Daily = asked.Text("digest") == NotificationShapes.Daily,
            Culture = asked.Text("culture") ?? Words.DefaultCulture,
            Made = SignedIn.Micros(now),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return (row, key, SubscriptionFault.None);
    }

    /// <summary>The subscriptions of a holder, oldest first.</summary>
    internal async Task<List<SubscriptionRow>> ListAsync(string account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<SubscriptionRow>().AsNoTracking()
            .Where(row => row.Account == account)
            .OrderBy(row => row.Made).ThenBy(row => row.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>Ends a subscription; false when the holder has none of that id.</summary>
    internal async Task<bool> EndAsync(string account, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Set<SubscriptionRow>().Where(row => row.Account == account && row.Id == id)
            .ExecuteDeleteAsync(cancellation) == 0)
        {
            return false;
        }

        await db.Set<NotificationRow>().Where(row => row.Subscription == id).ExecuteDeleteAsync(cancellation);
        return true;
    }

    /// <summary>What a holder was told, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="acknowledged">Those alone that are, or are not; null for all.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<List<NotificationRow>> InboxAsync(
        string account, bool? acknowledged, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<NotificationRow>().AsNoTracking()
            .Where(row => row.Account == account
                && (acknowledged == null || acknowledged == (row.Acknowledged > 0)))
            .OrderByDescending(row => row.Made).ThenBy(row => row.Id)
            .Take(NewsLimits.InboxMax)
            .ToListAsync(cancellation);
    }

    /// <summary>Notes that the holder has seen it; false when there is none of that id. The first time stays.</summary>
    internal async Task<bool> AcknowledgeAsync(string account, string id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = SignedIn.Micros(time.GetUtcNow());
        var own = db.Set<NotificationRow>().Where(row => row.Account == account && row.Id == id);
        await own.Where(row => row.Acknowledged == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Acknowledged, now), cancellation);
        return await own.AnyAsync(cancellation);
    }

    /// <summary>As <see cref="AcknowledgeAsync"/> for everything about one entity.</summary>
    internal async Task AcknowledgeThreadAsync(string account, string subject, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = SignedIn.Micros(time.GetUtcNow());
        await db.Set<NotificationRow>()
            .Where(row => row.Account == account && row.Subject == subject && row.Acknowledged == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Acknowledged, now), cancellation);
    }

    private SubscriptionFault FaultOf(string channel, string target) => channel switch
    {
        NewsChannels.Mail when options.Mail is null => SubscriptionFault.NoMail,
        NewsChannels.Mail => MailSettings.IsAddress(target) ? SubscriptionFault.None : SubscriptionFault.BadTarget,
        NewsChannels.Webhook => Uri.TryCreate(target, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (options.WebhooksMayBePrivate && uri.Scheme == Uri.UriSchemeHttp))
            && uri.UserInfo.Length == 0
                ? SubscriptionFault.None
                : SubscriptionFault.BadTarget,
        _ => SubscriptionFault.None,
    };

    // Codes as the record's rows hold them.
    private static string Codes(string? places) => string.Join(' ', (places ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(text => TerritoryCode.TryParse(text, out var code) ? code.ToString() : text));
}
