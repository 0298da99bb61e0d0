using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Storage;

/// <summary>The whole history of one subject, in the order in which it is folded: (at, author, position).</summary>
internal sealed class EntityHistory
{
    private readonly ImmutableArray<(Entry Entry, bool IsSealed)> _ordered;

    private EntityHistory(string subject, ImmutableArray<(Entry Entry, bool IsSealed)> ordered)
    {
        Subject = subject;
        _ordered = ordered;
    }

    internal string Subject { get; }

    /// <summary>The ids of the entries whose body is sealed.</summary>
    internal IEnumerable<Guid> SealedIds => _ordered.Where(one => one.IsSealed).Select(one => one.Entry.Id.Value);

    /// <summary>Groups stored entries by subject; the entries of each subject must be all there are.</summary>
    internal static ImmutableArray<EntityHistory> Of(IEnumerable<EntryRow> rows) =>
    [
        .. rows.GroupBy(row => row.Subject, StringComparer.Ordinal).Select(entity => new EntityHistory(
            entity.Key,
            [
                .. entity
                    .OrderBy(row => row.At)
                    .ThenBy(row => row.AtCounter)
                    .ThenBy(row => row.Member, StringComparer.Ordinal)
                    .ThenBy(row => row.Position)
                    .Select(row => row.ToEntry())
                    .Select(entry => (entry, SealedBody.IsSealed(entry.Body))),
            ])),
    ];

    /// <summary>
    /// The entities whose coming changes how these entries count: what they wait for, and the erasure of a sealed body.
    /// </summary>
    internal IEnumerable<string> Watched(FoldContext context) =>
        EntityFolding.References(Subject, Open(context))
            .Concat(_ordered.Where(one => one.IsSealed)
                .Select(one => ErasureFold.SubjectOf(one.Entry.Author, one.Entry.Id)));

    /// <summary>The entities that these entries are judged by.</summary>
    internal IEnumerable<string> LookedInto(FoldContext context) =>
        EntityFolding.LookedInto(Subject, Open(context));

    /// <summary>True when the body of some entry is not public.</summary>
    internal bool HoldsSealed => _ordered.Any(one => one.IsSealed);

    /// <summary>The rows of the entity alone.</summary>
    internal IReadOnlyList<IProjectedRow> OwnRows(FoldContext context) =>
        EntityFolding.Fold(Subject, [.. Open(context)], context.IsSeen, context.RowsOf).Rows;

    /// <summary>The entries whose sealed body its author has taken back.</summary>
    internal IEnumerable<(string Member, Guid Entry)> Erased(FoldContext context) => _ordered
        .Where(one => one.IsSealed && context.IsSeen(ErasureFold.SubjectOf(one.Entry.Author, one.Entry.Id)))
        .Select(one => (one.Entry.Author.ToString(), one.Entry.Id.Value));

    /// <summary>The rows of the entity, what did not simply count, and who may see it.</summary>
    internal IEnumerable<IProjectedRow> Rows(FoldContext context)
    {
        var history = Open(context).ToList();
        var outcome = EntityFolding.Fold(Subject, history, context.IsSeen, context.RowsOf);
        var hindered = outcome.Effects.Where(effect => effect.Effect != Effect.Applied).ToList();
        return outcome.Rows
            .Concat(Audience(history, hindered))
            .Concat(hindered.Select(effect => new EffectRow
            {
                Subject = Subject,
                Entry = effect.Entry.Id.Value,
                Member = effect.Entry.Author.ToString(),
                Effect = (int)effect.Effect,
                Reason = effect.Reason,
                Awaits = effect.Awaits,
            }));
    }

    private IEnumerable<HistoryEntry> Open(FoldContext context) => _ordered.Select(one => one.IsSealed
        ? context.Open(one.Entry)
        : new HistoryEntry(one.Entry));

    // Whoever may read every sealed body that counted, and nobody else.
    private IEnumerable<AudienceRow> Audience(List<HistoryEntry> history, List<EntryEffect> hindered)
    {
        var idle = hindered.Select(effect => effect.Entry).ToHashSet(ReferenceEqualityComparer.Instance);
        var seals = history
            .Where(one => one.Seal is not null && !idle.Contains(one.Entry))
            .ToList();
        if (seals.Count == 0)
        {
            return [];
        }

        HashSet<string>? readers = null;
        foreach (var one in seals.Where(one => one.Seal!.Visibility == Visibility.Parties))
        {
            var named = one.Seal!.Recipients.Append(one.Entry.Author).Select(member => member.ToString());
            readers = readers is null ? [.. named] : [.. readers.Intersect(named)];
        }

        return (readers is null ? [AudienceRow.EveryMember] : readers.Count > 0 ? readers : [AudienceRow.Nobody])
            .Select(member => new AudienceRow { Subject = Subject, Member = member });
    }
}
