using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Fuzzing;
using Sameboat.Record;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Tests.Api;

/// <summary>The table of shapes and the folds say the same.</summary>
public sealed class ShapeTests
{
    private const int Bodies = 60;

    // What ties two members together stands in no shape.
    private static readonly ImmutableArray<string> Tied =
        ["contribution.pledged", "request.submitted", "situation.published"];

    private static readonly ImmutableArray<string> Opening =
    [
        "outbreak.declared", "situation.published", "offer.published", "request.submitted", "round.opened",
        "acceptance.given", "consignment.planned", "deployment.requested", "contribution.pledged",
    ];

    [Fact]
    public void A_body_of_the_shape_is_read_by_the_fold()
    {
        foreach (var kind in Opening.Except(Tied).Select(name => RecordKinds.Find(name)!))
        {
            foreach (var body in Make(kind))
            {
                // An acceptance that is read waits for its plan.
                Fold(kind, body).ShouldBe(
                    kind.Noun == "acceptance" ? FoldReasons.PartsMissing : "", $"{kind.Name}: {body.ToJsonString()}");
            }
        }
    }

    [Fact]
    public void A_body_that_breaks_the_shape_is_read_by_no_fold_unless_a_member_is_unknown_or_names_another_entity()
    {
        var surface = new ApiSurface("""{"paths":{}}""");
        foreach (var kind in Opening.Select(name => RecordKinds.Find(name)!))
        {
            var shape = BodyShapes.Find(kind)!;
            foreach (var broken in BrokenBodies.Of(surface, SchemaOf(kind), Make(kind).First()))
            {
                var body = broken.Make();
                var faults = shape.Faults(body, strict: true);
                faults.Select(fault => fault.Pointer).ShouldContain(broken.Pointer, $"{kind.Name}: {broken.What}");
                if (shape.Faults(body, strict: false).Count > 0)
                {
                    Fold(kind, body).ShouldBe(FoldReasons.Unreadable, $"{kind.Name}: {body.ToJsonString()}");
                }
            }
        }
    }

    [Theory]
    [InlineData("quantity", "KEN\n", false)]
    [InlineData("place", "KEN\n", false)]
    [InlineData("place", "KEN", true)]
    [InlineData("place", "ken", true)]
    [InlineData("place", "КЕН", false)]
    public void A_dollar_in_a_form_lets_no_line_feed_pass(string name, string text, bool fits)
    {
        var line = BodyShapes.Find(RecordKinds.Find("request.submitted")!)!.Fields.Single(one => one.Name == "lines");
        line.Each!.Fields.Single(field => field.Name == name).Fits(JsonValue.Create(text), strict: true).ShouldBe(fits);
    }

    private static IEnumerable<JsonObject> Make(EntryKind kind)
    {
        var maker = new BodyMaker(new ApiSurface("""{"paths":{}}"""), new SeededRandom(7));
        maker.Names.AddRange("outbreak/convener/fever", "plan/convener/p-1");
        maker.Names.RemoveAll(name => name == "ken");
        var schema = SchemaOf(kind);
        return Enumerable.Range(0, Bodies).Select(_ => (JsonObject)maker.Of(schema)!);
    }

    // As it stands in the document.
    private static JsonObject SchemaOf(EntryKind kind) =>
        JsonNode.Parse(BodyShapes.Find(kind)!.Schema().ToJsonString())!.AsObject();

    // Empty when it counts; otherwise why not.
    private static string Fold(EntryKind kind, JsonObject body)
    {
        var subject = $"{kind.Noun}/ken/a";
        var entry = new Entry(
            LogKeys.DrawId(1_767_225_600_000), kind.Name, MemberId.Parse("ken"), subject,
            new HybridTime(1_767_225_600_000_000), body);
        return EntityFolding.Fold(subject, [new HistoryEntry(entry)], _ => true).Effects.Single().Reason;
    }
}
