using System.Text.Json;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>The vehicles that a plan in whole packs takes, as the member <c>vehicles</c> of a plan.</summary>
internal static class VehiclesJson
{
    /// <summary>Writes nothing where no limit counts vehicles.</summary>
    public static void Write(Utf8JsonWriter json, Instance instance, SharedPlan plan)
    {
        if (instance.Problem.Limits.All(limit => limit.Load is null))
        {
            return;
        }

        json.WriteStartArray("vehicles");
        foreach (var use in VehicleUse.Of(instance.Problem, plan.Lines))
        {
            json.WriteStartObject();
            json.WriteString("limit", instance.Limits[use.Limit]);
            json.WriteString("member", instance.Members[use.Member]);
            json.WriteNumber("vehicles", use.Vehicles);
            json.WriteString("load", use.Load.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
