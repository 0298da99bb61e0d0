using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Web;

namespace Sameboat.Server.Record;

/// <summary>The node as a witness of logs over HTTP, as C2SP tlog-witness has it.</summary>
internal static class WitnessEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";
    private const string SizeText = "text/x.tlog.size";
    private const string Brief = "public, max-age=2";

    internal static void MapWitness(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/witness/add-checkpoint", AddAsync);
        routes.MapGet("/witness/{id}/checkpoint", LatestAsync);
        routes.MapGet("/witness/key", (WitnessDesk desk) => TypedResults.Text($"{desk.Key}\n", PlainText));
    }

    private static async Task<IResult> AddAsync(HttpRequest http, WitnessDesk desk, CancellationToken cancellation)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        if (await BoundedBody.ReadAsync(http.Body, WitnessRequest.LengthMax, cancellation) is not { } body
            || !WitnessRequest.TryParse(body, out var request))
        {
            return Refused(StatusCodes.Status400BadRequest, "not-a-request");
        }

        var answer = await desk.AddAsync(request, cancellation);
        return answer.Refusal switch
        {
            WitnessRefusal.None => TypedResults.Text(answer.Line, PlainText),
            WitnessRefusal.UnknownOrigin => Refused(StatusCodes.Status404NotFound, "unknown-origin"),
            WitnessRefusal.WrongSignature => Refused(StatusCodes.Status403Forbidden, "wrong-signature"),
            WitnessRefusal.OldSizeAboveNew => Refused(StatusCodes.Status400BadRequest, "old-size-above-new"),
            WitnessRefusal.OldSizeNotLast => TypedResults.Content(
                string.Create(CultureInfo.InvariantCulture, $"{answer.LastSize}\n"), SizeText, Encoding.ASCII,
                StatusCodes.Status409Conflict),
            WitnessRefusal.ProofFails => Refused(StatusCodes.Status422UnprocessableEntity, "proof-fails"),
            null => Refused(StatusCodes.Status503ServiceUnavailable, "too-many-at-once"),
            _ => throw new InvalidOperationException($"{answer.Refusal} has no status."),
        };
    }

    private static async Task<IResult> LatestAsync(
        string id, WitnessDesk desk, HttpResponse response, CancellationToken cancellation)
    {
        if (await desk.LatestAsync(id, cancellation) is not { } note)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = Brief;
        response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Text(note, PlainText);
    }

    private static ProblemHttpResult Refused(int status, string code) => TypedResults.Problem(code, statusCode: status);
}
