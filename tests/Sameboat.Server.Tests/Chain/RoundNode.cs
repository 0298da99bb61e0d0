using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Chain;

/// <summary>A node with an outbreak that two places report and two donors can help with, and a round.</summary>
internal sealed class RoundNode : IAsyncDisposable
{
    internal const string Outbreak = "outbreak/convener/fever";

    private readonly Dictionary<string, string> _tokens = [];

    private RoundNode(ApiNode api) => Api = api;

    internal ApiNode Api { get; }

    /// <summary>The token of a member; of the convener, that of the second person with a dash after the name.</summary>
    internal string this[string member] => _tokens[member];

    /// <summary>A node whose round is open.</summary>
    internal static async Task<RoundNode> OpenAsync()
    {
        var node = new RoundNode(await ApiNode.StartAsync());
        await ApiTests.DeclareAsync(node.Api);
        node._tokens["convener"] = await node.Api.TokenAsync("convener", "secretary");
        node._tokens["convener-"] = await node.Api.TokenAsync("convener", "director");
        foreach (var (member, place) in new[] { ("ken", "KEN"), ("nga", "NGA"), ("per", "PER"), ("fra", "FRA") })
        {
            node._tokens[member] = await node.Api.TokenAsync(member, "desk", territory: place, name: place);
        }

        await node.ReportAsync("ken", "KEN", 900);
        await node.ReportAsync("nga", "NGA", 600);
        await node.OfferAsync("per", "p1", 400);
        await node.OfferAsync("fra", "f1", 900);
        (await node.DoAsync("convener", "rounds", new JsonObject
        {
            ["id"] = "one",
            ["outbreak"] = Outbreak,
            ["as_of"] = "2026-03-01",
            ["weeks"] = 4,
            ["seed"] = "7",
        })).ShouldBe(HttpStatusCode.Created);
        return node;
    }

    /// <summary>A round whose plan is with the parties.</summary>
    internal static async Task<RoundNode> SubmittedAsync(string? answerBy = null)
    {
        var node = await OpenAsync();
        await node.ActAsync("plan");
        await node.StepAsync("reviewed", []);
        await node.StepAsync("decided", new JsonObject { ["reason"] = "fair" }, "convener-");
        await node.StepAsync("submitted", answerBy is null ? [] : new JsonObject { ["answer_by"] = answerBy });
        return node;
    }

    internal async Task ReportAsync(string member, string place, int daily, string first = "2026-01-05")
    {
        var counts = new JsonArray([.. Enumerable.Range(0, 56).Select(day => JsonValue.Create(daily + (day * 3)))]);
        var deaths = new JsonArray([.. Enumerable.Range(0, 56).Select(_ => JsonValue.Create(1))]);
        (await DoAsync(member, "situations", new JsonObject
        {
            ["id"] = $"w-{first}",
            ["outbreak"] = Outbreak,
            ["place"] = place,
            ["first"] = first,
            ["cases"] = counts,
            ["deaths"] = deaths,
        })).ShouldBe(HttpStatusCode.Created);
    }

    internal async Task OfferAsync(string member, string lot, long quantity, string item = "gown") =>
        (await DoAsync(member, "offers", new JsonObject
        {
            ["id"] = lot,
            ["outbreak"] = Outbreak,
            ["kind"] = "Goods",
            ["lot"] = lot,
            ["item"] = item,
            ["unit"] = "each",
            ["quantity"] = quantity,
            ["pack"] = 10,
        })).ShouldBe(HttpStatusCode.Created);

    internal async Task<HttpStatusCode> DoAsync(string member, string path, JsonObject body, string? tag = null)
    {
        var answer = await Api.PostAsync(this[member], path, body, tag);
        return answer.Status;
    }

    /// <summary>The version of the round as a tag.</summary>
    internal async Task<string> TagAsync()
    {
        using var answer = await Api.Client.GetAsync(
            "/api/v1/rounds/convener/one", TestContext.Current.CancellationToken);
        return answer.Headers.ETag!.Tag;
    }

    internal async Task StepAsync(string verb, JsonObject body, string by = "convener")
    {
        var answer = await Api.PostAsync(this[by], $"rounds/convener/one/{verb}", body, await TagAsync());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToJsonString());
    }

    internal async Task ActAsync(string act)
    {
        var answer = await Api.PostAsync(this["convener"], $"rounds/convener/one/{act}", [], await TagAsync());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToJsonString());
    }

    /// <summary>The lines of the round with their answers.</summary>
    internal async Task<List<JsonObject>> LinesAsync() =>
        [.. (await Api.GetAsync("rounds/convener/one/lines"))["lines"]!.AsArray().Select(line => line!.AsObject())];

    internal async Task<string> StateAsync() =>
        (await Api.GetAsync("rounds/convener/one"))["state"]!.GetValue<string>();

    internal Task<JsonObject> ReplayAsync() => Api.GetAsync("rounds/convener/one/replay");

    /// <summary>One party's answer to a line.</summary>
    internal Task<(HttpStatusCode Status, string Tag, JsonObject Body)> AnswerAsync(
        string member, JsonObject line, bool accepts)
    {
        var number = line["line"]!.GetValue<int>();
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{line["plan"]!.GetValue<string>().Split('/')[^1]}-l{number}");
        return Api.PostAsync(this[member], "acceptances", new JsonObject
        {
            ["id"] = id,
            ["plan"] = line["plan"]!.GetValue<string>(),
            ["line"] = number,
            ["answer"] = accepts ? "given" : "declined",
            ["reason"] = "because",
        });
    }

    /// <summary>The heads of all logs as a statement names them.</summary>
    internal async Task<JsonArray> HeadsAsync()
    {
        await using var db = NodeDatabase.Of(null, Api.Folder).Open();
        var notes = await db.Logs.OrderBy(log => log.Member).Select(log => log.Checkpoint)
            .ToListAsync(TestContext.Current.CancellationToken);
        return RoundFold.FrozenStatement(notes.Select(RoundRun.ReadCheckpoint), exercise: false)["inputs"]!
            .DeepClone().AsArray();
    }

    /// <summary>Writes into the convener's log what the interface would refuse.</summary>
    internal async Task AppendAsync(string kind, JsonObject body)
    {
        using var keys = new LogKeys(Api.Folder);
        var database = NodeDatabase.Of(null, Api.Folder);
        await using var db = database.Open();
        var last = await db.Entries.MaxAsync(row => row.At, TestContext.Current.CancellationToken);
        var now = (last / 1_000) + 1;
        var store = new LogStore(
            database, keys, new MovedClock { Now = DateTimeOffset.FromUnixTimeMilliseconds(now) });
        (await store.AppendAsync(
            [
                new Entry(
                    LogKeys.DrawId(now), kind, MemberId.Parse("convener"), "round/convener/one",
                    new HybridTime(now * 1_000), body),
            ],
            TestContext.Current.CancellationToken)).ShouldBeOfType<AppendOutcome.Done>();
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
