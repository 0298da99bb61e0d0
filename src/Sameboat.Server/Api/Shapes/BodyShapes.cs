using System.Collections.Frozen;
using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Deployments;
using Sameboat.Server.Exercise;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Api.Shapes;

/// <summary>
/// The one table of what the body of each kind may hold. The folds refuse what is not of it, the interface tells where,
/// and the document of the interface is written from it.
/// </summary>
internal static class BodyShapes
{
    /// <summary>The member that says why.</summary>
    internal const string Reason = "reason";

    /// <summary>The most of anything that one line counts: sums of a million lines stay whole numbers of 64 bits.
    /// </summary>
    internal const long QuantityMax = 10_000_000_000_000;

    /// <summary>The longest name, unit, lot, waybill or note, in characters.</summary>
    internal const int NameMax = 200;

    /// <summary>The longest reason, in characters.</summary>
    internal const int ReasonMax = 2_000;

    /// <summary>The longest list of places, languages or skills, in characters.</summary>
    internal const int ListMax = 2_000;

    /// <summary>The most logs that a round can draw on.</summary>
    internal const int InputsMax = 1_000;

    internal const string SlugForm = "^[a-z0-9]+(-[a-z0-9]+)*$";
    internal const string PlaceForm = "^[A-Za-z]{3}$";
    private const string PlacesForm = "^([A-Za-z]{3}( [A-Za-z]{3})*)?$";
    private const int YearMin = 1900;
    private const int YearMax = 9999;
    private const int ReportYearMin = 1950;
    private const int ReportYearMax = 2150;
    private const int WeeksMax = 104;
    private const int PeopleMax = 10_000;
    private const int YearsMax = 100;
    private const int CategoryMax = 60;
    private const string LanguagesForm = "^([A-Za-z0-9-]{2,35}( [A-Za-z0-9-]{2,35})*)?$";

    private static readonly Field Exercise = new("exercise", FieldType.Flag, false);
    private static readonly Field Why = Text(Reason, 0, ReasonMax) with { IsRequired = false };
    private static readonly Field Outbreak = Entity("outbreak", "outbreak", true);

