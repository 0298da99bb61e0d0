using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Offers;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Tests.Chain;

/// <summary>The laws of the chain, each state with each command.</summary>
public sealed class LifecycleTests
{
    private static readonly Side[] Sides = [Side.Stranger, Side.Owner, Side.Counterpart];

    [Fact]
    public void Every_command_in_every_state_by_anyone_is_answered_and_only_an_edge_of_the_law_is_done()
    {
        Check(RequestLifecycle.Law);
        Check(OfferLifecycle.Law);
        Check(RoundLifecycle.Law);
        Check(AcceptanceLifecycle.Law);
        Check(ConsignmentLifecycle.Law);
        Check(DeploymentLifecycle.Law);
        Check(ContributionLifecycle.Law);
        Check(RefusalLifecycle.Law);
    }

    [Fact]
    public void Every_state_can_be_reached()
    {
        Reach(RequestLifecycle.Law);
        Reach(OfferLifecycle.Law);
        Reach(RoundLifecycle.Law);
        Reach(AcceptanceLifecycle.Law);
        Reach(ConsignmentLifecycle.Law);
        Reach(DeploymentLifecycle.Law);
        Reach(ContributionLifecycle.Law);
        Reach(RefusalLifecycle.Law);
    }

    [Theory]
    [InlineData("Planned", true)]
    [InlineData("Packed", true)]
    [InlineData("Dispatched", false)]
    [InlineData("InTransit", false)]
    [InlineData("CustomsHold", false)]
    [InlineData("Received", false)]
    public void A_consignment_is_cancelled_before_dispatch_and_never_after(string state, bool can) =>
        (ConsignmentLifecycle.Law.Decide(
            Enum.Parse<ConsignmentState>(state), "cancelled", Side.Owner, "not needed").Effect == Effect.Applied)
            .ShouldBe(can);

    [Fact]
    public void Only_the_consignee_says_what_it_received() =>
        ConsignmentLifecycle.Law.Decide(ConsignmentState.Arrived, "received", Side.Owner, null).Reason
            .ShouldBe(FoldReasons.NotAParty);

    [Fact]
    public void A_step_that_needs_a_reason_is_refused_without() =>
        RequestLifecycle.Law.Decide(RequestState.Submitted, "rejected", Side.Owner, " ").Reason
            .ShouldBe(FoldReasons.ReasonMissing);

    private static void Check<TState>(Lifecycle<TState> law)
        where TState : struct, Enum
    {
        law.Edges.Select(edge => edge.Verb).ShouldBeUnique();
        TState?[] states = [null, .. Enum.GetValues<TState>()];
        foreach (var state in states)
        {
            foreach (var verb in law.Edges.Select(edge => edge.Verb).Append("unheard-of"))
            {
                foreach (var side in Sides)
                {
                    Check(law, state, verb, side);
                }
            }
        }
    }

    private static void Check<TState>(Lifecycle<TState> law, TState? state, string verb, Side side)
        where TState : struct, Enum
    {
        var answer = law.Decide(state, verb, side, "because");
        var edge = law.Edges.FirstOrDefault(one => one.Verb == verb);
        var legal = edge is not null && (edge.By & side) != Side.Stranger
            && (state is { } now ? edge.From.Contains(now) : edge.Opens);
        (answer.Effect == Effect.Applied).ShouldBe(legal, $"{state} {verb} {side}");
        if (!legal)
        {
            FoldReasons.All.ShouldContain(answer.Reason);
            return;
        }

        // The same command again: done already, unless the law lets it be said again in that state.
        var again = law.Decide(edge!.To, verb, side, "because");
        (again.Reason == FoldReasons.AlreadyDone || edge.From.Contains(edge.To)).ShouldBeTrue($"{verb} again");
    }

    private static void Reach<TState>(Lifecycle<TState> law)
        where TState : struct, Enum
    {
        var first = law.Edges.Where(edge => edge.Opens).Select(edge => edge.To).ToList();
        Enum.GetValues<TState>()
            .Where(state => !first.Contains(state) && !first.Exists(from => law.Leads(from, state)))
            .ShouldBeEmpty();
    }
}
