using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Web;

namespace Sameboat.Server.Tests.Chain;

/// <summary>The code, the papers and the page of a consignment.</summary>
public sealed class TrackingTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void One_wrong_character_or_two_exchanged_are_always_found() =>
        Gen.Select(Gen.Byte.Array[10], Gen.Int[0, 10], Gen.Int[0, 10], Gen.Int[1, 31]).Sample(
            (bytes, at, other, by) =>
            {
                var code = TrackingCode.Of(EntityId.Create(1_740_000_000_000, bytes));
                TrackingCode.Read(code).ShouldBe(code);
                TrackingCode.Read(TrackingCode.Printed(code).ToLowerInvariant()).ShouldBe(code);

                var wrong = code.ToCharArray();
                wrong[at] = Alphabet[(Alphabet.IndexOf(wrong[at], StringComparison.Ordinal) + by) % 32];
                TrackingCode.Read(new string(wrong)).ShouldBeNull();

                var exchanged = code.ToCharArray();
                (exchanged[at], exchanged[other]) = (exchanged[other], exchanged[at]);
                var text = new string(exchanged);
                TrackingCode.Read(text).ShouldBe(text == code ? code : null);
            },
            iter: 3_000);

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("0000000000*")]
    [InlineData("00000000000000000000")]
    public void What_is_no_code_finds_nothing(string typed) => TrackingCode.Read(typed).ShouldBeNull();

    [Fact]
    public async Task A_consignment_is_followed_by_its_code_and_its_papers_can_be_printed_in_every_language()
    {
        await using var node = await ApiNode.StartAsync();
        var per = await node.TokenAsync("per", "store", territory: "PER", name: "Peru");
        var ken = await node.TokenAsync("ken", "store", territory: "KEN", name: "Kenya");
        await ApiTests.DeclareAsync(node);
        (await node.PostAsync(per, "consignments", Consignment())).Status.ShouldBe(HttpStatusCode.Created);
        var tag = "\"v1\"";
        foreach (var verb in new[] { "packed", "dispatched", "departed" })
        {
            tag = (await node.PostAsync(per, $"consignments/per/c1/{verb}", [], tag)).Tag;
        }

        var moved = await node.PostAsync(per, "consignments/per/c1/moved",
            new JsonObject { ["leg"] = 0, ["left"] = "2026-01-10", ["came"] = "2026-01-09" }, tag);
        moved.Body["code"]!.GetValue<string>().ShouldBe("unreadable", "it cannot come before it left");
        moved = await node.PostAsync(per, "consignments/per/c1/moved",
            new JsonObject { ["leg"] = 0, ["left"] = "2026-01-10" }, tag);
        moved.Status.ShouldBe(HttpStatusCode.OK);
        tag = (await node.PostAsync(ken, "consignments/per/c1/arrived", [], moved.Tag)).Tag;
        await node.PostAsync(ken, "consignments/per/c1/received", new JsonObject
        {
            ["note"] = "n1",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["line"] = 0, ["received"] = 90, ["damaged"] = 10, ["reason"] = "wet", ["report"] = "d-7",
            }),
        }, tag);

        var code = (await node.GetAsync("consignments/per/c1"))["tracking"]!.GetValue<string>();
        var tracked = await node.GetAsync($"track/{TrackingCode.Printed(code)}");
        tracked["state"]!.GetValue<string>().ShouldBe("Received");
        tracked["next"]!.GetValue<string>().ShouldBe("agree-on-count");
        tracked["legs"]![0]!["left"]!.GetValue<string>().ShouldBe("2026-01-10");
        var note = await node.GetAsync("consignments/per/c1/goods-received");
        note["lines"]![0]!["report"]!.GetValue<string>().ShouldBe("d-7");
        (await node.GetAsync("consignments/per/c1/waybill"))["packages"]!.GetValue<long>().ShouldBe(4);
        foreach (var culture in Words.Cultures)
        {
            var page = await node.Client.GetStringAsync(
                $"/{culture}/track/{code}", TestContext.Current.CancellationToken);
            WebUtility.HtmlDecode(page).ShouldContain(Words.Of(culture)!["track.state.Received"]);
            page.ShouldContain("<svg");
            foreach (var paper in new[] { "waybill", "packing-list", "goods-received" })
            {
                (await node.Client.GetStringAsync(
                    $"/{culture}/consignments/per/c1/{paper}", TestContext.Current.CancellationToken))
                    .ShouldContain(TrackingCode.Printed(code));
            }
        }

        using var missing = await node.Client.GetAsync(
            "/api/v1/track/0000000000Z", TestContext.Current.CancellationToken);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Every_state_and_every_way_of_travel_has_a_word_in_every_language()
    {
        foreach (var words in Words.Cultures.Select(culture => Words.Of(culture)!))
        {
            Enum.GetNames<ConsignmentState>().ShouldAllBe(state => words.Find($"track.state.{state}") != null);
            Enum.GetNames<ConsignmentState>()
                .ShouldAllBe(state => words.Find($"track.advice.{ConsignmentAdvice.Of(state)}") != null);
            ConsignmentLegs.Modes.ShouldAllBe(mode => words.Find($"track.by.{mode}") != null);
        }
    }

    private static JsonObject Consignment() => new()
    {
        ["id"] = "c1",
        ["outbreak"] = RoundNode.Outbreak,
        ["consignee"] = "ken",
        ["destination"] = "KEN",
        ["expected"] = "2026-01-20",
        ["legs"] = new JsonArray(new JsonObject
        {
            ["from"] = "Lima", ["to"] = "Nairobi", ["mode"] = "air", ["comes"] = "2026-01-18",
        }),
        ["lines"] = new JsonArray(new JsonObject
        {
            ["item"] = "gown", ["unit"] = "each", ["lot"] = "a1", ["quantity"] = 100, ["packages"] = 4,
            ["grams"] = 25_500,
        }),
    };
}
