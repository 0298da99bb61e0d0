using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

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
        log.MapGet("/handover/{number:int}", HandoverAsync);
        log.MapGet("/entry/{id}.tlog-proof", ProofAsync);
        log.MapGet("/entry/{id}.json", EntryAsync);
        routes.MapPage("/record", (culture, http, pages) =>
            pages.ShowAsync<RecordPage, RecordView>(http, culture, "record", RecordView.ReadAsync));
        routes.MapPage("/record/logs/{member}", (culture, http, pages) =>
        {
            var member = http.PathPart("member");
            var from = http.Request.Query.TryGetValue("from", out var text)
                ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : -1
                : 0;
            return pages.ShowAsync<LogPage, LogView>(http, culture, $"record/logs/{member}/{from}",
                (db, cancellation) => LogView.ReadAsync(db, member, from, cancellation));
        });
        routes.MapPage("/record/entries/{id}", (culture, http, pages) =>
        {
            var id = http.PathPart("id");
            var logs = http.RequestServices.GetRequiredService<LogReader>();
            return pages.ShowAsync<EntryPage, EntryView>(http, culture, $"record/entries/{id}",
                (db, cancellation) => EntryView.ReadAsync(db, logs, id, cancellation));
        });
    }

    private static async Task<Results<ContentHttpResult, NotFound>> CheckpointAsync(
        string member, LogReader logs, NodeDatabase database, HttpResponse response, CancellationToken cancellation)
    {
        if (await logs.LogAsync(member, cancellation) is not { } log)
        {
            return TypedResults.NotFound();
        }

        await using var db = database.Open();
        Publish(response, Brief);
        return TypedResults.Text(await db.CosignedAsync(log, cancellation), PlainText);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> HandoverAsync(
        string member, int number, NodeDatabase database, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.HandoverAsync(member, number, cancellation) is not { } note)
        {
            return TypedResults.NotFound();
        }

        Publish(response, Immutable);
        return TypedResults.File(note, PlainText);
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
        && await logs.EntryAsync(entity, cancellation, member) is { } proved
            ? proved
            : null;

    private static void Publish(HttpResponse response, string cache)
    {
        response.Headers.CacheControl = cache;
        response.Headers.AccessControlAllowOrigin = "*";
    }
}
