using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Conservation;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Scoreboard;

/// <summary>
/// The page of the scoreboard, and <c>GET /api/v1/scoreboard?outbreak=...</c> with the same figures; without an
/// outbreak it is the one declared last. A figure that is not known is null.
/// </summary>
internal static class ScoreboardEndpoints
{
    internal static void MapScoreboard(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/scoreboard", (culture, http, pages) =>
            pages.ShowAsync<ScoreboardPage, ScoreboardView>(http, culture, "scoreboard", ScoreboardView.ReadAsync));
        routes.MapGet("/api/v1/scoreboard", AnswerAsync).WithTags("scoreboard");
    }

    private static async Task<IResult> AnswerAsync(
        string? outbreak, NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var found = string.IsNullOrEmpty(outbreak)
            ? await CurrentOutbreak.ReadAsync(db, cancellation)
            : await db.Outbreaks.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == outbreak, cancellation);
        if (found is null)
        {
            return Problems.Answer(Problems.NotFound);
        }

        var scores = (await db.NowAsync(found.Subject, cancellation)).Chain.Scores;
        return Results.Text(
            new JsonObject
            {
                ["all"] = Written(scores.All),
                ["as_of"] = Days.Written(scores.AsOf),
                ["donors"] = new JsonArray([.. scores.Donors.Select(Written)]),
                ["exercise"] = found.Exercise,
                ["median_from_lines"] = Scores.MedianFrom,
                ["met_by_item"] = new JsonArray([.. scores.MetByItem.Select(Written)]),
                ["met_by_place"] = new JsonArray([.. scores.MetByPlace.Select(Written)]),
                ["outbreak"] = found.Subject,
                ["speed_by_item"] = new JsonArray([.. scores.SpeedByItem.Select(Written)]),
                ["speed_by_member"] = new JsonArray([.. scores.SpeedByMember.Select(Written)]),
            }.ToJsonString(),
            "application/json");
    }

    private static JsonObject Written(SpeedScore score) => new()
    {
        ["arrived"] = score.Arrived,
        ["fewest_days"] = score.FewestDays,
        ["key"] = score.Key,
        ["lines"] = score.Lines,
        ["longest_wait_days"] = score.LongestWaitDays,
        ["median_days"] = score.MedianDays,
        ["most_days"] = score.MostDays,
    };

    private static JsonObject Written(MetScore score) => new()
    {
        ["coming"] = score.Coming,
        ["key"] = score.Key,
        ["need"] = score.Need,
        ["planned"] = score.Planned,
        ["received"] = score.Received,
        ["share"] = score.Share,
    };

    private static JsonObject Written(PromiseScore score) => new()
    {
        ["donor"] = score.Donor,
        ["kept"] = score.Kept,
        ["lapsed"] = score.Lapsed,
        ["late"] = score.Late,
        ["open"] = score.Open,
        ["promised"] = score.Promised,
        ["short"] = score.Short,
        ["unknown"] = score.Unknown,
    };
}
