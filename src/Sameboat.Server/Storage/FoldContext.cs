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

    /// <summary>Whether the owner of an entity has said anything about it.</summary>
    internal bool IsSeen(string subject) => _seen.Contains(subject);

    /// <summary>The entities asked for that nobody's entry shows.</summary>
    internal string[] Unseen => [.. _asked.Except(_seen)];

    /// <summary>Takes note of entities that these entries show.</summary>
    internal void Show(IEnumerable<EntryRow> rows)
    {
        foreach (var row in rows)
        {
            if (EntityFolding.Shows(row.Subject, row.Member, row.Kind))
            {
                _seen.Add(row.Subject);
            }
        }
    }

    /// <summary>Lets go of the bodies loaded so far; what has been seen is kept.</summary>
    internal void Forget() => _bodies.Clear();

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
