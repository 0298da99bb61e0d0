using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record.Folding;

/// <summary>What an entry does to the state; the numbers are stored.</summary>
internal enum Effect
{
    /// <summary>It counts, or counted until a later one took its place.</summary>
    Applied = 0,

    /// <summary>It stays in its log, is shown, and changes nothing.</summary>
    WithoutEffect = 1,

    /// <summary>It counts as soon as what it waits for is in the record.</summary>
    Waiting = 2,
}

/// <summary>The effect of one entry.</summary>
/// <param name="Entry">The entry as it was handed to the fold; two logs may hold entries of one id.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Reason">A code of <see cref="FoldReasons"/>; empty when applied.</param>
/// <param name="Awaits">The entity waited for, when waiting for one that has not been seen; otherwise empty.</param>
internal readonly record struct EntryEffect(Entry Entry, Effect Effect, string Reason, string Awaits = "")
{
    internal static EntryEffect Applied(Entry entry) => new(entry, Effect.Applied, "");

    internal static EntryEffect Without(Entry entry, string reason) => new(entry, Effect.WithoutEffect, reason);

    /// <summary>Without effect as long as the entity that was looked into says what it says.</summary>
    internal static EntryEffect Without(Entry entry, string reason, string looked) =>
        new(entry, Effect.WithoutEffect, reason, looked);

    internal static EntryEffect Waits(Entry entry, string reason, string awaits = "") =>
        new(entry, Effect.Waiting, reason, awaits);
}

/// <summary>The state of one entity as its entries make it.</summary>
/// <param name="Rows">What is stored of it; empty when nothing can be said yet.</param>
/// <param name="Effects">One for each entry.</param>
internal sealed record FoldOutcome(ImmutableArray<IProjectedRow> Rows, ImmutableArray<EntryEffect> Effects);

/// <summary>
/// Why an entry has no effect or waits: the closed list of stable codes. Each has a sentence <c>reason.CODE</c> in the
/// catalogues.
/// </summary>
internal static class FoldReasons
{
    /// <summary>The author may not say this about an entity of another.</summary>
    internal const string NotTheOwner = "not-the-owner";

    /// <summary>The author is not named in the entity as one who may say this.</summary>
    internal const string NotAParty = "not-a-party";

    /// <summary>The subject is not the name of an entity, so that it belongs to nobody.</summary>
    internal const string NoOwner = "no-owner";

    /// <summary>The noun of the kind is not the noun of the subject.</summary>
    internal const string OtherNoun = "other-noun";

    /// <summary>This program knows no such kind.</summary>
    internal const string UnknownKind = "unknown-kind";

    /// <summary>A member of the body is absent or of another form than the kind demands.</summary>
    internal const string Unreadable = "unreadable";

    /// <summary>It refers to something of another noun, or of another owner than it may.</summary>
    internal const string WrongReference = "wrong-reference";

    /// <summary>The state that the entity is in admits no such step.</summary>
    internal const string NotFromThisState = "not-from-this-state";

    /// <summary>The entity is there already where this would bring it.</summary>
    internal const string AlreadyDone = "already-done";

    /// <summary>It would promise, send or receive more than there is.</summary>
    internal const string MoreThanThereIs = "more-than-there-is";

    /// <summary>The step needs a reason, and none is given.</summary>
    internal const string ReasonMissing = "reason-missing";

    /// <summary>The one who proposed cannot be the one who approves.</summary>
    internal const string FourEyes = "four-eyes";

    /// <summary>The line that it speaks of is not in the plan.</summary>
    internal const string LineUnknown = "line-unknown";

    /// <summary>New and cumulative counts of one report contradict each other.</summary>
    internal const string CountsDisagree = "counts-disagree";

    /// <summary>It claims an outcome that its own counts, or the answers that it names, do not come to.</summary>
    internal const string DoesNotFollow = "does-not-follow";

    /// <summary>Waits: its entity has not been opened by its owner.</summary>
    internal const string EntityUnseen = "entity-unseen";

    /// <summary>Waits: an entity that it refers to has not been seen.</summary>
    internal const string ReferenceUnseen = "reference-unseen";

    /// <summary>Waits: the other parts of the statement are not there.</summary>
    internal const string PartsMissing = "parts-missing";

    /// <summary>Waits: the step before it is not there.</summary>
    internal const string StepMissing = "step-missing";

    /// <summary>Waits: its body is sealed and not held here.</summary>
    internal const string Sealed = "sealed";

    /// <summary>Its body was sealed and has been erased by its author.</summary>
    internal const string Erased = "erased";

    /// <summary>Entries of this kind are public and cannot be sealed.</summary>
    internal const string KindIsPublic = "kind-is-public";

    /// <summary>All codes, for tests.</summary>
    internal static readonly ImmutableArray<string> All =
    [
        NotTheOwner, NotAParty, NoOwner, OtherNoun, UnknownKind, Unreadable, WrongReference, NotFromThisState,
        AlreadyDone, DoesNotFollow, MoreThanThereIs, EntityUnseen, ReferenceUnseen, PartsMissing, StepMissing,
        Sealed, Erased, KindIsPublic, ReasonMissing, FourEyes, LineUnknown, CountsDisagree,
    ];
}
