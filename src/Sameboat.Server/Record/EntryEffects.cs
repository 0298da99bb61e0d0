using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Following;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>What one entry does to the state, as a page and the interface show it.</summary>
/// <param name="Effect">Applied, without effect, or waiting.</param>
/// <param name="Reason">A code of <see cref="FoldReasons"/>; empty when applied.</param>
/// <param name="Awaits">The entity waited for, or empty.</param>
internal sealed record EntryEffectView(Effect Effect, string Reason, string Awaits);

/// <summary>
/// Reads the effect of entries. <c>GET /api/v1/log/{member}/entries/{id}/effect</c> answers with
/// <c>{"awaits":entity or null,"effect":"applied|without-effect|waiting","reason":code or null}</c>.
/// </summary>
internal static class EntryEffects
{
    internal static void MapEffects(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/log/{member}/entries/{id}/effect", AnswerAsync);

    /// <summary>The effect of an entry that is in the record.</summary>
    internal static async Task<EntryEffectView> ReadAsync(
        NodeContext db, string member, Guid entry, CancellationToken cancellation)
    {
        if (await db.Entries.AsNoTracking().FirstOrDefaultAsync(
            one => one.Id == entry && one.Member == member && one.Subject == EntryPlacing.NoSubject, cancellation)
            is { } stray)
        {
            return new EntryEffectView(Effect.WithoutEffect, EntryPlacing.ReasonOf(stray), "");
        }

        var row = await db.Effects.AsNoTracking()
            .FirstOrDefaultAsync(effect => effect.Entry == entry && effect.Member == member, cancellation);
        return row is null
            ? new EntryEffectView(Effect.Applied, "", "")
            : new EntryEffectView((Effect)row.Effect, row.Reason, row.Awaits);
    }

    /// <summary>The stable code of an effect.</summary>
    internal static string Code(this Effect effect) => effect switch
    {
        Effect.Applied => "applied",
        Effect.WithoutEffect => "without-effect",
        _ => "waiting",
    };

    private static async Task<Results<ContentHttpResult, NotFound>> AnswerAsync(
        string member, string id, NodeDatabase database, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (!EntityId.TryParse(id, out var entry)
            || !await db.Entries.AnyAsync(row => row.Id == entry.Value && row.Member == member, cancellation))
        {
            return TypedResults.NotFound();
        }

        var view = await ReadAsync(db, member, entry.Value, cancellation);
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(
            new JsonObject
            {
                ["awaits"] = view.Awaits.Length == 0 ? null : view.Awaits,
                ["effect"] = view.Effect.Code(),
                ["reason"] = view.Reason.Length == 0 ? null : view.Reason,
            }.ToJsonString(),
            "application/json");
    }
}
