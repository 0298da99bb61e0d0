using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Tests.Chain;

/// <summary>What one round has bound, and what another may still give.</summary>
public sealed class StandingPromisesTests
{
    private const string Outbreak = "outbreak/uga/fever";

    [Theory]
    [InlineData("AwaitingAcceptance", "", 40)]
    [InlineData("PartlyAccepted", "", 100)]
    [InlineData("AwaitingAcceptance", "Declined", 100)]
    [InlineData("PartlyAccepted", "Given", 40)]
    [InlineData("Closed", "Given", 40)]
    public void A_lot_gives_another_round_what_nobody_was_promised(string state, string answer, long left)
    {
        var promises = Promises(state, answer);

        promises.LeftOf([Offer("a", 100)]).Single().Left.ShouldBe(left);
        promises.LeftOf([Offer("a", 50), Offer("b", 50)]).Select(one => one.Left)
            .ShouldBe(left == 100 ? [50, 50] : [0, 40]);
        promises.LeftOf([Offer("a", 100, "ken")]).Single().Left.ShouldBe(100);
    }

    [Fact]
    public void What_both_sides_accepted_is_coming_for_the_weeks_that_it_was_planned_for_and_no_longer()
    {
        var promises = Promises("Accepted", "Given");
        var gown = (TerritoryCode.Parse("KEN"), ItemCode.Parse("gown"));

        promises.Coming(DateOnly.FromDayNumber(100), 28)[gown].ShouldBe(60);
        promises.Coming(DateOnly.FromDayNumber(127), 28)[gown].ShouldBe(60);
        promises.Coming(DateOnly.FromDayNumber(128), 28).ShouldBeEmpty();
        Promises("AwaitingAcceptance", "").Coming(DateOnly.FromDayNumber(100), 28).ShouldBeEmpty();
    }

    [Fact]
    public void An_estimate_that_was_replaced_counts_for_the_days_it_stood()
    {
        NeedOverTime.Of([Need("2026-03-01", 280), Need("2026-03-08", 400)])[("KEN", "gown")].ShouldBe(70 + 400);
        NeedOverTime.Of([Need("2026-03-08", 400), Need("2026-03-01", 280)])[("KEN", "gown")].ShouldBe(70 + 400);
        NeedOverTime.Of([Need("2026-01-01", 280), Need("2026-03-08", 400)])[("KEN", "gown")].ShouldBe(280 + 400);
    }

    private static StandingPromises Promises(string state, string answer) => StandingPromises.Of(
        Outbreak,
        [
            new RoundRow
            {
                Subject = "round/uga/one", Outbreak = Outbreak, Member = "uga", State = state, AsOf = 100, Weeks = 4,
                Seed = "1", Inputs = 3,
            },
        ],
        [
            new PlanLineRow
            {
                Subject = "plan/uga/one-1", Line = 0, Round = "round/uga/one", Item = "gown", Lot = "store",
                Donor = "pool", Recipient = "ken", Place = "KEN", Quantity = 60,
            },
        ],
        answer.Length == 0 ? [] : new[] { "pool", "ken" }.Select(member => new AcceptanceRow
        {
            Subject = $"acceptance/{member}/one", Member = member, Plan = "plan/uga/one-1", Line = 0, State = answer,
        }));

    private static OfferRow Offer(string name, long quantity, string member = "pool") => new()
    {
        Subject = $"offer/{member}/{name}", Outbreak = Outbreak, Member = member, Kind = "Goods", Lot = "store",
        Item = "gown", Unit = "each", Quantity = quantity, Pack = 10, Origin = "", Available = null, Expires = null,
        ColdChain = false, OnlyFor = "",
    };

    private static NeedLineRow Need(string day, long quantity) => new()
    {
        Subject = $"need/ken/{day}", Line = 0, Outbreak = Outbreak, Member = "ken", Place = "KEN", Item = "gown",
        Unit = "each", Quantity = quantity, Basis = "",
    };
}
