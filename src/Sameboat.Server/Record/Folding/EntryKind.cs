using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record.Folding;

/// <summary>Who may say a kind about an entity.</summary>
internal enum Right
{
    /// <summary>The member whose name stands in the subject.</summary>
    Owner,

    /// <summary>A member named in the entity's state; the fold looks.</summary>
    Party,

    /// <summary>Any member.</summary>
    Anyone,
}

/// <summary>Whether the body of a kind may be withheld from the log.</summary>
internal enum Sealing
{
    /// <summary>Always public.</summary>
    Never,

    /// <summary>Public, for members or for parties, as the author chooses.</summary>
    Allowed,
}

/// <summary>
/// A member of the body that names an entity which must have been seen before the entry counts. Whatever is not
/// declared here is joined when it is read.
/// </summary>
/// <param name="Path">
/// The member, as <c>round</c>, or that member of each object of an array, as <c>lines/offer</c>.
/// </param>
/// <param name="Noun">What it must name.</param>
/// <param name="SameOwner">True when it must belong to the owner of the entry's own subject.</param>
internal sealed record EntryReference(string Path, string Noun, bool SameOwner)
{
    /// <summary>The texts that stand there; what is absent or of another form is left to the fold.</summary>
    internal IEnumerable<string> In(JsonObject body)
    {
        var slash = Path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return body.Text(Path) is { } one ? [one] : [];
        }

        var member = Path[(slash + 1)..];
        return body[Path[..slash]] is JsonArray lines
            ? lines.OfType<JsonObject>().Select(line => line.Text(member)).OfType<string>()
            : [];
    }
}

/// <summary>
/// Whether the entities that an entry refers to give its author a standing: null when they do or when the entry cannot
/// be read, which is left to the fold. Whatever it answers names the entity that it looked into, so that the entry is
/// folded again when that entity changes.
/// </summary>
/// <param name="entry">The entry.</param>
/// <param name="rowsOf">The rows of an entity as its entries make them; none while it says nothing.</param>
internal delegate EntryEffect? StandingRule(Entry entry, Func<string, IReadOnlyList<IProjectedRow>> rowsOf);

/// <summary>One kind of entry.</summary>
/// <param name="Name"><c>noun.verb</c>; the noun is also the noun of its subjects.</param>
/// <param name="Fold">How it becomes rows; one for all kinds of a noun.</param>
/// <param name="Right">Who may say it.</param>
/// <param name="Sealing">Whether its body may be withheld.</param>
/// <param name="References">What it waits for.</param>
/// <param name="Standing">
/// Looks into the entities referred to, which are then folded first; null where their being seen is enough.
/// </param>
internal sealed record EntryKind(
    string Name, SubjectFold Fold, Right Right, Sealing Sealing, ImmutableArray<EntryReference> References,
    StandingRule? Standing = null)
{
    /// <summary>True for a step for which a reason must be given.</summary>
    internal bool NeedsReason { get; init; }

    /// <summary>The part before the dot.</summary>
    internal string Noun { get; } = Name[..Name.IndexOf('.', StringComparison.Ordinal)];
}
