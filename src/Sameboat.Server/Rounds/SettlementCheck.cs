using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// Whether a <c>round.settled</c> follows from the answers that it names: it is worked out again from the logs at its
/// checkpoints, as a replay does. The fold of a round sees that statement alone and not the answers of others, so the
/// interface looks before it writes one, and whoever reads a round is told.
/// </summary>
internal static class SettlementCheck
{
    /// <summary>The most findings kept; when there are more, all are made anew.</summary>
    private const int KeptMax = 1_000;

    // A checkpoint fixes what its log held, so that a finding never changes.
    private static readonly ConcurrentDictionary<MerkleHash, string> Found = new();

    /// <summary>Why a statement does not follow, in one sentence; empty where it does.</summary>
    internal static async Task<string> DifferenceAsync(
        NodeContext db, string round, JsonObject body, CancellationToken cancellation) =>
        Difference(await LogContents.ReadAsync(db, cancellation), round, body).Sentence;

    /// <summary>
    /// What is said of a round's latest settlement that counted: null where it has none; otherwise whether it follows,
    /// and why not.
    /// </summary>
    internal static async Task<string?> OfAsync(NodeContext db, string round, CancellationToken cancellation)
    {
        var said = await db.Entries.AsNoTracking()
            .Where(row => row.Subject == round && row.Kind == RoundFold.Settled
                && !db.Effects.Any(effect => effect.Entry == row.Id && effect.Member == row.Member))
            .OrderByDescending(row => row.At).ThenByDescending(row => row.AtCounter)
            .FirstOrDefaultAsync(cancellation);
        if (said is null)
        {
            return null;
        }

        var key = MerkleHash.Leaf(said.Bytes);
        if (Found.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var (sentence, isFinal) = Difference(
            await LogContents.ReadAsync(db, cancellation), round, said.ToEntry().Body);
        if (isFinal)
        {
            if (Found.Count >= KeptMax)
            {
                Found.Clear();
            }

            Found[key] = sentence;
        }

        return sentence;
    }

    private static (string Sentence, bool IsFinal) Difference(LogContents logs, string round, JsonObject body)
    {
        if (RoundReplay.Inputs(body) is not { } inputs || body.Day("day") is not { } day)
        {
            return ("It does not say which answers it counts.", true);
        }

        // A log that is not here may come.
        if (logs.At(inputs, out var fault) is not { } then)
        {
            return ($"{fault}.", false);
        }

        var settled = then.Settle(round, day.DayNumber > then.Round(round)?.AnswerBy);
        var worked = RoundReplay.SettledStatement(round, settled, inputs, day, body.Flag("exercise")).Body;
        return JsonNode.DeepEquals(worked, Plain(body)) ? ("", true)
            : (FormattableString.Invariant(
                $"The answers come to {settled.Outcome?.ToString() ?? "nothing yet"}: ")
                + FormattableString.Invariant(
                $"{settled.Count(LineAnswer.Accepted)} accepted, {settled.Count(LineAnswer.Declined)} declined, ")
                + FormattableString.Invariant($"{settled.Count(LineAnswer.Unanswered)} unanswered."), true);
    }

    // In what capacity somebody acted, and whether anything is real where nothing is said, is no result.
    private static JsonObject Plain(JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        copy.Remove("by");
        copy["exercise"] = body.Flag("exercise");
        return copy;
    }
}
