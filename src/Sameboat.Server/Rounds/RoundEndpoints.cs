using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Rounds;

/// <summary>The pages of the plan, and its certificates as files for any checker.</summary>
internal static class RoundEndpoints
{
    internal static void MapRounds(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/plan", (culture, http, pages) =>
            pages.ShowAsync<PlanPage, PlanView>(http, culture, "plan", PlanView.ReadAsync));
        routes.MapPage("/plan/{item}", (culture, http, pages) =>
        {
            var item = http.PathPart("item");
            return pages.ShowAsync<PlanItemPage, PlanItemView>(
                http, culture, $"plan/{item}", (db, cancellation) => PlanItemView.ReadAsync(db, item, cancellation));
        });
        routes.MapGet("/rounds/{round}/certificates/{item}.json", CertificateAsync);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> CertificateAsync(
        string round, string item, NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var certificate = await db.Certificates.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Round == round && row.Item == item, cancellation);
        return certificate is null
            ? TypedResults.NotFound()
            : TypedResults.File(Encoding.UTF8.GetBytes(certificate.Json), "application/json");
    }
}
