using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>The logs as static files that any web cache may hold and anyone may verify, from any origin.</summary>
internal static class RecordEndpoints
{
    // A tile never changes; a checkpoint is replaced by the next.
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Brief = "public, max-age=2";
    private const string PlainText = "text/plain; charset=utf-8";
    private const string Octets = "application/octet-stream";

    internal static void MapRecord(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log/{member}");
        log.MapGet("/checkpoint", CheckpointAsync);
        log.MapGet("/tile/{**path}", TileAsync);
        log.MapGet("/entry/{id}.tlog-proof", ProofAsync);
        log.MapGet("/entry/{id}.json", EntryAsync);
    }

    private static async Task<Results<ContentHttpResult, NotFound>> CheckpointAsync(
        string member, LogReader logs, HttpResponse response, CancellationToken cancellation)
    {
        if (await logs.LogAsync(member, cancellation) is not { } log)
        {
            return TypedResults.NotFound();
        }

        Publish(response, Brief);
        return TypedResults.Text(log.Checkpoint, PlainText);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> TileAsync(
        string member, string path, LogReader logs, HttpResponse response, CancellationToken cancellation)
    {
        if (!TilePath.TryParse("tile/" + path, out var tile)
            || await logs.TileAsync(member, tile, cancellation) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        Publish(response, Immutable);
        return TypedResults.File(bytes, Octets);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> EntryAsync(
        string member, string id, LogReader logs, HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(member, id, logs, cancellation) is not { } proved)
        {
            return TypedResults.NotFound();
        }

        Publish(response, Immutable);
        return TypedResults.File(proved.Row.Bytes, "application/json");
    }

    // With this file and the entry, anyone checks offline that the log holds the entry.
    private static async Task<Results<FileContentHttpResult, NotFound>> ProofAsync(
        string member, string id, LogReader logs, HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(member, id, logs, cancellation) is not { } proved)
        {
            return TypedResults.NotFound();
        }

        Publish(response, Brief);
        return TypedResults.File(proved.ToProof().ToBytes(), PlainText, $"{id}.tlog-proof");
    }

    private static async Task<ProvedEntry?> FindAsync(
        string member, string id, LogReader logs, CancellationToken cancellation) =>
        EntityId.TryParse(id, out var entity)
        && await logs.EntryAsync(entity, cancellation) is { } proved
        && proved.Row.Member == member
            ? proved
            : null;

    private static void Publish(HttpResponse response, string cache)
    {
        response.Headers.CacheControl = cache;
        response.Headers.AccessControlAllowOrigin = "*";
    }
}
