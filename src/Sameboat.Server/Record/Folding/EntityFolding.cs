using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record.Folding;

/// <summary>An entry as the fold gets it.</summary>
/// <param name="Entry">With its body opened where it was sealed and is held here.</param>
/// <param name="IsSealed">True when the log holds a commitment in place of the body.</param>
/// <param name="Seal">Who may read it, or null when it is public or the seal malformed.</param>
/// <param name="Withheld">Why the body cannot be read here, a code of <see cref="FoldReasons"/>; empty when it
/// can.</param>
internal readonly record struct HistoryEntry(
    Entry Entry, bool IsSealed = false, SealedBody? Seal = null, string Withheld = "");

/// <summary>
/// Folds the whole history of one subject: looks at name, right, sealing and references of each entry, hands what
/// passes to the fold of its noun, and answers for every entry. Pure: the same entries and the same seen entities give
/// the same outcome.
/// </summary>
internal static class EntityFolding
{
    /// <summary>The outcome for one subject.</summary>
    /// <param name="subject">The text that the entries name.</param>
    /// <param name="ordered">All entries about it, in the order of (at, author, position).</param>
    /// <param name="isSeen">Whether an entity's owner has said anything about it in the record.</param>
    /// <param name="rowsOf">The rows of an entity that is looked into; null where none is known.</param>
    internal static FoldOutcome Fold(
        string subject, IReadOnlyList<HistoryEntry> ordered, Func<string, bool> isSeen,
        Func<string, IReadOnlyList<IProjectedRow>>? rowsOf = null)
    {
        if (!EntityName.TryParse(subject, out var name))
        {
            return new FoldOutcome(
                [], [.. ordered.Select(one => EntryEffect.Without(one.Entry, FoldReasons.NoOwner))]);
        }

        var effects = ImmutableArray.CreateBuilder<EntryEffect>(ordered.Count);
        var admitted = new List<Entry>(ordered.Count);
        foreach (var one in ordered)
        {
            if ((Hindrance(name, one, isSeen)
                ?? RecordKinds.Find(one.Entry.Kind)!.Standing?.Invoke(one.Entry, rowsOf ?? Nothing)) is { } effect)
            {
                effects.Add(effect);
            }
            else
            {
                admitted.Add(one.Entry);
            }
        }

        if (admitted.Count == 0)
        {
            return new FoldOutcome([], effects.ToImmutable());
        }

        var outcome = RecordKinds.Find(admitted[0].Kind)!.Fold.Fold(name, admitted);
        effects.AddRange(outcome.Effects);
        return new FoldOutcome(outcome.Rows, effects.ToImmutable());
    }

    /// <summary>The entities that entries of one subject are looked at with.</summary>
    internal static IEnumerable<string> LookedInto(string subject, IEnumerable<HistoryEntry> entries) =>
        References(
            subject,
            entries.Where(one => RecordKinds.Find(one.Entry.Kind)?.Standing is not null));

    /// <summary>The entities that must be seen before the entries of one subject can all count.</summary>
    internal static IEnumerable<string> References(string subject, IEnumerable<HistoryEntry> entries) =>
        EntityName.TryParse(subject, out var name)
            ? entries
                .Where(one => one.Withheld.Length == 0 && Refusal(name, one) is null)
                .SelectMany(one => RecordKinds.Find(one.Entry.Kind)!.References
                    .SelectMany(reference => reference.In(one.Entry.Body)))
                .Distinct(StringComparer.Ordinal)
            : [];

    /// <summary>True when the entry is its subject's owner's own, by which the entity is seen.</summary>
    internal static bool Shows(string subject, string author, string kind) =>
        EntityName.TryParse(subject, out var name)
        && name.Owner.ToString() == author
        && RecordKinds.Find(kind)?.Noun == name.Noun;

    private static EntryEffect? Hindrance(EntityName subject, HistoryEntry one, Func<string, bool> isSeen)
    {
        var entry = one.Entry;
        if (Refusal(subject, one) is { } refusal)
        {
            return EntryEffect.Without(entry, refusal);
        }

        if (one.Withheld.Length > 0)
        {
            return one.Withheld == FoldReasons.Sealed
                ? EntryEffect.Waits(entry, FoldReasons.Sealed)
                : EntryEffect.Without(entry, one.Withheld);
        }

        // The same table that the interface and its document have; a member that nobody knows is passed over, and
        // whether a reason is needed is left to the law of the entity.
        var kind = RecordKinds.Find(entry.Kind)!;
        if (BodyShapes.Find(kind)?.Faults(entry.Body, strict: false).Any(fault => !fault.LacksReason) == true)
        {
            return EntryEffect.Without(entry, FoldReasons.Unreadable);
        }

        string? unseen = null;
        foreach (var reference in kind.References)
        {
            foreach (var text in reference.In(entry.Body))
            {
                if (!EntityName.TryParse(text, out var target)
                    || target.Noun != reference.Noun
                    || (reference.SameOwner && target.Owner != subject.Owner))
                {
                    return EntryEffect.Without(entry, FoldReasons.WrongReference);
                }

                unseen ??= isSeen(text) ? null : text;
            }
        }

        return unseen is null ? null : EntryEffect.Waits(entry, FoldReasons.ReferenceUnseen, unseen);
    }

    // What the head of the entry alone decides.
    private static string? Refusal(EntityName subject, HistoryEntry one) =>
        RecordKinds.Find(one.Entry.Kind) is not { } kind ? FoldReasons.UnknownKind
        : kind.Noun != subject.Noun ? FoldReasons.OtherNoun
        : kind.Right == Right.Owner && one.Entry.Author != subject.Owner ? FoldReasons.NotTheOwner
        : one.IsSealed && kind.Sealing == Sealing.Never ? FoldReasons.KindIsPublic
        : null;

    private static IReadOnlyList<IProjectedRow> Nothing(string subject) => [];
}
