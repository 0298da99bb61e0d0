using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Supplies;
using PlaceCounts = Sameboat.Server.Situation.PlaceCounts;

namespace Sameboat.Server.Exercise;

/// <summary>
/// The three weeks after the plan: members go on reporting, ask, accept, send, receive, deploy and pay. All of it is
/// appended in one call, so it stands in the record whole or not at all.
/// </summary>
internal sealed class ExerciseAfter(NodeDatabase database, LogStore store, ulong seed)
{
    // Another stream of draws than that of the weeks before, so that neither shifts the other.
    private const ulong Stream = 0x9E37_79B9_7F4A_7C15;

    private readonly DiseasePack _pack = DiseasePacks.Carried(ExerciseScript.Pack);

    /// <summary>Plays them, unless the record holds them.</summary>
    internal async Task PlayAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Set<RequestRow>().AnyAsync(row => row.Outbreak == ExerciseScript.Outbreak, cancellation))
        {
            return;
        }

        var courses = ExerciseOutbreak.Simulate(
            _pack, seed, ExerciseScript.WeeksPast + ExerciseScript.WeeksAfter);
        var earlier = await SituationReading.CountsAsync(db, ExerciseScript.Outbreak, null, cancellation);
        var chain = new ExerciseChain(
            await ExerciseChain.InputsAsync(db, cancellation), new SeededRandom(seed ^ Stream));
        var sayings = chain.Sayings()
            .Concat(Reports(courses))
            .Concat(Assessments(courses, earlier))
            .OrderBy(saying => saying.At)
            .ToList();
        var stamp = new EntryStamp(new SeededRandom(seed + Stream));
        var entries = new List<Entry>(sayings.Count);
        foreach (var saying in sayings)
        {
            stamp.Now = saying.At;
            saying.Body["exercise"] = true;
            entries.Add(stamp.Entry(saying.Author, saying.Kind, saying.Subject, saying.Body));
        }

        if (await store.AppendAsync(entries, cancellation) is AppendOutcome.Refused refused)
        {
            throw new InvalidOperationException(
                $"The exercise cannot be played into this record. {refused.Sentence} Start with an empty data folder.");
        }
    }

    private static IEnumerable<Saying> Reports(ImmutableArray<SimulatedOutbreak> courses) =>
        from week in Enumerable.Range(ExerciseScript.WeeksPast, ExerciseScript.WeeksAfter)
        let first = ExerciseScript.First.AddDays(week * Weeks.Days)
        from course in courses
        let member = ExerciseScript.MemberOf(course.Place)
        select new Saying(
            Saying.On(first.AddDays(Weeks.Days), 8),
            member,
            SituationFold.Kind,
            EntityName.Of("situation", member, first.Written()).ToString(),
            ExerciseWriter.ReportOf(course, week, first));

    // From what was reported up to the plan, and what the weeks after it bring.
    private IEnumerable<Saying> Assessments(
        ImmutableArray<SimulatedOutbreak> courses, ImmutableArray<PlaceCounts> earlier)
    {
        var known = earlier.ToDictionary(place => place.Cases.Place);
        var cases = courses.Select(course => Joined(known[course.Place].Cases, course.Cases)).ToList();
        var deaths = courses
            .Where(course => course.Deaths is not null)
            .Select(course => Joined(known[course.Place].Deaths, course.Deaths!))
            .ToList();
        var days = Weeks.Days * (ExerciseScript.WeeksPast + ExerciseScript.WeeksAfter);
        var interval = SerialInterval.ShiftedGamma(
            _pack.SerialInterval.MeanDays, _pack.SerialInterval.StandardDeviationDays, days);
        var settings = new AssessmentSettings(ExerciseScript.Last, ExerciseScript.WeeksAhead, interval);
        return Assessor.AssessAll(cases, deaths, settings).Select(assessment =>
        {
            var member = ExerciseScript.MemberOf(assessment.Place);
            return new Saying(
                Saying.On(ExerciseScript.Last.AddDays(1), 9),
                member,
                AssessmentFold.Kind,
                EntityName.Of("assessment", member, ExerciseScript.Last.Written()).ToString(),
                AssessmentFold.Statement(
                    RoundRun.ToRow(assessment, ExerciseScript.Outbreak, member), exercise: true));
        });
    }

    private static CountSeries Joined(CountSeries before, CountSeries whole)
    {
        var kept = Weeks.Days * ExerciseScript.WeeksPast;
        return new CountSeries(
            before.Place, before.Indicator, before.First,
            [.. before.Counts.AsSpan()[..kept], .. whole.Counts.AsSpan()[kept..]]);
    }
}
