using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Api.Sheets;

namespace Sameboat.Server.Bulk;

/// <summary>
/// <c>POST /api/v1/imports/{kind}</c>: a CSV or XLSX file becomes entries, all or nothing; and
/// <c>POST /api/v1/imports/{kind}/{owner}/{name}/undone</c>, which takes them back.
/// </summary>
internal static class ImportEndpoints
{
    /// <summary>The longest name of an import; the number of an entity comes behind it.</summary>
    internal const int NameMax = 40;

    private const string Csv = "text/csv";
    private const string Commit = "commit";
    private const string Preview = "preview";
    private const int SubjectsShown = 100;
    private const int FaultsShown = 100;

    private static readonly BodyShape UndoShape =
        new([BodyShapes.Text(BodyShapes.Reason, 1, BodyShapes.ReasonMax)]);

    internal static void MapImports(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in ImportKind.All)
        {
            var path = $"{ResourceEndpoints.Base}imports/{kind.Name}";
            routes.MapPost(path, (HttpContext http, ImportWriter writer, MemberTokens tokens,
                CancellationToken cancel) => ImportAsync(kind, http, writer, tokens, cancel))
                .WithTags("imports").WithMetadata(ImportDocument.Import(kind));
            routes.MapPost(path + "/{owner}/{name}/undone", (string owner, string name, HttpContext http,
                ImportWriter writer, MemberTokens tokens, CancellationToken cancel) =>
                UndoAsync(kind, (owner, name), http, writer, tokens, cancel))
                .WithTags("imports").WithMetadata(ImportDocument.Undo(kind, UndoShape));
        }
    }

    private static async Task<IResult> ImportAsync(
        ImportKind kind, HttpContext http, ImportWriter writer, MemberTokens tokens, CancellationToken cancellation)
    {
        var (actor, refusal) = await AllowedAsync(kind, http, tokens, cancellation);
        if (actor is null || refusal is not null)
        {
            return refusal!;
        }

        var (order, commit) = Ask(kind, actor, http.Request.Query);
        if (order is null)
        {
            return Problems.Answer(Problems.BadParameter, Expected(kind));
        }

        var type = http.Request.ContentType?.Split(';')[0].Trim();
        var isSheet = string.Equals(type, SheetWriter.MediaType, StringComparison.OrdinalIgnoreCase);
        if (!isSheet && !string.Equals(type, Csv, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Answer(Problems.NotJson, $"Content-Type: expected {Csv} or {SheetWriter.MediaType}.");
        }

        if (await ReadAsync(http.Request.Body, ImportTable.BytesMax, cancellation) is not { } file)
        {
            return Problems.Answer(Problems.TooLong, $"The file is longer than {ImportTable.BytesMax} bytes.");
        }

        var (entries, faults) = Read(order, file, isSheet);
        if (entries is null)
        {
            return Refused(faults);
        }

        var outcome = await writer.WriteAsync(order, actor, entries, file, commit, cancellation);
        return outcome.Faults.Count > 0 ? Refused(outcome.Faults)
            : outcome.Code.Length > 0 ? Problems.Answer(outcome.Code, outcome.Detail)
            : Results.Text(Written(order, entries, commit, outcome.AlreadyDone).ToJsonString(),
                "application/json",
                statusCode: commit && !outcome.AlreadyDone
                    ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>The entries that a file would make, or why it makes none.</summary>
    internal static (IReadOnlyList<ImportedEntry>? Entries, IReadOnlyList<ImportFault> Faults) Read(
        ImportOrder order, byte[] file, bool isSheet)
    {
        var faults = new List<ImportFault>();
        if (ImportTable.Read(file, isSheet, faults) is not { } table
            || ImportCells.Read(table, order.Kind, faults) is not { } rows || faults.Count > 0)
        {
            return (null, faults);
        }

        var entries = ImportEntries.Of(order, rows, faults);
        foreach (var entry in entries)
        {
            faults.AddRange(order.Kind.Shape.Faults(entry.Body, strict: true)
                .Select(fault => new ImportFault(entry.Row, fault.Pointer, fault.Found, fault.Expected)));
        }

        return faults.Count > 0 ? (null, faults) : (entries, faults);
    }

    private static async Task<IResult> UndoAsync(
        ImportKind kind, (string Owner, string Name) import, HttpContext http, ImportWriter writer,
        MemberTokens tokens, CancellationToken cancellation)
    {
        var (actor, refusal) = await AllowedAsync(kind, http, tokens, cancellation);
        if (actor is null || refusal is not null)
        {
            return refusal!;
        }

        var (body, fault) = await ResourceEndpoints.ReadAsync(http.Request, cancellation);
        if (body is null)
        {
            return Problems.Answer(fault);
        }

        if (UndoShape.Faults(body, strict: true) is { Count: > 0 } faults)
        {
            return Problems.Answer(faults);
        }

        if (import.Owner != actor.Member.ToString() || !IsName(import.Name))
        {
            return Problems.Answer(Problems.NotFound);
        }

        var outcome = await writer.UndoAsync(
            kind, actor, import.Name, body[BodyShapes.Reason]!.GetValue<string>(), cancellation);
        return outcome.Faults.Count > 0 ? Refused(outcome.Faults)
            : outcome.Code.Length > 0 ? Problems.Answer(outcome.Code, outcome.Detail)
            : Results.Text(
                new JsonObject { ["name"] = import.Name, ["undone"] = true }.ToJsonString(), "application/json");
    }

    private static async Task<(Actor? Actor, IResult? Refusal)> AllowedAsync(
        ImportKind kind, HttpContext http, MemberTokens tokens, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await tokens.ActorAsync(http.Request, cancellation) is not { } actor
            ? (null, Problems.Answer(Problems.Unauthenticated))
            : (actor.Roles & kind.Role) == Roles.None
                ? (actor, Problems.Answer(Problems.RoleMissing, $"{kind.Role}"))
                : (actor, null);
    }

    private static (ImportOrder? Order, bool Commit) Ask(ImportKind kind, Actor actor, IQueryCollection query)
    {
        string? One(string name) => query[name] is { Count: 1 } values ? values[0] : null;
        var mode = query.ContainsKey("mode") ? One("mode") : Preview;
        var outbreak = One("outbreak") ?? "";
        var exercise = query.ContainsKey("exercise") ? One("exercise") : "false";
        var isReceipt = kind.Name == ImportKind.Receipts;
        return One("name") is { } name && IsName(name)
            && mode is Preview or Commit
            && exercise is "true" or "false"
            && (isReceipt
                ? outbreak.Length == 0
                : EntityName.TryParse(outbreak, out var known) && known is { Noun: "outbreak", Name.Length: > 0 })
            && query.Keys.All(key => key is "name" or "mode" or "exercise" or "outbreak")
                ? (new ImportOrder(kind, actor.Member, One("name")!, outbreak, exercise == "true"), mode == Commit)
                : (null, false);
    }

    private static bool IsName(string name) =>
        name.Length <= NameMax && EntityName.TryParse($"a/b/{name}", out _);

    private static string Expected(ImportKind kind) =>
        $"expected name, lower-case letters, digits and hyphens, at most {NameMax}; mode, {Preview} or {Commit}; "
        + "exercise, true or false"
        + (kind.Name == ImportKind.Receipts ? "." : "; outbreak, as outbreak/owner/name.");

    private static JsonObject Written(
        ImportOrder order, IReadOnlyList<ImportedEntry> entries, bool committed, bool alreadyDone) => new()
    {
        ["already_done"] = alreadyDone,
        ["committed"] = committed,
        ["entities"] = entries.Select(entry => entry.Subject).Distinct().Count(),
        ["entries"] = entries.Count,
        ["name"] = order.Name,
        ["subjects"] = new JsonArray(
            [.. entries.Select(entry => entry.Subject.ToString()).Distinct().Take(SubjectsShown)
                .Select(subject => JsonValue.Create(subject))]),
    };

    private static IResult Refused(IReadOnlyList<ImportFault> faults)
    {
        var first = faults[0];
        var problem = Problems.Of(
            Problems.ImportRefused,
            $"row {first.Row}{(first.Column.Length > 0 ? ", " + first.Column : "")}: found {first.Found}; "
            + $"expected {first.Expected}.");
        problem["count"] = faults.Count;
        problem["errors"] = new JsonArray(
        [
            .. faults.Take(FaultsShown).Select(fault => new JsonObject
            {
                ["row"] = Math.Max(fault.Row, 1),
                ["column"] = fault.Column,
                ["found"] = fault.Found,
                ["expected"] = fault.Expected,
            }),
        ]);
        return Problems.Written(problem, Problems.Status(Problems.ImportRefused));
    }

    // Null when it is longer than that.
    private static async Task<byte[]?> ReadAsync(Stream body, int most, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (file.Length + count > most)
            {
                return null;
            }

            file.Write(buffer, 0, count);
        }

        return file.ToArray();
    }
}
