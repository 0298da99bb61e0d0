using System.Collections.Immutable;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary>Every place of the outbreak at a glance.</summary>
internal sealed record PlacesView(OutbreakRow Outbreak, ImmutableArray<PlaceSummary> Places)
{
    internal static async Task<PlacesView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var round = await CurrentOutbreak.RoundAsync(db, outbreak, cancellation);
        return new PlacesView(outbreak, await PlaceSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation));
    }
}
