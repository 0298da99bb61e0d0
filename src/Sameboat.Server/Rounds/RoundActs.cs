using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// The computed acts of a round, its lines with their answers, and its replay, below
/// <c>/api/v1/rounds/{owner}/{name}</c>.
/// </summary>
internal static class RoundActs
{
    private const string Round = "/api/v1/rounds/{owner}/{name}";
    private const string Tag = "rounds";

    private static readonly TakesToken Needed = new(TokenUse.Needed);

    internal static void MapRoundActs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Round + "/plan", (string owner, string name, HttpContext http, RoundDesk desk,
            MemberTokens tokens, CancellationToken cancel) =>
            ActAsync((owner, name), http, tokens, desk.PlanAsync, cancel)).WithTags(Tag).WithMetadata(Needed);
        routes.MapPost(Round + "/settlement", (string owner, string name, HttpContext http, RoundDesk desk,
            MemberTokens tokens, CancellationToken cancel) =>
            ActAsync((owner, name), http, tokens, desk.SettleAsync, cancel)).WithTags(Tag).WithMetadata(Needed);
        routes.MapPost(Round + "/reallocation", (string owner, string name, HttpContext http, RoundDesk desk,
            MemberTokens tokens, CancellationToken cancel) =>
            ActAsync((owner, name), http, tokens, desk.ReallocateAsync, cancel)).WithTags(Tag).WithMetadata(Needed);
        routes.MapGet(Round + "/lines", LinesAsync).WithTags(Tag);
        routes.MapGet(Round + "/replay", ReplayAsync).WithTags(Tag);
    }

    private static async Task<IResult> ActAsync(
        (string Owner, string Name) named, HttpContext http, MemberTokens tokens,
        Func<Actor, EntityName, int, CancellationToken, Task<WriteAnswer>> act, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await tokens.ActorAsync(http.Request, cancellation) is not { } actor)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        if (!actor.Roles.HasFlag(Roles.Publisher))
        {
            return Problems.Answer(Problems.RoleMissing, $"{Roles.Publisher}");
        }

        if (!EntityName.TryParse($"round/{named.Owner}/{named.Name}", out var round))
        {
            return Problems.Answer(Problems.NotFound);
        }

        var tag = http.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0)
        {
            return Problems.Answer(Problems.IfMatchMissing);
        }

        var version = tag.Length > 3 && tag.StartsWith("\"v", StringComparison.Ordinal) && tag[^1] == '"'
            && int.TryParse(tag[2..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : -1;
        var answer = await act(actor, round, version, cancellation);
        if (answer.Code.Length > 0)
        {
            return Problems.Answer(answer.Code, answer.Detail);
        }

        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"v{answer.Version}\"");
        return Json(new JsonObject
        {
            ["already_done"] = answer.AlreadyDone,
            ["subject"] = round.ToString(),
            ["version"] = answer.Version,
        });
    }

    private static async Task<IResult> LinesAsync(
        string owner, string name, NodeDatabase database, CancellationToken cancellation)
    {
        var subject = $"round/{owner}/{name}";
        await using var db = database.Open();
        if (!await db.Rounds.AnyAsync(round => round.Subject == subject, cancellation))
        {
            return Problems.Answer(Problems.NotFound);
        }

        var lines = await db.PlanLines.AsNoTracking().Where(line => line.Round == subject).ToListAsync(cancellation);
        var plans = lines.Select(line => line.Subject).Distinct().ToArray();
        var acceptances = await db.Set<AcceptanceRow>().AsNoTracking()
            .Where(row => plans.Contains(row.Plan))
            .ToListAsync(cancellation);
        var settlement = Settlement.Of(lines, acceptances, isOver: false);
        var said = acceptances.ToLookup(one => (one.Plan, one.Line));
        return Json(new JsonObject
        {
            ["lines"] = new JsonArray(
            [
                .. settlement.Lines.Select(line => new JsonObject
                {
                    ["answer"] = line.Answer.ToString(),
                    ["answers"] = new JsonArray(
                    [
                        .. said[(line.Line.Subject, line.Line.Line)]
                            .OrderBy(one => one.Subject, StringComparer.Ordinal)
                            .Select(one => new JsonObject { ["member"] = one.Member, ["state"] = one.State }),
                    ]),
                    ["donor"] = line.Line.Donor,
                    ["item"] = line.Line.Item,
                    ["line"] = line.Line.Line,
                    ["lot"] = line.Line.Lot,
                    ["place"] = line.Line.Place,
                    ["plan"] = line.Line.Subject,
                    ["quantity"] = line.Line.Quantity,
                    ["recipient"] = line.Line.Recipient,
                }),
            ]),
            ["subject"] = subject,
        });
    }

    private static async Task<IResult> ReplayAsync(
        string owner, string name, NodeDatabase database, RoundDesk desk, CancellationToken cancellation)
    {
        var subject = $"round/{owner}/{name}";
        await using (var db = database.Open())
        {
            if (!await db.Rounds.AnyAsync(round => round.Subject == subject, cancellation))
            {
                return Problems.Answer(Problems.NotFound);
            }
        }

        return await desk.ReplayAsync(subject, cancellation) is not { } report
            ? Problems.Answer(Problems.Busy)
            : Json(new JsonObject
            {
                ["acts"] = new JsonArray([.. report.Acts.Select(act => JsonValue.Create(act))]),
                ["bytes"] = report.Bytes,
                ["difference"] = report.IsSame ? null : report.Difference,
                ["same"] = report.IsSame,
                ["statements"] = report.Statements,
                ["subject"] = subject,
            });
    }

    private static IResult Json(JsonObject answer) => Results.Text(answer.ToJsonString(), "application/json");
}
