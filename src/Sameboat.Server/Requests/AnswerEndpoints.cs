using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>
/// <c>GET /api/v1/requests/{owner}/{name}/answers</c>: where each line stands, who holds what is on its way, when it
/// should arrive with a range, what happens next and whom to ask, and how long the steps have taken against their
/// service levels. A date that nobody has said is null: it is unknown.
/// </summary>
internal static class AnswerEndpoints
{
    internal static void MapAnswers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/requests/{owner}/{name}/answers", AnswerAsync)
            .WithMetadata(new TakesToken(TokenUse.Optional));

    private static async Task<IResult> AnswerAsync(
        string owner, string name, HttpContext http, NodeDatabase database, MemberTokens tokens, TimeProvider time,
        CancellationToken cancellation)
    {
        var subject = $"request/{owner}/{name}";
        await using var db = database.Open();
        db.Viewer = (await tokens.ActorAsync(http.Request, cancellation))?.Member.ToString();
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Authorization";
        if (await db.Set<RequestRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.Subject == subject, cancellation) is not { } request)
        {
            return Problems.Answer(Problems.NotFound);
        }

        var facts = await ReadAsync(db, request, cancellation);
        return Results.Text(
            new AnswerSheet(facts, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000).Written().ToJsonString(),
            "application/json");
    }

    private static async Task<AnswerFacts> ReadAsync(
        NodeContext db, RequestRow request, CancellationToken cancellation)
    {
        var requests = await db.Set<RequestRow>()
            .Where(row => row.Outbreak == request.Outbreak && row.Member == request.Member
                && (row.State == nameof(RequestState.Published) || row.State == nameof(RequestState.Closed)
                    || row.Subject == request.Subject))
            .Select(row => row.Subject)
            .ToArrayAsync(cancellation);
        var asked = await db.Set<RequestLineRow>().AsNoTracking()
            .Where(line => requests.Contains(line.Subject))
            .ToListAsync(cancellation);
        var consignments = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Outbreak == request.Outbreak && row.Consignee == request.Member)
            .ToDictionaryAsync(row => row.Subject, StringComparer.Ordinal, cancellation);
        string[] names = [.. consignments.Keys];
        var senders = consignments.Values.Select(row => row.Member).Distinct().ToArray();
        return new AnswerFacts(
            request,
            asked,
            consignments,
            await db.Set<ConsignmentLineRow>().AsNoTracking()
                .Where(line => names.Contains(line.Subject))
                .OrderBy(line => line.Subject).ThenBy(line => line.Line)
                .ToListAsync(cancellation),
            (await db.Set<LegRow>().AsNoTracking()
                .Where(leg => names.Contains(leg.Subject))
                .OrderBy(leg => leg.Subject).ThenBy(leg => leg.Leg)
                .ToListAsync(cancellation)).ToLookup(leg => leg.Subject, StringComparer.Ordinal),
            (await db.Set<StepRow>().AsNoTracking()
                .Where(step => names.Contains(step.Subject) || step.Subject == request.Subject)
                .OrderBy(step => step.Subject).ThenBy(step => step.Step)
                .ToListAsync(cancellation)).ToLookup(step => step.Subject, StringComparer.Ordinal),
            new Lateness(await db.Set<ConsignmentRow>().AsNoTracking()
                .Where(row => senders.Contains(row.Member) && row.Arrived != null)
                .ToListAsync(cancellation)));
    }
}
