using System.Collections.Immutable;
using System.Text.Json;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>What other rules of division would give, as the member <c>what_if</c> of a plan.</summary>
/// <remarks>docs/methods/what-if.md; the rules' properties: docs/methods/fairness-properties.md.</remarks>
internal static class RulesJson
{
    private static readonly DivisionRule[] Rules =
    [
        DivisionRule.Leximin, DivisionRule.EqualCoverage, DivisionRule.ProportionalToNeed, DivisionRule.FirstCome,
        DivisionRule.LeximinByPopulation,
    ];

    public static void Write(Utf8JsonWriter json, Instance instance, SharedPlan plan)
    {
        var fair = plan.Shares.ToImmutableSortedDictionary(share => share.Claim, share => share.Fair);
        var without = ReasonNotToCompare(instance);
        json.WriteStartObject("what_if");
        json.WriteString("kind", "rules");
        json.WriteStartArray("rules");
        foreach (var rule in Rules.Where(rule => rule != DivisionRule.LeximinByPopulation || without is null))
        {
            var outcome = rule == DivisionRule.Leximin ? new RuleOutcome(rule, fair)
                : SharedRules.Under(instance.Problem, rule, member => instance.Populations[member]);
            WriteRule(json, instance, fair, outcome);
        }

        json.WriteEndArray();
        json.WriteStartArray("not_compared");
        if (without is not null)
        {
            json.WriteStartObject();
            json.WriteString("rule", Word(DivisionRule.LeximinByPopulation));
            json.WriteString("reason", without);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? ReasonNotToCompare(Instance instance) =>
        instance.Problem.Claims.Any(claim => !instance.Populations.ContainsKey(claim.Member))
            ? "The instance does not give the population of every member with a claim."
            : SharedRules.IsDivisibleByPopulation(instance.Problem, member => instance.Populations[member])
                ? null : "Populations and needs are too far apart for whole numbers of 64 bits.";

    private static void WriteRule(Utf8JsonWriter json, Instance instance,
        ImmutableSortedDictionary<int, Rational> fair, RuleOutcome outcome)
    {
        var claims = instance.Problem.Claims.ToDictionary(claim => claim.Id);
        var given = outcome.Coverage.Aggregate(Rational.Zero, (sum, one) => sum
            + (one.Value * Rational.Of(claims[one.Key].Need)) - Rational.Of(claims[one.Key].Received));
        json.WriteStartObject();
        json.WriteString("rule", Word(outcome.Rule));
        json.WriteString("lowest", outcome.Coverage.IsEmpty ? "" : outcome.Sorted[0].ToString());
        json.WriteString("given", given.ToString());
        json.WriteStartArray("sorted");
        foreach (var coverage in outcome.Sorted)
        {
            json.WriteStringValue(coverage.ToString());
        }

        json.WriteEndArray();
        WriteChanges(json, "gains", instance, claims, fair, outcome.Coverage.Where(one => one.Value > fair[one.Key]));
        WriteChanges(json, "loses", instance, claims, fair, outcome.Coverage.Where(one => one.Value < fair[one.Key]));
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, string name, Instance instance,
        Dictionary<int, SharedClaim> claims, ImmutableSortedDictionary<int, Rational> fair,
        IEnumerable<KeyValuePair<int, Rational>> changed)
    {
        json.WriteStartArray(name);
        foreach (var (claim, coverage) in changed)
        {
            json.WriteStartObject();
            PlanFile.WriteClaim(json, instance, claims[claim]);
            json.WriteString("with", fair[claim].ToString());
            json.WriteString("without", coverage.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(DivisionRule rule) => rule switch
    {
        DivisionRule.Leximin => "leximin",
        DivisionRule.EqualCoverage => "equal-coverage",
        DivisionRule.ProportionalToNeed => "proportional",
        DivisionRule.FirstCome => "first-come",
        _ => "leximin-by-population",
    };
}
