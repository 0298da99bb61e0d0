using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Conservation;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Reporting;

/// <summary>
/// How many entries of each noun were said on each day, and by whom: added up once and then by what has come, since
/// logs only grow. Not for use by two at once.
/// </summary>
internal sealed class PublishedTally
{
    private const long DayMicroseconds = 86_400_000_000;

    // With more entries than this since the last look, all are counted again.
    private const int ChangesMax = 4_000;

    private readonly Dictionary<(int Day, string Noun), Dictionary<string, long>> _said = [];
    private Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <summary>Counts what has come since the last time.</summary>
    internal async Task RefreshAsync(NodeContext db, CancellationToken cancellation)
    {
        // The sizes and the counts of one moment: an entry is counted once.
        await using var snapshot = await db.BeginSnapshotAsync(cancellation);
        var sizes = await LogSizes.ReadAsync(db, cancellation);
        if (LogSizes.AreEqual(_sizes, sizes))
        {
            return;
        }

        var heads = await LogSizes.SinceAsync(db, _sizes, sizes, ChangesMax, RecentEntries.Heads, cancellation);
        if (heads is null)
        {
            var all = await db.Entries
                .GroupBy(row => new { Day = row.At / DayMicroseconds, row.Kind, row.Member })
                .Select(group => new { group.Key.Day, group.Key.Kind, group.Key.Member, Count = group.LongCount() })
                .ToListAsync(cancellation);
            _said.Clear();
            all.ForEach(one => Add(one.Day * DayMicroseconds, one.Kind, one.Member, one.Count));
        }
        else
        {
            heads.ForEach(head => Add(head.At, head.Kind, head.Member, 1));
        }

        _sizes = sizes;
    }

    /// <summary>The lines of the days from the first to the last, most entries first.</summary>
    internal ImmutableArray<PublishedLine> Of(DateOnly first, DateOnly last) =>
    [
        .. _said
            .Where(one => one.Key.Day >= first.DayNumber && one.Key.Day <= last.DayNumber)
            .GroupBy(one => one.Key.Noun, one => one.Value)
            .Select(noun => new PublishedLine(
                noun.Key,
                (int)noun.Sum(members => members.Values.Sum()),
                noun.SelectMany(members => members.Keys).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(line => line.Entries),
    ];

    private void Add(long at, string kind, string member, long count)
    {
        var key = (ChainLedger.DayOf(at), kind.Split('.')[0]);
        if (!_said.TryGetValue(key, out var members))
        {
            _said[key] = members = new Dictionary<string, long>(StringComparer.Ordinal);
        }

        members[member] = members.GetValueOrDefault(member) + count;
    }
}
