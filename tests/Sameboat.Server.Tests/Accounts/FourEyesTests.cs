using System.Net;
using System.Text.Json.Nodes;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Accounts;

public sealed class FourEyesTests
{
    [Fact]
    public async Task The_token_that_proposed_a_round_does_not_decide_it_whatever_capacity_it_acts_in()
    {
        await using var node = await ApiNode.StartAsync();
        var first = await node.TokenAsync("convener", "Planner");
        var second = await node.TokenAsync("convener", "Reviewer");
        var third = await node.TokenAsync("convener", "Planner");
        await node.PostAsync(first, "outbreaks", new JsonObject
        {
            ["id"] = "fever", ["name"] = "Fever", ["pack"] = "exercise-fever", ["declared"] = "2026-01-05",
            ["exercise"] = true,
        });
        (await node.PostAsync(first, "rounds", new JsonObject
        {
            ["id"] = "one", ["outbreak"] = "outbreak/convener/fever", ["as_of"] = "2026-02-01", ["weeks"] = 4,
            ["seed"] = "1", ["exercise"] = true,
        })).Status.ShouldBe(HttpStatusCode.Created);
        await StepAsync(node, first, "frozen", 1, new JsonObject { ["inputs"] = new JsonArray() });
        await StepAsync(node, first, "proposed", 2, new JsonObject { ["items"] = 0, ["lines"] = 0 });
        await StepAsync(node, second, "reviewed", 3, []);
        var reasoned = new JsonObject { ["reason"] = "It holds." };

        foreach (var token in new[] { first, second })
        {
            var (status, _, problem) = await node.PostAsync(
                token, "rounds/convener/one/decided", (JsonObject)reasoned.DeepClone(), "\"v4\"");
            status.ShouldBe(HttpStatusCode.Conflict);
            problem["code"]!.GetValue<string>().ShouldBe("four-eyes");
        }

        await StepAsync(node, third, "decided", 4, reasoned);
    }

    private static async Task StepAsync(ApiNode node, string token, string verb, int version, JsonObject body)
    {
        var (status, _, answer) = await node.PostAsync(
            token, $"rounds/convener/one/{verb}", body, $"\"v{version}\"");
        status.ShouldBe(HttpStatusCode.OK, $"{verb}: {answer}");
    }
}
