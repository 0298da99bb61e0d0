using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk;

/// <summary>
/// The pages of what is on its way: goods, teams, money. Everybody sees where it stands; who is signed in sees the
/// steps of the desk on the same page, which is the one behind the code on a waybill.
/// </summary>
internal sealed class MovingPages(DeskPages desk, PageRenderer pages, SignedIn signedIn, NodeDatabase database)
{
    /// <summary>Maps the public addresses.</summary>
    internal void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (noun, plural) in new[]
        {
            ("consignment", "consignments"), ("deployment", "deployments"), ("contribution", "contributions"),
        })
        {
            routes.MapPage($"/{plural}/{{owner}}/{{name}}", (culture, http, _) =>
                EntityName.TryParse($"{noun}/{http.PathPart("owner")}/{http.PathPart("name")}", out var subject)
                    ? ShowAsync(http, culture, subject)
                    : MissingAsync(http, culture));
        }
    }

    /// <summary>Whether a noun has a page of its own here.</summary>
    internal static bool IsMoving(string? noun) => noun is "consignment" or "deployment" or "contribution";

    /// <summary>The page of one at the desk, for whoever is signed in.</summary>
    internal async Task<IResult> AtDeskAsync(HttpContext http, string culture, EntityName subject) =>
        await signedIn.AccountAsync(http) is null
            ? AccountPages.ToSignIn(culture, $"/desk/at/{subject}")
            : await ShowAsync(http, culture, subject);

    private Task<IResult> ShowAsync(HttpContext http, string culture, EntityName subject) => subject.Noun switch
    {
        "consignment" => ShowAsync<ConsignmentPage>(http, culture, subject, ConsignmentView.ReadAsync),
        "deployment" => ShowAsync<DeploymentPage>(http, culture, subject, DeploymentView.ReadAsync),
        _ => ShowAsync<ContributionPage>(http, culture, subject, ContributionView.ReadAsync),
    };

    private async Task<IResult> ShowAsync<TPage>(
        HttpContext http, string culture, EntityName subject,
        Func<NodeContext, string, CancellationToken, Task<object?>> read)
        where TPage : IComponent
    {
        if (await signedIn.AccountAsync(http) is { } account && await signedIn.ActorAsync(http) is { } actor
            && Words.Of(culture) is { } words)
        {
            await using var db = database.Open();
            db.Viewer = actor.Member.ToString();
            return await read(db, subject.ToString(), http.RequestAborted) is { } content
                && await desk.ReadAsync(http, subject, (account, actor, words), "") is { } entity
                ? await pages.ShowPersonalAsync<TPage>(http, culture, new MovingView(content, entity))
                : await MissingAsync(http, culture);
        }

        return await pages.ShowAsync<TPage, MovingView>(http, culture, $"work {subject}", async (db, cancellation) =>
            await read(db, subject.ToString(), cancellation) is { } content ? new MovingView(content, null) : null);
    }

    private Task<IResult> MissingAsync(HttpContext http, string culture) =>
        pages.ShowAsync<NotFoundPage, object>(
            http, culture, "work none", (_, _) => Task.FromResult<object?>(null));
}
