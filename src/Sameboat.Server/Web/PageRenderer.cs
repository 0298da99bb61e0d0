using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Web;

/// <summary>
/// Shows pages. What a page shows depends on the record alone, so it is read once for each size of the record, and a
/// reader who has it already is told so in a few bytes.
/// </summary>
internal sealed class PageRenderer(NodeDatabase database)
{
    /// <summary>The most views kept; when there are more, all are read anew.</summary>
    private const int ViewsMax = 1_000;

    private readonly ConcurrentDictionary<(string Key, long Version), object> _views = new();

    /// <summary>
    /// Answers with a page, with 304 where the reader has it, or with the page that says it is missing.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="culture">As the path has it.</param>
    /// <param name="key">What is shown, unique over all pages.</param>
    /// <param name="read">Reads the view; null where there is nothing of that name.</param>
    internal async Task<IResult> ShowAsync<TPage, TView>(
        HttpContext http, string culture, string key, Func<NodeContext, CancellationToken, Task<TView?>> read)
        where TPage : IComponent
        where TView : class
    {
        if (Words.Of(culture) is not { } words)
        {
            return TypedResults.NotFound();
        }

        await using var db = database.Open();
        var cancellation = http.RequestAborted;
        var version = await db.Logs.SumAsync(log => log.Size, cancellation)
            + await db.LogEvidence.CountAsync(cancellation);
        var exercise = (Exercises)(await ViewAsync("exercise", version, () => ExercisesAsync(db, cancellation)))!;
        var state = http.RequestServices.GetRequiredService<PageState>();
        if (await ViewAsync(key, version, async () => await read(db, cancellation)) is not { } view)
        {
            state.Show(words, "", exercise.Any, null);
            return new RazorComponentResult<NotFoundPage> { StatusCode = StatusCodes.Status404NotFound };
        }

        // The frame's one link that differs between readers is part of the page.
        state.IsSignedIn = SignedIn.HasCookie(http);
        var desk = state.IsSignedIn ? "-desk" : "";
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}-{StyleSheet.Name}-{culture}{desk}\"");
        http.Response.Headers.Vary = "Cookie";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        state.Show(words, PathOf(http.Request, culture), exercise.Any, view);
        return new RazorComponentResult<TPage>();
    }

    /// <summary>Answers with a page that is for this reader alone: nothing of it is kept anywhere.</summary>
    /// <param name="http">The request.</param>
    /// <param name="culture">As the path has it.</param>
    /// <param name="view">What the page shows.</param>
    /// <param name="status">The status of the answer.</param>
    internal async Task<IResult> ShowPersonalAsync<TPage>(
        HttpContext http, string culture, object view, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        if (Words.Of(culture) is not { } words)
        {
            return TypedResults.NotFound();
        }

        await using var db = database.Open();
        var exercise = (Exercises)(await ExercisesAsync(db, http.RequestAborted))!;
        var state = http.RequestServices.GetRequiredService<PageState>();
        state.Show(words, PathOf(http.Request, culture), exercise.Any, view);
        state.IsSignedIn = SignedIn.HasCookie(http);
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers.Pragma = "no-cache";
        return new RazorComponentResult<TPage> { StatusCode = status };
    }

    private static string PathOf(HttpRequest request, string culture) =>
        request.Path.ToUriComponent()[(culture.Length + 1)..] + request.QueryString.ToUriComponent();

    private async Task<object?> ViewAsync(string key, long version, Func<Task<object?>> read)
    {
        if (_views.TryGetValue((key, version), out var kept))
        {
            return kept;
        }

        var view = await read();
        if (view is not null)
        {
            if (_views.Count >= ViewsMax)
            {
                _views.Clear();
            }

            _views[(key, version)] = view;
        }

        return view;
    }

    // A node holds exercises or the real record, never both: where one is an exercise, every page says so.
    private static async Task<object?> ExercisesAsync(NodeContext db, CancellationToken cancellation) =>
        new Exercises(await db.Outbreaks.AnyAsync(outbreak => outbreak.Exercise, cancellation)
            || await db.Members.AnyAsync(member => member.Exercise, cancellation));

    private sealed record Exercises(bool Any);
}
