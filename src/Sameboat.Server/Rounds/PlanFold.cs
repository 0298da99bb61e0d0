using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// <c>plan.proposed</c>: for one item of a round, which lot goes where, and what each place comes to.
/// </summary>
internal sealed class PlanFold : PartedFold
{
    internal const string Kind = "plan.proposed";

    /// <summary>Lines and places in one part: at some 400 bytes each, far below the size of an entry.</summary>
    internal const int PartLength = 100;

    /// <summary>The bodies that say this plan.</summary>
    internal static IReadOnlyList<JsonObject> Statements(
        string round, ItemCode item, IReadOnlyList<PlanLineRow> lines, IReadOnlyList<CoverageRow> places, bool exercise)
    {
        var lineParts = lines.Chunk(PartLength).ToList();
        var placeParts = places.Chunk(PartLength).ToList();
        var parts = Math.Max(1, Math.Max(lineParts.Count, placeParts.Count));
        var statements = new List<JsonObject>(parts);
        for (var part = 0; part < parts; part++)
        {
            var statement = Part(round, item, part + 1, parts, exercise);
            statement["lines"] = new JsonArray([.. (part < lineParts.Count ? lineParts[part] : []).Select(Write)]);
            statement["places"] = new JsonArray([.. (part < placeParts.Count ? placeParts[part] : []).Select(Write)]);
            statements.Add(statement);
        }

        return statements;
    }

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, IReadOnlyList<JsonObject> parts)
    {
        var rows = new List<IProjectedRow>();
        var line = 0;
        var place = 0;
        foreach (var part in parts)
        {
            if (part.Text("round") is not { } round
                || part.Item("item") is not { } item
                || part.Objects("lines") is not { } lines
                || part.Objects("places") is not { } places)
            {
                return null;
            }

            foreach (var written in lines)
            {
                if (ReadLine(subject.ToString(), line++, round, item, written) is not { } row)
                {
                    return null;
                }

                rows.Add(row);
            }

            foreach (var written in places)
            {
                if (ReadPlace(subject.ToString(), place++, round, item, written) is not { } row)
                {
                    return null;
                }

                rows.Add(row);
            }
        }

        return rows;
    }

    private static JsonObject Write(PlanLineRow line) => new()
    {
        ["donor"] = line.Donor,
        ["lot"] = line.Lot,
        ["place"] = line.Place,
        ["quantity"] = line.Quantity,
        ["recipient"] = line.Recipient,
    };

    private static JsonObject Write(CoverageRow place) => new()
    {
        ["allocated"] = place.Allocated,
        ["fair_coverage"] = place.FairCoverage,
        ["need"] = place.Need,
        ["place"] = place.Place,
        ["reason"] = place.Reason,
    };

    private static PlanLineRow? ReadLine(string subject, int number, string round, ItemCode item, JsonObject line) =>
        line.Text("lot") is { } lot
        && line.Text("donor") is { } donor
        && line.Place("place") is { } place
        && line.Count("quantity") is { } quantity
            ? new PlanLineRow
            {
                Subject = subject,
                Line = number,
                Round = round,
                Item = item.ToString(),
                Lot = lot,
                Donor = donor,
                Recipient = line.Text("recipient") ?? "",
                Place = place.ToString(),
                Quantity = quantity,
            }
            : null;

    private static CoverageRow? ReadPlace(string subject, int number, string round, ItemCode item, JsonObject place) =>
        place.Place("place") is { } code
        && place.Count("need") is { } need
        && place.Count("allocated") is { } allocated
        && place.Text("fair_coverage") is { } fair
        && place.Text("reason") is { } reason
            ? new CoverageRow
            {
                Subject = subject,
                Line = number,
                Round = round,
                Item = item.ToString(),
                Place = code.ToString(),
                Need = need,
                Allocated = allocated,
                FairCoverage = fair,
                Reason = reason,
            }
            : null;
}
