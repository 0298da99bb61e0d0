using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Notifications;

/// <summary>
/// Makes notifications of entries after they are committed. How far each log has been read is stored in the transaction
/// that stores what was made of it, so that a cut loses nothing and makes nothing twice.
/// </summary>
internal sealed class NewsDesk(NodeDatabase database, TimeProvider time)
{
    /// <summary>Reads what is new in every log, a limited number of entries.</summary>
    /// <returns>True when there may be more.</returns>
    internal async Task<bool> ReadEntriesAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var subscriptions = await db.Set<SubscriptionRow>().AsNoTracking().ToListAsync(cancellation);
        var positions = await db.Set<NewsPositionRow>().ToDictionaryAsync(row => row.Member, cancellation);
        var logs = await db.Logs.AsNoTracking()
            .Select(log => new { log.Member, log.Size })
            .ToListAsync(cancellation);
        var behind = logs
            .Where(log => log.Size > (positions.GetValueOrDefault(log.Member)?.Position ?? 0))
            .OrderBy(log => log.Member, StringComparer.Ordinal)
            .ToList();
        var more = false;
        foreach (var log in behind)
        {
            var position = positions.GetValueOrDefault(log.Member);
            var from = position?.Position ?? 0;
            var to = subscriptions.Count == 0 ? log.Size : Math.Min(log.Size, from + NewsLimits.EntriesAtATime);
            more |= to < log.Size;
            if (subscriptions.Count > 0)
            {
                await ReadAsync(db, log.Member, (from, to), subscriptions, cancellation);
            }

            if (position is null)
            {
                db.Add(new NewsPositionRow { Member = log.Member, Position = to });
            }
            else
            {
                position.Position = to;
            }

            if (!await SaveAsync(db, cancellation))
            {
                return true;
            }
        }

        await ReadAwaitedAsync(db, subscriptions, cancellation);
        return more;
    }

    /// <summary>Makes what is news because a day has come, and forgets what is old.</summary>
    internal async Task ReadTimeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var old = Accounts.SignedIn.Micros(now - NewsLimits.Kept);
        await db.Set<NotificationRow>().Where(row => row.Made < old).ExecuteDeleteAsync(cancellation);
        var subscriptions = await db.Set<SubscriptionRow>().AsNoTracking().ToListAsync(cancellation);
        if (subscriptions.Count == 0)
        {
            return;
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        await TellAsync(db, await NewsOfTime.OfAsync(db, today, cancellation), subscriptions, cancellation);
        await SaveAsync(db, cancellation);
    }

    private async Task ReadAsync(
        NodeContext db, string member, (long From, long To) range, List<SubscriptionRow> subscriptions,
        CancellationToken cancellation)
    {
        var oldest = Accounts.SignedIn.Micros(time.GetUtcNow() - NewsLimits.NewsAgeMax);
        var entries = await db.Entries.AsNoTracking()
            .Where(row => row.Member == member && row.Position >= range.From && row.Position < range.To
                && row.At >= oldest)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellation);
        foreach (var entry in entries.Where(entry => NewsOfEntries.Concerns(entry.Kind)))
        {
            switch (await EffectAsync(db, entry, cancellation))
            {
                case null:
                    await TellAsync(
                        db, await NewsOfEntries.OfAsync(db, entry, cancellation), subscriptions, cancellation);
                    break;
                case (int)Effect.Waiting:
                    db.Add(new AwaitedNewsRow { Member = member, Position = entry.Position });
                    break;
                default:
                    break;
            }
        }
    }

    private async Task ReadAwaitedAsync(
        NodeContext db, List<SubscriptionRow> subscriptions, CancellationToken cancellation)
    {
        var awaited = await db.Set<AwaitedNewsRow>().Take(NewsLimits.AwaitedMax).ToListAsync(cancellation);
        if (awaited.Count == 0)
        {
            return;
        }

        foreach (var one in awaited)
        {
            var entry = await db.Entries.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Member == one.Member && row.Position == one.Position, cancellation);
            var effect = entry is null ? null : await EffectAsync(db, entry, cancellation);
            if (effect == (int)Effect.Waiting)
            {
                continue;
            }

            db.Remove(one);
            if (entry is not null && effect is null)
            {
                await TellAsync(db, await NewsOfEntries.OfAsync(db, entry, cancellation), subscriptions, cancellation);
            }
        }

        await SaveAsync(db, cancellation);
    }

    private async Task TellAsync(
        NodeContext db, IReadOnlyList<News> news, List<SubscriptionRow> subscriptions, CancellationToken cancellation)
    {
        foreach (var one in news)
        {
            var asking = subscriptions.Where(one.IsFor).ToList();
            if (asking.Count == 0)
            {
                continue;
            }

            var readers = await db.Audiences.AsNoTracking()
                .Where(row => row.Subject == one.Subject).Select(row => row.Member).ToListAsync(cancellation);
            var made = asking
                .Where(row => readers.Count == 0 || readers.Contains(AudienceRow.EveryMember)
                    || readers.Contains(row.Member))
                .Select(row => one.To(row, time.GetUtcNow()))
                .ToList();
            var ids = made.Select(row => row.Id).ToList();
            var known = await db.Set<NotificationRow>().AsNoTracking()
                .Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellation);
            db.AddRange(made.Where(row => !known.Contains(row.Id)));
        }
    }

    private static async Task<int?> EffectAsync(NodeContext db, EntryRow entry, CancellationToken cancellation)
    {
        var effect = await db.Effects.AsNoTracking()
            .Where(row => row.Entry == entry.Id && row.Member == entry.Member)
            .Select(row => (int?)row.Effect)
            .FirstOrDefaultAsync(cancellation);
        return effect;
    }

    // Another node on the same database may have been first: the next round sees what it left.
    private static async Task<bool> SaveAsync(NodeContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException raced) when (raced is DbUpdateConcurrencyException
            || StoreFault.Of(raced)?.Kind == StoreFaultKind.Raced)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
