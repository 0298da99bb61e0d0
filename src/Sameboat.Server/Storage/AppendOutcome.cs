using System.Collections.Immutable;
using Sameboat.Server.Api;

namespace Sameboat.Server.Storage;

/// <summary>Why a batch of entries is refused as a whole, in the order in which the reasons are looked for.</summary>
internal enum AppendRefusal
{
    /// <summary>It breaks a rule of the form: too long, a fraction in the body, an id of another version.</summary>
    NotAnEntry,

    /// <summary>This node writes no log of the author.</summary>
    UnknownLog,

    /// <summary>An entry with this id and another content is in the record, or in the same batch.</summary>
    SameIdOtherContent,

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

    /// <summary>Nothing was stored.</summary>
    /// <param name="Reason">The stable code.</param>
    /// <param name="Entry">The id of the first entry that it holds for.</param>
    /// <param name="Sentence">What to tell the author.</param>
    internal sealed record Refused(AppendRefusal Reason, EntityId Entry, string Sentence) : AppendOutcome;
}
