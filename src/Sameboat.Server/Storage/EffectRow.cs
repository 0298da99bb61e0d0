using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Storage;

/// <summary>
/// What an entry does to the state, where it does not simply count: an entry without such a row was applied.
/// </summary>
internal sealed class EffectRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The id of the entry.</summary>
    public required Guid Entry { get; init; }

    /// <summary>Whose log holds the entry: ids are unique within a log.</summary>
    public required string Member { get; init; }

    /// <summary>The number of an <see cref="Record.Folding.Effect"/>.</summary>
    public required int Effect { get; init; }

    /// <summary>A code of <see cref="FoldReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The entity whose coming makes this entry be folded again, or empty. This column is the index by which
    /// dependents are found: what has been seen is never unseen, so that only what waits need be found again, and what
    /// an entity that it was judged by refused.
    /// </summary>
    public required string Awaits { get; init; }
}
