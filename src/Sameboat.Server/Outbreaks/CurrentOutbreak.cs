using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Outbreaks;

/// <summary>The outbreak that pages are about where their address names none.</summary>
internal static class CurrentOutbreak
{
    /// <summary>The one declared last, or null.</summary>
    internal static Task<OutbreakRow?> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        db.Outbreaks.AsNoTracking()
            .OrderByDescending(outbreak => outbreak.Declared)
            .ThenBy(outbreak => outbreak.Subject)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>Its round with the latest day whose plan is on the table, or null.</summary>
    internal static Task<RoundRow?> RoundAsync(
        NodeContext db, OutbreakRow outbreak, CancellationToken cancellation) =>
        db.Rounds.AsNoTracking()
            .Where(round => round.Outbreak == outbreak.Subject && !RoundLifecycle.WithoutPlan.Contains(round.State))
            .OrderByDescending(round => round.AsOf)
            .ThenBy(round => round.Subject)
            .FirstOrDefaultAsync(cancellation);
}
