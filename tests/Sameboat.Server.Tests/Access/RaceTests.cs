using Sameboat.Races;
using Sameboat.Server.Tests.Chain;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Access;

/// <summary>A short run of the races; the long one is <c>bench/races.sh</c>.</summary>
[Collection(DatabaseTests.Name)]
public sealed class RaceTests(PostgresServer postgres)
{
    private const int Races = 50;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Of_two_editors_the_second_is_shown_the_difference_and_no_edit_is_lost(Provider provider)
    {
        await using var node = await StartAsync(provider);
        var first = new RaceClient(node.Client, await node.TokenAsync("ken", "First editor"));
        var second = new RaceClient(node.Client, await node.TokenAsync("ken", "Second editor"));

        var figures = await EditRaces.RunAsync(first, second, "ken", Races, TestContext.Current.CancellationToken);

        figures.ShouldBe(new RaceFigures(Races, Races, Races, 0, null));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_write_whose_connection_is_cut_is_done_once_when_it_is_sent_again(Provider provider)
    {
        await using var node = await StartAsync(provider);
        var token = await node.TokenAsync("ken", "Editor");

        var figures = await CutWrites.RunAsync(
            node.Address, token, "ken", Races, TestContext.Current.CancellationToken);

        figures.Fault.ShouldBeNull();
        figures.Cuts.ShouldBeGreaterThanOrEqualTo(Races);
        figures.Twice.ShouldBe(0);

        // Some cuts fell after the write: those alone show that the key is what keeps it from being done twice.
        figures.DoneBefore.ShouldBeGreaterThan(0);
    }

    private async Task<ApiNode> StartAsync(Provider provider)
    {
        var node = await ApiNode.StartAsync(provider == Provider.Sqlite ? null : await postgres.NewDatabaseAsync());
        await ApiTests.DeclareAsync(node);
        return node;
    }
}
