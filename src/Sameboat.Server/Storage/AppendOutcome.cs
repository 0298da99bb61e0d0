using System.Collections.Immutable;
using Sameboat.Server.Api;

namespace Sameboat.Server.Storage;

/// <summary>
/// Why entries are refused, all of one call together, in the order in which the reasons are looked for. The names are
/// the stable codes.
/// </summary>
internal enum AppendRefusal
{
    /// <summary>It breaks a rule of the form: too long, not strict JSON, too deep, a fraction in the body, an id of
    /// another version.</summary>
    NotAnEntry,

    /// <summary>More entries in one call than <see cref="LogStore.CallEntriesMax"/>.</summary>
    TooManyEntries,

    /// <summary>Its time lies further ahead of this node's clock than
    /// <see cref="Sameboat.Record.HybridTime.AheadMicrosecondsMax"/>.</summary>
    TooFarAhead,

    /// <summary>More is waiting to be written than <see cref="AppendQueue.EntriesWaitingMax"/>: try again
    /// later.</summary>
    TooManyWaiting,

    /// <summary>This node writes no log of the author.</summary>
    UnknownLog,

    /// <summary>The key in this node's folder is not the one that signs the author's log.</summary>
    KeyNotTheMembers,

    /// <summary>The stored head of the author's log does not hold: it must be restored before it is extended.</summary>
    HeadDamaged,

    /// <summary>Others have witnessed more of the author's log than is stored here, or another history of it: this is
    /// an old copy, and what it signed would be a second history.</summary>
    BehindWitnesses,

    /// <summary>An entry with this id and another content is in the record, or in the same call.</summary>
    SameIdOtherContent,

    /// <summary>A stored row that the entries depend on cannot be read: the database is damaged.</summary>
    RecordDamaged,

    /// <summary>The disk of the database is full.</summary>
    StoreFull,

    /// <summary>The database does not answer, or ended the work. It is not known whether the entries were stored; sent
    /// again, they are stored once.</summary>
    StoreUnavailable,

    /// <summary>An entity has more entries than the terms of the append say.</summary>
    Stale,
}

/// <summary>Where an entry stands in its author's log.</summary>
/// <param name="Member">The author.</param>
/// <param name="Position">From 0.</param>
/// <param name="AlreadyDone">True when the entry stood there before this append.</param>
internal readonly record struct Placed(string Member, long Position, bool AlreadyDone);

/// <summary>
/// The answer to an append: done with the place of each entry in the order given, or refused as a whole.
/// </summary>
internal abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>Every entry is in the record and on the disk.</summary>
    internal sealed record Done(ImmutableArray<Placed> Places) : AppendOutcome;

    /// <summary>The same request was done before; nothing was stored.</summary>
    internal sealed record Kept(KeptRequestRow Request) : AppendOutcome;

    /// <summary>Nothing was stored, save perhaps where the reason is
    /// <see cref="AppendRefusal.StoreUnavailable"/>.</summary>
    /// <param name="Reason">The stable code.</param>
    /// <param name="Entry">The id of the first entry that it holds for; default where its bytes have none.</param>
    /// <param name="Sentence">What to tell the author.</param>
    internal sealed record Refused(AppendRefusal Reason, EntityId Entry, string Sentence) : AppendOutcome;
}
