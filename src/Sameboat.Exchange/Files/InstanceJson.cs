using System.Globalization;
using System.Text.Json;

namespace Sameboat.Exchange.Files;

/// <summary>Instances without limits as JSON, in the form that <see cref="InstanceFileReader"/> reads.</summary>
internal static class InstanceJson
{
    /// <summary>Writes one instance on one line.</summary>
    /// <param name="stream">Takes UTF-8.</param>
    /// <param name="instance">
    /// Claims, lots and open lanes; its costs are decimal numbers. Limits, earmarks and reasons are not written.
    /// </param>
    public static void Write(Stream stream, Instance instance)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("id", instance.Id);
            json.WriteStartArray("claims");
            foreach (var claim in instance.Problem.Claims)
            {
                json.WriteStartObject();
                PlanFile.WriteClaim(json, instance, claim);
                json.WriteNumber("need", claim.Need);
                json.WriteNumber("received", claim.Received);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteLots(json, instance);
            WriteLanes(json, instance);
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteLots(Utf8JsonWriter json, Instance instance)
    {
        json.WriteStartArray("lots");
        foreach (var lot in instance.Problem.Lots)
        {
            json.WriteStartObject();
            json.WriteString("lot", instance.Lots[lot.Id]);
            json.WriteString("item", instance.Items[lot.Item]);
            json.WriteNumber("quantity", lot.Quantity);
            json.WriteNumber("pack", lot.PackSize);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLanes(Utf8JsonWriter json, Instance instance)
    {
        json.WriteStartArray("lanes");
        foreach (var lane in instance.Problem.Lanes)
        {
            json.WriteStartObject();
            json.WriteString("lot", instance.Lots[lane.Lot]);
            json.WriteString("member", instance.Members[lane.Member]);
            json.WritePropertyName("cost");
            json.WriteRawValue(((decimal)lane.Cost.Numerator / (decimal)lane.Cost.Denominator)
                .ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
