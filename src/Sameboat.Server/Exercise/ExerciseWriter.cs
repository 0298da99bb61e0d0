using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Members;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Supplies;

namespace Sameboat.Server.Exercise;

/// <summary>
/// Plays the exercise into the logs of its members, step by step, as they would have said it themselves. A step that
/// stands in the record already is not said twice, so a start that was cut goes on where it stopped.
/// </summary>
internal sealed class ExerciseWriter(NodeDatabase database, LogStore store, string host, ulong seed)
{
    private readonly EntryStamp _stamp = new(new SeededRandom(seed));
    private readonly DiseasePack _pack = DiseasePacks.Carried(ExerciseScript.Pack);

    /// <summary>Plays everything, unless the record shows that it was played to the end.</summary>
    internal async Task PlayAsync(CancellationToken cancellation)
    {
        if (!await IsPlannedAsync(cancellation))
        {
            await PlayToPlanAsync(cancellation);
        }

        await new ExerciseAfter(database, store, seed).PlayAsync(cancellation);
    }

    private async Task PlayToPlanAsync(CancellationToken cancellation)
    {
        await store.OpenLogsAsync(
            [.. ExerciseScript.Members.Select(member => (member.Id, $"{host}/log/{member.Id}"))], cancellation);
        await IntroduceAsync(cancellation);
        await DeclareAsync(cancellation);
        await ReportAsync(cancellation);
        await AppendAsync(ExerciseOffers.Entries(_pack, At(ExerciseScript.AsOf, hour: 12)), cancellation);
        await PlanAsync(cancellation);
    }

    private async Task<bool> IsPlannedAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Rounds.AnyAsync(
            round => round.Subject == ExerciseScript.Round
                && !RoundLifecycle.WithoutPlan.Contains(round.State), cancellation);
    }

    private async Task IntroduceAsync(CancellationToken cancellation)
    {
        var stamp = At(ExerciseScript.First, hour: 6);
        var entries = ExerciseScript.Members
            .Select(member => stamp.Entry(member.Id, MemberFold.Kind, MemberFold.Subject(member.Id),
                MemberFold.Statement(member.Kind, member.Name, member.Place?.Code, exercise: true)))
            .ToList();
        entries.Add(stamp.Entry(ExerciseScript.Convener, OutbreakFold.Kind, ExerciseScript.Outbreak,
            OutbreakFold.Statement(
                ExerciseScript.OutbreakName, ExerciseScript.Pack, ExerciseScript.First, exercise: true)));
        await AppendAsync(entries, cancellation);
    }

    // The node holds every key of an exercise, and each log says so. With a stamp of its own, so that the ids of what
    // is played do not depend on it.
    private async Task DeclareAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var keys = await db.Logs.AsNoTracking()
            .ToDictionaryAsync(log => log.Member, log => log.VerifierKey, StringComparer.Ordinal, cancellation);
        var stamp = new EntryStamp(new SeededRandom(seed + 1))
        {
            Now = new DateTimeOffset(ExerciseScript.First.ToDateTime(new TimeOnly(7, 0)), TimeSpan.Zero),
        };
        await AppendAsync(
            ExerciseScript.Members.Select(member =>
            {
                var body = KeyHolding.Statement(host, VerifierKey.Parse(keys[member.Id.ToString()]));
                body["exercise"] = true;
                return stamp.Entry(member.Id, KeyHolding.Kind, KeyHolding.SubjectOf(member.Id).ToString(), body);
            }),
            cancellation);
    }

    // Each member reports on Monday what was counted in the week before, noughts included.
    private async Task ReportAsync(CancellationToken cancellation)
    {
        var courses = ExerciseOutbreak.Simulate(_pack, seed, ExerciseScript.WeeksPast);
        for (var week = 0; week < ExerciseScript.WeeksPast; week++)
        {
            var first = ExerciseScript.First.AddDays(week * Weeks.Days);
            var stamp = At(first.AddDays(Weeks.Days), hour: 8);
            await AppendAsync([.. courses.Select(course => ReportEntry(course, week, first, stamp))], cancellation);
        }
    }

    /// <summary>The body of what a member reports of one week.</summary>
    internal static JsonObject ReportOf(SimulatedOutbreak course, int week, DateOnly first)
    {
        var from = week * Weeks.Days;
        return SituationFold.Statement(
            ExerciseScript.Outbreak,
            course.Place,
            first,
            course.Cases.Counts.AsSpan(from, Weeks.Days),
            course.Deaths is { } deaths ? deaths.Counts.AsSpan(from, Weeks.Days) : [],
            exercise: true);
    }

    private static Entry ReportEntry(SimulatedOutbreak course, int week, DateOnly first, EntryStamp stamp)
    {
        var member = ExerciseScript.MemberOf(course.Place);
        return stamp.Entry(
            member, SituationFold.Kind, EntityName.Of("situation", member, first.Written()).ToString(),
            ReportOf(course, week, first));
    }

    private async Task PlanAsync(CancellationToken cancellation)
    {
        var order = new RoundOrder(
            ExerciseScript.Round,
            ExerciseScript.Outbreak,
            ExerciseScript.Convener,
            new ChainSettings(ExerciseScript.AsOf, ExerciseScript.WeeksAhead, seed, _pack),
            Exercise: true);
        await AppendAsync([RoundRun.OpenedEntry(order, At(ExerciseScript.AsOf.AddDays(1), hour: 9))], cancellation);
        var result = await RoundRun.RunAsync(database, order, cancellation);
        var stamp = At(ExerciseScript.AsOf.AddDays(1), hour: 10);
        await AppendAsync(
            [.. RoundRun.SituationEntries(result, order, ExerciseScript.MemberOf, stamp)], cancellation);

        // Frozen and proposed together: what is frozen counts the entries of this very log.
        var frozen = await RoundRun.FrozenEntryAsync(database, order, stamp, cancellation);
        await AppendAsync(
            [frozen, .. RoundRun.PlanEntries(
                result, order, ExerciseScript.MemberOf, At(ExerciseScript.AsOf.AddDays(1), hour: 11))],
            cancellation);
    }

    private EntryStamp At(DateOnly day, int hour)
    {
        _stamp.Now = new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
        return _stamp;
    }

    private async Task AppendAsync(IEnumerable<Entry> entries, CancellationToken cancellation)
    {
        if (await store.AppendAsync([.. entries], cancellation) is AppendOutcome.Refused refused)
        {
            throw new InvalidOperationException(
                $"The exercise cannot be played into this record. {refused.Sentence} Start with an empty data folder.");
        }
    }
}
