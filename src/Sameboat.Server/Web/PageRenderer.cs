using System.Diagnostics.CodeAnalysis;
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
internal sealed class PageRenderer(
    NodeDatabase database, NodeOptions options, RecordClock clock, TimeProvider time)
{
    private readonly KeptViews _views = new();
    private readonly KeptPages _pages = new();

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

        // The frame's one link that differs between readers is part of the page.
        var isSignedIn = SignedIn.HasCookie(http);
        var address = AddressOf(http.Request, isSignedIn);
        var kept = address is null ? null : _pages.Find(address);
        if (kept is not null && time.GetElapsedTime(kept.Taken) < options.PageAge)
        {
            return Sent(http, kept.Tag, kept);
        }

        await using var db = database.Open();
        var cancellation = http.RequestAborted;
        var version = await db.Logs.SumAsync(log => log.Size, cancellation)
            + await db.LogEvidence.CountAsync(cancellation);
        var desk = isSignedIn ? "-desk" : "";
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}-{StyleSheet.Name}-{culture}{desk}\"");
        if (kept is not null && kept.Tag == tag)
        {
            _pages.Keep(address!, kept with { Taken = time.GetTimestamp() });
            return Sent(http, tag, kept);
        }

        // Read for whoever asks meanwhile as well, so it goes on when this reader goes away.
        var exercise = (Exercises)(await _views.ReadAsync("exercise", version, ExercisesAsync))!;
        var state = http.RequestServices.GetRequiredService<PageState>();
        state.HasCourse = clock.IsExercise;
        if (await _views.ReadAsync($"page {key}", version, () => ViewAsync(read)) is not { } view)
        {
            state.Show(words, "", exercise.Any, null);
            return new RazorComponentResult<NotFoundPage> { StatusCode = StatusCodes.Status404NotFound };
        }

        state.IsSignedIn = isSignedIn;
        if (Sent(http, tag, null) is { } known)
        {
            return known;
        }

        state.Show(words, PathOf(http.Request, culture), exercise.Any, view);
        var page = new RazorComponentResult<TPage>();
        return address is null
            ? page
            : new KeptPages.Rendering(page, (bytes, type) =>
                _pages.Keep(address, new KeptPage(version, tag, bytes, type, time.GetTimestamp())));
    }

    /// <summary>Answers with a page that is for this reader alone: nothing of it is kept anywhere.</summary>
    /// <param name="http">The request.</param>
    /// <param name="culture">As the path has it.</param>
    /// <param name="view">What the page shows.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="path">Where the other languages are, below the culture; null for the address of the request.
    /// </param>
    internal async Task<IResult> ShowPersonalAsync<TPage>(
        HttpContext http, string culture, object view, int status = StatusCodes.Status200OK, string? path = null)
        where TPage : IComponent
    {
        if (Words.Of(culture) is not { } words)
        {
            return TypedResults.NotFound();
        }

        await using var db = database.Open();
        var exercise = (Exercises)(await ExercisesAsync(db, http.RequestAborted))!;
        var state = http.RequestServices.GetRequiredService<PageState>();
        state.HasCourse = clock.IsExercise;
        state.Show(words, path ?? PathOf(http.Request, culture), exercise.Any, view);
        state.IsSignedIn = SignedIn.HasCookie(http);
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers.Pragma = "no-cache";
        return new RazorComponentResult<TPage> { StatusCode = status };
    }

    private static string PathOf(HttpRequest request, string culture) =>
        request.Path.ToUriComponent()[(culture.Length + 1)..] + request.QueryString.ToUriComponent();

    // A page asked for with a query may be any of very many: it is not kept as bytes.
    private static string? AddressOf(HttpRequest request, bool isSignedIn) =>
        HttpMethods.IsGet(request.Method) && !request.QueryString.HasValue
            ? $"{(isSignedIn ? "desk" : "")} {request.Path}"
            : null;

    // 304 where the reader has it, the page where it is kept, null where it is still to be rendered.
    [return: NotNullIfNotNull(nameof(kept))]
    private static IResult? Sent(HttpContext http, string tag, KeptPage? kept)
    {
        http.Response.Headers.Vary = "Cookie";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch == tag ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : kept is null ? null
            : TypedResults.Bytes(kept.Bytes, kept.ContentType);
    }

    private async Task<object?> ViewAsync<TView>(Func<NodeContext, CancellationToken, Task<TView?>> read)
        where TView : class
    {
        await using var db = database.Open();
        return await read(db, CancellationToken.None);
    }

    private async Task<object?> ExercisesAsync()
    {
        await using var db = database.Open();
        return await ExercisesAsync(db, CancellationToken.None);
    }

    // A node holds exercises or the real record, never both: where one is an exercise, every page says so.
    private static async Task<object?> ExercisesAsync(NodeContext db, CancellationToken cancellation) =>
        new Exercises(await db.Outbreaks.AnyAsync(outbreak => outbreak.Exercise, cancellation)
            || await db.Members.AnyAsync(member => member.Exercise, cancellation));

    private sealed record Exercises(bool Any);
}
