using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Requests;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Exercise;

/// <summary>How long a place waited.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="Asked">Day number on which its first request was published.</param>
/// <param name="Arrived">Day number of the first arrival after it, or null.</param>
internal sealed record PlaceWait(string Place, int Asked, int? Arrived);

/// <summary>A sending that came, or has not come, after the day that was named first.</summary>
/// <param name="Row">The consignment.</param>
/// <param name="Days">Late by so many.</param>
internal sealed record LateSending(ConsignmentRow Row, int Days);

/// <summary>What a round came to.</summary>
/// <param name="AsOf">Day number that it looked from.</param>
/// <param name="Needs">Pairs of a place and an item that it needs.</param>
/// <param name="Mean">Mean coverage of these, 0 to 1; more than is needed counts as all.</param>
/// <param name="Bare">Pairs that get nothing.</param>
/// <param name="Lines">Lines of its plans.</param>
/// <param name="Sent">Consignments that carry some of them.</param>
internal sealed record RoundCame(int AsOf, int Needs, double Mean, int Bare, int Lines, int Sent);

/// <summary>What an exercise came to: what happened when, what it cost, how long places waited, who was late.</summary>
internal sealed record DebriefView(
    ExerciseCourse Course, ImmutableArray<RoundCame> Rounds, ImmutableArray<PlaceWait> Waits,
    ImmutableArray<LateSending> Late, MemberNames Names)
{
    /// <summary>Reads it; null where no exercise was played.</summary>
    internal static async Task<DebriefView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (!await db.Outbreaks.AnyAsync(one => one.Subject == ExerciseScript.Outbreak, cancellation))
        {
            return null;
        }

        var course = await ExerciseCourse.ReadAsync(db, cancellation);
        var consignments = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(row => row.Subject)
            .ToListAsync(cancellation);
        return new DebriefView(
            course, await RoundsAsync(db, cancellation), await WaitsAsync(db, consignments, cancellation),
            Lateness(consignments, course.Last.DayNumber), await MemberNames.ReadAsync(db, cancellation));
    }

    private static async Task<ImmutableArray<RoundCame>> RoundsAsync(
        NodeContext db, CancellationToken cancellation)
    {
        var rounds = await db.Rounds.AsNoTracking()
            .Where(round => round.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(round => round.AsOf).ThenBy(round => round.Subject)
            .ToListAsync(cancellation);
        var coverage = await db.Coverages.Where(row => row.Need > 0)
            .GroupBy(row => row.Round)
            .Select(group => new
            {
                Round = group.Key,
                Needs = group.Count(),
                Mean = group.Average(row => row.Allocated >= row.Need ? 1 : (double)row.Allocated / row.Need),
                Bare = group.Count(row => row.Allocated == 0),
            })
            .ToDictionaryAsync(group => group.Round, cancellation);
        var lines = await db.PlanLines.Where(line => line.Quantity > 0)
            .GroupBy(line => line.Round)
            .Select(group => new { Round = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Round, group => group.Count, cancellation);
        var sent = (await db.Set<ConsignmentLineRow>()
            .Join(db.PlanLines, line => new { line.Plan, Line = line.PlanLine },
                line => new { Plan = line.Subject, line.Line }, (line, plan) => new { plan.Round, line.Subject })
            .Distinct()
            .ToListAsync(cancellation)).CountBy(one => one.Round).ToDictionary();
        return
        [
            .. rounds.Where(round => coverage.ContainsKey(round.Subject)).Select(round => new RoundCame(
                round.AsOf, coverage[round.Subject].Needs, coverage[round.Subject].Mean, coverage[round.Subject].Bare,
                lines.GetValueOrDefault(round.Subject), sent.GetValueOrDefault(round.Subject))),
        ];
    }

    private static async Task<ImmutableArray<PlaceWait>> WaitsAsync(
        NodeContext db, List<ConsignmentRow> consignments, CancellationToken cancellation)
    {
        var asked = await db.Set<RequestLineRow>().AsNoTracking()
            .Join(db.Set<StepRow>().Where(step => step.Verb == "published"),
                line => line.Subject, step => step.Subject, (line, step) => new { line.Place, step.At })
            .GroupBy(one => one.Place)
            .Select(group => new { Place = group.Key, At = group.Min(one => one.At) })
            .ToListAsync(cancellation);
        return
        [
            .. asked
                .Select(one => (one.Place, Day: DateOnly.FromDateTime(
                    new HybridTime(one.At).Instant.UtcDateTime).DayNumber))
                .Select(one => new PlaceWait(one.Place, one.Day, consignments
                    .Where(row => row.Destination == one.Place && row.Arrived >= one.Day)
                    .Min(row => row.Arrived)))
                .OrderByDescending(wait => (wait.Arrived ?? int.MaxValue) - wait.Asked)
                .ThenBy(wait => wait.Place, StringComparer.Ordinal),
        ];
    }

    private static ImmutableArray<LateSending> Lateness(List<ConsignmentRow> consignments, int today) =>
    [
        .. consignments
            .Where(row => row.Promised is not null && row.State is not (nameof(ConsignmentState.Cancelled)
                or nameof(ConsignmentState.Planned) or nameof(ConsignmentState.Packed)))
            .Select(row => new LateSending(row, (row.Arrived ?? today) - row.Promised!.Value))
            .Where(late => late.Days > 0)
            .OrderByDescending(late => late.Days)
            .ThenBy(late => late.Row.Subject, StringComparer.Ordinal),
    ];
}
