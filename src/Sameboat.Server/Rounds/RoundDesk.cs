using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// The acts of a convener that are computed: the plan over frozen inputs, the settlement of the answers, and the plan
/// of what was declined. Each is worked out by the same pure functions that a replay uses, from the logs at the
/// checkpoints that it names.
/// </summary>
internal sealed class RoundDesk(NodeDatabase database, LogStore store, RecordClock time) : IDisposable
{
    /// <summary>Computing takes the machine: so many rounds at once and no more.</summary>
    private const int AtOnceMax = 1;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    /// <summary>The most reports kept; when there are more, all are made anew.</summary>
    private const int ReportsMax = 100;

    private readonly SemaphoreSlim _gate = new(AtOnceMax, AtOnceMax);
    private readonly ConcurrentDictionary<(string Round, long Size), ReplayReport> _reports = new();

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Freezes the inputs of an open round and puts the plan on the table.</summary>
    internal Task<WriteAnswer> PlanAsync(
        Actor actor, EntityName round, int version, CancellationToken cancellation) =>
        ActAsync(actor, round, version, [RoundState.Open], Plan, cancellation);

    /// <summary>Counts the answers; refused while some are missing and may still come.</summary>
    internal Task<WriteAnswer> SettleAsync(
        Actor actor, EntityName round, int version, CancellationToken cancellation) =>
        ActAsync(actor, round, version, [RoundState.AwaitingAcceptance], Settle, cancellation);

    /// <summary>Allocates anew what was declined.</summary>
    internal Task<WriteAnswer> ReallocateAsync(
        Actor actor, EntityName round, int version, CancellationToken cancellation) =>
        ActAsync(
            actor, round, version, [RoundState.PartlyAccepted, RoundState.Declined], Reallocate, cancellation);

