using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Bulk;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk;

/// <summary>The desk, the pages of entities on it, and the acts of a convener.</summary>
internal sealed class DeskPages(
    PageRenderer pages, SignedIn signedIn, FormDesk forms, FormGate gate, FormKinds kinds, Drafts drafts,
    RoundDesk rounds, AssessmentDesk assessments, NodeDatabase database, TimeProvider time)
{
    private const string Home = "/desk";
    private const string Answers = "/desk/answers";

    /// <summary>The most lines to answer that are shown at once; the next come when these are done.</summary>
    private const int LinesMax = 50;

    /// <summary>The states in which the node works something out for an owner, with the name of the act.</summary>
    private static readonly (string Noun, string State, string Act)[] Computed =
    [
        ("round", nameof(RoundState.Open), "plan"), ("round", nameof(RoundState.AwaitingAcceptance), "settlement"),
        ("round", nameof(RoundState.PartlyAccepted), "reallocation"),
        ("round", nameof(RoundState.Declined), "reallocation"), ("situation", StepLaws.Stated, "assessment"),
    ];

    /// <summary>The desk.</summary>
    internal async Task<IResult> ShowAsync(HttpContext http, string culture)
    {
        if (await signedIn.AccountAsync(http) is not { } account || await signedIn.ActorAsync(http) is not { } actor
            || Words.Of(culture) is not { } words)
        {
            return AccountPages.ToSignIn(culture, Home);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        await using var db = database.Open();
        var reading = new DeskReading(db, actor, kinds, words, today, http.RequestAborted);
        return await pages.ShowPersonalAsync<DeskPage>(
            http, culture,
            new DeskView(
                account, await reading.SectionsAsync(),
                [
                    .. kinds.All.Where(kind => kind.Step.Opens && kind.Noun != "acceptance"
                        && (kind.Roles & actor.Roles) != Roles.None),
                ],
                [
                    .. (await drafts.ListAsync(account.Id, http.RequestAborted))
                        .Where(draft => draft.Kind != ImportPages.Kept),
                ])
            {
                MayImport = ImportKind.All.Any(kind => (kind.Role & actor.Roles) != Roles.None),
            });
    }

    /// <summary>An entity with every step that its law allows the reader.</summary>
    internal Task<IResult> EntityAsync(HttpContext http, string culture) => EntityAsync(http, culture, "");

    /// <summary>Lets the node work out what comes next in a round, or what a report says.</summary>
    internal async Task<IResult> ActAsync(HttpContext http, string culture)
    {
        var (form, gone) = await gate.ReadAsync(http, culture, null);
        if (form is null)
        {
            return gone!;
        }

        _ = int.TryParse(form.Form.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        if (FormDesk.Subject(http) is not { } subject || (form.Actor.Roles & ActingFor(subject)) == Roles.None)
        {
            return await forms.GoneAsync(http, culture);
        }

        WriteAnswer? answer = (subject.Noun, http.PathPart("act")) switch
        {
            ("round", "plan") => await rounds.PlanAsync(form.Actor, subject, version, http.RequestAborted),
            ("round", "settlement") => await rounds.SettleAsync(form.Actor, subject, version, http.RequestAborted),
            ("round", "reallocation") =>
                await rounds.ReallocateAsync(form.Actor, subject, version, http.RequestAborted),
            ("situation", "assessment") =>
                await assessments.AssessAsync(form.Actor, subject, version, http.RequestAborted),
            _ => null,
        };
        return answer is not { } done ? await forms.GoneAsync(http, culture)
            : done.Code.Length > 0 ? await EntityAsync(http, culture, done.Code)
            : TypedResults.LocalRedirect($"/{culture}" + (subject.Noun == "situation"
                ? $"/members/{subject.Owner}#situation"
                : $"{Home}/at/{subject}"));
    }

    /// <summary>The lines of plans that wait for an answer.</summary>
    internal async Task<IResult> AnswersAsync(HttpContext http, string culture)
    {
        if (await signedIn.AccountAsync(http) is not { } account || await signedIn.ActorAsync(http) is not { } actor)
        {
            return AccountPages.ToSignIn(culture, Answers);
        }

        if (!actor.Roles.HasFlag(Roles.Publisher))
        {
            return await pages.ShowPersonalAsync<NotAllowedPage>(
                http, culture, new NotAllowedView(Roles.Publisher), StatusCodes.Status403Forbidden);
        }

        await using var db = database.Open();
        var lines = await DeskReading.OpenLinesAsync(db, $"{actor.Member}", http.RequestAborted);
        var round = lines.Select(one => one.Line.Round).FirstOrDefault();
        var pack = await db.Rounds.Where(row => row.Subject == round)
            .Join(db.Outbreaks, row => row.Outbreak, outbreak => outbreak.Subject, (_, outbreak) => outbreak.Pack)
            .FirstOrDefaultAsync(http.RequestAborted);
        return await pages.ShowPersonalAsync<AnswersPage>(
            http, culture,
            new AnswersView(
                [.. lines.Take(LinesMax).Select(one => new AnswerLine(one.Line, one.Due, LogKeys.DrawToken()))],
                lines.Count, pack ?? "", await MemberNames.ReadAsync(db, http.RequestAborted),
                gate.SealFor(account)));
    }

    /// <summary>Throws a draft away.</summary>
    internal async Task<IResult> DropAsync(HttpContext http, string culture)
    {
        var (form, gone) = await gate.ReadAsync(http, culture, null);
        if (form is null)
        {
            return gone!;
        }

        await drafts.RemoveAsync(form.Account.Id, form.Form.Text("draft"), http.RequestAborted);
        return TypedResults.LocalRedirect($"/{culture}{Home}");
    }

    private static Roles ActingFor(EntityName subject) =>
        subject.Noun == "situation" ? Roles.Reporter | Roles.Publisher : Roles.Publisher;

    private async Task<IResult> EntityAsync(HttpContext http, string culture, string refusal)
    {
        if (await signedIn.AccountAsync(http) is not { } account || await signedIn.ActorAsync(http) is not { } actor
            || Words.Of(culture) is not { } words)
        {
            return AccountPages.ToSignIn(culture, http.Request.Path.Value![(culture.Length + 1)..]);
        }

        if (FormDesk.Subject(http) is not { } subject
            || await ReadAsync(http, subject, (account, actor, words), refusal) is not { } view)
        {
            return await forms.GoneAsync(http, culture);
        }

        return await pages.ShowPersonalAsync<EntityPage>(
            http, culture, view,
            refusal.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>An entity with the steps of a reader; null where it is not there for its member.</summary>
    /// <param name="http">The request.</param>
    /// <param name="subject">Its name.</param>
    /// <param name="reader">Who reads, in which language.</param>
    /// <param name="refusal">The code of why an act was refused, or empty.</param>
    internal async Task<EntityView?> ReadAsync(
        HttpContext http, EntityName subject, (AccountRow Account, Actor Actor, Words Words) reader, string refusal)
    {
        var actor = reader.Actor;
        await using var db = database.Open();
        if (await EntityNow.ReadAsync(db, subject, actor.Member, http.RequestAborted) is not { } entity)
        {
            return null;
        }

        var lists = await FormLists.ReadAsync(db, reader.Words, http.RequestAborted);
        var steps = ImmutableArray.CreateBuilder<DeskStep>();
        foreach (var step in entity.StepsFor(actor.Member))
        {
            if (kinds.Find(subject.Noun!, step.Verb) is { } kind && (kind.Roles & actor.Roles) != Roles.None)
            {
                steps.Add(new DeskStep(
                    forms.Form(kind, entity, reader.Account, lists),
                    await DeskBars.AnyAsync(db, actor, kind, subject, http.RequestAborted)));
            }
        }

        // What is done next stands first; what ends it needs a reason and stands last.
        var acts = subject.Owner == actor.Member && (actor.Roles & ActingFor(subject)) != Roles.None
            ? Computed.Where(one => one.Noun == subject.Noun && one.State == entity.State).Select(one => one.Act)
            : [];
        return new EntityView(
            entity,
            [.. steps.OrderBy(step => step.Form.Kind.Step.Opens).ThenBy(step => step.Form.Kind.Step.NeedsReason)],
            [.. acts], await MemberNames.ReadAsync(db, http.RequestAborted), refusal, $"{actor.Member}",
            http.Request.Query.ContainsKey("sent"));
    }
}
