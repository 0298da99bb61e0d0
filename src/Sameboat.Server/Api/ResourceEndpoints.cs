using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Exercise;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Api;

/// <summary>What every resource of <c>/api/v1</c> answers to: list, detail, opening, steps.</summary>
internal static class ResourceEndpoints
{
    internal const string Base = "/api/v1/";
    internal const int KeyLengthMax = 128;
    private const int DepthMax = 16;

    /// <summary>Maps one resource.</summary>
    internal static void MapResource<TRow>(this IEndpointRouteBuilder routes, Resource<TRow> resource)
        where TRow : class, IProjectedRow
    {
        var path = Base + resource.Plural;
        var tag = resource.Plural;
        var told = ToldResource.Of(resource);
        routes.MapGet(path, (HttpContext http, NodeDatabase database, MemberTokens tokens, CancellationToken cancel) =>
            ListAnswers.AnswerAsync(resource, path, http, database, tokens, cancel)).WithTags(tag).WithMetadata(told);
        routes.MapGet(path + "/{owner}/{name}", (string owner, string name, HttpContext http, NodeDatabase database,
            MemberTokens tokens, CancellationToken cancel) =>
            DetailAsync(resource, owner, name, http, database, tokens, cancel)).WithTags(tag).WithMetadata(told);
        routes.MapPost(path, (HttpContext http, EntityWriter writer, MemberTokens tokens, CancellationToken cancel) =>
            OpenAsync(resource, path, http, writer, tokens, cancel)).WithTags(tag).WithMetadata(told);
        routes.MapPost(path + "/{owner}/{name}/{verb}", (string owner, string name, string verb, HttpContext http,
            EntityWriter writer, MemberTokens tokens, CancellationToken cancel) =>
            StepAsync(resource, (owner, name, verb), http, writer, tokens, cancel)).WithTags(tag).WithMetadata(told);
    }

    private static async Task<IResult> DetailAsync<TRow>(
        Resource<TRow> resource, string owner, string name, HttpContext http, NodeDatabase database,
        MemberTokens tokens, CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        var subject = $"{resource.Noun}/{owner}/{name}";
        await using var db = database.Open();
        db.Viewer = (await tokens.ActorAsync(http.Request, cancellation))?.Member.ToString();
        if (await db.Set<TRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation)
            is not { } row)
        {
            return Problems.Answer(Problems.NotFound);
        }

        var version = await db.Entries.CountAsync(entry => entry.Subject == subject, cancellation);
        http.Response.Headers.ETag = Tag(version);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Authorization";
        if (http.Request.Headers.IfNoneMatch.Contains(Tag(version)))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var shown = resource.Show(row);
        if (resource.Detail is { } detail)
        {
            await detail(db, subject, shown, cancellation);
        }

        var steps = await db.Set<StepRow>().AsNoTracking()
            .Where(step => step.Subject == subject)
            .OrderBy(step => step.Step)
            .ToListAsync(cancellation);
        if (await http.RequestServices.GetRequiredService<ExerciseMark>().IsOnAsync(cancellation))
        {
            shown[ExerciseMark.Name] = true;
        }

