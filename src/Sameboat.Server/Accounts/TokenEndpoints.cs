using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Api;
using Sameboat.Server.Record;

namespace Sameboat.Server.Accounts;

/// <summary>
/// <c>/api/v1/tokens</c>: an administrator's token lists, makes and revokes the tokens of its own member. No other
/// member's are there for it.
/// </summary>
internal static class TokenEndpoints
{
    private const string Path = "/api/v1/tokens";

    private static readonly TakesToken Needed = new(TokenUse.Needed);

    internal static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithTags("tokens").WithMetadata(Needed);
        routes.MapPost(Path, MakeAsync).WithTags("tokens").WithMetadata(Needed);
        routes.MapDelete(Path + "/{id}", RevokeAsync).WithTags("tokens").WithMetadata(Needed);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        var (actor, refusal) = await AllowedAsync(http, tokens, cancellation);
        if (actor is null)
        {
            return refusal!;
        }

        var held = await tokens.ListAsync(actor.Member, cancellation);
        return Results.Text(
            new JsonObject { ["items"] = new JsonArray([.. held.Select(Written)]) }.ToJsonString(),
            "application/json");
    }

    private static async Task<IResult> MakeAsync(
        HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        var (actor, refusal) = await AllowedAsync(http, tokens, cancellation);
        if (actor is null)
        {
            return refusal!;
        }

        if (!http.Request.HasJsonContentType())
        {
            return Problems.Answer(Problems.NotJson);
        }

        if ((await ResourceEndpoints.ReadAsync(http.Request, cancellation)).Body is not { } body
            || body.Text("label") is not { } label
            || body.Count("days") is not { } days)
        {
            return Problems.Answer(Problems.Malformed, "expected label, roles and days.");
        }

        var (token, id, fault) = await tokens.AskAsync(
            actor.Member, label, RolesIn(body), (int)Math.Min(days, int.MaxValue), cancellation);
        if (fault != AccountFault.None)
        {
            return fault == AccountFault.TooMany
                ? Problems.Answer(Problems.TooMany, $"At most {AccountLimits.TokensMax} tokens.")
                : Problems.Answer(Problems.Malformed, PointerTo(fault));
        }

        http.Response.Headers.Location = $"{Path}/{id:N}";
        return Results.Text(
            new JsonObject { ["id"] = $"{id:N}", ["token"] = token }.ToJsonString(), "application/json",
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(
        string id, HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        var (actor, refusal) = await AllowedAsync(http, tokens, cancellation);
        return actor is null ? refusal!
            : Guid.TryParse(id, out var token) && await tokens.RevokeAsync(actor.Member, token, cancellation)
                ? Results.NoContent()
                : Problems.Answer(Problems.NotFound);
    }

    private static async Task<(Actor? Actor, IResult? Refusal)> AllowedAsync(
        HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await tokens.ActorAsync(http.Request, cancellation) is not { } actor
                ? (null, Problems.Answer(Problems.Unauthenticated))
            : actor.Roles.HasFlag(Roles.Administrator) ? (actor, null)
            : (null, Problems.Answer(Problems.RoleMissing, $"{Roles.Administrator}"));
    }

    // Names as they stand in the list; one that is unknown makes them none at all.
    private static Roles RolesIn(JsonObject body)
    {
        var roles = Roles.None;
        foreach (var one in body["roles"] as JsonArray ?? [])
        {
            var name = one is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
            var role = RoleWords.All.FirstOrDefault(known => NameOf(known.Role) == name).Role;
            if (role == Roles.None)
            {
                return Roles.None;
            }

            roles |= role;
        }

        return roles;
    }

    private static string PointerTo(AccountFault fault) => fault switch
    {
        AccountFault.BadLabel => $"/label: expected 1 to {AccountLimits.LabelMax} characters.",
        AccountFault.BadDays => $"/days: expected 1 to {MemberTokens.DaysMax}.",
        _ => $"/roles: expected some of {string.Join(", ", RoleWords.All.Select(one => NameOf(one.Role)))}.",
    };

    private static JsonObject Written(ApiTokenRow row) => new()
    {
        ["id"] = $"{row.Id:N}",
        ["label"] = row.Label,
        ["roles"] = new JsonArray([.. row.Roles.Split(", ").Select(name => JsonValue.Create(name.ToLowerInvariant()))]),
        ["made"] = new HybridTime(row.Made).Instant.ToString("O", CultureInfo.InvariantCulture),
        ["expires"] = new HybridTime(row.Expires).Instant.ToString("O", CultureInfo.InvariantCulture),
    };

    private static string NameOf(Roles role) => $"{role}".ToLowerInvariant();
}
