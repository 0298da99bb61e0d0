using Sameboat.Fuzzing;
using Sameboat.Server.Tests.Chain;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Api;

/// <summary>A short run of the fuzzer; the long one is <c>bench/fuzz.sh</c>.</summary>
[Collection(DatabaseTests.Name)]
public sealed class FuzzTests(PostgresServer postgres)
{
    private const int Requests = 2_000;
    private const string Outbreak = "outbreak/convener/fever";
    private const ulong Seed = 20_261;

    // The other database is looked at for what it alone refuses.
    private const int RequestsOfPostgres = 500;

    [Theory]
    [InlineData(Provider.Sqlite, Requests)]
    [InlineData(Provider.Postgres, RequestsOfPostgres)]
    public async Task Requests_of_the_document_get_no_answer_outside_it(Provider provider, int requests)
    {
        var database = provider == Provider.Sqlite ? null : await postgres.NewDatabaseAsync();
        await using var node = await ApiNode.StartAsync(database);
        var readers = new List<FuzzReader> { new("", ""), new("nobody", "sameboat-wrong") };
        foreach (var member in new[] { "ken", "per", "convener" })
        {
            readers.Add(new FuzzReader(member, await node.TokenAsync(member, "first " + member)));
        }

        await ApiTests.DeclareAsync(node);
        var secrets = await SealedOffers.AddAsync(
            node.Folder, database, "ken", "per", ["ken", "per", "convener"], Outbreak);
        var document = await node.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var run = new FuzzRun(
            node.Client, document, Seed, readers, secrets,
            [Outbreak, "plan/convener/p-1", "offer/ken/sealed-members", "offer/ken/sealed-parties"]);

        // Looked at before: in the course of the run their owner may correct them.
        await ShouldSeeAsync(node, readers[^2].Token, secrets);
        var figures = await run.RunAsync(requests, TestContext.Current.CancellationToken);

        figures.Fault.ShouldBeNull();
        figures.Requests.ShouldBe(requests);
        figures.Statuses[201].ShouldBeGreaterThan(5);
        figures.Statuses.Keys.ShouldContain(200);
        figures.Statuses.Keys.ShouldContain(412);
        figures.Operations.Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void An_answer_outside_the_document_is_seen()
    {
        var surface = new ApiSurface("""
            {"paths":{"/a":{"get":{"operationId":"a","responses":{"200":{"content":{"application/json":{"schema":
            {"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}}}}}}}}
            """);
        var operation = surface.Operations.Single();

        surface.Fault(operation, 200, "application/json", """{"n":1}""").ShouldBeNull();
        surface.Fault(operation, 200, "application/json", """{"n":"1"}""").ShouldNotBeNull();
        surface.Fault(operation, 200, "application/json", "{}").ShouldNotBeNull();
        surface.Fault(operation, 200, "text/html", "<a>").ShouldNotBeNull();
        surface.Fault(operation, 404, null, "").ShouldNotBeNull();
        surface.Fault(operation, 200, "application/json", """{"n":1,"m":2}""", strict: true).ShouldNotBeNull();
    }

    // The texts are there to be found: a party is shown them.
    private static async Task ShouldSeeAsync(ApiNode node, string token, IReadOnlyList<FuzzSecret> secrets)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/offers?format=csv&limit=50000");
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        secrets.ShouldAllBe(secret => text.Contains(secret.Marker, StringComparison.Ordinal));
    }
}
