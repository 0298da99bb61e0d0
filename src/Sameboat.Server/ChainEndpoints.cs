using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Refusals;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;

namespace Sameboat.Server;

/// <summary>The endpoints of the chain beside its lists.</summary>
internal static class ChainEndpoints
{
    internal static void MapWholeChain(this IEndpointRouteBuilder routes)
    {
        routes.MapRoundActs();
        routes.MapRefusalsApi();
        routes.MapPapers();
        routes.MapHonesty();
        routes.MapContributionTotals();
        routes.MapSituationsApi();
    }
}
