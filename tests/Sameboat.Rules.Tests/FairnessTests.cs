using System.Collections.Immutable;
using System.Reflection;

namespace Sameboat.Rules.Tests;

public class FairnessTests
{
    private static readonly Assembly Engine = Assembly.Load("Sameboat.Allocation");

    private static readonly Type[] PublicTypes = Engine.GetExportedTypes();

    [Fact]
    public void The_allocation_is_not_told_who_anybody_is()
    {
        Assert.SkipWhen(PublicTypes.Length == 0, "the allocation engine has no public type yet");

        FairnessRules.TellingInputs(Engine.GetType("Sameboat.Allocation.AllocationProblem", throwOnError: true)!)
            .ShouldHold();
    }

    [Fact]
    public void An_input_that_tells_who_somebody_is_is_noticed() =>
        FairnessRules.TellingInputs(typeof(TellingProblem)).Select(violation => violation.What).ShouldBe(
            ["Name is a String: it could tell who somebody is",
                "Place is a TerritoryCode: it could tell who somebody is"],
            ignoreOrder: true);

    [Fact]
    public void No_public_name_of_the_allocation_speaks_of_politics() =>
        FairnessRules.PoliticalNames(PublicTypes).ShouldHold();

    [Fact]
    public void A_political_reason_is_noticed() =>
        FairnessRules.PoliticalNames([typeof(PoliticalReason)]).Select(violation => violation.What).ShouldBe(
            ["NoTradeAgreement speaks of Trade", "PoliticalReason speaks of Political"], ignoreOrder: true);

    internal sealed record TellingProblem(ImmutableArray<TellingClaim> Claims, ulong Seed);

    internal sealed record TellingClaim(int Id, long Need, string Name, TerritoryCode? Place);

    internal enum PoliticalReason
    {
        ExpiredOnArrival,
        NoTradeAgreement,
    }
}
