using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Rounds;

/// <summary>What a replay found.</summary>
/// <param name="Round">Subject of the round.</param>
/// <param name="Acts">The acts that were worked out again: proposed, settled, reallocated, in their order.</param>
/// <param name="Statements">How many statements were compared.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="Difference">The first difference in one sentence; empty where every byte is the same.</param>
/// <param name="Worked">What was worked out, in order.</param>
internal sealed record ReplayReport(
    string Round, ImmutableArray<string> Acts, int Statements, long Bytes, string Difference,
    ImmutableArray<Statement> Worked)
{
    /// <summary>True when something was compared and every byte was the same.</summary>
    internal bool IsSame => Difference.Length == 0;
}

/// <summary>
/// Works a round out again from the logs alone, as they stood when its inputs were frozen, and compares every statement
/// of its convener with what comes out, byte for byte. Pure but for the logs handed in.
/// </summary>
internal sealed class RoundReplay
{
    private readonly LogContents _logs;
    private readonly string _round;
    private readonly List<string> _acts = [];
    private readonly List<Statement> _worked = [];
    private readonly List<Statement> _said = [];
    private int _compared;
    private long _bytes;
    private RecordAt? _frozen;
    private ChainResult? _result;
    private Settlement? _settled;
    private bool _exercise;

    private RoundReplay(LogContents logs, string round)
    {
        _logs = logs;
        _round = round;
    }

    /// <summary>Replays.</summary>
    internal static ReplayReport Run(LogContents logs, string round)
    {
        var replay = new RoundReplay(logs, round);
        var difference = replay.Walk();
        return new ReplayReport(
            round, [.. replay._acts], replay._compared, replay._bytes, difference, [.. replay._worked]);
    }

    /// <summary>The statements that re-allocate what was declined, when the round up to here holds.</summary>
    internal static (IEnumerable<Statement> Statements, string Difference) Next(LogContents logs, string round)
    {
        var replay = new RoundReplay(logs, round);
        var difference = replay.Walk();
        return difference.Length > 0 ? ([], difference)
            : replay._settled is null ? ([], "The round has not been settled.")
            : (RoundStatements.Again(
                replay._result!, replay._settled, round, replay._exercise, replay._frozen!.Recipients()), "");
    }

    /// <summary>The checkpoints that a statement names; null where it cannot be read.</summary>
    internal static IReadOnlyList<Checkpoint>? Inputs(JsonObject body)
    {
        if (body.Objects("inputs") is not { } inputs)
        {
            return null;
        }

        var read = new List<Checkpoint>(inputs.Count);
        foreach (var input in inputs)
        {
            if (input.Text("origin") is not { } origin || input.Count("size") is not { } size
                || !MerkleHash.TryParse(input.Text("root"), out var root))
            {
                return null;
            }

            read.Add(new Checkpoint(origin, size, root));
        }

        return read;
    }

    private string Walk()
    {
        if (!EntityName.TryParse(_round, out var name) || name.Noun != "round")
        {
            return $"«{_round}» is not the name of a round: round/OWNER/NAME.";
        }

        if (_logs.Of(name.Owner.ToString()) is not { } log)
        {
            return $"The log of the convener {name.Owner} is not here.";
        }

        var entries = log.Entries.Select(row => row.ToEntry()).Where(Concerns).ToList();
        var own = entries.Where(entry => entry.Subject == _round).ToList();
        if (own.Count == 0)
        {
            return $"The log of {name.Owner} says nothing of «{_round}».";
        }

        var counted = EntityFolding
            .Fold(_round, [.. own.OrderBy(entry => entry.At).Select(entry => new HistoryEntry(entry))], _ => true)
            .Effects.Where(effect => effect.Effect == Effect.Applied)
            .Select(effect => effect.Entry)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var entry in entries)
        {
            if (entry.Subject != _round)
            {
                _said.Add(new Statement(entry.Kind, entry.Subject, entry.Body));
            }
            else if (counted.Contains(entry) && Step(entry) is { Length: > 0 } difference)
            {
                return difference;
            }
        }