    private static readonly FrozenDictionary<string, Field> Choosing = new Dictionary<string, Field>
    {
        ["acceptance"] = Optional(Choice("answer", "given", "declined")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, BodyShape> ByKind = Declared()
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kinds that are declared here.</summary>
    internal static IEnumerable<string> Kinds => ByKind.Keys;

    /// <summary>The shape of a kind, with the reason that its step needs; null where none is declared.</summary>
    internal static BodyShape? Find(EntryKind kind) =>
        !ByKind.TryGetValue(kind.Name, out var shape) ? null
        : kind.NeedsReason ? shape with { Fields = [.. shape.Fields.Select(Demand)] }
        : shape;

    /// <summary>As the other overload; a kind that is not declared has an open shape.</summary>
    internal static BodyShape OrOpen(EntryKind kind) =>
        Find(kind) ?? new BodyShape(
            [kind.NeedsReason ? Demand(Why) : Why, Exercise], IsOpen: true);

    /// <summary>What a client says that opens an entity, beside its id: the statement, and what chooses among several
    /// that open it.</summary>
    internal static BodyShape OfOpening(string noun, string verb)
    {
        var shape = OrOpen(RecordKinds.Find($"{noun}.{verb}")
            ?? throw new InvalidOperationException($"Nothing opens a {noun} by {verb}."));
        return Choosing.TryGetValue(noun, out var choice) ? shape with { Fields = [choice, .. shape.Fields] } : shape;
    }

    /// <summary>A text.</summary>
    internal static Field Text(string name, int min = 1, int max = NameMax) =>
        new(name, FieldType.Text, true) { Min = min, Max = max };

    /// <summary>A whole number.</summary>
    internal static Field Whole(string name, long min, long max = QuantityMax) =>
        new(name, FieldType.Whole, true) { Min = min, Max = max };

    /// <summary>A name of lower-case letters, digits and hyphens.</summary>
    internal static Field Slug(string name, int max) =>
        new(name, FieldType.Pattern, true) { Form = SlugForm, Max = max };

    /// <summary>One of a closed list.</summary>
    internal static Field Choice(string name, params ImmutableArray<string> choices) =>
        new(name, FieldType.Pattern, true) { Choices = choices, Max = NameMax };

    /// <summary>The name of an entity.</summary>
    internal static Field Entity(string name, string noun, bool required) =>
        new(name, FieldType.Pattern, required)
        {
            Noun = noun,
            Form = $"^{noun}/[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$",
            Max = EntityName.LengthMax,
        };

    private static Field Demand(Field field) =>
        field.Name == Reason ? field with { IsRequired = true, Min = 1 } : field;

    private static Field Optional(Field field) => field with { IsRequired = false };

    private static Field Day(string name) => new(name, FieldType.Day, true);

    private static Field Place(string name) => new(name, FieldType.Pattern, true) { Form = PlaceForm, Max = 3 };

    private static Field Item(string name) => Slug(name, ItemCode.LengthMax);

    private static Field Objects(string name, int min, int max, params ImmutableArray<Field> fields) =>
        new(name, FieldType.Objects, true) { Min = min, Max = max, Each = new BodyShape(fields) };

    private static BodyShape Of(params ImmutableArray<Field> fields) => new([.. fields, Why, Exercise]);

    private static IEnumerable<KeyValuePair<string, BodyShape>> Declared() =>
    [
        .. Statements(),
        .. Requests(),
        .. Rounds(),
        .. Consignments(),
        .. Teams(),
        .. Exercises(),
    ];

    private static IEnumerable<KeyValuePair<string, BodyShape>> Statements() =>
    [
        new("outbreak.declared", Of(Text("name"), Text("pack"), Day("declared"))),
        new("endorsement.given", Of(Slug("member", MemberId.LengthMax), Optional(Place("territory")))),
        .. Plain("endorsement", "withdrawn"),
        .. Plain("member", "left"),
        new("situation.published", Of(
            Outbreak, Place("place"), Day("first") with { Min = ReportYearMin, Max = ReportYearMax },
            new Field("cases", FieldType.Counts, true) { Max = SituationFold.DaysMax },
            new Field("deaths", FieldType.Counts, true) { Max = SituationFold.DaysMax },
            Optional(Text("source", 1, SituationFold.SourceLengthMax)), Exercise with { Name = "official" },
            Exercise with { Name = "preliminary" }, Optional(Whole("cumulative_cases", 0)),
            Optional(Whole("cumulative_deaths", 0)))),
        new("offer.published", Of(
            Outbreak, Choice("kind", [.. Enum.GetNames<OfferKind>()]), Text("lot"), Item("item"), Text("unit"),
            Whole("quantity", 1), Whole("pack", 1), Optional(Text("origin", 0, 3)) with
            {
                Type = FieldType.Pattern,
                Form = "^([A-Za-z]{3})?$",
            },
            Optional(Day("available")), Optional(Day("expires")), Exercise with { Name = "cold_chain" },
            new Field("only_for", FieldType.Pattern, false) { Form = PlacesForm, Max = ListMax })),
        new("offer.accepted", Of(Whole("quantity", 1))),
        .. Plain("offer", "reviewed", "declined", "fulfilled", "withdrawn", "expired", "lapsed"),
    ];

    private static Field RequestLines => Objects(
        "lines", 1, RequestFold.LinesMax, Place("place"), Item("item"), Text("unit"), Whole("quantity", 1),
        Optional(Day("needed_by")), Optional(Text("need", 0)));

    private static IEnumerable<KeyValuePair<string, BodyShape>> Requests() =>
    [
        new("request.submitted", Of(
            Outbreak,
            Optional(Whole("part", 1, RequestFold.PartsMax)),
            Optional(Whole("parts", 1, RequestFold.PartsMax)), RequestLines)),
        new("request.extended", Of(
            Whole("part", 2, RequestFold.PartsMax), Optional(Whole("parts", 1, RequestFold.PartsMax)), RequestLines)),
        .. Plain("request", "returned", "validated", "published", "closed", "rejected", "withdrawn", "expired"),
    ];

    private static IEnumerable<KeyValuePair<string, BodyShape>> Rounds() =>
    [
        new("round.opened", Of(
            Outbreak, Day("as_of"), Whole("weeks", 1, WeeksMax),
            new Field("seed", FieldType.Pattern, true) { Form = "^[0-9]+$", Max = 20 })),
        new("round.frozen", Of(Objects("inputs", 0, InputsMax,
            Text("origin", 1, ListMax), Text("root"), Whole("size", 0)))),
        new("round.proposed", Of(Optional(Whole("items", 0)), Optional(Whole("lines", 0)))),
        new("round.settled", Of(
            Choice("outcome", "Accepted", "PartlyAccepted", "Declined"), Day("day"), Whole("accepted", 0),
            Whole("declined", 0), Whole("unanswered", 0), Objects("inputs", 1, InputsMax,
                Text("origin", 1, ListMax), Text("root"), Whole("size", 0)))),
        new("round.submitted", Of(Optional(Day("answer_by")))),
        .. Plain("round", "reviewed", "returned", "decided", "reallocated", "executed", "closed"),
        new("acceptance.given", Of(Entity("plan", "plan", true), Whole("line", 0, int.MaxValue))),
        new("acceptance.declined", Of(Entity("plan", "plan", true), Whole("line", 0, int.MaxValue))),
    ];

    private static IEnumerable<KeyValuePair<string, BodyShape>> Consignments()
    {
        var moved = Of(Optional(Text("waybill", 0)), Optional(Day("expected")));
        return
        [
            new("consignment.planned", Of(
                Outbreak, Slug("consignee", MemberId.LengthMax), Place("destination"), Optional(Text("waybill", 0)),
                Optional(Day("expected")),
                Objects("lines", 1, ConsignmentFold.LinesMax, Item("item"), Text("unit"), Text("lot"),
                    Whole("quantity", 1), Optional(Day("expires")), Entity("plan", "plan", false),
                    Optional(Whole("plan_line", 0, int.MaxValue)), Optional(Whole("packages", 0)),
                    Optional(Whole("grams", 0))),
                Optional(Objects("legs", 0, ConsignmentLegs.LegsMax, LegName("from"), LegName("to"),
                    Choice("mode", ConsignmentLegs.Modes), Optional(LegName("carrier")), Optional(Day("leaves")),
                    Optional(Day("comes")))))),
            new("consignment.moved", Of(
                Whole("leg", 0, ConsignmentLegs.LegsMax - 1), Optional(Day("left")), Optional(Day("came")))),
            new("consignment.dispatched", moved),
            new("consignment.departed", moved),
            new("consignment.received", Of(
                Text("note"),
                Objects("lines", 1, ConsignmentFold.LinesMax, Whole("line", 0, int.MaxValue),
                    Optional(Whole("received", 0)), Optional(Whole("damaged", 0)), Optional(Whole("lost", 0)), Why,
                    Optional(Text("report", 0))))),
            new("consignment.unreceived", Of(Text("note"))),
            .. Plain("consignment", "packed", "held", "released", "arrived", "reconciled", "cancelled", "returned",
                "lost"),
        ];
    }

    private static Field LegName(string name) => Text(name, 1, ConsignmentLegs.NameLengthMax);

    private static IEnumerable<KeyValuePair<string, BodyShape>> Teams() =>
    [
        new("deployment.requested", Of(
            Outbreak, Slug("sender", MemberId.LengthMax), Place("place"),
            Choice("team", DeploymentFold.TeamTypes),
            new Field("languages", FieldType.Pattern, false) { Form = LanguagesForm, Max = ListMax },
            Optional(Text("skills", 0, ListMax)), Optional(Whole("people", 1, PeopleMax)), Optional(Day("begins")),
            Optional(Day("ends")))),
        new("deployment.appraised", Of(Optional(Whole("rating", 1, DeploymentFold.RatingMax)))),
        .. Plain("deployment", "alerted", "nominated", "selected", "cleared", "mobilising", "arrived", "operational",
            "demobilising", "ended", "stood-down", "withdrawn"),
        new("contribution.pledged", Of(
            Outbreak, Slug("recipient", MemberId.LengthMax),
            new Field("currency", FieldType.Pattern, true) { Form = "^[A-Z]{3}$", Max = 3 },
            Whole("amount", 1), Whole("first_year", YearMin, YearMax), Whole("last_year", YearMin, YearMax),
            new Field("rate", FieldType.Decimal, false), Optional(Day("rate_day")),
            Optional(Objects("by_year", 0, YearsMax, Whole("year", YearMin, YearMax), Whole("amount", 1))))),
        new("contribution.paid", Of(
            Text("reference"), Whole("amount", 1), new Field("rate", FieldType.Decimal, false),
            Optional(Day("rate_day")))),
        new("refusal.listed", new BodyShape(
        [
            Place("place"), Choice(Reason, RefusalFold.Reasons), Optional(Item("item")),
            Optional(Text("category", 0, CategoryMax)), Entity("outbreak", "outbreak", false), Exercise,
        ])),
        .. Plain("refusal", "lifted"),
        .. Plain("contribution", "committed", "cancelled", "written-off"),
    ];

    private static IEnumerable<KeyValuePair<string, BodyShape>> Exercises()
    {
        ImmutableArray<string> figures = ["cases", "lines", "mean", "bare"];
        return
        [
            new(ExerciseCourse.Played, Of(
                [Whole("week", 1, ExerciseScript.WeeksMore), .. figures.Select(name => Whole(name, 0))])),
            new(ExerciseCourse.Injected, Of(
            [
                Choice("event", [.. Enum.GetNames<ExerciseEventKind>()]), Whole("week", 0, ExerciseScript.WeeksMore),
                Optional(Place("place")), Optional(Slug("donor", MemberId.LengthMax)),
                Optional(Whole("growth", ExerciseDirector.GrowthMin, ExerciseDirector.GrowthMax)),
                .. figures.Select(name => Optional(Whole("before_" + name, 0))),
                .. figures.Select(name => Optional(Whole("after_" + name, 0))),
            ])),
        ];
    }

    private static IEnumerable<KeyValuePair<string, BodyShape>> Plain(string noun, params string[] verbs) =>
        verbs.Select(verb => new KeyValuePair<string, BodyShape>($"{noun}.{verb}", Of()));
}
