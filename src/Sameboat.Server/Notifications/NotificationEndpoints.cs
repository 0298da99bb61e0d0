using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>Subscriptions and the inbox, as a token or an account has its own.</summary>
internal static class NotificationEndpoints
{
    private const string Subscriptions = "/api/v1/subscriptions";
    private const string Inbox = "/api/v1/inbox";

    /// <summary>Adds what notifications need.</summary>
    internal static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NewsSecrets>();
        services.AddSingleton<NewsDesk>();
        services.AddSingleton<NewsSender>();
        services.AddSingleton<SubscriptionDesk>();
        services.AddSingleton<InboxPages>();
        services.AddHostedService<NewsRounds>();
    }

    /// <summary>Maps interface and page.</summary>
    internal static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Subscriptions, ListAsync).WithMetadata(NotificationShapes.List);
        routes.MapPost(Subscriptions, MakeAsync).WithMetadata(NotificationShapes.Make);
        routes.MapDelete(Subscriptions + "/{id}", EndAsync).WithMetadata(NotificationShapes.End);
        routes.MapGet(Inbox, InboxAsync).WithMetadata(NotificationShapes.Inbox);
        routes.MapPost(Inbox + "/{id}/acknowledged", AcknowledgeAsync).WithMetadata(NotificationShapes.Acknowledge);
        var pages = routes.ServiceProvider.GetRequiredService<InboxPages>();
        routes.MapPage(InboxPages.Path, (culture, http, _) => pages.ShowAsync(http, culture));
        routes.MapForm(InboxPages.Path, pages.DoAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, MemberTokens tokens, SubscriptionDesk desk, CancellationToken cancellation) =>
        await ActorAsync(http, tokens, cancellation) is not { } actor
            ? Problems.Answer(Problems.Unauthenticated)
            : Answer((await desk.ListAsync(actor.Account, cancellation)).Select(NotificationShapes.Written));

    private static async Task<IResult> MakeAsync(
        HttpContext http, MemberTokens tokens, SubscriptionDesk desk, CancellationToken cancellation)
    {
        if (await ActorAsync(http, tokens, cancellation) is not { } actor)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        var (body, unread) = await ResourceEndpoints.ReadAsync(http.Request, cancellation);
        if (body is null)
        {
            return Problems.Answer(unread);
        }

        if (NotificationShapes.Asked.Faults(body, strict: true) is { Count: > 0 } faults)
        {
            return Problems.Answer(faults);
        }

        var (row, key, fault) = await desk.MakeAsync(actor, body, cancellation);
        if (row is null)
        {
            return fault == SubscriptionFault.TooMany
                ? Problems.Answer(Problems.TooMany, $"At most {NewsLimits.SubscriptionsMax} subscriptions.")
                : Problems.Answer([new BodyFault("/target", "this address or channel", Expected(fault))]);
        }

        var written = NotificationShapes.Written(row);
        if (key is not null)
        {
            written["key"] = key;
        }

        http.Response.Headers.Location = $"{Subscriptions}/{row.Id:N}";
        return Results.Text(written.ToJsonString(), "application/json", statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(
        string id, HttpContext http, MemberTokens tokens, SubscriptionDesk desk, CancellationToken cancellation) =>
        await ActorAsync(http, tokens, cancellation) is not { } actor
            ? Problems.Answer(Problems.Unauthenticated)
            : Guid.TryParse(id, out var known) && await desk.EndAsync(actor.Account, known, cancellation)
                ? Results.NoContent()
                : Problems.Answer(Problems.NotFound);

    private static async Task<IResult> InboxAsync(
        HttpContext http, MemberTokens tokens, SubscriptionDesk desk, CancellationToken cancellation)
    {
        if (await ActorAsync(http, tokens, cancellation) is not { } actor)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        bool? acknowledged = null;
        foreach (var (name, value) in http.Request.Query)
        {
            if (name != "acknowledged")
            {
                return Problems.Answer(Problems.UnknownParameter, name);
            }

            acknowledged = value.ToString() switch { "true" => true, "false" => false, _ => null };
            if (acknowledged is null)
            {
                return Problems.Answer(Problems.BadParameter, "acknowledged: expected true or false.");
            }
        }

        return Answer((await desk.InboxAsync(actor.Account, acknowledged, cancellation))
            .Select(NotificationShapes.WrittenInInbox));
    }

    private static async Task<IResult> AcknowledgeAsync(
        string id, HttpContext http, MemberTokens tokens, SubscriptionDesk desk, CancellationToken cancellation) =>
        await ActorAsync(http, tokens, cancellation) is not { } actor
            ? Problems.Answer(Problems.Unauthenticated)
            : !id.Contains('\0', StringComparison.Ordinal)
                && await desk.AcknowledgeAsync(actor.Account, id, cancellation)
                ? Results.NoContent()
                : Problems.Answer(Problems.NotFound);

    private static async Task<Actor?> ActorAsync(
        HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await tokens.ActorAsync(http.Request, cancellation);
    }

    private static IResult Answer(IEnumerable<JsonObject> items) => Results.Text(
        new JsonObject { ["items"] = new JsonArray([.. items]) }.ToJsonString(), "application/json");

    private static string Expected(SubscriptionFault fault) => fault == SubscriptionFault.NoMail
        ? "another channel: this node was started without a mail server"
        : "a mail address, or an https address without a user";
}
