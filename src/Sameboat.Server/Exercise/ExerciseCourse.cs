using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Exercise;

/// <summary>What can be made to happen in an exercise: the closed list.</summary>
internal enum ExerciseEventKind
{
    /// <summary>No goods reach a place any more.</summary>
    PortCloses,

    /// <summary>A donor takes back everything that it offered.</summary>
    DonorLapses,

    /// <summary>The disease spreads faster, at one place or everywhere.</summary>
    VariantSpreads,
}

/// <summary>How well needs are met by the plan that the record of a day admits.</summary>
/// <param name="Cases">New cases of the week before, reported.</param>
/// <param name="Lines">Pairs of a place and an item that it needs.</param>
/// <param name="Mean">Mean coverage of these pairs, in thousandths, rounded down; more than is needed counts as all.
/// </param>
/// <param name="Bare">Pairs that get nothing.</param>
internal sealed record ExerciseFigures(long Cases, int Lines, int Mean, int Bare);

/// <summary>Something that was made to happen.</summary>
/// <param name="Kind">What.</param>
/// <param name="Week">The last week that had been played, from 0.</param>
/// <param name="Place">Where; empty for everywhere, and for a donor.</param>
/// <param name="Donor">Who lapses; empty for the others.</param>
/// <param name="Growth">By how many per cent of what it was the disease spreads; 0 for the others.</param>
/// <param name="Before">As it was; null where only later weeks show what it costs.</param>
/// <param name="After">As it became at once; null as for <paramref name="Before"/>.</param>
internal sealed record ExerciseEvent(
    ExerciseEventKind Kind, int Week, string Place, string Donor, int Growth,
    ExerciseFigures? Before, ExerciseFigures? After);

/// <summary>
/// How far an exercise has come, in the log of its convener: which weeks were played and what was made to happen. With
/// the seed it decides everything that the script says.
/// </summary>
/// <param name="Version">How many entries speak of it.</param>
/// <param name="Weeks">What each week played on demand came to; the first is week 1.</param>
/// <param name="Events">In the order in which they happened.</param>
internal sealed record ExerciseCourse(
    int Version, ImmutableArray<ExerciseFigures> Weeks, ImmutableArray<ExerciseEvent> Events)
{
    /// <summary>The entity.</summary>
    internal const string Subject = "exercise/exercise-secretariat/course";

    /// <summary>A week was played.</summary>
    internal const string Played = "exercise.played";

    /// <summary>Something was made to happen.</summary>
    internal const string Injected = "exercise.injected";

    /// <summary>The last day that has been reported: a Sunday.</summary>
    internal DateOnly Last => ExerciseScript.Last.AddDays(Sameboat.Weeks.Days * Weeks.Length);

    /// <summary>The hour at which the exercise stands still until the next week is played.</summary>
    internal DateTimeOffset Present => Saying.On(Last.AddDays(1), ExerciseScript.PresentHour);

    /// <summary>Reads it.</summary>
    internal static async Task<ExerciseCourse> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var entries = await db.Entries.AsNoTracking()
            .Where(row => row.Subject == Subject && row.Member == ExerciseScript.ConvenerName)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellation);
        var said = entries.Select(row => row.ToEntry()).ToList();
        return new ExerciseCourse(
            said.Count,
            [.. said.Where(entry => entry.Kind == Played).Select(entry => Figures(entry.Body, "")!)],
            [.. said.Where(entry => entry.Kind == Injected).Select(entry => Event(entry.Body))]);
    }

    /// <summary>The body of <see cref="Injected"/>.</summary>
    internal static JsonObject Statement(ExerciseEvent said)
    {
        var body = new JsonObject { ["event"] = said.Kind.ToString(), ["week"] = said.Week };
        if (said.Place.Length > 0)
        {
            body["place"] = said.Place;
        }

        if (said.Donor.Length > 0)
        {
            body["donor"] = said.Donor;
        }

        if (said.Growth > 0)
        {
            body["growth"] = said.Growth;
        }

        Write(body, "before_", said.Before);
        Write(body, "after_", said.After);
        return body;
    }

    /// <summary>The body of <see cref="Played"/>.</summary>
    internal static JsonObject Statement(int week, ExerciseFigures figures)
    {
        var body = new JsonObject { ["week"] = week };
        Write(body, "", figures);
        return body;
    }

    private static ExerciseEvent Event(JsonObject body) => new(
        Enum.Parse<ExerciseEventKind>(body.Text("event")!),
        (int)body.Count("week")!.Value,
        body.Place("place")?.ToString() ?? "",
        body.Text("donor") ?? "",
        (int)(body.Count("growth") ?? 0),
        Figures(body, "before_"),
        Figures(body, "after_"));

    private static ExerciseFigures? Figures(JsonObject body, string prefix) =>
        body.Count($"{prefix}lines") is { } lines
            ? new ExerciseFigures(
                body.Count($"{prefix}cases") ?? 0, (int)lines, (int)(body.Count($"{prefix}mean") ?? 0),
                (int)(body.Count($"{prefix}bare") ?? 0))
            : null;

    private static void Write(JsonObject body, string prefix, ExerciseFigures? figures)
    {
        if (figures is not null)
        {
            body[$"{prefix}cases"] = figures.Cases;
            body[$"{prefix}lines"] = figures.Lines;
            body[$"{prefix}mean"] = figures.Mean;
            body[$"{prefix}bare"] = figures.Bare;
        }
    }
}

/// <summary><c>exercise.played</c> and <c>exercise.injected</c>: they make no rows, the course is read from them.
/// </summary>
internal sealed class ExerciseFold : LatestStatementFold
{
    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        body.Count("week") is null
        || (body["event"] is not null && !Enum.TryParse<ExerciseEventKind>(body.Text("event"), out _))
            ? null
            : [];
}
