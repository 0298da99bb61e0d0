using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Record;
using Sameboat.Server.Reporting;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Conservation;

/// <summary>How much of what a place needs of an item a plan gives it.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="Item">Its code.</param>
/// <param name="Need">Units.</param>
/// <param name="Allocated">Units, in whole packs.</param>
/// <param name="Fair">The share before packs are rounded, as an exact fraction.</param>
internal sealed record CoverageGlance(string Place, string Item, long Need, long Allocated, string Fair);

/// <summary>
/// What pages show of outbreaks, in memory. It stands at a size of each log; whoever asks has it brought to the sizes
/// that the database has now, by reading the entities that the entries since then speak of and those that waited. What
/// may move others, such as a plan or a member, has everything read anew, and so has a sealed body that has come.
/// </summary>
internal sealed class KeptOutbreaks(NodeDatabase database)
{
    /// <summary>The most outbreaks, and plans of rounds, that are kept; when another is asked for, all are let go.
    /// </summary>
    internal const int OutbreaksMax = 8;

    /// <summary>With more logs that have grown, or entries in them, everything is read anew.</summary>
    internal const int ChangesMax = 400;

    private readonly Lock _lock = new();
    private readonly PublishedTally _tally = new();
    private volatile Kept _kept = Kept.Nothing;
    private Task _turn = Task.CompletedTask;

    /// <summary>The outbreak as the record has it now; an unknown one is empty.</summary>
    internal Task<OutbreakNow> ReadAsync(
        NodeContext asker, string outbreak, CancellationToken cancellation) => KeepAsync(
        asker,
        kept => kept.Outbreaks.GetValueOrDefault(outbreak),
        async (db, kept) => kept with
        {
            Outbreaks = Room(kept.Outbreaks).Add(outbreak, await OutbreakNow.ReadAsync(db, outbreak, cancellation)),
        },
        cancellation);

    /// <summary>How far the plan of a round meets the needs of places.</summary>
    internal async Task<ImmutableArray<CoverageGlance>> CoverageAsync(
        NodeContext asker, string round, CancellationToken cancellation) => (await KeepAsync(
            asker,
            kept => kept.Coverages.GetValueOrDefault(round),
            async (db, kept) => kept with
            {
                Coverages = Room(kept.Coverages).Add(round, new(
                [
                    .. await db.Coverages
                        .Where(row => row.Round == round)
                        .OrderBy(row => row.Subject).ThenBy(row => row.Line)
                        .Select(row => new CoverageGlance(
                            row.Place, row.Item, row.Need, row.Allocated, row.FairCoverage))
                        .ToListAsync(cancellation),
                ])),
            },
            cancellation)).Rows;

    /// <summary>What members are called now.</summary>
    internal Task<MemberNames> NamesAsync(NodeContext asker, CancellationToken cancellation) => KeepAsync(
        asker,
        kept => kept.Names,
        async (db, kept) => kept with { Names = await MemberNames.ReadAllAsync(db, cancellation) },
        cancellation);

    /// <summary>The newest entries of all logs, the newest first, at most <see cref="Chronicle.EntriesMax"/>.</summary>
    internal Task<RecentEntries> RecentAsync(NodeContext asker, CancellationToken cancellation) => KeepAsync(
        asker,
        kept => kept.Recent,
        async (db, kept) => kept with { Recent = await RecentEntries.ReadAsync(db, cancellation) },
        cancellation);

    /// <summary>What was published from the first to the last day.</summary>
    internal Task<ImmutableArray<PublishedLine>> PublishedAsync(
        DateOnly first, DateOnly last, CancellationToken cancellation) => InTurnAsync(async () =>
    {
        await using var db = database.Open();
        await _tally.RefreshAsync(db, cancellation);
        return _tally.Of(first, last);
    });

    private static ImmutableDictionary<string, T> Room<T>(ImmutableDictionary<string, T> kept) =>
        kept.Count < OutbreaksMax ? kept : kept.Clear();

