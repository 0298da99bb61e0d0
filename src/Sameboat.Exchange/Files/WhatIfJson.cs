using System.Text.Json;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>What earmarks or closed lanes cost, as the member <c>what_if</c> of a plan.</summary>
internal static class WhatIfJson
{
    public static void Write(Utf8JsonWriter json, Instance instance, SharedPlan plan, WhatIfKind kind)
    {
        var prices = kind == WhatIfKind.Earmarks ? SharedWhatIf.OfEarmarks(instance.Problem, plan)
            : SharedWhatIf.OfLanes(instance.Problem, plan);
        var claims = instance.Problem.Claims.ToDictionary(claim => claim.Id);
        json.WriteStartObject("what_if");
        json.WriteString("kind", kind == WhatIfKind.Earmarks ? "earmarks" : "lanes");
        json.WriteNumber("without_effect", prices.WithoutEffect);
        json.WriteNumber("not_priced", prices.NotPriced);
        json.WriteStartArray("prices");
        foreach (var price in prices.Prices)
        {
            json.WriteStartObject();
            json.WriteString("lot", instance.Lots[price.Lot]);
            if (price.Member is { } member)
            {
                json.WriteString("member", instance.Members[member]);
            }

            json.WriteString("reason", Word(price.Reason));
            json.WriteString("lowest_with", price.LowestWith?.ToString() ?? "");
            json.WriteString("lowest_without", price.LowestWithout?.ToString() ?? "");
            json.WriteStartArray("changes");
            foreach (var (claim, change) in price.Changes)
            {
                json.WriteStartObject();
                PlanFile.WriteClaim(json, instance, claims[claim]);
                json.WriteString("with", change.With.ToString());
                json.WriteString("without", change.Without.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(LaneRemoval reason) => reason switch
    {
        LaneRemoval.ExpiredOnArrival => "expired-on-arrival",
        LaneRemoval.Earmarked => "earmarked",
        LaneRemoval.ColdChain => "cold-chain",
        LaneRemoval.NotRegistered => "not-registered",
        LaneRemoval.RouteClosed => "route-closed",
        _ => "not-accepted",
    };
}
