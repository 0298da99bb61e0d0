using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Exercise;

namespace Sameboat.Server.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>, and the problem that is answered where nothing of the interface does.</summary>
internal static class OpenApiEndpoints
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        var texts = new ConcurrentDictionary<bool, string>();
        routes.MapGet("/openapi/v1.json", async (HttpContext http, ExerciseMark mark) =>
        {
            // When the first reader asks, every endpoint is mapped.
            var text = texts.GetOrAdd(
                await mark.IsOnAsync(http.RequestAborted), isExercise => TextOf(routes, isExercise));
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.AccessControlAllowOrigin = "*";
            return Results.Text(text, "application/json");
        });
    }

    private static string TextOf(IEndpointRouteBuilder routes, bool isExercise)
    {
        var document = ApiDocument.Of(routes.DataSources.SelectMany(source => source.Endpoints));
        if (isExercise)
        {
            document["info"]!["title"] = "Sameboat: EXERCISE, nothing of it is real";
        }

        return document.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>
    /// Gives what the server refuses by itself under <c>/api</c> (no such address, another method, a body that breaks
    /// HTTP) the form that all refusals have.
    /// </summary>
    internal static async Task TellAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        // No database column holds U+0000, and one of them refuses to compare with it.
        if (context.Request.Query.FirstOrDefault(one => one.Value.Any(text => text?.Contains('\0') == true))
            is { Key: { } name })
        {
            await Problems.Answer(Problems.BadParameter, $"{name}: expected a value without U+0000.")
                .ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await Problems.Answer(
                fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLong : Problems.NotARequest,
                fault.Message).ExecuteAsync(context);
            return;
        }

        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest && !context.Response.HasStarted
            && context.Response.ContentType is null)
        {
            var code = context.Response.StatusCode switch
            {
                StatusCodes.Status405MethodNotAllowed => Problems.NoSuchMethod,
                StatusCodes.Status404NotFound when context.GetEndpoint() is null => Problems.NoSuchPath,
                StatusCodes.Status404NotFound => Problems.NotFound,
                StatusCodes.Status400BadRequest => Problems.NotARequest,
                StatusCodes.Status415UnsupportedMediaType => Problems.NotJson,
                _ => "",
            };
            if (code.Length > 0)
            {
                await Problems.Answer(code).ExecuteAsync(context);
            }
        }
    }
}
