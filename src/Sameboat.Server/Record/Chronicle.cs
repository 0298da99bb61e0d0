using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Conservation;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Record;

/// <summary>What happened of one kind on one day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Noun">What the entries speak of.</param>
/// <param name="State">The state that they led to; empty for statements, which have none.</param>
/// <param name="Said">Who said it, and the entry; the earliest first.</param>
internal sealed record ChronicleLine(
    DateOnly Day, string Noun, string State, ImmutableArray<(string Member, EntityId Entry)> Said);

/// <summary>
/// Tells what happened from the entries themselves: those of one day and one kind stand together, and each can be
/// opened. A step that had no effect is not told.
/// </summary>
internal static class Chronicle
{
    /// <summary>Newest entries that are looked at; older ones are in the logs.</summary>
    internal const int EntriesMax = 4_000;

    /// <summary>The lines, the newest day first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="scope">Which entries.</param>
    /// <param name="isMeant">Which subjects.</param>
    /// <param name="linesMax">The most lines.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<ImmutableArray<ChronicleLine>> ReadAsync(
        NodeContext db, IQueryable<EntryRow> scope, Func<string, bool> isMeant, int linesMax,
        CancellationToken cancellation)
    {
        var heads = (await scope.AsNoTracking()
            .OrderByDescending(row => row.At).ThenByDescending(row => row.AtCounter)
            .Take(EntriesMax)
            .Select(row => new { row.Id, row.Member, row.Kind, row.Subject, row.At })
            .ToListAsync(cancellation))
            .Where(head => head.Subject.Length > 0 && isMeant(head.Subject))
            .ToList();
        if (heads.Count == 0)
        {
            return [];
        }

        var oldest = heads[^1].At;
        var states = (await db.Set<StepRow>().AsNoTracking()
            .Where(step => step.At >= oldest)
            .Select(step => new { step.Subject, step.At, step.Verb, step.State })
            .ToListAsync(cancellation))
            .GroupBy(step => (step.Subject, step.At, step.Verb))
            .ToDictionary(step => step.Key, step => step.Last().State);
        return
        [
            .. heads
                .Select(head => (Head: head, Parts: head.Kind.Split('.', 2)))
                .Where(one => one.Parts.Length == 2)
                .Select(one => (one.Head, Noun: one.Parts[0], Verb: one.Parts[1]))
                .Select(one => (one.Head, one.Noun, State: IsStatement(one.Noun)
                    ? ""
                    : states.GetValueOrDefault((one.Head.Subject, one.Head.At, one.Verb))))
                .Where(one => one.State is not null)
                .GroupBy(one => (Day: ChainLedger.DayOf(one.Head.At), one.Noun, State: one.State!))
                .OrderByDescending(group => group.Key.Day)
                .ThenByDescending(group => group.Max(one => one.Head.At))
                .Take(linesMax)
                .Select(group => new ChronicleLine(
                    DateOnly.FromDayNumber(group.Key.Day),
                    group.Key.Noun,
                    group.Key.State,
                    [.. group.Reverse().Select(one => (one.Head.Member, new EntityId(one.Head.Id)))])),
        ];
    }

    /// <summary>The subjects that statements make about an outbreak, beside the entities of its ledger.</summary>
    internal static async Task<Func<string, bool>> OfOutbreakAsync(
        NodeContext db, string outbreak, ChainLedger ledger, CancellationToken cancellation)
    {
        var rounds = db.Rounds.Where(round => round.Outbreak == outbreak).Select(round => round.Subject);
        var statements = await db.Situations.Where(row => row.Outbreak == outbreak).Select(row => row.Subject)
            .Concat(db.Assessments.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .Concat(db.NeedLines.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .Concat(db.PlanLines.Where(row => rounds.Contains(row.Round)).Select(row => row.Subject))
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);
        statements.Add(outbreak);
        statements.UnionWith(ledger.Acceptances.Select(given => given.Subject));
        return subject => statements.Contains(subject) || ledger.Steps.Contains(subject);
    }

    private static bool IsStatement(string noun) =>
        noun is "member" or "outbreak" or "situation" or "assessment" or "need" or "plan" or "certificate";
}
