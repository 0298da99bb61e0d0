using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Storage;

/// <summary>What the folding of one entity needs to know of the rest of the record.</summary>
internal sealed class FoldContext
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Member, Guid Entry), SealedBodyRow> _bodies = [];

    private readonly Dictionary<string, List<EntryRow>> _looked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<IProjectedRow>> _rows = new(StringComparer.Ordinal);

    /// <summary>Whether the owner of an entity has said anything about it.</summary>
    internal bool IsSeen(string subject) => _seen.Contains(subject);

    /// <summary>The entities asked for that nobody's entry shows.</summary>
    internal string[] Unseen => [.. _asked.Except(_seen)];

    /// <summary>The entities that others are judged by and that were loaded.</summary>
    internal IEnumerable<string> LookedInto => _looked.Keys;

    /// <summary>The rows of an entity that others are judged by; none while it says nothing.</summary>
    internal IReadOnlyList<IProjectedRow> RowsOf(string subject)
    {
        if (!_rows.TryGetValue(subject, out var rows))
        {
            rows = _looked.TryGetValue(subject, out var entries)
                ? [.. EntityHistory.Of(entries).SelectMany(entity => entity.OwnRows(this))]
                : [];
            _rows[subject] = rows;
        }

        return rows;
    }

    /// <summary>Takes note of entities that these entries show.</summary>
    internal void Show(IEnumerable<EntryRow> rows)
    {
        foreach (var row in rows)
        {
            if (RecordKinds.IsLookedInto(row.Subject))
            {
                Look(row);
            }

            if (EntityFolding.Shows(row.Subject, row.Member, row.Kind))
            {
                _seen.Add(row.Subject);
            }
        }
    }

    /// <summary>Lets go of the bodies loaded so far; what has been seen is kept.</summary>
    internal void Forget()
    {
        _bodies.Clear();
        _looked.Clear();
        _rows.Clear();
    }

    /// <summary>Takes note of a body that is held here.</summary>
    internal void Hold(SealedBodyRow body) => _bodies[(body.Member, body.Entry)] = body;

    /// <summary>Loads the sealed bodies of these entities and whether what they watch has been seen.</summary>
    internal async Task LoadAsync(
        NodeContext db, IReadOnlyCollection<EntityHistory> entities, CancellationToken cancellation)
    {
        var ids = entities.SelectMany(entity => entity.SealedIds).ToArray();
        if (ids.Length > 0)
        {
            await db.SealedBodies.AsNoTracking()
                .Where(body => ids.Contains(body.Entry))
                .ForEachAsync(Hold, cancellation);
        }

        var wanted = entities.SelectMany(entity => entity.Watched(this)).Where(_asked.Add).ToArray();
        await LookAsync(db, wanted, cancellation);
        await LookIntoAsync(
            db, [.. entities.SelectMany(entity => entity.LookedInto(this)).Distinct(StringComparer.Ordinal)],
            cancellation);
    }

    /// <summary>Loads the entities by which others are judged, as they stand now.</summary>
    internal async Task LookIntoAsync(NodeContext db, string[] subjects, CancellationToken cancellation)
    {
        if (subjects.Length == 0)
        {
            return;
        }

        foreach (var subject in subjects)
        {
            _looked[subject] = [];
        }

        _rows.Clear();
        foreach (var row in await Projections.HistoryAsync(db, subjects, cancellation))
        {
            Look(row);
        }

        // What they in turn wait for; an entity that is looked into looks into none.
        var wanted = subjects
            .SelectMany(subject => EntityHistory.Of(_looked[subject]))
            .SelectMany(entity => entity.Watched(this))
            .Where(_asked.Add)
            .ToArray();
        await LookAsync(db, wanted, cancellation);
    }

    /// <summary>Looks again for entities that were not seen before.</summary>
    internal async Task LookAsync(
        NodeContext db, string[] subjects, CancellationToken cancellation)
    {
        if (subjects.Length == 0)
        {
            return;
        }

        var heads = await db.Entries.AsNoTracking()
            .Where(row => subjects.Contains(row.Subject))
            .Select(row => new { row.Subject, row.Member, row.Kind })
            .Distinct()
            .ToListAsync(cancellation);
        _seen.UnionWith(heads
            .Where(head => EntityFolding.Shows(head.Subject, head.Member, head.Kind))
            .Select(head => head.Subject));
    }

    private void Look(EntryRow row)
    {
        if (!_looked.TryGetValue(row.Subject, out var entries))
        {
            _looked[row.Subject] = entries = [];
        }

        entries.Add(row);
        _rows.Remove(row.Subject);
    }

    /// <summary>A sealed entry with its body, or with the reason why it cannot be read.</summary>
    internal HistoryEntry Open(Entry entry)
    {
        if (!SealedBody.TryParse(entry.Body, out var seal))
        {
            return new HistoryEntry(entry, IsSealed: true, Withheld: FoldReasons.Unreadable);
        }

        if (IsSeen(ErasureFold.SubjectOf(entry.Author, entry.Id)))
        {
            return new HistoryEntry(entry, IsSealed: true, seal, FoldReasons.Erased);
        }

        return _bodies.TryGetValue((entry.Author.ToString(), entry.Id.Value), out var body)
            && seal.Open(body.Salt, body.Body) is { } opened
            ? new HistoryEntry(entry with { Body = opened }, IsSealed: true, seal)
            : new HistoryEntry(entry, IsSealed: true, seal, FoldReasons.Sealed);
    }
}