    // Whoever finds it as the database is takes it at once; the others take turns, and one of them renews it for all
    // that asked meanwhile.
    private async Task<T> KeepAsync<T>(
        NodeContext asker, Func<Kept, T?> find, Func<NodeContext, Kept, Task<Kept>> read,
        CancellationToken cancellation)
        where T : class
    {
        var place = asker.Place ??= await RecordPlace.ReadAsync(asker, cancellation);
        if (_kept is var standing && standing.Place.Covers(place) && find(standing) is { } found)
        {
            return found;
        }

        return await InTurnAsync(async () =>
        {
            // A context of its own: what is kept is what everybody may see, whoever asks.
            await using var db = database.Open();
            if (!_kept.Place.Covers(place))
            {
                _kept = await RenewedAsync(db, _kept, cancellation);
            }

            if (find(_kept) is { } renewed)
            {
                return renewed;
            }

            _kept = await read(db, _kept);
            return find(_kept)!;
        });
    }

    // One after another, whatever came of the one before.
    private Task<T> InTurnAsync<T>(Func<Task<T>> read)
    {
        lock (_lock)
        {
            var turn = AfterAsync(_turn, read);
            _turn = turn;
            return turn;
        }
    }

    private static async Task<T> AfterAsync<T>(Task before, Func<Task<T>> read)
    {
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await read();
    }

    // The sizes first, then who waits, then the rows: what is stored in between is seen again the next time.
    private static async Task<Kept> RenewedAsync(NodeContext db, Kept kept, CancellationToken cancellation)
    {
        var place = await RecordPlace.ReadAsync(db, cancellation);
        var waiting = await WaitingAsync(db, cancellation);
        var fresh = Kept.Nothing with { Place = place, Waiting = waiting };
        if (place.Bodies != kept.Place.Bodies || kept.Waiting is not { } waited
            || await LogSizes.SinceAsync(
                db, kept.Place.Sizes, place.Sizes, ChangesMax, RecentEntries.Heads, cancellation) is not { } added)
        {
            return fresh;
        }

        string[] changed = [.. added.Select(head => head.Subject).Where(subject => subject.Length > 0).Distinct()];
        if (await ChainChange.ReadAsync(db, changed, waited, cancellation) is not { } change)
        {
            return fresh;
        }

        var outbreaks = kept.Outbreaks;
        foreach (var (outbreak, now) in outbreaks)
        {
            outbreaks = outbreaks.SetItem(outbreak, await now.RenewedAsync(db, outbreak, change, cancellation));
        }

        return kept with
        {
            Place = place,
            Waiting = waiting,
            Outbreaks = outbreaks,
            Recent = kept.Recent is { } recent
                ? await recent.RenewedAsync(db, added, waited, cancellation)
                : null,
        };
    }

    // Those that may change without an entry that speaks of them; null when there are too many to look at each.
    private static async Task<ImmutableHashSet<string>?> WaitingAsync(
        NodeContext db, CancellationToken cancellation)
    {
        var waiting = await db.Effects
            .Where(effect => effect.Awaits != "")
            .Select(effect => effect.Subject)
            .Distinct()
            .Take(ChangesMax + 1)
            .ToListAsync(cancellation);
        return waiting.Count > ChangesMax ? null : waiting.ToImmutableHashSet(StringComparer.Ordinal);
    }

    private sealed record CoverageRows(ImmutableArray<CoverageGlance> Rows);

    /// <summary>What is kept, as the record was at a place.</summary>
    private sealed record Kept(
        RecordPlace Place,
        ImmutableHashSet<string>? Waiting,
        ImmutableDictionary<string, OutbreakNow> Outbreaks,
        ImmutableDictionary<string, CoverageRows> Coverages,
        MemberNames? Names,
        RecentEntries? Recent)
    {
        internal static readonly Kept Nothing = new(
            new RecordPlace(new Dictionary<string, long>(StringComparer.Ordinal), -1), null,
            ImmutableDictionary.Create<string, OutbreakNow>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, CoverageRows>(StringComparer.Ordinal), null, null);
    }
}
