using System.Net;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Tests.Chain;

/// <summary>A request of more lines than one entry holds.</summary>
public sealed class LongRequestTests
{
    private const int Lines = 1_231;
    private const int PartLines = 300;

    [Fact]
    public async Task A_request_of_1231_lines_comes_in_parts_and_is_answered_line_by_line()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "planner", territory: "KEN", name: "Kenya");
        var second = await node.TokenAsync("ken", "director");
        var per = await node.TokenAsync("per", "store");
        await ApiTests.DeclareAsync(node);
        var parts = Enumerable.Range(0, Lines).Chunk(PartLines).ToList();
        var opened = await node.PostAsync(ken, "requests", Part("r1", 1, parts.Count, parts[0]));
        opened.Status.ShouldBe(HttpStatusCode.Created);
        var tag = opened.Tag;

        // The last part first: the numbers of the lines do not depend on the order.
        foreach (var part in Enumerable.Range(1, parts.Count - 1).Reverse())
        {
            var early = await node.PostAsync(second, "requests/ken/r1/validated", [], tag);
            early.Body["code"]!.GetValue<string>().ShouldBe("parts-missing");
            var said = await node.PostAsync(
                ken, "requests/ken/r1/extended", Part(null, part + 1, parts.Count, parts[part]), tag);
            said.Status.ShouldBe(HttpStatusCode.OK, said.Body.ToJsonString());
            tag = said.Tag;
        }

        var again = await node.PostAsync(
            ken, "requests/ken/r1/extended", Part(null, 2, parts.Count, parts[1]), tag);
        again.Body["already_done"]!.GetValue<bool>().ShouldBeTrue();
        tag = (await node.PostAsync(second, "requests/ken/r1/validated", [], tag)).Tag;
        (await node.PostAsync(second, "requests/ken/r1/published", [], tag)).Status.ShouldBe(HttpStatusCode.OK);
        await SendAsync(node, per);

        var request = await node.GetAsync("requests/ken/r1");
        request["lines"]!.AsArray().Count.ShouldBe(Lines);
        var answers = (await node.GetAsync("requests/ken/r1/answers"))["lines"]!.AsArray();
        answers.Count.ShouldBe(Lines);
        answers.Select(line => line!["requested"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, Lines));
        answers[7]!["progress"]!.GetValue<string>().ShouldBe("Committed");
        answers[8]!["progress"]!.GetValue<string>().ShouldBe("Unmet");
        answers[8]!["next"]!.GetValue<string>().ShouldBe("wait-for-offers");
        var holder = answers[7]!["held_by"]![0]!;
        holder["arrival"]!["expected"]!.GetValue<string>().ShouldBe("2026-03-01");
        holder["arrival"]!["earliest"].ShouldBeNull("no consignment of the sender has arrived before");
        holder["arrival"]!["method"]!.GetValue<string>().ShouldBe("stated-day-alone");
        holder["ask"]!["capacity"]!.GetValue<string>().ShouldBe("store");
        holder["next"]!.GetValue<string>().ShouldBe("wait-for-dispatch");
        holder["steps"]![0]!["step"]!.GetValue<string>().ShouldBe("consignment.planned-to-packed");
    }

    private static async Task SendAsync(ApiNode node, string per) =>
        (await node.PostAsync(per, "consignments", new JsonObject
        {
            ["id"] = "c1",
            ["outbreak"] = RoundNode.Outbreak,
            ["consignee"] = "ken",
            ["destination"] = "KEN",
            ["expected"] = "2026-03-01",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["item"] = "item-7", ["unit"] = "each", ["lot"] = "a1", ["quantity"] = 8,
            }),
        })).Status.ShouldBe(HttpStatusCode.Created);

    private static JsonObject Part(string? id, int part, int parts, int[] numbers)
    {
        var body = new JsonObject
        {
            ["part"] = part,
            ["parts"] = parts,
            ["lines"] = new JsonArray(
            [
                .. numbers.Select(number => new JsonObject
                {
                    ["place"] = "KEN", ["item"] = FormattableString.Invariant($"item-{number}"), ["unit"] = "each",
                    ["quantity"] = number + 1, ["needed_by"] = "2026-04-01",
                }),
            ]),
        };
        if (id is not null)
        {
            body["id"] = id;
            body["outbreak"] = RoundNode.Outbreak;
        }

        return body;
    }
}
