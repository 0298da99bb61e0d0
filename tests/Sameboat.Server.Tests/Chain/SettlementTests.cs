using CsCheck;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Tests.Chain;

/// <summary>What the answers of the parties come to.</summary>
public sealed class SettlementTests
{
    private static readonly string[] Members = ["per", "ken", "nga"];

    [Fact]
    public void The_order_of_the_answers_never_decides_and_nobody_is_bound_against_its_will() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).Array[0, 12].Sample(
            said =>
            {
                var answers = said.Select((one, number) => Answer(number, Members[one.Item2], one.Item1, one.Item3))
                    .ToList();
                var lines = Enumerable.Range(0, 4).Select(Line).ToList();

                var settled = Settlement.Of(lines, answers, isOver: true);
                var turned = Settlement.Of(lines, Enumerable.Reverse(answers), isOver: true);

                turned.Lines.Select(line => line.Answer).ShouldBe(settled.Lines.Select(line => line.Answer));
                settled.Outcome.ShouldNotBeNull();
                foreach (var line in settled.Lines.Where(line => line.Answer == LineAnswer.Accepted))
                {
                    var own = answers.Where(one => one.Line == line.Line.Line).ToList();
                    own.ShouldContain(one => one.Member == "per");
                    own.ShouldContain(one => one.Member == "ken");
                    own.ShouldNotContain(one => one.Member != "nga" && one.State == "Declined");
                }
            },
            iter: 2_000);

    [Fact]
    public void A_missing_answer_leaves_it_open_until_the_time_is_over()
    {
        List<PlanLineRow> lines = [Line(0), Line(1)];
        List<AcceptanceRow> answers = [Answer(0, "per", 0, true), Answer(1, "ken", 0, true), Answer(2, "per", 1, true)];

        Settlement.Of(lines, answers, isOver: false).Outcome.ShouldBeNull();
        Settlement.Of(lines, answers, isOver: true).Outcome.ShouldBe(RoundState.PartlyAccepted);
        Settlement.Of(lines, [.. answers, Answer(3, "ken", 1, true)], isOver: false).Outcome
            .ShouldBe(RoundState.Accepted);
        Settlement.Of(lines, [], isOver: true).Outcome.ShouldBe(RoundState.Declined);
    }

    private static PlanLineRow Line(int number) => new()
    {
        Subject = "plan/convener/one-1",
        Line = number,
        Round = "round/convener/one",
        Item = "gown",
        Lot = "p1",
        Donor = "per",
        Recipient = "ken",
        Place = "KEN",
        Quantity = 10,
    };

    private static AcceptanceRow Answer(int number, string member, int line, bool accepts) => new()
    {
        Subject = FormattableString.Invariant($"acceptance/{member}/a{number}"),
        Member = member,
        Plan = "plan/convener/one-1",
        Line = line,
        State = accepts ? "Given" : "Declined",
    };
}
