using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Needs;

/// <summary>
/// The estimate that stands for each place. An estimate is made anew with each assessment and named by its day; the
/// earlier ones stay in the record and are not added to it.
/// </summary>
internal static class LatestNeeds
{
    /// <summary>The names of the latest estimates: of each member and place the last by name, that is by day.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="outbreak">Which outbreak.</param>
    /// <param name="place">One place alone, or null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<string[]> SubjectsAsync(
        NodeContext db, string outbreak, string? place, CancellationToken cancellation) =>
    [
        .. (await db.NeedLines
            .Where(line => line.Outbreak == outbreak && (place == null || line.Place == place))
            .Select(line => new { line.Subject, line.Member, line.Place })
            .Distinct()
            .ToListAsync(cancellation))
            .GroupBy(line => (line.Member, line.Place))
            .Select(lines => lines.Select(line => line.Subject).Max(StringComparer.Ordinal)!),
    ];
}
