using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Work;

/// <summary>
/// Shows what members work on, with the steps that the reader may take, and takes them. A form carries a key of its
/// own, so that it is done once; what is refused comes back with what was typed.
/// </summary>
internal sealed class WorkDesk(NodeDatabase database, EntityWriter writer, SignedIn signedIn, PageRenderer pages)
{
    private const int KeyLength = 20;
    private const int NameLength = 12;
    private const string StepKey = "work.step";

    /// <summary>The page of one.</summary>
    internal async Task<IResult> ShowAsync<TPage>(WorkKind kind, HttpContext http, string culture)
        where TPage : IComponent
    {
        var subject = SubjectOf(kind, http);
        if (Words.Of(culture) is not { } words)
        {
            return TypedResults.NotFound();
        }

        if (await signedIn.ActorAsync(http) is not { } actor)
        {
            return await pages.ShowAsync<TPage, WorkView>(http, culture, $"work {subject}", async (db, cancel) =>
                await kind.ReadAsync(db, subject, cancel) is { } found
                    ? new WorkView(PathOf(kind, subject), found.Content, [], false, "")
                    : null);
        }

        return await AnswerAsync<TPage>(kind, (http, culture), (subject, actor, words), null);
    }

    /// <summary>Takes a step.</summary>
    internal async Task<IResult> StepAsync<TPage>(WorkKind kind, PageForm form)
        where TPage : IComponent
    {
        var subject = SubjectOf(kind, form.Http);
        if (await signedIn.ActorAsync(form.Http) is not { } actor)
        {
            return AccountPages.ToSignIn(form.Culture, PathOf(kind, subject));
        }

        var words = Words.Of(form.Culture)!;
        await using var db = database.Open();
        db.Viewer = actor.Member.ToString();
        var found = await kind.ReadAsync(db, subject, form.Http.RequestAborted);
        var verb = form.Http.PathPart("verb");

        // A step that leads on may have been taken by the first of two clicks: the key tells.
        var step = found is null ? default : Allowed(kind, found, actor).FirstOrDefault(one => one.Verb == verb);
        if (found is null || !EntityName.TryParse(subject, out var name) || form.Line("key").Length != KeyLength)
        {
            return await AnswerAsync<TPage>(kind, (form.Http, form.Culture), (subject, actor, words), null);
        }

        var known = RecordKinds.Find($"{kind.Noun}.{verb}");
        if (known is null || (actor.Roles & kind.Roles) == Roles.None)
        {
            return await AnswerAsync<TPage>(kind, (form.Http, form.Culture), (subject, actor, words), null);
        }

        var blank = new WorkForm(
            verb, words.Find($"{StepKey}.{kind.Noun}.{verb}") ?? verb, form.Line("key"), Version(form),
            kind.Fields(found, step.Verb is null ? new WorkStep(verb, known.NeedsReason) : step, words));
        var (typed, body) = WorkBody.Read(blank, form, $"{kind.Noun}.{verb}", words);
        if (body is not null)
        {
            body["by"] = actor.Label;
            var answer = await writer.WriteAsync(
                new WriteOrder(actor, $"{kind.Noun}.{verb}", name, body, typed.Version, typed.Key),
                form.Http.RequestAborted);
            if (answer.Code.Length == 0)
            {
                return TypedResults.LocalRedirect($"/{form.Culture}{PathOf(kind, subject)}?done={verb}#done");
            }

            typed = typed with { Fault = Sentence(answer.Code, words) };
        }

        return await AnswerAsync<TPage>(kind, (form.Http, form.Culture), (subject, actor, words), typed);
    }

    /// <summary>The page on which a new one is begun.</summary>
    internal async Task<IResult> BeginAsync(WorkKind kind, HttpContext http, string culture)
    {
        if (await signedIn.ActorAsync(http) is not { } actor || Words.Of(culture) is not { } words)
        {
            return AccountPages.ToSignIn(culture, $"/{kind.Plural}/new");
        }

        return await NewPageAsync(kind, (http, culture), actor, await OpeningAsync(kind, words, http.RequestAborted));
    }