    /// <summary>
    /// Replays a round from the logs of this node, once for each size of the record; null while others compute.
    /// </summary>
    internal async Task<ReplayReport?> ReplayAsync(string round, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var size = await db.Logs.SumAsync(log => log.Size, cancellation);
        if (_reports.TryGetValue((round, size), out var kept))
        {
            return kept;
        }

        if (!await _gate.WaitAsync(WaitMax, cancellation))
        {
            return null;
        }

        try
        {
            var report = RoundReplay.Run(await LogContents.ReadAsync(db, cancellation), round);
            if (_reports.Count >= ReportsMax)
            {
                _reports.Clear();
            }

            return _reports[(round, size)] = report with { Worked = [] };
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<WriteAnswer> ActAsync(
        Actor actor, EntityName round, int version, RoundState[] from, Act act, CancellationToken cancellation)
    {
        if (!await _gate.WaitAsync(WaitMax, cancellation))
        {
            return new WriteAnswer(Problems.Busy, 0, "", false);
        }

        try
        {
            await using var db = database.Open();
            var history = await Projections.HistoryAsync(db, [round.ToString()], cancellation);
            var row = await db.Rounds.AsNoTracking()
                .FirstOrDefaultAsync(one => one.Subject == round.ToString(), cancellation);
            if (row is null || round.Owner != actor.Member)
            {
                return new WriteAnswer(row is null ? Problems.NotFound : FoldReasons.NotTheOwner, 0, "", false);
            }

            if (history.Count != version)
            {
                return new WriteAnswer(Problems.Stale, history.Count, "", false);
            }

            if (!Array.Exists(from, state => state.ToString() == row.State))
            {
                return new WriteAnswer(FoldReasons.NotFromThisState, history.Count, row.State, false);
            }

            var logs = await LogContents.ReadAsync(db, cancellation);
            var heads = await HeadsAsync(db, cancellation);
            var (statements, code, detail) = act(new RoundNow(row, logs, heads, Today()));
            return code.Length > 0
                ? new WriteAnswer(code, history.Count, detail, false)
                : await AppendAsync(actor, round, history, statements, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private delegate (IEnumerable<Statement> Statements, string Code, string Detail) Act(RoundNow now);

    private sealed record RoundNow(RoundRow Row, LogContents Logs, IReadOnlyList<Checkpoint> Heads, DateOnly Today);

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static (IEnumerable<Statement> Statements, string Code, string Detail) Plan(RoundNow now)
    {
        var round = now.Row;
        if (now.Logs.At(now.Heads, out var fault) is not { } record)
        {
            return ([], Problems.CannotPlan, fault);
        }

        if (!RoundInput.TrySettings(round, record.Outbreak(round.Outbreak), out var settings, out var refusal))
        {
            return ([], Problems.CannotPlan, refusal);
        }

        var input = record.Input(round);
        if (input.Cases.IsEmpty)
        {
            return ([], Problems.CannotPlan, "No member has reported cases of the outbreak in a place it answers for.");
        }

        var exercise = record.Outbreak(round.Outbreak)!.Exercise;
        return (
            [
                new Statement(RoundFold.Frozen, round.Subject, RoundFold.FrozenStatement(now.Heads, exercise)),
                .. RoundStatements.Plan(
                    ChainRun.Run(input, settings), round.Subject, exercise, record.Recipients()),
            ],
            "", "");
    }

    private static (IEnumerable<Statement> Statements, string Code, string Detail) Settle(RoundNow now)
    {
        if (now.Logs.At(now.Heads, out var fault) is not { } record)
        {
            return ([], Problems.CannotPlan, fault);
        }

        var settlement = record.Settle(now.Row.Subject, now.Today.DayNumber > now.Row.AnswerBy);
        return settlement.Outcome is null
            ? ([], Problems.AnswersMissing, $"{settlement.Count(LineAnswer.Open)} lines; answer by "
                + $"{Days.Written(now.Row.AnswerBy) ?? "no day named"}.")
            : ([
                RoundReplay.SettledStatement(
                    now.Row.Subject, settlement, now.Heads, now.Today,
                    record.Outbreak(now.Row.Outbreak)?.Exercise == true),
            ], "", "");
    }

    // The replay has worked out the plan and the answers already: what it found is what the new plan stands on.
    private static (IEnumerable<Statement> Statements, string Code, string Detail) Reallocate(RoundNow now)
    {
        var (statements, difference) = RoundReplay.Next(now.Logs, now.Row.Subject);
        return difference.Length > 0 ? ([], Problems.CannotPlan, difference) : (statements, "", "");
    }

    private static async Task<IReadOnlyList<Checkpoint>> HeadsAsync(NodeContext db, CancellationToken cancellation)
    {
        var notes = await db.Logs.AsNoTracking().OrderBy(log => log.Member).Select(log => log.Checkpoint)
            .ToListAsync(cancellation);
        return [.. notes.Select(RoundRun.ReadCheckpoint)];
    }

    private async Task<WriteAnswer> AppendAsync(
        Actor actor, EntityName round, List<EntryRow> history, IEnumerable<Statement> statements,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var last = history.Select(row => new HybridTime(row.At, row.AtCounter)).Max();
        var entries = new List<Entry>();
        var acts = 0;
        foreach (var statement in statements)
        {
            var body = statement.Body.DeepClone().AsObject();
            if (statement.Subject == round.ToString())
            {
                body["by"] = actor.Label;
                acts++;
            }

            last = last.Next(now * 1000);
            entries.Add(new Entry(
                LogKeys.DrawId(now), statement.Kind, actor.Member, statement.Subject, last, body));
        }

        var outcome = await store.AppendAsync(
            entries,
            new AppendTerms(
                round.ToString(), history.Count, null,
                FourEyes.Keep(new WriteOrder(actor, RoundFold.Proposed, round, [], history.Count, ""))),
            cancellation);
        return outcome switch
        {
            AppendOutcome.Done => new WriteAnswer("", history.Count + acts, "", false),
            AppendOutcome.Refused { Reason: AppendRefusal.Stale } =>
                new WriteAnswer(Problems.Stale, history.Count, "", false),
            AppendOutcome.Refused refused => new WriteAnswer(Problems.NotAnEntry, 0, refused.Sentence, false),
            _ => throw new InvalidOperationException($"{outcome} is no answer to an append."),
        };
    }
}
