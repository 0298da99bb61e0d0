using System.Text.Json;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>What claims are owed before and after a round, as the member <c>credit</c> of a plan.</summary>
internal static class CreditJson
{
    /// <summary>Writes nothing where the instance carries no credit.</summary>
    public static void Write(Utf8JsonWriter json, Instance instance, SharedPlan plan)
    {
        if (!instance.CarriesCredit)
        {
            return;
        }

        var after = SharedRounds.After(plan);
        json.WriteStartArray("credit");
        foreach (var claim in instance.Problem.Claims.OrderBy(claim => claim.Id))
        {
            json.WriteStartObject();
            PlanFile.WriteClaim(json, instance, claim);
            json.WriteString("owed", instance.Problem.Owed.GetValueOrDefault(claim.Id).ToString());
            json.WriteString("owed_next", after[claim.Id].ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
