using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Supplies;

namespace Sameboat.Server.Situation;

/// <summary>
/// Works out what a member's reports say of its own place, situation and need, and says it in that member's log: the
/// same functions that a round uses, on the counts of one place.
/// </summary>
internal sealed class AssessmentDesk(NodeDatabase database, LogStore store, RecordClock time)
{
    /// <summary>Weeks that are forecast and whose need is estimated.</summary>
    internal const int Weeks = 4;

    /// <summary>Says it as of the last day that was reported; once for each state of the reports.</summary>
    /// <param name="actor">For whose member.</param>
    /// <param name="situation">The report.</param>
    /// <param name="version">Of the report as it was read.</param>
    /// <param name="cancellation">Breaks it off before anything is written.</param>
    internal async Task<WriteAnswer> AssessAsync(
        Actor actor, EntityName situation, int version, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var (subject, member) = (situation.ToString(), actor.Member.ToString());
        var row = await db.Situations.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Subject == subject, cancellation);
        if (row is null || row.Member != member)
        {
            return new WriteAnswer(row is null ? Problems.NotFound : FoldReasons.NotTheOwner, 0, "", false);
        }

        if (await db.Entries.CountAsync(entry => entry.Subject == subject, cancellation) is var now && now != version)
        {
            return new WriteAnswer(Problems.Stale, now, "", false);
        }

        var outbreak = await db.Outbreaks.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Subject == row.Outbreak, cancellation);
        var counts = await SituationReading.CountsAsync(db, row.Outbreak, row.Place, cancellation);
        if (outbreak is null || counts is not [var place] || !DiseasePacks.Codes.Contains(outbreak.Pack))
        {
            return new WriteAnswer(Problems.CannotPlan, version, "", false);
        }

        if (await IsSaidAsync(db, member, row.Outbreak, cancellation))
        {
            return new WriteAnswer("", version, "", AlreadyDone: true);
        }

        var day = place.Cases.Last;
        var settings = new ChainSettings(day, Weeks, (ulong)day.DayNumber, DiseasePacks.Carried(outbreak.Pack));
        var order = new RoundOrder("", row.Outbreak, actor.Member, settings, outbreak.Exercise);
        var result = ChainRun.Run(
            RoundInput.Of(
                row.Outbreak, counts, [], [], await db.Members.AsNoTracking().ToListAsync(cancellation),
                StandingPromises.None, (day, Weeks)),
            settings);
        return Answer(await store.AppendAsync(Entries(result, order, actor), cancellation), version);
    }

    // What was said after the last report stands on all of them.
    private static async Task<bool> IsSaidAsync(
        NodeContext db, string member, string outbreak, CancellationToken cancellation)
    {
        var reports = db.Situations.Where(one => one.Member == member && one.Outbreak == outbreak)
            .Select(one => one.Subject);
        var assessments = db.Assessments.Where(one => one.Member == member && one.Outbreak == outbreak)
            .Select(one => one.Subject);
        var reported = await db.Entries.Where(entry => reports.Contains(entry.Subject))
            .MaxAsync(entry => (long?)entry.Position, cancellation);
        var assessed = await db.Entries.Where(entry => assessments.Contains(entry.Subject))
            .MaxAsync(entry => (long?)entry.Position, cancellation);
        return assessed > reported;
    }

    private List<Entry> Entries(ChainResult result, RoundOrder order, Actor actor)
    {
        var stamp = new EntryStamp(new SeededRandom(BinaryPrimitives.ReadUInt64LittleEndian(LogKeys.DrawSalt())))
        {
            Now = time.GetUtcNow(),
        };
        var entries = RoundRun.SituationEntries(result, order, _ => actor.Member, stamp).ToList();
        foreach (var entry in entries)
        {
            entry.Body["by"] = actor.Label;
        }

        return entries;
    }

    private static WriteAnswer Answer(AppendOutcome outcome, int version) => outcome switch
    {
        AppendOutcome.Done => new WriteAnswer("", version, "", false),
        AppendOutcome.Refused { Reason: AppendRefusal.NotAnEntry or AppendRefusal.TooManyEntries } refused =>
            new WriteAnswer(Problems.NotAnEntry, version, refused.Sentence, false),
        AppendOutcome.Refused refused => new WriteAnswer(Problems.Unavailable, version, refused.Sentence, false),
        _ => throw new InvalidOperationException($"{outcome} is no answer to an append."),
    };
}
