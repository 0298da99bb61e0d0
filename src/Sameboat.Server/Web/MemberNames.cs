using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Members;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Web;

/// <summary>What members are called: by their territory in the reader's language, else as they introduced themselves.
/// </summary>
internal sealed class MemberNames(FrozenDictionary<string, MemberRow> members)
{
    /// <summary>Every member, by its id.</summary>
    internal IReadOnlyDictionary<string, MemberRow> All => members;

    /// <summary>The names as they are now; those that the node keeps where the context is one of its own.</summary>
    internal static Task<MemberNames> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        db.Kept?.NamesAsync(db, cancellation) ?? ReadAllAsync(db, cancellation);

    /// <summary>Reads them from the database.</summary>
    internal static async Task<MemberNames> ReadAllAsync(NodeContext db, CancellationToken cancellation) => new(
        (await db.Members.AsNoTracking().ToListAsync(cancellation))
            .DistinctBy(member => member.Member)
            .ToFrozenDictionary(member => member.Member, StringComparer.Ordinal));

    /// <summary>The name, or the id of one that never introduced itself.</summary>
    internal string Of(Words words, string member) =>
        !members.TryGetValue(member, out var row) ? member
        : row.Territory.Length > 0 ? words.Place(row.Territory)
        : row.Name;
}
