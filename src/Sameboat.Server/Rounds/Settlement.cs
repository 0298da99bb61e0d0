using System.Collections.Immutable;
using Sameboat.Exchange.Chain;

namespace Sameboat.Server.Rounds;

/// <summary>What the parties to one line have answered.</summary>
internal enum LineAnswer
{
    /// <summary>A party has not answered, and may still.</summary>
    Open,

    /// <summary>Donor and recipient accepted it.</summary>
    Accepted,

    /// <summary>A party declined it.</summary>
    Declined,

    /// <summary>A party had not answered when the time was over.</summary>
    Unanswered,

    /// <summary>An earlier re-allocation took it out of the plan.</summary>
    Struck,
}

/// <summary>One line with its answer.</summary>
internal readonly record struct AnsweredLine(PlanLineRow Line, LineAnswer Answer);

/// <summary>
/// What a round comes to when its parties have answered. A line is accepted when both its donor and its recipient have
/// accepted it; one word against it declines it, since nobody is bound against its will, and whoever has said both has
/// declined. The order of the answers does not matter. Pure.
/// </summary>
/// <param name="Lines">Every line, by plan and number.</param>
/// <param name="Outcome">Null while an answer is missing and may still come.</param>
internal sealed record Settlement(ImmutableArray<AnsweredLine> Lines, RoundState? Outcome)
{
    /// <summary>Decides.</summary>
    /// <param name="lines">The lines of the round's plans as they stand.</param>
    /// <param name="acceptances">Acceptances that count; those of other rounds are passed over.</param>
    /// <param name="isOver">True when who has not answered counts as declining.</param>
    internal static Settlement Of(
        IEnumerable<PlanLineRow> lines, IEnumerable<AcceptanceRow> acceptances, bool isOver)
    {
        var said = acceptances.ToLookup(one => (one.Plan, one.Line));
        ImmutableArray<AnsweredLine> answered =
        [
            .. lines.OrderBy(line => line.Subject, StringComparer.Ordinal).ThenBy(line => line.Line)
                .Select(line => new AnsweredLine(line, AnswerOf(line, said[(line.Subject, line.Line)], isOver))),
        ];
        var count = answered.CountBy(line => line.Answer).ToDictionary();
        var accepted = count.GetValueOrDefault(LineAnswer.Accepted);
        var refused = count.GetValueOrDefault(LineAnswer.Declined) + count.GetValueOrDefault(LineAnswer.Unanswered);
        return new Settlement(
            answered,
            count.GetValueOrDefault(LineAnswer.Open) > 0 ? null : OutcomeOf(accepted, refused > 0));
    }

    /// <summary>What a round comes to when every party has answered or counts as declining.</summary>
    /// <param name="accepted">Lines that donor and recipient accepted.</param>
    /// <param name="isRefused">True when any other line was not.</param>
    internal static RoundState OutcomeOf(long accepted, bool isRefused) =>
        !isRefused ? RoundState.Accepted : accepted == 0 ? RoundState.Declined : RoundState.PartlyAccepted;

    /// <summary>How many lines have this answer.</summary>
    internal int Count(LineAnswer answer) => Lines.Count(line => line.Answer == answer);

    /// <summary>The lines of one item's plan as a re-allocation takes them.</summary>
    internal ImmutableArray<SettledLine> LinesOf(string item) =>
    [
        .. Lines.Where(line => line.Line.Item == item).Select(line => new SettledLine(
            line.Line.Donor, line.Line.Lot, TerritoryCode.Parse(line.Line.Place), line.Line.Quantity,
            line.Answer == LineAnswer.Accepted)),
    ];

    private static LineAnswer AnswerOf(PlanLineRow line, IEnumerable<AcceptanceRow> said, bool isOver)
    {
        if (line.Quantity == 0)
        {
            return LineAnswer.Struck;
        }

        var answers = said.Where(one => AcceptanceStanding.IsParty(line, one.Member)).ToList();
        if (answers.Exists(one => one.State == nameof(AcceptanceState.Declined)))
        {
            return LineAnswer.Declined;
        }

        var isWhole = answers.Exists(one => one.Member == line.Donor)
            && answers.Exists(one => one.Member == line.Recipient);
        return isWhole ? LineAnswer.Accepted : isOver ? LineAnswer.Unanswered : LineAnswer.Open;
    }
}
