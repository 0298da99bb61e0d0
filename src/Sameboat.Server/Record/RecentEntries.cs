using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Record;

/// <summary>The head of an entry: all but its body.</summary>
internal sealed record EntryHead(Guid Id, string Member, string Kind, string Subject, long At, int AtCounter)
{
    /// <summary>What it speaks of.</summary>
    internal string Noun => Kind.Split('.', 2)[0];

    /// <summary>The part of the kind after the dot.</summary>
    internal string Verb => Kind.Split('.', 2) is [_, var verb] ? verb : "";
}

/// <summary>An entry with what became of it.</summary>
/// <param name="Head">The entry.</param>
/// <param name="State">The state that it led to; empty for statements, which have none; null where it had no effect.
/// </param>
/// <param name="Outbreak">Of a report or an assessment; otherwise empty.</param>
internal sealed record RecentEntry(EntryHead Head, string? State, string Outbreak);

/// <summary>Entries with what became of them, the newest first.</summary>
internal sealed record RecentEntries(ImmutableArray<RecentEntry> All)
{
    /// <summary>The heads of entries.</summary>
    internal static IQueryable<EntryHead> Heads(IQueryable<EntryRow> rows) => rows.Select(
        row => new EntryHead(row.Id, row.Member, row.Kind, row.Subject, row.At, row.AtCounter));

    /// <summary>The newest of all logs.</summary>
    internal static Task<RecentEntries> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        ReadAsync(db, db.Entries, Chronicle.EntriesMax, withOutbreaks: true, cancellation);

    /// <summary>The newest of some; without their outbreaks where nobody looks at those.</summary>
    internal static async Task<RecentEntries> ReadAsync(
        NodeContext db, IQueryable<EntryRow> scope, int max, bool withOutbreaks, CancellationToken cancellation)
    {
        var heads = await Heads(scope.AsNoTracking()
                .OrderByDescending(row => row.At).ThenByDescending(row => row.AtCounter)
                .Take(max))
            .ToListAsync(cancellation);
        return new RecentEntries([.. await ToldAsync(db, heads, withOutbreaks, cancellation)]);
    }

    /// <summary>The same with what was added, and looked at again where it speaks of the same entities.</summary>
    internal async Task<RecentEntries> RenewedAsync(
        NodeContext db, IReadOnlyCollection<EntryHead> added, ImmutableHashSet<string> waited,
        CancellationToken cancellation)
    {
        var touched = added.Select(head => head.Subject).ToHashSet(StringComparer.Ordinal);
        touched.UnionWith(waited);
        var again = All.Where(one => touched.Contains(one.Head.Subject)).Select(one => one.Head);
        var told = await ToldAsync(db, [.. again.Concat(added)], withOutbreaks: true, cancellation);
        return new RecentEntries(
        [
            .. All.Where(one => !touched.Contains(one.Head.Subject))
                .Concat(told)
                .OrderByDescending(one => one.Head.At)
                .ThenByDescending(one => one.Head.AtCounter)
                .Take(Chronicle.EntriesMax),
        ]);
    }

    private static async Task<List<RecentEntry>> ToldAsync(
        NodeContext db, IReadOnlyList<EntryHead> heads, bool withOutbreaks, CancellationToken cancellation)
    {
        var told = heads.Where(head => head.Subject.Length > 0 && head.Verb.Length > 0).ToList();
        string[] Of(Func<string, bool> isMeant) =>
            [.. told.Where(head => isMeant(head.Noun)).Select(head => head.Subject).Distinct(StringComparer.Ordinal)];
        var stepped = Of(noun => !Chronicle.IsStatement(noun));
        var situations = Of(noun => withOutbreaks && noun == "situation");
        var assessments = Of(noun => withOutbreaks && noun == "assessment");
        var states = stepped.Length == 0 ? [] : (await db.Set<StepRow>().AsNoTracking()
            .Where(step => stepped.Contains(step.Subject))
            .Select(step => new { step.Subject, step.Step, step.At, step.Verb, step.State })
            .ToListAsync(cancellation))
            .GroupBy(step => (step.Subject, step.At, step.Verb))
            .ToDictionary(step => step.Key, step => step.MaxBy(one => one.Step)!.State);
        var outbreaks = new Dictionary<string, string>(StringComparer.Ordinal);
        if (situations.Length > 0)
        {
            await db.Situations.Where(row => situations.Contains(row.Subject))
                .Select(row => new { row.Subject, row.Outbreak })
                .ForEachAsync(row => outbreaks[row.Subject] = row.Outbreak, cancellation);
        }

        if (assessments.Length > 0)
        {
            await db.Assessments.Where(row => assessments.Contains(row.Subject))
                .Select(row => new { row.Subject, row.Outbreak })
                .ForEachAsync(row => outbreaks[row.Subject] = row.Outbreak, cancellation);
        }

        return
        [
            .. told.Select(head => new RecentEntry(
                head,
                Chronicle.IsStatement(head.Noun)
                    ? ""
                    : states.GetValueOrDefault((head.Subject, head.At, head.Verb)),
                outbreaks.GetValueOrDefault(head.Subject, ""))),
        ];
    }
}
