using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>A full disk under PostgreSQL: under its tables alone, and under its log of changes as well.</summary>
[Collection(DatabaseTests.Name)]
public sealed class PostgresDiskTests
{
    private const int Writers = 16;
    private const int TablesMegabytes = 160;
    private const int ServerMegabytes = 320;

    [Fact]
    public async Task A_full_disk_under_the_tables_refuses_by_name_and_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(TablesMegabytes);
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        var connection = await server.NewDatabaseOnAsync(disk.Folder);
        var ledger = new FaultLedger();
        await using var node = await DiskNode.StartAsync(connection);
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            await ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
            disk.Fill();
            await RefusedAsync(ledger, node.Store, round);
            disk.MakeRoom();
            await ledger.SendAsync(node.Store, 50, Writers);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        ledger.Refusals.Keys.ShouldBe([AppendRefusal.StoreFull]);
        FaultCampaign.Report("disk full under the tables, PostgreSQL", FaultCampaign.Rounds, ledger);
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_full_disk_under_all_of_the_server_loses_nothing_that_was_acknowledged()
    {
        await using var disk = await SmallDisk.MountAsync(ServerMegabytes);
        await using var server = new PostgresServer(disk.Folder)
        {
            // As little kept ready as there can be, so that new room is asked for soon.
            Settings = "-c min_wal_size=32MB -c max_wal_size=48MB -c wal_recycle=off -c wal_init_zero=on",
        };
        await server.InitializeAsync();
        Assert.SkipWhen(server.Absence is not null, server.Absence ?? "");
        var connection = await server.NewDatabaseAsync();
        var ledger = new FaultLedger();
        await using var node = await DiskNode.StartAsync(connection);
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            await ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
            disk.Fill();
            await RefusedAsync(ledger, node.Store, round);
            disk.MakeRoom();
            await server.ReviveAsync(connection);
            await ledger.SendAsync(node.Store, 50, Writers);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        ledger.Refusals.Keys.ShouldBeSubsetOf(
            [AppendRefusal.StoreFull, AppendRefusal.StoreUnavailable], string.Join('\n', ledger.Sentences.Values));
        FaultCampaign.Report("disk full under all of PostgreSQL", FaultCampaign.Rounds, ledger);
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    // Writes until the disk has said no once more.
    private static async Task RefusedAsync(FaultLedger ledger, LogStore store, int round)
    {
        const int BatchesMax = 400;
        var before = ledger.Refusals.Values.Sum();
        for (var batch = 0; batch < BatchesMax && ledger.Refusals.Values.Sum() == before; batch++)
        {
            await ledger.SendAsync(store, 100, Writers);
        }

        ledger.Refusals.Values.Sum().ShouldBeGreaterThan(before, $"round {round} found room");
    }

    /// <summary>A store on a database that a test made, with its keys in a folder of its own.</summary>
    private sealed class DiskNode : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-keys-").FullName;

        private DiskNode(string connection)
        {
            Database = NodeDatabase.Postgres(connection);
            Keys = new LogKeys(_folder);
            Store = new LogStore(Database, Keys, new MovedClock());
        }

        internal NodeDatabase Database { get; }

        internal LogKeys Keys { get; }

        internal LogStore Store { get; }

        internal static async Task<DiskNode> StartAsync(string connection)
        {
            var node = new DiskNode(connection);
            await node.Database.MigrateAsync(TestContext.Current.CancellationToken);
            await FaultLedger.OpenAsync(node.Store);
            return node;
        }

        public ValueTask DisposeAsync()
        {
            Keys.Dispose();
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
