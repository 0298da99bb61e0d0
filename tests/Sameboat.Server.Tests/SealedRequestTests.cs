using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Tests;

/// <summary>Effects and sealed bodies over HTTP.</summary>
public sealed class SealedRequestTests : IDisposable
{
    private const string Host = "exercise.sameboat.invalid/log/";

    private static readonly MemberId Kenya = MemberId.Parse("ken");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-test-").FullName;

    [Fact]
    public async Task A_member_is_known_by_its_logs_key_and_the_effect_of_an_entry_is_told_to_anyone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new FixedClock();
        await using var node = await RunningNode.StartAsync(
            new NodeOptions
            {
                Port = 0,
                DataFolder = _folder,
                ExerciseSeed = NodeOptions.ExerciseSeedDefault,
                Clock = clock,
            },
            cancellation);
        using var client = new HttpClient { BaseAddress = node.Address };
        using var keys = new LogKeys(_folder);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new SealedRequest(Host + "per", Kenya, 0, now);

        var (status, text) = await AskAsync(client, "per", request.Sign(keys.KeyOf(Kenya, Host + "ken")).ToBytes());
        status.ShouldBe(HttpStatusCode.OK);
        text.ShouldBe("""{"bodies":[],"next":null}""");
        var foreign = keys.KeyOf(MemberId.Parse("per"), Host + "per");
        (await AskAsync(client, "per", request.Sign(foreign).ToBytes())).Status
            .ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(client, "per", Encoding.UTF8.GetBytes(request.ToText()))).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync(client, "per", new byte[SealedRequest.LengthMax + 1])).Status
            .ShouldBe(HttpStatusCode.BadRequest);

        var page = await client.GetStringAsync("/en/record/logs/ken", cancellation);
        var start = page.IndexOf("/en/record/entries/", StringComparison.Ordinal) + "/en/record/entries/".Length;
        var id = page[start..page.IndexOf('"', start)];
        var effect = await client.GetStringAsync($"/api/v1/log/ken/entries/{id}/effect", cancellation);
        JsonNode.Parse(effect)!["effect"]!.GetValue<string>().ShouldBe("applied");
        (await client.GetStringAsync($"/en/record/entries/{id}", cancellation)).ShouldContain("This entry counts");
        using var absent = await client.GetAsync($"/api/v1/log/per/entries/{id}/effect", cancellation);
        absent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(
        HttpClient client, string member, byte[] note)
    {
        using var content = new ByteArrayContent(note);
        using var answer = await client.PostAsync($"/log/{member}/sealed", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Stands still after the exercise's last entry.</summary>
    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
