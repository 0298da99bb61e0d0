using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;

namespace Sameboat.Server.Bulk;

/// <summary>
/// What can be imported: columns come from the table of shapes, so that a new member is a new column.
/// </summary>
/// <param name="Name">In the address.</param>
/// <param name="Entry">The kind of the entries that it makes.</param>
/// <param name="Role">Any of these may do it.</param>
/// <param name="Columns">Of the file.</param>
/// <param name="Undo">The kind that takes it back.</param>
internal sealed record ImportKind(
    string Name, string Entry, Roles Role, ImmutableArray<Field> Columns, string Undo)
{
    /// <summary>The column of a receipt that names the consignment.</summary>
    internal const string Consignment = "consignment";

    /// <summary>The column of a report that names the day.</summary>
    internal const string Day = "day";

    internal const string Reports = "situation-reports";
    internal const string Lines = "request-lines";
    internal const string Offers = "offers";
    internal const string Receipts = "receipts";

    // What the import itself says of every row.
    private static readonly string[] Given = ["outbreak", "exercise", "reason"];

    /// <summary>All of them.</summary>
    internal static readonly ImmutableArray<ImportKind> All =
    [
        new(Reports, "situation.published", Roles.Reporter,
        [
            .. Fields("situation.published").Where(field => field.Name == "place"),
            new Field(Day, FieldType.Day, true),
            new Field("cases", FieldType.Whole, false) { Max = BodyShapes.QuantityMax },
            new Field("deaths", FieldType.Whole, false) { Max = BodyShapes.QuantityMax },
        ], "situation.published"),
        new(Lines, "request.submitted", Roles.Requester | Roles.Publisher, [.. LinesOf("request.submitted")],
            "request.withdrawn"),
        new(Offers, "offer.published", Roles.Donor, [.. Fields("offer.published").Where(IsOwn)], "offer.withdrawn"),
        new(Receipts, "consignment.received", Roles.Logistics,
        [
            BodyShapes.Entity(Consignment, Consignment, true),
            .. Fields("consignment.received").Where(field => field.Name == "note"),
            .. LinesOf("consignment.received"),
        ], "consignment.unreceived"),
    ];

    /// <summary>The noun of the entities.</summary>
    internal string Noun => Entry[..Entry.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The shape of the entries.</summary>
    internal BodyShape Shape => BodyShapes.Find(RecordKinds.Find(Entry)!)!;

    private static bool IsOwn(Field field) => !Given.Contains(field.Name);

    private static ImmutableArray<Field> Fields(string kind) => BodyShapes.Find(RecordKinds.Find(kind)!)!.Fields;

    private static ImmutableArray<Field> LinesOf(string kind) =>
        Fields(kind).Single(field => field.Name == "lines").Each!.Fields;
}

/// <summary>One entry that an import would make.</summary>
/// <param name="Subject">Of which entity.</param>
/// <param name="Body">What it says.</param>
/// <param name="Row">The first row that it is made of.</param>
/// <param name="Opens">True when the entity must not be there.</param>
internal sealed record ImportedEntry(EntityName Subject, JsonObject Body, long Row, bool Opens);
