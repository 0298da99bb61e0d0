using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api;

/// <summary>What is to be written.</summary>
/// <param name="Actor">By whom.</param>
/// <param name="Kind">The kind of the entry.</param>
/// <param name="Subject">The entity.</param>
/// <param name="Body">The statement.</param>
/// <param name="Version">How many entries spoke of the entity when it was read; 0 for a new one.</param>
/// <param name="Key">The client's key, or empty.</param>
internal sealed record WriteOrder(
    Actor Actor, string Kind, EntityName Subject, JsonObject Body, int Version, string Key);

/// <summary>What came of it.</summary>
/// <param name="Code">Empty when done; otherwise a code of <see cref="Problems"/>.</param>
/// <param name="Version">How many entries speak of the entity now.</param>
/// <param name="Detail">More about a refusal, or empty.</param>
/// <param name="AlreadyDone">True when it had been done before.</param>
internal readonly record struct WriteAnswer(string Code, int Version, string Detail, bool AlreadyDone);

/// <summary>
/// Turns a command into an entry, when the fold says that the entry would count: the interface never appends one
/// without effect. The version is looked at again under the lock of the entity, so that no edit is lost, and the
/// client's key is kept in the same transaction, so that a retry is not done twice.
/// </summary>
internal sealed class EntityWriter(NodeDatabase database, LogStore store, RecordClock time)
{
    internal async Task<WriteAnswer> WriteAsync(WriteOrder order, CancellationToken cancellation)
    {
        if (time.IsExercise)
        {
            // Whoever says it, by page or program: nothing of an exercise is real.
            order.Body["exercise"] = true;
        }

        var subject = order.Subject.ToString();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var digest = Digest(order);
        KeptRequestRow? kept = order.Key.Length == 0 ? null : new KeptRequestRow
        {
            Member = order.Actor.Member.ToString(),
            Key = order.Key,
            Digest = digest,
            Subject = subject,
            Version = order.Version + 1,
            At = now * 1000,
        };
        var terms = new AppendTerms(subject, order.Version, kept, FourEyes.Keep(order));
        await using var db = database.Open();
        if (await terms.FindKeptAsync(db, cancellation) is { } before)
        {
            return Again(before, digest);
        }

        var history = await Projections.HistoryAsync(db, [subject], cancellation);
        var entry = EntryOf(order, history, now);
        if (!entry.TryToCanonicalBytes(out var bytes, out var fault))
        {
            return new WriteAnswer(Problems.NotAnEntry, history.Count, fault.ToString(), false);
        }

        var hindrance = await HindranceAsync(db, history, new PreparedEntry(entry, bytes), cancellation);
        if (hindrance?.Reason == FoldReasons.AlreadyDone)
        {
            return new WriteAnswer("", history.Count, "", AlreadyDone: true);
        }

        if (history.Count != order.Version)
        {
            // What came in between may be the first attempt of this very request.
            return await terms.FindKeptAsync(db, cancellation) is { } meanwhile
                ? Again(meanwhile, digest)
                : new WriteAnswer(order.Version == 0 ? Problems.Exists : Problems.Stale, history.Count, "", false);
        }

        if (hindrance is null && await FourEyes.ForbidsAsync(db, order, cancellation))
        {
            return new WriteAnswer(FoldReasons.FourEyes, history.Count, FourEyes.Sentence, false);
        }

        if (hindrance is null && order.Version == 0 && await Standing.RefusalAsync(
            db, order.Actor.Member, order.Kind, order.Body, cancellation) is { } standing)
        {
            return new WriteAnswer(standing, history.Count, "", false);
        }

        if (hindrance is null && order.Kind == RoundFold.Settled
            && await SettlementCheck.DifferenceAsync(db, subject, order.Body, cancellation) is { Length: > 0 } found)
        {
            return new WriteAnswer(FoldReasons.DoesNotFollow, history.Count, found, false);
        }

        return hindrance is not null
            ? new WriteAnswer(hindrance.Reason, history.Count, hindrance.Awaits, false)
            : Answer(await store.AppendAsync([entry], terms, cancellation), history.Count, digest);
    }

    private static WriteAnswer Again(KeptRequestRow kept, string digest) =>
        kept.Digest == digest
            ? new WriteAnswer("", kept.Version, "", AlreadyDone: true)
            : new WriteAnswer(Problems.KeyReused, kept.Version, "", false);

    private static WriteAnswer Answer(AppendOutcome outcome, int version, string digest) => outcome switch
    {
        AppendOutcome.Done => new WriteAnswer("", version + 1, "", false),
        AppendOutcome.Kept kept => Again(kept.Request, digest),
        AppendOutcome.Refused { Reason: AppendRefusal.Stale } => new WriteAnswer(Problems.Stale, version, "", false),
        AppendOutcome.Refused { Reason: AppendRefusal.UnknownLog } refused =>
            new WriteAnswer(Problems.NoLog, version, refused.Sentence, false),
        AppendOutcome.Refused { Reason: AppendRefusal.TooManyWaiting or AppendRefusal.StoreFull
            or AppendRefusal.StoreUnavailable or AppendRefusal.RecordDamaged or AppendRefusal.HeadDamaged
            or AppendRefusal.BehindWitnesses or AppendRefusal.KeyNotTheMembers } refused =>
            new WriteAnswer(Problems.Unavailable, version, refused.Sentence, false),
        AppendOutcome.Refused refused => new WriteAnswer(Problems.NotAnEntry, version, refused.Sentence, false),
        _ => throw new InvalidOperationException($"{outcome} is no answer to an append."),
    };

    // After everything that was said about the entity, whatever the clocks of the others say.
    private static Entry EntryOf(WriteOrder order, List<EntryRow> history, long now)
    {
        var last = history.Count == 0
            ? default
            : history.Select(row => new HybridTime(row.At, row.AtCounter)).Max();
        return new Entry(
            LogKeys.DrawId(now), order.Kind, order.Actor.Member, order.Subject.ToString(), last.Next(now * 1000),
            order.Body);
    }

    private static async Task<EffectRow?> HindranceAsync(
        NodeContext db, List<EntryRow> history, PreparedEntry entry, CancellationToken cancellation)
    {
        var entities = EntityHistory.Of([.. history, entry.ToRow(long.MaxValue, MerkleHash.EmptyTree)]);
        var context = new FoldContext();
        await context.LoadAsync(db, entities, cancellation);
        return entities.SelectMany(entity => entity.Rows(context))
            .OfType<EffectRow>()
            .FirstOrDefault(effect => effect.Entry == entry.Id);
    }

    private static string Digest(WriteOrder order) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{order.Kind}\n{order.Subject}\n{order.Version}\n{order.Body.ToJsonString()}")));
}
