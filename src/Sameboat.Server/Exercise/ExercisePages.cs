using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Exercise;

/// <summary>What the page of an exercise shows.</summary>
/// <param name="Course">How far it has come.</param>
/// <param name="Player">Which member is played, when somebody who runs the exercise is signed in; or null.</param>
/// <param name="Names">What members are called.</param>
/// <param name="Seconds">Between two weeks; 0 plays none by itself.</param>
/// <param name="Fault">The key of what went wrong, or null.</param>
/// <param name="Kept">What was asked for in vain, so that it is not typed again.</param>
internal sealed record ExerciseView(
    ExerciseCourse Course, string? Player, MemberNames Names, int Seconds, string? Fault, ExerciseEvent? Kept);

/// <summary>The page that signs in whoever runs the exercise.</summary>
internal sealed record LeadView(string Path, bool Holds);

/// <summary>What the pages of the exercise answer. Orders are taken from those who came by its link alone.</summary>
internal sealed class ExercisePages(
    NodeDatabase database, PageRenderer pages, SignedIn signedIn, ExerciseDirector director, ExercisePlayers players,
    ExercisePace pace, RecordClock clock)
{
    private const string Home = "/exercise";
    private const string Fault = "exercise.fault";

    /// <summary>The page.</summary>
    internal Task<IResult> ShowAsync(HttpContext http, string culture) => ShowAsync(http, culture, null, null);

    /// <summary>Asks whether to run the exercise.</summary>
    internal async Task<IResult> LeadAsync(HttpContext http, string culture)
    {
        if (!clock.IsExercise)
        {
            return await NoneAsync(http, culture);
        }

        await signedIn.AccountAsync(http);
        var secret = http.PathPart("secret");
        return await pages.ShowPersonalAsync<LeadPage>(
            http, culture,
            new LeadView($"{Home}/lead/{secret}", await players.HoldsAsync(secret, http.RequestAborted)));
    }

    private Task<IResult> NoneAsync(HttpContext http, string culture) =>
        pages.ShowAsync<ExercisePage, ExerciseView>(
            http, culture, "no exercise", (_, _) => Task.FromResult<ExerciseView?>(null));

    /// <summary>Signs in as the convener.</summary>
    internal async Task<IResult> LedAsync(PageForm form)
    {
        if (!clock.IsExercise || !await players.HoldsAsync(form.Http.PathPart("secret"), form.Http.RequestAborted))
        {
            return await LeadAsync(form.Http, form.Culture);
        }

        await signedIn.BeginAsync(
            form.Http, await players.AccountAsync(ExerciseScript.Convener, form.Http.RequestAborted),
            SessionWay.Link);
        return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
    }

    /// <summary>Plays the next week.</summary>
    internal Task<IResult> WeekAsync(PageForm form) => OrderAsync(form, null, () =>
        director.PlayAsync(Number(form, "week"), form.Http.RequestAborted));

    /// <summary>Makes something happen.</summary>
    internal Task<IResult> EventAsync(PageForm form)
    {
        var kind = Enum.TryParse<ExerciseEventKind>(form.Line("event"), out var read) ? read : (ExerciseEventKind?)null;
        var asked = new ExerciseEvent(
            kind ?? default, 0, form.Line("place").ToUpperInvariant(), form.Line("donor"), Number(form, "growth"),
            null, null);
        return OrderAsync(form, asked, () => kind is null
            ? Task.FromResult(ExerciseOutcome.Unknown)
            : director.InjectAsync(asked, Number(form, "version"), form.Http.RequestAborted));
    }

    /// <summary>Sets the interval.</summary>
    internal Task<IResult> PaceAsync(PageForm form) => OrderAsync(form, null, () =>
    {
        var seconds = Number(form, "seconds");
        if (seconds != 0 && seconds is < ExercisePace.SecondsMin or > ExercisePace.SecondsMax)
        {
            return Task.FromResult(ExerciseOutcome.Unknown);
        }

        pace.Set(seconds);
        return Task.FromResult(ExerciseOutcome.Done);
    });

    /// <summary>Plays another member.</summary>
    internal Task<IResult> PlayAsAsync(PageForm form) => OrderAsync(form, null, async () =>
    {
        if (ExerciseScript.Members.FirstOrDefault(one => one.Id.ToString() == form.Line("member")) is not { } member)
        {
            return ExerciseOutcome.Unknown;
        }

        await signedIn.BeginAsync(
            form.Http, await players.AccountAsync(member.Id, form.Http.RequestAborted), SessionWay.Link);
        return ExerciseOutcome.Done;
    });

    private async Task<IResult> OrderAsync(PageForm form, ExerciseEvent? kept, Func<Task<ExerciseOutcome>> order)
    {
        if (!clock.IsExercise || await signedIn.AccountAsync(form.Http) is not { } account
            || !ExercisePlayers.Leads(account))
        {
            return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
        }

        var outcome = await order();
        return outcome is ExerciseOutcome.Done or ExerciseOutcome.Before
            ? TypedResults.LocalRedirect($"/{form.Culture}{Home}")
            : await ShowAsync(form.Http, form.Culture, $"{Fault}.{outcome}", kept);
    }

    private async Task<IResult> ShowAsync(HttpContext http, string culture, string? fault, ExerciseEvent? kept)
    {
        if (!clock.IsExercise)
        {
            return await NoneAsync(http, culture);
        }

        var account = await signedIn.AccountAsync(http);
        await using var db = database.Open();
        return await pages.ShowPersonalAsync<ExercisePage>(
            http, culture,
            new ExerciseView(
                await ExerciseCourse.ReadAsync(db, http.RequestAborted),
                account is not null && ExercisePlayers.Leads(account) ? account.Member : null,
                await MemberNames.ReadAsync(db, http.RequestAborted), pace.Seconds, fault, kept),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static int Number(PageForm form, string name) =>
        int.TryParse(form.Line(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
