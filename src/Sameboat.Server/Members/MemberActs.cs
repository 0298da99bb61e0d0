using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary>
/// <c>POST /api/v1/members/{member}/left</c> and <c>.../returned</c>: a member says of itself that it takes part no
/// more, and that it does again.
/// </summary>
internal static class MemberActs
{
    private const string Path = "/api/v1/members/{member}/";

    private static readonly BodyShape Reasoned = new([BodyShapes.Text(BodyShapes.Reason, 1, BodyShapes.ReasonMax)]);

    private static readonly string[] Codes =
    [
        Problems.Unauthenticated, Problems.RoleMissing, Problems.NotFound, Problems.Malformed, Problems.NotJson,
        Problems.TooLong, FoldReasons.NotTheOwner, FoldReasons.Unreadable, FoldReasons.ReasonMissing, Problems.NoLog,
        Problems.NotAnEntry, Problems.Stale, Problems.Unavailable,
    ];

    internal static void MapMemberActs(this IEndpointRouteBuilder routes)
    {
        Map(routes, "left", "leaveMember", "The member has left: it ends what it owes, and begins nothing new.");
        Map(routes, "returned", "returnMember", "The member takes part again, as it introduced itself before.");
    }

    private static void Map(IEndpointRouteBuilder routes, string act, string id, string summary) =>
        routes.MapPost(Path + act, (string member, HttpContext http, NodeDatabase database, EntityWriter writer,
            MemberTokens tokens, CancellationToken cancel) =>
            ActAsync((member, act), http, (database, writer, tokens), cancel))
            .WithMetadata(new ToldOperation(id, "members", summary, [], AnswerShapes.Written(), Codes)
            {
                Description = $"Said by the member itself alone; needs the role {Roles.Publisher}.",
                Body = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reasoned.Schema() } },
                Token = TokenUse.Needed,
            });

    private static async Task<IResult> ActAsync(
        (string Member, string Act) said, HttpContext http,
        (NodeDatabase Database, EntityWriter Writer, MemberTokens Tokens) services, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await services.Tokens.ActorAsync(http.Request, cancellation) is not { } actor)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        if (!actor.Roles.HasFlag(Roles.Publisher))
        {
            return Problems.Answer(Problems.RoleMissing, $"{Roles.Publisher}");
        }

        var (body, fault) = await ResourceEndpoints.ReadAsync(http.Request, cancellation);
        if (body is null)
        {
            return Problems.Answer(fault);
        }

        if (Reasoned.Faults(body, strict: true) is { Count: > 0 } faults)
        {
            return Problems.Answer(faults);
        }

        if (!MemberId.TryParse(said.Member, out var member) || member != actor.Member)
        {
            return Problems.Answer(FoldReasons.NotTheOwner);
        }

        await using var db = services.Database.Open();
        var subject = MemberFold.Subject(member);
        var row = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Subject == subject, cancellation);
        var version = await db.Entries.CountAsync(entry => entry.Subject == subject, cancellation);
        if (row is null)
        {
            return Problems.Answer(Problems.NotFound);
        }

        var isLeaving = said.Act == "left";
        var answer = isLeaving == row.Left > 0
            ? new WriteAnswer("", version, "", AlreadyDone: true)
            : await services.Writer.WriteAsync(
                new WriteOrder(
                    actor, isLeaving ? MemberFold.Left : MemberFold.Kind, EntityName.Parse(subject),
                    Statement(isLeaving, row, body, actor), version, ""),
                cancellation);
        return answer.Code.Length > 0
            ? Problems.Answer(answer.Code, answer.Detail)
            : Results.Text(
                new JsonObject
                {
                    ["already_done"] = answer.AlreadyDone,
                    ["subject"] = subject,
                    ["version"] = answer.Version,
                }.ToJsonString(),
                "application/json");
    }

    private static JsonObject Statement(bool isLeaving, MemberRow row, JsonObject body, Actor actor)
    {
        var statement = isLeaving
            ? new JsonObject { ["exercise"] = row.Exercise }
            : MemberFold.Statement(
                row.Kind, row.Name, TerritoryCode.TryParse(row.Territory, out var place) ? place : null, row.Exercise);
        statement[BodyShapes.Reason] = body.Text(BodyShapes.Reason);
        statement["by"] = actor.Label;
        return statement;
    }
}
