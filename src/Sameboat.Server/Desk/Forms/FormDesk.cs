using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>
/// Shows every form and takes it back. What is said goes the way of the interface: the shape of its kind, the version
/// that it was decided on, a key by which it is done once, and the fold that says whether it would count.
/// </summary>
internal sealed class FormDesk(
    PageRenderer pages, SignedIn signedIn, FormGate gate, FormKinds kinds, Drafts drafts, EntityWriter writer,
    NodeDatabase database, TimeProvider time)
{
    private const int RowsMore = 10;
    private const int NameRandom = 6;

    /// <summary>A form that opens an entity.</summary>
    internal Task<IResult> NewAsync(HttpContext http, string culture) => ShowAsync(http, culture, Opening(http), null);

    /// <summary>A form of a step.</summary>
    internal Task<IResult> StepAsync(HttpContext http, string culture) =>
        Subject(http) is { } subject
            ? ShowAsync(http, culture, kinds.Find(subject.Noun!, http.PathPart("verb")), subject)
            : GoneAsync(http, culture);

    /// <summary>Opens an entity.</summary>
    internal Task<IResult> OpenedAsync(HttpContext http, string culture) =>
        TakeAsync(http, culture, Opening(http), null);

    /// <summary>Takes a step.</summary>
    internal Task<IResult> SteppedAsync(HttpContext http, string culture) =>
        Subject(http) is { } subject
            ? TakeAsync(http, culture, kinds.Find(subject.Noun!, http.PathPart("verb")), subject)
            : GoneAsync(http, culture);

    /// <summary>The page for what is not there.</summary>
    internal Task<IResult> GoneAsync(HttpContext http, string culture) =>
        pages.ShowPersonalAsync<GonePage>(http, culture, new object(), StatusCodes.Status404NotFound);

    /// <summary>What an entity's page needs for the form of one of its steps.</summary>
    internal FormView Form(FormKind kind, EntityNow entity, AccountRow account, FormLists lists) => new(
        kind, $"/desk/do/{entity.Subject}/{kind.Verb}", FormValues.None,
        Hidden("", entity.Version, "", account), lists)
    {
        Entity = entity,
    };

    /// <summary>The entity that an address names, or null.</summary>
    internal static EntityName? Subject(HttpContext http) =>
        EntityName.TryParse(
            $"{http.PathPart("noun")}/{http.PathPart("owner")}/{http.PathPart("name")}", out var subject)
            ? subject
            : null;

    private FormKind? Opening(HttpContext http) => http.PathPart("verb") is { Length: > 0 } verb
        ? kinds.Find(http.PathPart("noun"), verb) is { Step.Opens: true } kind ? kind : null
        : kinds.Opening(http.PathPart("noun"));

    private async Task<IResult> ShowAsync(HttpContext http, string culture, FormKind? kind, EntityName? subject)
    {
        if (await signedIn.AccountAsync(http) is not { } account || await signedIn.ActorAsync(http) is not { } actor)
        {
            return AccountPages.ToSignIn(culture, PathOf(http, culture) + http.Request.QueryString);
        }

        if (kind is null || Words.Of(culture) is not { } words)
        {
            return await GoneAsync(http, culture);
        }

        var (entity, refusal) = await LookAsync(http, culture, kind, subject, actor);
        if (refusal is not null)
        {
            return refusal;
        }

        await using var db = database.Open();
        db.Viewer = actor.Member.ToString();
        var lists = await FormLists.ReadAsync(db, words, http.RequestAborted);
        var about = await FormGiven.ReadAsync(db, kind, entity, words, http.RequestAborted);
        var draft = await drafts.FindAsync(account.Id, $"{http.Request.Query["draft"]}", http.RequestAborted);
        var given = FormValues.Of(kind, http.Request.Query);
        var values = draft is not null ? FormValues.Read(draft.Values)
            : entity is not null && kind.Step.Opens ? FormValues.Of(kind, entity.Opened)
            : FormDefaults.Of(kind, given, lists, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), about);
        return await pages.ShowPersonalAsync<FormPage>(
            http, culture,
            new FormView(
                kind, PathOf(http, culture), values,
                Hidden(NameOf(kind, subject, values), entity?.Version ?? 0, draft?.Id ?? "", account), lists)
            {
                Entity = entity,
                IsKept = draft is not null,
                Given = about,
                Fixed = kind.Noun == "acceptance" ? ["plan", "line"] : [],
            });
    }

    private async Task<IResult> TakeAsync(HttpContext http, string culture, FormKind? kind, EntityName? subject)
    {
        if (kind is null)
        {
            return await GoneAsync(http, culture);
        }

        var (form, gone) = await gate.ReadAsync(http, culture, kind);
        if (form is null)
        {
            return gone!;
        }

        var (entity, refusal) = await LookAsync(http, culture, kind, subject, form.Actor);
        if (refusal is not null)
        {
            return refusal;
        }

        await using var db = database.Open();
        db.Viewer = form.Actor.Member.ToString();
        var words = Words.Of(culture)!;
        var lists = await FormLists.ReadAsync(db, words, http.RequestAborted);
        var values = FormValues.Of(kind, form.Form.Fields);
        _ = int.TryParse(form.Form.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var view = new FormView(
            kind, PathOf(http, culture), values,
            new FormHidden(
                form.Form.Text("id"), version, form.Form.Text("key"), form.Form.Text("draft"),
                gate.SealFor(form.Account)),
            lists)
        {
            Entity = entity,
            Given = await FormGiven.ReadAsync(db, kind, entity, words, http.RequestAborted),
            Fixed = kind.Noun == "acceptance" ? ["plan", "line"] : [],
        };
        return form.Form.Text("do") switch
        {
            "draft" => await KeepAsync(view, form),
            "rows" => await ShowAsync(view with { MoreRows = RowsMore }, form, StatusCodes.Status200OK),
            "again" => await ShowAsync(view, form, StatusCodes.Status200OK),
            _ => await SendAsync(view, form),
        };
    }

    private async Task<IResult> SendAsync(FormView view, DeskForm form)
    {
        var words = Words.Of(form.Form.Culture)!;
        var (body, faults) = FormReading.Read(view.Kind, view.Values, view.Lists, words);
        if (faults.Length > 0)
        {
            return await RefuseAsync(view with { Faults = faults }, form);
        }

        if (view.Kind.Shape.Faults(body, strict: true).Count > 0
            || !EntityName.TryParse(
                view.Entity is { } entity ? $"{entity.Subject}"
                    : $"{view.Kind.Noun}/{form.Actor.Member}/{view.Hidden.Id}", out var subject)
            || view.Hidden.Key.Length is 0 or > ResourceEndpoints.KeyLengthMax)
        {
            return await RefuseAsync(view with { Refusal = FoldReasons.Unreadable }, form);
        }

        var said = body.DeepClone().AsObject();
        said["by"] = form.Actor.Label;
        var answer = await writer.WriteAsync(
            new WriteOrder(
                form.Actor, view.Kind.Name, subject, said, view.Hidden.Version,
                $"desk {form.Account.Id:N} {view.Hidden.Key}"),
            form.Form.Http.RequestAborted);
        if (answer.Code.Length == 0)
        {
            await drafts.RemoveAsync(form.Account.Id, view.Hidden.Draft, form.Form.Http.RequestAborted);
            return TypedResults.LocalRedirect(
                $"/{form.Form.Culture}{AfterIt(view.Kind, subject)}?sent={view.Hidden.Key}");
        }

        return view.Entity is { } now && answer.Code is Problems.Stale or Problems.KeyReused
            ? await ConflictAsync(view, now, body, form)
            : await RefuseAsync(view with { Refusal = answer.Code }, form);
    }

    // What was typed is kept, whatever happens to the browser.
    private async Task<IResult> RefuseAsync(FormView view, DeskForm form)
    {
        var draft = await SaveAsync(view, form);
        var isSent = view.Refusal is Problems.KeyReused or Problems.Exists;
        return await ShowAsync(
            view with
            {
                Hidden = view.Hidden with
                {
                    Draft = draft,
                    Key = isSent ? LogKeys.DrawToken() : view.Hidden.Key,
                    Id = isSent ? NameOf(view.Kind, view.Entity?.Subject, view.Values) : view.Hidden.Id,
                },
            },
            form, StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> ConflictAsync(FormView view, EntityNow now, JsonObject body, DeskForm form)
    {
        var draft = await SaveAsync(view, form);
        return await pages.ShowPersonalAsync<ConflictPage>(
            form.Form.Http, form.Form.Culture,
            new ConflictView(
                view with
                {
                    Hidden = view.Hidden with { Version = now.Version, Key = LogKeys.DrawToken(), Draft = draft },
                },
                [.. now.History.Skip(view.Hidden.Version)],
                now.StepsFor(form.Actor.Member).Any(step => step.Verb == view.Kind.Verb), body),
            StatusCodes.Status409Conflict);
    }

    private async Task<IResult> KeepAsync(FormView view, DeskForm form) => TypedResults.LocalRedirect(
        $"/{form.Form.Culture}{view.Path}?draft={await SaveAsync(view, form)}&sent={view.Hidden.Key}");

    private Task<string> SaveAsync(FormView view, DeskForm form) => drafts.SaveAsync(
        form.Account.Id, view.Hidden.Draft, (view.Path, view.Kind.Name), view.Values, form.Form.Http.RequestAborted);

    private Task<IResult> ShowAsync(FormView view, DeskForm form, int status) =>
        pages.ShowPersonalAsync<FormPage>(form.Form.Http, form.Form.Culture, view, status);

    // The entity of a step as it is now; or why there is no such form for this reader.
    private async Task<(EntityNow? Entity, IResult? Refusal)> LookAsync(
        HttpContext http, string culture, FormKind kind, EntityName? subject, Actor actor)
    {
        if ((actor.Roles & kind.Roles) == Roles.None)
        {
            return (null, await NotAllowedAsync(http, culture, kind.Roles));
        }

        if (subject is not { } named)
        {
            return (null, null);
        }

        await using var db = database.Open();
        return await EntityNow.ReadAsync(db, named, actor.Member, http.RequestAborted) is not { } entity
            ? (null, await GoneAsync(http, culture))
            : (kind.Step.By & entity.SideOf(actor.Member)) == Workflow.Side.Stranger
                ? (null, await NotAllowedAsync(http, culture, Roles.None))
                : (entity, null);
    }

    private Task<IResult> NotAllowedAsync(HttpContext http, string culture, Roles roles) =>
        pages.ShowPersonalAsync<NotAllowedPage>(
            http, culture, new NotAllowedView(roles), StatusCodes.Status403Forbidden);

    private FormHidden Hidden(string id, int version, string draft, AccountRow account) =>
        new(id, version, LogKeys.DrawToken(), draft, gate.SealFor(account));

    // One answer of a party to a line: its name says to which, so that two windows cannot answer twice.
    private string NameOf(FormKind kind, EntityName? subject, FormValues values) =>
        subject is not null ? ""
        : kind.Noun == "acceptance" ? AnswerName(values["plan"], values["line"])
        : $"{kind.Noun}-{time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-"
            + LogKeys.DrawToken()[..NameRandom];

    /// <summary>The name of a party's answer to a line.</summary>
    internal static string AnswerName(string plan, string line) =>
        EntityName.TryParse(plan, out var name) ? $"{name.Owner}-{name.Name}-{line}" : "";

    private static string AfterIt(FormKind kind, EntityName subject) =>
        kind.Noun == "acceptance" ? "/desk/answers" : $"/desk/at/{subject}";

    private static string PathOf(HttpContext http, string culture) => http.Request.Path.Value![(culture.Length + 1)..];
}
