using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;

namespace Sameboat.Server.Storage;

/// <summary>On what terms an append is made.</summary>
/// <param name="Subject">The entity that must be as it was read, or null.</param>
/// <param name="Version">How many entries speak of it.</param>
/// <param name="Request">What is kept of the request, so that it is done once; or null.</param>
/// <param name="Acted">Which account took a step that another must confirm; or null.</param>
internal sealed record AppendTerms(string? Subject, int Version, KeptRequestRow? Request, ActedRow? Acted = null)
{
    /// <summary>No terms.</summary>
    internal static readonly AppendTerms None = new(null, 0, null);

    /// <summary>Other entities that must be as they were read, with how many entries speak of each; or null.</summary>
    internal IReadOnlyDictionary<string, int>? Others { get; init; }

    /// <summary>True when the entities are as they were read.</summary>
    /// <param name="subjects">What the entries so far speak of, one element an entry.</param>
    internal bool Holds(IEnumerable<string> subjects)
    {
        if (Others is null)
        {
            return Subject is null || subjects.Count(subject => subject == Subject) == Version;
        }

        var counts = subjects.CountBy(subject => subject).ToDictionary(StringComparer.Ordinal);
        return Others.All(other => counts.GetValueOrDefault(other.Key) == other.Value)
            && (Subject is null || counts.GetValueOrDefault(Subject) == Version);
    }

    /// <summary>The request of the same key, when one was done.</summary>
    internal async Task<KeptRequestRow?> FindKeptAsync(NodeContext db, CancellationToken cancellation) =>
        Request is null
            ? null
            : await db.Set<KeptRequestRow>().AsNoTracking().FirstOrDefaultAsync(
                row => row.Member == Request.Member && row.Key == Request.Key, cancellation);

    /// <summary>Keeps the request, in the transaction of the append.</summary>
    internal Task KeepAsync(NodeContext db, CancellationToken cancellation) =>
        Request is null ? Task.CompletedTask : db.InsertAsync([Request], cancellation);
}
