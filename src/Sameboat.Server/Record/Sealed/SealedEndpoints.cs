using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Record.Sealed;

/// <summary>
/// <c>POST /log/{member}/sealed</c>: a member that proves itself by its log's key is handed the sealed bodies that are
/// for it. The request is a <see cref="SealedRequest"/> as a signed note; the answer is
/// <c>{"bodies":[{"body":base64,"entry":id,"position":n,"salt":base64}],"next":position or null}</c>.
/// </summary>
internal static class SealedEndpoints
{
    internal static void MapSealed(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/log/{member}/sealed", AnswerAsync);

    /// <summary>Why a request is answered with 401; null when it is the reader's own.</summary>
    /// <param name="request">Its text.</param>
    /// <param name="note">The whole.</param>
    /// <param name="asked">The log asked for.</param>
    /// <param name="reader">The log of the member that asks, or null where it is unknown.</param>
    /// <param name="clockUnixSeconds">Now.</param>
    internal static string? Refusal(
        SealedRequest request, SignedNote note, LogRow asked, LogRow? reader, long clockUnixSeconds) =>
        request.Origin != asked.Origin ? "other-log"
        : !request.IsTimely(clockUnixSeconds) ? "not-timely"
        : reader is null ? "unknown-reader"
        : note.Check(VerifierKey.Parse(reader.VerifierKey)).Refusal != NoteRefusal.None ? "signature-fails"
        : null;

    private static async Task<Results<ContentHttpResult, NotFound, ProblemHttpResult>> AnswerAsync(
        string member, HttpRequest http, SealedBodies bodies, NodeDatabase database, TimeProvider time,
        CancellationToken cancellation)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        if (await BoundedBody.ReadAsync(http.Body, SealedRequest.LengthMax, cancellation) is not { } bytes
            || !SignedNote.TryParse(bytes, out var note, out _)
            || !SealedRequest.TryParse(note.Text, out var request))
        {
            return TypedResults.Problem("not-a-request", statusCode: StatusCodes.Status400BadRequest);
        }

        await using var db = database.Open();
        var named = new[] { member, request.Reader.ToString() };
        var logs = await db.Logs.AsNoTracking()
            .Where(log => named.Contains(log.Member))
            .ToDictionaryAsync(log => log.Member, StringComparer.Ordinal, cancellation);
        if (!logs.TryGetValue(member, out var asked))
        {
            return TypedResults.NotFound();
        }

        var reader = logs.GetValueOrDefault(request.Reader.ToString());
        return Refusal(request, note, asked, reader, time.GetUtcNow().ToUnixTimeSeconds()) is { } refusal
            ? TypedResults.Problem(refusal, statusCode: StatusCodes.Status401Unauthorized)
            : TypedResults.Text(
                Written(await bodies.ForAsync(request.Reader, member, request.From, cancellation)),
                "application/json");
    }

    private static string Written(HandedBodies handed) => new JsonObject
    {
        ["bodies"] = new JsonArray(
        [
            .. handed.Bodies.Select(one => new JsonObject
            {
                ["body"] = Convert.ToBase64String(one.Body),
                ["entry"] = one.Entry.ToString(),
                ["position"] = one.Position,
                ["salt"] = Convert.ToBase64String(one.Salt),
            }),
        ]),
        ["next"] = handed.Next,
    }.ToJsonString(JsonSerializerOptions.Default);
}
