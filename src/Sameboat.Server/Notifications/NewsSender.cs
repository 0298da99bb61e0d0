using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>
/// Sends what is due. A message is taken for <see cref="NewsLimits.Lease"/> before it is sent and marked when the
/// channel has taken it: a cut between the two sends it again under the same id, and no other way sends anything twice.
/// </summary>
internal sealed class NewsSender(
    NodeDatabase database, NodeOptions options, NewsSecrets secrets, TimeProvider time) : IDisposable
{
    private readonly NewsHook _hook = new(options.WebhooksMayBePrivate, time);

    public void Dispose() => _hook.Dispose();

    /// <summary>Sends a limited number of messages.</summary>
    /// <returns>How many were taken by their channels.</returns>
    internal async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = SignedIn.Micros(time.GetUtcNow());
        var due = await db.Set<NotificationRow>().AsNoTracking()
            .Where(row => row.Sent == 0 && row.Due <= now && row.Attempts < NewsLimits.AttemptsMax)
            .OrderBy(row => row.Due)
            .ThenBy(row => row.Id)
            .Take(NewsLimits.MessagesAtATime)
            .ToListAsync(cancellation);
        var sent = 0;
        foreach (var rows in due.GroupBy(row => row.Subscription))
        {
            var subscription = await db.Set<SubscriptionRow>().AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == rows.Key, cancellation);
            if (subscription is null || !await IsHeldAsync(db, subscription, cancellation))
            {
                await EndAsync(db, rows.Key, cancellation);
                continue;
            }

            var ordered = rows.OrderBy(row => row.Made).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
            foreach (var message in subscription.Daily ? [ordered] : ordered.Select(row => new[] { row }.ToList()))
            {
                sent += await SendAsync(db, subscription, message, cancellation) ? message.Count : 0;
            }
        }

        return sent;
    }

    private async Task<bool> SendAsync(
        NodeContext db, SubscriptionRow subscription, List<NotificationRow> rows, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ids = rows.Select(row => row.Id).ToList();
        var due = SignedIn.Micros(now);
        var lease = SignedIn.Micros(now + NewsLimits.Lease);
        var taken = await db.Set<NotificationRow>()
            .Where(row => ids.Contains(row.Id) && row.Sent == 0 && row.Due <= due)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Due, lease), cancellation);
        if (taken < rows.Count)
        {
            // Another node on the same database has some of it: whoever holds the rest sends it after the lease.
            return false;
        }

        // A stop waits for the message on its way, which has a limit of its own.
        var fault = await TellAsync(db, subscription, rows, CancellationToken.None);
        var after = time.GetUtcNow();
        var mine = db.Set<NotificationRow>().Where(row => ids.Contains(row.Id));
        if (fault is null)
        {
            var at = SignedIn.Micros(after);
            await mine.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Sent, at).SetProperty(row => row.Fault, ""), CancellationToken.None);
            return true;
        }

        var again = SignedIn.Micros(after + NewsLimits.RetryAfter(rows[0].Attempts + 1));
        await mine.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Due, again).SetProperty(row => row.Fault, fault)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1),
            CancellationToken.None);
        return false;
    }

    private async Task<string?> TellAsync(
        NodeContext db, SubscriptionRow subscription, List<NotificationRow> rows, CancellationToken cancellation)
    {
        if (subscription.Channel == NewsChannels.Webhook)
        {
            return secrets.Open(subscription.Secret) is { } key
                ? await _hook.SendAsync(
                    new Uri(subscription.Target), Encoding.UTF8.GetBytes(key), rows, cancellation)
                : "The key of this webhook cannot be read: the folder keys/pages is another one.";
        }

        return options.Mail is not { } server
            ? "This node sends no mail: it was started without --mail."
            : await NewsMail.SendAsync(
                server, subscription, rows,
                NewsLetter.Of(subscription, rows, await MemberNames.ReadAsync(db, cancellation), options.PublicAddress),
                cancellation);
    }

    // What a closed account or a revoked token asked for is told to nobody.
    private async Task<bool> IsHeldAsync(
        NodeContext db, SubscriptionRow subscription, CancellationToken cancellation)
    {
        if (!Guid.TryParse(subscription.Account[(subscription.Account.IndexOf(':', StringComparison.Ordinal) + 1)..],
            out var id))
        {
            return false;
        }

        var now = SignedIn.Micros(time.GetUtcNow());
        return subscription.Account == SignedIn.KeyOf(id)
            ? await db.Set<AccountRow>().AnyAsync(row => row.Id == id && row.Closed == 0, cancellation)
            : await db.Set<ApiTokenRow>().AnyAsync(row => row.Id == id && row.Expires > now, cancellation);
    }

    private static async Task EndAsync(NodeContext db, Guid subscription, CancellationToken cancellation)
    {
        await db.Set<SubscriptionRow>().Where(row => row.Id == subscription).ExecuteDeleteAsync(cancellation);
        await db.Set<NotificationRow>().Where(row => row.Subscription == subscription)
            .ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>Keeps the keys of webhooks encrypted, as the secrets of authenticators are.</summary>
internal sealed class NewsSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("sameboat.webhooks");

    /// <summary>As it is stored.</summary>
    internal string Seal(string key) => _protector.Protect(key);

    /// <summary>The key; null where it was sealed by another folder's keys.</summary>
    internal string? Open(string stored)
    {
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