        return _acts.Count > 0 ? "" : "No plan of the round is on the table yet: there is nothing to work out.";
    }

    private bool Concerns(Entry entry) =>
        entry.Subject == _round
        || (entry.Kind is PlanFold.Kind or CertificateFold.Kind && entry.Body.Text("round") == _round);

    // Empty when all is the same so far.
    private string Step(Entry entry) => entry.Kind switch
    {
        RoundFold.Frozen => Freeze(entry),
        RoundFold.Proposed => Propose(entry),
        RoundFold.Settled => Settle(entry),
        RoundFold.Reallocated => Reallocate(entry),
        _ => "",
    };

    private string Freeze(Entry entry)
    {
        _said.Clear();
        if (Inputs(entry.Body) is not { } inputs)
        {
            return "round.frozen: its inputs cannot be read.";
        }

        _exercise = entry.Body.Flag("exercise");
        _frozen = _logs.At(inputs, out var fault);
        if (_frozen?.Round(_round) is not { } round)
        {
            return _frozen is null ? $"round.frozen: {fault}." : "round.frozen: its inputs do not hold the round.";
        }

        if (!RoundInput.TrySettings(round, _frozen.Outbreak(round.Outbreak), out var settings, out var refusal))
        {
            return $"round.frozen: {refusal}";
        }

        _result = ChainRun.Run(_frozen.Input(round), settings);
        return "";
    }

    private string Propose(Entry entry)
    {
        // A plan that was given back and is proposed again with nothing new said is the one that was compared.
        if (_acts.Count > 0 && _said.Count == 0)
        {
            return "";
        }

        _acts.Add("proposed");
        return Compare(entry, RoundStatements.Plan(
            _result!, _round, entry.Body.Flag("exercise"), _frozen!.Recipients()));
    }

    private string Settle(Entry entry)
    {
        _said.Clear();
        if (Inputs(entry.Body) is not { } inputs || entry.Body.Day("day") is not { } day)
        {
            return "round.settled: it does not say which answers it counts.";
        }

        if (_logs.At(inputs, out var fault) is not { } then)
        {
            return $"round.settled: {fault}.";
        }

        _acts.Add("settled");
        _settled = then.Settle(_round, day.DayNumber > then.Round(_round)?.AnswerBy);
        return Compare(entry, [SettledStatement(_round, _settled, inputs, day, entry.Body.Flag("exercise"))]);
    }

    private string Reallocate(Entry entry)
    {
        if (_settled is null)
        {
            return "round.reallocated: the answers that it stands on are not named.";
        }

        _acts.Add("reallocated");
        return Compare(entry, RoundStatements.Again(
            _result!, _settled, _round, entry.Body.Flag("exercise"), _frozen!.Recipients()));
    }

    /// <summary>The statement that settles a round.</summary>
    internal static Statement SettledStatement(
        string round, Settlement settlement, IEnumerable<Checkpoint> inputs, DateOnly day, bool exercise)
    {
        var body = RoundFold.FrozenStatement(inputs, exercise);
        body["accepted"] = settlement.Count(LineAnswer.Accepted);
        body["day"] = day.Written();
        body["declined"] = settlement.Count(LineAnswer.Declined);
        body["outcome"] = settlement.Outcome?.ToString();
        body["unanswered"] = settlement.Count(LineAnswer.Unanswered);
        return new Statement(RoundFold.Settled, round, body);
    }

    // What was said before the act, and the act itself.
    private string Compare(Entry act, IEnumerable<Statement> expected)
    {
        _said.Add(new Statement(act.Kind, act.Subject, act.Body));
        var number = 0;
        foreach (var one in expected)
        {
            _worked.Add(one);
            if (number == _said.Count)
            {
                return $"{act.Kind}: worked out statement {number + 1} of {one.Subject}, which the log does not hold.";
            }

            var said = _said[number++];
            var worked = CanonicalJson.Serialize(one.Body);
            var found = CanonicalJson.Serialize(Without(said.Body));
            _compared++;
            _bytes += worked.Length;
            if (said.Kind != one.Kind || said.Subject != one.Subject || !worked.AsSpan().SequenceEqual(found))
            {
                return Differing(said, one, found, worked);
            }
        }

        var left = _said.Count - number;
        _said.Clear();
        return left == 0 ? "" : $"{act.Kind}: the log says {left} more statements than are worked out.";
    }

    // In what capacity somebody acted is no result of a computation.
    private static JsonObject Without(JsonObject body)
    {
        if (!body.ContainsKey("by"))
        {
            return body;
        }

        var copy = body.DeepClone().AsObject();
        copy.Remove("by");
        return copy;
    }

    private static string Differing(Statement said, Statement worked, byte[] found, byte[] expected)
    {
        if (said.Kind != worked.Kind || said.Subject != worked.Subject)
        {
            return $"found {said.Kind} of {said.Subject}, worked out {worked.Kind} of {worked.Subject}.";
        }

        var at = found.AsSpan().CommonPrefixLength(expected);
        return FormattableString.Invariant(
            $"{said.Subject}, {said.Kind}: byte {at}: found «{Near(found, at)}», worked out «{Near(expected, at)}».");
    }

    private static string Near(byte[] bytes, int at)
    {
        const int Before = 20;
        const int After = 40;
        var from = Math.Max(0, at - Before);
        return Encoding.UTF8.GetString(bytes, from, Math.Min(bytes.Length - from, Before + After));
    }
}
