using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Consignments;

/// <summary>
/// Papers and tracking. Under <c>/api/v1</c> as JSON, or led on to the page where a browser asks; the pages, in every
/// culture and made to be printed, show what everybody may see.
/// </summary>
internal static class PaperEndpoints
{
    private const string Base = "/consignments/{owner}/{name}/";
    private const string Tag = "consignments";

    private static readonly (string Path, Paper Paper)[] Papers =
    [
        ("waybill", Paper.Waybill), ("packing-list", Paper.PackingList), ("goods-received", Paper.GoodsReceived),
    ];

    internal static void MapPapers(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, paper) in Papers)
        {
            routes.MapGet("/api/v1" + Base + path, (string owner, string name, HttpContext http,
                NodeDatabase database, MemberTokens tokens, CancellationToken cancel) =>
                PaperAsync((owner, name, path), paper, http, database, tokens, cancel)).WithTags(Tag)
                .WithMetadata(new TakesToken(TokenUse.Optional));
            routes.MapPage(Base + path, (culture, http, pages) =>
            {
                var subject = $"consignment/{http.PathPart("owner")}/{http.PathPart("name")}";
                return pages.ShowAsync<PaperPage, PaperView>(
                    http, culture, $"{path} {subject}",
                    async (db, cancel) => await ConsignmentPapers.ReadAsync(db, subject, cancel) is { } read
                        ? new PaperView(paper, read)
                        : null);
            });
        }

        routes.MapGet("/api/v1/track/{code}", TrackAsync).WithTags(Tag);
        routes.MapGet("/api/v1/track/{code}/qr.svg", QrAsync).WithTags(Tag);
        routes.MapPage("/track/{code}", (culture, http, pages) =>
        {
            var code = TrackingCode.Read(http.PathPart("code")) ?? "";
            return pages.ShowAsync<TrackPage, ConsignmentPapers>(
                http, culture, $"track {code}", (db, cancel) => ConsignmentPapers.FindAsync(db, code, cancel));
        });
    }

    private static async Task<IResult> PaperAsync(
        (string Owner, string Name, string Path) named, Paper paper, HttpContext http, NodeDatabase database,
        MemberTokens tokens, CancellationToken cancellation)
    {
        await using var db = database.Open();
        db.Viewer = (await tokens.ActorAsync(http.Request, cancellation))?.Member.ToString();
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Accept, Authorization";
        if (await ConsignmentPapers.ReadAsync(db, $"consignment/{named.Owner}/{named.Name}", cancellation)
            is not { } read)
        {
            return Problems.Answer(Problems.NotFound);
        }

        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.Redirect(
                $"/{ReaderCulture.Of(http.Request)}/consignments/{named.Owner}/{named.Name}/{named.Path}")
            : Results.Text(read.Written(paper).ToJsonString(), "application/json");
    }

    private static async Task<IResult> TrackAsync(
        string code, HttpResponse response, NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        response.Headers.CacheControl = "no-cache";
        return await ConsignmentPapers.FindAsync(db, code, cancellation) is { } read
            ? Results.Text(read.Tracking().ToJsonString(), "application/json")
            : Problems.Answer(Problems.NotFound);
    }

    private static async Task<IResult> QrAsync(
        string code, HttpResponse response, NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        response.Headers.CacheControl = "no-cache";
        return await ConsignmentPapers.FindAsync(db, code, cancellation) is { } read
            ? Results.Text(QrDrawing.Svg(read.Address, read.Consignment.Tracking), "image/svg+xml")
            : Problems.Answer(Problems.NotFound);
    }
}

/// <summary>One paper of a consignment.</summary>
internal sealed record PaperView(Paper Paper, ConsignmentPapers Papers);