        shown["steps"] = new JsonArray([.. steps.Select(Written)]);
        return Results.Text(shown.ToJsonString(), "application/json");
    }

    private static async Task<IResult> OpenAsync<TRow>(
        Resource<TRow> resource, string path, HttpContext http, EntityWriter writer, MemberTokens tokens,
        CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        if (await AllowedAsync(resource, resource.Opens, http, tokens, cancellation) is not { Actor: { } actor } access)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        if (access.Refusal is { } refusal)
        {
            return refusal;
        }

        var (body, fault) = await ReadAsync(http.Request, cancellation);
        if (body is null)
        {
            return Problems.Answer(fault);
        }

        if (body.Text("id") is not { } name
            || !EntityName.TryParse($"{resource.Noun}/{actor.Member}/{name}", out var subject))
        {
            return Problems.At(
                Problems.Malformed, "/id", "lower-case letters, digits and single hyphens, short enough for a name.");
        }

        body.Remove("id");
        if (Faulty(BodyShapes.OfOpening(resource.Noun, resource.Opens), body) is { } faulty)
        {
            return faulty;
        }

        if ((resource.OpensBy is { } choice ? choice(body) : resource.Opens) is not { } verb)
        {
            return Problems.Answer(FoldReasons.Unreadable);
        }

        var answer = await WriteAsync(writer, http, (actor, $"{resource.Noun}.{verb}", subject, body), 0,
            cancellation);
        if (answer.Code.Length > 0)
        {
            return Problems.Answer(answer.Code, answer.Detail);
        }

        http.Response.Headers.Location = $"{path}/{actor.Member}/{name}";
        return Done(http, subject, answer, StatusCodes.Status201Created);
    }

    private static async Task<IResult> StepAsync<TRow>(
        Resource<TRow> resource, (string Owner, string Name, string Verb) step, HttpContext http,
        EntityWriter writer, MemberTokens tokens, CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        var kind = $"{resource.Noun}.{step.Verb}";
        if (RecordKinds.Find(kind) is not { } known
            || !EntityName.TryParse($"{resource.Noun}/{step.Owner}/{step.Name}", out var subject))
        {
            return Problems.Answer(Problems.NotFound);
        }

        if (await AllowedAsync(resource, step.Verb, http, tokens, cancellation) is not { Actor: { } actor } access)
        {
            return Problems.Answer(Problems.Unauthenticated);
        }

        if (access.Refusal is { } refusal)
        {
            return refusal;
        }

        var tag = http.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0)
        {
            return Problems.Answer(Problems.IfMatchMissing);
        }

        // A tag that this node never gave is that of no version: stale.
        var version = tag.Length > 3 && tag.StartsWith("\"v", StringComparison.Ordinal) && tag[^1] == '"'
            && int.TryParse(tag[2..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read > 0
                ? read
                : -1;
        var (body, fault) = await ReadAsync(http.Request, cancellation);
        if (body is null)
        {
            return Problems.Answer(fault);
        }

        if (Faulty(BodyShapes.OrOpen(known), body) is { } faulty)
        {
            return faulty;
        }

        var answer = await WriteAsync(writer, http, (actor, kind, subject, body), version, cancellation);
        return answer.Code == Problems.Stale
            ? await StaleAsync(
                http, subject, version, $"{Base}{resource.Plural}/{step.Owner}/{step.Name}", cancellation)
            : answer.Code.Length > 0 ? Problems.Answer(answer.Code, answer.Detail)
            : Done(http, subject, answer, StatusCodes.Status200OK);
    }

    private static async Task<IResult> StaleAsync(
        HttpContext http, EntityName subject, int known, string href, CancellationToken cancellation)
    {
        var (problem, version) = await StaleAnswer.OfAsync(
            http.RequestServices.GetRequiredService<NodeDatabase>(), subject, known, href, cancellation);
        http.Response.Headers.ETag = Tag(version);
        return Problems.Written(problem, Problems.Status(Problems.Stale));
    }

    private static IResult? Faulty(BodyShape shape, JsonObject body) =>
        shape.Faults(body, strict: true) is { Count: > 0 } faults ? Problems.Answer(faults) : null;

    private static async Task<WriteAnswer> WriteAsync(
        EntityWriter writer, HttpContext http,
        (Actor Actor, string Kind, EntityName Subject, JsonObject Body) said, int version,
        CancellationToken cancellation)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > KeyLengthMax)
        {
            return new WriteAnswer(
                Problems.BadParameter, 0, $"Idempotency-Key: at most {KeyLengthMax} characters.", false);
        }

        // Who acts is what the token says, whatever the body says.
        said.Body["by"] = said.Actor.Label;
        return await writer.WriteAsync(
            new WriteOrder(said.Actor, said.Kind, said.Subject, said.Body, version, key), cancellation);
    }

    private static async Task<(Actor? Actor, IResult? Refusal)> AllowedAsync<TRow>(
        Resource<TRow> resource, string verb, HttpContext http, MemberTokens tokens, CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        http.Response.Headers.CacheControl = "no-store";
        var actor = await tokens.ActorAsync(http.Request, cancellation);
        return actor is null || (actor.Roles & resource.RoleOf(verb)) != Roles.None
            ? (actor, null)
            : (actor, Problems.Answer(Problems.RoleMissing, $"{resource.RoleOf(verb)}"));
    }

    private static IResult Done(HttpContext http, EntityName subject, WriteAnswer answer, int status)
    {
        http.Response.Headers.ETag = Tag(answer.Version);
        return Results.Text(
            new JsonObject
            {
                ["already_done"] = answer.AlreadyDone,
                ["subject"] = subject.ToString(),
                ["version"] = answer.Version,
            }.ToJsonString(),
            "application/json",
            statusCode: answer.AlreadyDone ? StatusCodes.Status200OK : status);
    }

    internal static async Task<(JsonObject? Body, string Fault)> ReadAsync(
        HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.NotJson);
        }

        if (await BoundedBody.ReadAsync(request.Body, Entry.LengthMax, cancellation) is not { } bytes)
        {
            return (null, Problems.TooLong);
        }

        if (!BodyTexts.AreWhole(bytes))
        {
            return (null, Problems.Malformed);
        }

        try
        {
            return JsonNode.Parse(
                bytes,
                documentOptions: new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false })
                is JsonObject body ? (body, "") : (null, Problems.Malformed);
        }
        catch (JsonException)
        {
            return (null, Problems.Malformed);
        }
    }

    private static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    private static JsonObject Written(StepRow step) => new()
    {
        ["at"] = new HybridTime(step.At).Instant.ToString("O", CultureInfo.InvariantCulture),
        ["by"] = step.By,
        ["member"] = step.Member,
        ["reason"] = step.Reason,
        ["state"] = step.State,
        ["verb"] = step.Verb,
    };
}
