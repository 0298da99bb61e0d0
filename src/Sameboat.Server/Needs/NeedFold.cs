using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Needs;

/// <summary><c>need.estimated</c>: what one place will need, by item, each line with its basis.</summary>
internal sealed class NeedFold : LatestStatementFold
{
    internal const string Kind = "need.estimated";

    /// <summary>The body, from the lines that it will become again: one outbreak, one place.</summary>
    internal static JsonObject Statement(
        string outbreak, TerritoryCode place, DateOnly asOf, int weeks, IEnumerable<NeedLineRow> lines,
        bool exercise) =>
        new()
        {
            ["as_of"] = asOf.Written(),
            ["exercise"] = exercise,
            ["lines"] = new JsonArray(
            [
                .. lines.Select(line => new JsonObject
                {
                    ["basis"] = line.Basis,
                    ["item"] = line.Item,
                    ["quantity"] = line.Quantity,
                    ["unit"] = line.Unit,
                }),
            ]),
            ["outbreak"] = outbreak,
            ["place"] = place.ToString(),
            ["weeks"] = weeks,
        };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body)
    {
        if (body.Text("outbreak") is not { } outbreak
            || body.Place("place") is not { } place
            || body.Objects("lines") is not { } lines)
        {
            return null;
        }

        var rows = new List<IProjectedRow>(lines.Count);
        foreach (var line in lines)
        {
            if (line.Item("item") is not { } item
                || line.Text("unit") is not { } unit
                || line.Count("quantity") is not { } quantity
                || line.Text("basis") is not { } basis)
            {
                return null;
            }

            rows.Add(new NeedLineRow
            {
                Subject = subject.ToString(),
                Line = rows.Count,
                Outbreak = outbreak,
                Member = subject.Owner.ToString(),
                Place = place.ToString(),
                Item = item.ToString(),
                Unit = unit,
                Quantity = quantity,
                Basis = basis,
            });
        }

        return rows;
    }
}
