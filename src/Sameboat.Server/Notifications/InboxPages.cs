using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Notifications.Pages;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>What an account was told about one entity.</summary>
/// <param name="Subject">The entity.</param>
/// <param name="Rows">Newest first.</param>
internal sealed record InboxThread(string Subject, ImmutableArray<NotificationRow> Rows);

/// <summary>What the page of the inbox shows.</summary>
/// <param name="Threads">The newest first.</param>
/// <param name="Subscriptions">Oldest first.</param>
/// <param name="Outbreaks">Those that there are.</param>
/// <param name="Names">Of members.</param>
/// <param name="SendsMail">False when the node has no mail server.</param>
/// <param name="Key">The key of a webhook that was just made; null otherwise.</param>
/// <param name="Fault">The key of the sentence that says what is wrong; null when nothing is.</param>
internal sealed record InboxView(
    ImmutableArray<InboxThread> Threads, ImmutableArray<SubscriptionRow> Subscriptions,
    ImmutableArray<string> Outbreaks, MemberNames Names, bool SendsMail, string? Key, string? Fault)
{
    /// <summary>How many have not been acknowledged.</summary>
    internal int Open => Threads.Sum(thread => thread.Rows.Count(row => row.Acknowledged == 0));
}

/// <summary>The page of the inbox and of the subscriptions of whoever is signed in.</summary>
internal sealed class InboxPages(
    PageRenderer pages, SignedIn signedIn, SubscriptionDesk desk, NodeDatabase database, NodeOptions options)
{
    internal const string Path = "/inbox";

    /// <summary>The page.</summary>
    internal async Task<IResult> ShowAsync(HttpContext http, string culture) =>
        await signedIn.ActorAsync(http) is { } actor
            ? await ShowAsync(http, culture, actor, null, null)
            : AccountPages.ToSignIn(culture, Path);

    /// <summary>Does what the form of a button asks for, and shows the page anew.</summary>
    internal async Task<IResult> DoAsync(PageForm form)
    {
        if (await signedIn.ActorAsync(form.Http) is not { } actor)
        {
            return AccountPages.ToSignIn(form.Culture, Path);
        }

        var cancellation = form.Http.RequestAborted;
        switch (form.Text("do"))
        {
            case "seen":
                await desk.AcknowledgeThreadAsync(actor.Account, form.Text("thread"), cancellation);
                break;
            case "end" when Guid.TryParse(form.Text("id"), out var id):
                await desk.EndAsync(actor.Account, id, cancellation);
                break;
            case "make":
                var asked = Asked(form);
                if (NotificationShapes.Asked.Faults(asked, strict: true).Count > 0)
                {
                    return await ShowAsync(form.Http, form.Culture, actor, null, "inbox.fault.form");
                }

                var (_, key, fault) = await desk.MakeAsync(actor, asked, cancellation);
                return await ShowAsync(form.Http, form.Culture, actor, key, fault switch
                {
                    SubscriptionFault.None => null,
                    SubscriptionFault.TooMany => "inbox.fault.limit",
                    SubscriptionFault.NoMail => "inbox.fault.mail",
                    _ => "inbox.fault.target",
                });
            default:
                break;
        }

        return TypedResults.LocalRedirect($"/{form.Culture}{Path}");
    }

    private async Task<IResult> ShowAsync(
        HttpContext http, string culture, Actor actor, string? key, string? fault)
    {
        var cancellation = http.RequestAborted;
        await using var db = database.Open();
        var told = await desk.InboxAsync(actor.Account, null, cancellation);
        var view = new InboxView(
            [.. told.GroupBy(row => row.Subject).Select(rows => new InboxThread(rows.Key, [.. rows]))],
            [.. await desk.ListAsync(actor.Account, cancellation)],
            [
                .. await db.Outbreaks.AsNoTracking().Select(row => row.Subject).Order()
                    .Take(NewsLimits.InboxMax).ToListAsync(cancellation),
            ],
            await MemberNames.ReadAsync(db, cancellation), options.Mail is not null, key, fault);
        return await pages.ShowPersonalAsync<InboxPage>(
            http, culture, view,
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static JsonObject Asked(PageForm form)
    {
        var asked = new JsonObject
        {
            ["name"] = form.Line("name"),
            ["places"] = string.Join(' ', form.Line("places").ToUpperInvariant()
                .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)),
            ["outbreaks"] = string.Join(' ', form.Fields["outbreak"].Where(text => !string.IsNullOrEmpty(text))),
            ["types"] = string.Join(' ', form.Fields["type"].Where(text => !string.IsNullOrEmpty(text))),
            ["severity"] = form.Text("severity"),
            ["channel"] = form.Text("channel"),
            ["digest"] = form.Text("digest"),
            ["culture"] = form.Culture,
        };
        if (form.Line("target") is { Length: > 0 } target)
        {
            asked["target"] = target;
        }

        return asked;
    }
}