    /// <summary>Begins one.</summary>
    internal async Task<IResult> BegunAsync(WorkKind kind, PageForm form)
    {
        var words = Words.Of(form.Culture)!;
        var verb = $"{kind.Noun}.{kind.Opens}";
        if (await signedIn.ActorAsync(form.Http) is not { } actor)
        {
            return AccountPages.ToSignIn(form.Culture, $"/{kind.Plural}/new");
        }

        var blank = await OpeningAsync(kind, words, form.Http.RequestAborted);
        var (typed, body) = WorkBody.Read(blank, form, verb, words);
        if (body is not null && typed.Key.Length == KeyLength && (actor.Roles & kind.Roles) != Roles.None
            && EntityName.TryParse($"{kind.Noun}/{actor.Member}/by-form-{typed.Key[..NameLength]}", out var subject))
        {
            body["by"] = actor.Label;
            var answer = await writer.WriteAsync(
                new WriteOrder(actor, verb, subject, body, 0, typed.Key), form.Http.RequestAborted);
            if (answer.Code.Length == 0)
            {
                return TypedResults.LocalRedirect($"/{form.Culture}{PathOf(kind, subject.ToString())}?done=new#done");
            }

            typed = typed with { Fault = Sentence(answer.Code, words) };
        }
        else if (body is not null)
        {
            typed = typed with { Fault = Sentence(Problems.RoleMissing, words) };
        }

        return await NewPageAsync(kind, (form.Http, form.Culture), actor, typed);
    }

    private async Task<WorkForm> OpeningAsync(WorkKind kind, Words words, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return new WorkForm(
            kind.Opens, words[$"{StepKey}.{kind.Noun}.{kind.Opens}"], DrawKey(), 0,
            await kind.OpeningAsync!(db, words, cancellation));
    }

    private async Task<IResult> NewPageAsync(
        WorkKind kind, (HttpContext Http, string Culture) to, Actor actor, WorkForm form)
    {
        await using var db = database.Open();
        var player = await NameAsync(db, actor, Words.Of(to.Culture)!, to.Http.RequestAborted);
        return await pages.ShowPersonalAsync<NewWorkPage>(
            to.Http, to.Culture, new WorkView($"/{kind.Plural}/new", null, [form], false, player),
            form.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<string> NameAsync(
        NodeContext db, Actor actor, Words words, CancellationToken cancellation) =>
        (await MemberNames.ReadAsync(db, cancellation)).Of(words, actor.Member.ToString());

    private async Task<IResult> AnswerAsync<TPage>(
        WorkKind kind, (HttpContext Http, string Culture) to, (string Subject, Actor Actor, Words Words) of,
        WorkForm? refused)
        where TPage : IComponent
    {
        await using var db = database.Open();
        db.Viewer = of.Actor.Member.ToString();
        var cancellation = to.Http.RequestAborted;
        if (await kind.ReadAsync(db, of.Subject, cancellation) is not { } found)
        {
            return await pages.ShowAsync<TPage, WorkView>(
                to.Http, to.Culture, $"work {of.Subject}", (_, _) => Task.FromResult<WorkView?>(null));
        }

        var version = await db.Entries.CountAsync(entry => entry.Subject == of.Subject, cancellation);
        var forms = Allowed(kind, found, of.Actor)
            .Select(step => new WorkForm(
                step.Verb, of.Words[$"{StepKey}.{kind.Noun}.{step.Verb}"], DrawKey(), version,
                kind.Fields(found, step, of.Words)))
            .ToImmutableArray();
        if (refused is not null)
        {
            // The key is a new one: the same step with other words is another request.
            var again = refused with { Key = DrawKey(), Version = version };
            forms = [again, .. forms.Where(form => form.Verb != refused.Verb)];
        }

        return await pages.ShowPersonalAsync<TPage>(
            to.Http, to.Culture,
            new WorkView(
                PathOf(kind, of.Subject), found.Content, forms, to.Http.Request.Query.ContainsKey("done"),
                await NameAsync(db, of.Actor, of.Words, cancellation)),
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IEnumerable<WorkStep> Allowed(WorkKind kind, WorkEntity found, Actor actor)
    {
        var side = found.Owner == actor.Member.ToString() ? Side.Owner
            : found.Counterpart == actor.Member.ToString() ? Side.Counterpart
            : Side.Stranger;
        return side == Side.Stranger || (actor.Roles & kind.Roles) == Roles.None ? [] : kind.Steps(found.State, side);
    }

    private static string Sentence(string code, Words words) =>
        words.Find($"reason.{code}")
        ?? (code == Problems.Stale ? words["work.fault.stale"] : words["work.fault.unable"]);

    private static int Version(PageForm form) => int.TryParse(
        form.Line("version"), System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static string SubjectOf(WorkKind kind, HttpContext http) =>
        $"{kind.Noun}/{http.PathPart("owner")}/{http.PathPart("name")}";

    private static string PathOf(WorkKind kind, string subject) => $"/{kind.Plural}/{ChainText.Name(subject)}";

    private static string DrawKey() => Convert.ToHexStringLower(LogKeys.DrawSalt())[..KeyLength];
}
