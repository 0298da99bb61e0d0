using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Requests;

/// <summary>
/// <c>GET /api/v1/requests/{owner}/{name}/answers</c>: where each line stands, who holds what is on its way, and when
/// it should arrive. A date that nobody has said is null: it is unknown.
/// </summary>
internal static class AnswerEndpoints
{
    private static readonly string[] Over =
    [
        nameof(ConsignmentState.Cancelled), nameof(ConsignmentState.Lost), nameof(ConsignmentState.Returned),
    ];

    internal static void MapAnswers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/requests/{owner}/{name}/answers", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        string owner, string name, NodeDatabase database, CancellationToken cancellation)
    {
        var subject = $"request/{owner}/{name}";
        await using var db = database.Open();
        var lines = await db.Set<RequestLineRow>().AsNoTracking()
            .Where(line => line.Subject == subject)
            .OrderBy(line => line.Line)
            .ToListAsync(cancellation);
        if (lines.Count == 0)
        {
            return Problems.Answer(Problems.NotFound);
        }

        var outbreak = lines[0].Outbreak;
        var published = db.Set<RequestRow>()
            .Where(row => row.State == nameof(RequestState.Published) || row.State == nameof(RequestState.Closed))
            .Select(row => row.Subject);
        var asked = await db.Set<RequestLineRow>().AsNoTracking()
            .Where(line => line.Outbreak == outbreak && (published.Contains(line.Subject) || line.Subject == subject))
            .ToListAsync(cancellation);
        var consignments = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Outbreak == outbreak && row.Consignee == owner)
            .ToDictionaryAsync(row => row.Subject, StringComparer.Ordinal, cancellation);
        var names = consignments.Keys.ToArray();
        var sent = await db.Set<ConsignmentLineRow>().AsNoTracking()
            .Where(line => names.Contains(line.Subject))
            .OrderBy(line => line.Subject).ThenBy(line => line.Line)
            .ToListAsync(cancellation);
        return Results.Text(
            new JsonObject
            {
                ["lines"] = new JsonArray([.. lines.Select(line => Written(line, asked, consignments, sent))]),
                ["subject"] = subject,
            }.ToJsonString(),
            "application/json");
    }

    private static JsonObject Written(
        RequestLineRow line, List<RequestLineRow> asked, Dictionary<string, ConsignmentRow> consignments,
        List<ConsignmentLineRow> sent)
    {
        var coming = sent
            .Where(one => one.Item == line.Item
                && consignments[one.Subject].Destination == line.Place
                && consignments[one.Subject].State != nameof(ConsignmentState.Cancelled))
            .ToList();
        var account = LineProgress.Share(
            asked.Where(one => one.Item == line.Item && one.Place == line.Place && one.Member == line.Member),
            coming)[(line.Subject, line.Line)];
        return new JsonObject
        {
            ["committed"] = account.Committed,
            ["held_by"] = new JsonArray(
            [
                .. coming
                    .Where(one => one.Open > 0 && !Over.Contains(consignments[one.Subject].State))
                    .Select(one => Holder(consignments[one.Subject], one)),
            ]),
            ["item"] = line.Item,
            ["line"] = line.Line,
            ["needed_by"] = Days.Written(line.NeededBy),
            ["place"] = line.Place,
            ["progress"] = account.Progress.ToString(),
            ["received"] = account.Received,
            ["requested"] = account.Requested,
            ["unit"] = line.Unit,
        };
    }

    private static JsonObject Holder(ConsignmentRow consignment, ConsignmentLineRow line) => new()
    {
        ["ask"] = consignment.Member,
        ["consignment"] = consignment.Subject,
        ["expected"] = Days.Written(consignment.Expected),
        ["open"] = line.Open,
        ["state"] = consignment.State,
    };
}
