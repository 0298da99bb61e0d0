using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>Nothing acknowledged is lost, nothing is stored twice, and every log verifies, whatever fails.</summary>
[Collection(DatabaseTests.Name)]
public sealed class FaultTests(PostgresServer postgres)
{
    private const int Writers = 16;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_node_that_is_killed_loses_nothing_that_it_acknowledged(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var ledger = new FaultLedger();
        var rounds = 0;
        while (rounds < FaultCampaign.Rounds || ledger.Acknowledged < FaultCampaign.Entries)
        {
            await FaultWriter.WriteAndKillAsync(
                node.Folder, node.Connection, ledger, FaultCampaign.EntriesARound + (rounds % 7));
            await ledger.CheckAsync(node.Database, node.Keys);
            rounds++;
        }

        FaultCampaign.Report($"kill -9 of the node, {provider}", rounds, ledger);
    }

    [Fact]
    public async Task A_killed_database_loses_nothing_and_the_node_goes_on_when_it_is_back()
    {
        var own = new PostgresServer();
        await using (own)
        {
            await own.InitializeAsync();
            await using var node = await TestNode.StartAsync(Provider.Postgres, own);
            var ledger = new FaultLedger();
            for (var round = 0; round < FaultCampaign.Rounds; round++)
            {
                var sending = ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
                await UntilAsync(() => ledger.Acknowledged > round * FaultCampaign.EntriesARound * 2 / 3);
                await own.KillAsync();
                await sending;
                await own.StartAgainAsync();
                await ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
                await ledger.CheckAsync(node.Database, node.Keys);
            }

            ledger.Refusals.Keys.ShouldBeSubsetOf([AppendRefusal.StoreUnavailable]);
            FaultCampaign.Report("kill -9 of PostgreSQL", FaultCampaign.Rounds, ledger);
        }
    }

    [Fact]
    public async Task A_full_disk_refuses_and_goes_on_when_there_is_room()
    {
        await using var small = await SmallDisk.MountAsync(megabytes: 64);
        var disk = small.Folder;
        try
        {
            var database = NodeDatabase.Sqlite(disk);
            await database.MigrateAsync(TestContext.Current.CancellationToken);
            using var keys = new LogKeys(disk);
            var store = new LogStore(database, keys, new MovedClock());
            await FaultLedger.OpenAsync(store);
            var ledger = new FaultLedger();
            for (var round = 0; round < FaultCampaign.Rounds; round++)
            {
                await ledger.SendAsync(store, FaultCampaign.EntriesARound, Writers);
                small.Fill();
                for (var batch = 0; batch < 40 && ledger.Refusals.Values.Sum() <= round; batch++)
                {
                    await ledger.SendAsync(store, 200, Writers);
                }

                ledger.Refusals.Values.Sum().ShouldBeGreaterThan(round);
                small.MakeRoom();
                await ledger.SendAsync(store, 50, Writers);
                await ledger.CheckAsync(database, keys);
            }

            ledger.Refusals.ShouldContainKey(AppendRefusal.StoreFull);
            FaultCampaign.Report("disk full, SQLite", FaultCampaign.Rounds, ledger);
        }
        finally
        {
            NodeDatabase.CloseFiles();
        }
    }

    [Fact]
    public async Task A_cut_or_slow_connection_to_the_database_loses_nothing()
    {
        await using var node = await TestNode.StartAsync(Provider.Postgres, postgres);
        var direct = new NpgsqlConnectionStringBuilder(node.Connection);
        using var proxy = new CutProxy(direct.Port);
        direct.Port = proxy.Port;
        var store = new LogStore(NodeDatabase.Postgres(direct.ToString()), node.Keys, node.Clock);
        var ledger = new FaultLedger();
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            var sending = ledger.SendAsync(store, FaultCampaign.EntriesARound, Writers);
            for (var cut = 0; cut < 3 && !sending.IsCompleted; cut++)
            {
                await Task.Delay(20 + (7 * ((round + cut) % 5)), TestContext.Current.CancellationToken);
                proxy.Cut();
            }

            proxy.Delay = TimeSpan.FromMilliseconds(round % 3);
            await sending;
            await ledger.SendAsync(store, Writers, Writers);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        FaultCampaign.Report("cut and delayed connection, PostgreSQL", FaultCampaign.Rounds, ledger);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_corrupted_row_is_named_and_the_other_entries_stand(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var ledger = new FaultLedger();
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            await ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
            var position = (round * 31) % 100;
            var whole = await CorruptAsync(node, position, null);
            var found = node.Verify(TestNode.Kenya);
            found.Fault.ShouldNotBeNull().Code.ShouldBe(LogRefusal.EntryChanged);
            found.Fault.EntryIndex.ShouldBe(position);
            await CorruptAsync(node, position, whole);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        FaultCampaign.Report($"a corrupted row, {provider}", FaultCampaign.Rounds, ledger);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_corrupted_hash_tile_is_named_beside_a_corrupted_entry_and_alone(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var ledger = new FaultLedger();
        for (var round = 0; round < FaultCampaign.Rounds || ledger.Acknowledged < 2 * TilePath.FullWidth + 2; round++)
        {
            await ledger.SendAsync(node.Store, Math.Max(FaultCampaign.EntriesARound, 300), Writers);
            var log = await node.Reader.LogAsync("ken", TestContext.Current.CancellationToken);
            var tiles = log!.Size / TilePath.FullWidth;
            if (tiles > 0)
            {
                var hash = await CorruptHashAsync(node, round % tiles, null);
                var alone = node.Verify(TestNode.Kenya).Fault.ShouldNotBeNull();
                (alone.Code, alone.File.StartsWith("tile/1/", StringComparison.Ordinal))
                    .ShouldBe((LogRefusal.TileChanged, true), alone.ToString());

                // The entry is the first thing that does not hold, whatever else does not.
                var whole = await CorruptAsync(node, round % 100, null);
                var both = node.Verify(TestNode.Kenya).Fault.ShouldNotBeNull();
                (both.Code, both.EntryIndex).ShouldBe((LogRefusal.EntryChanged, round % 100));
                await CorruptAsync(node, round % 100, whole);
                await CorruptHashAsync(node, round % tiles, hash);
            }

            await ledger.CheckAsync(node.Database, node.Keys);
        }

        FaultCampaign.Report($"an altered tile hash, alone and beside an altered row, {provider}",
            FaultCampaign.Rounds, ledger);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_clock_an_hour_off_refuses_by_name_and_harms_nothing(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var ledger = new FaultLedger();
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            node.Clock.Now = FaultLedger.EntryOf(0).At.Instant - TimeSpan.FromHours(1);
            await ledger.SendAsync(node.Store, Writers, Writers);
            node.Clock.Now = MovedClock.Start + TimeSpan.FromHours(1);
            await ledger.SendAsync(node.Store, FaultCampaign.EntriesARound, Writers);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        ledger.Refusals.Keys.ShouldBe([AppendRefusal.TooFarAhead]);
        FaultCampaign.Report($"the node's clock an hour off, {provider}", FaultCampaign.Rounds, ledger);
    }

    [Fact]
    public async Task Two_nodes_with_the_same_keys_on_one_database_keep_one_history()
    {
        await using var node = await TestNode.StartAsync(Provider.Postgres, postgres);
        var second = new LogStore(NodeDatabase.Postgres(node.Connection), node.Keys, node.Clock);
        var foreign = Directory.CreateTempSubdirectory("sameboat-keys-").FullName;
        using var others = new LogKeys(foreign);
        var third = new LogStore(NodeDatabase.Postgres(node.Connection), others, node.Clock);
        var ledger = new FaultLedger();
        for (var round = 0; round < FaultCampaign.Rounds; round++)
        {
            await Task.WhenAll(
                ledger.SendAsync(node.Store, FaultCampaign.EntriesARound / 2, Writers),
                ledger.SendAsync(second, FaultCampaign.EntriesARound / 2, Writers),
                ledger.SendAsync(third, 2, 2));
            await ledger.SendAsync(node.Store, 4, 2);
            await ledger.CheckAsync(node.Database, node.Keys);
        }

        ledger.Refusals.Keys.ShouldBe([AppendRefusal.KeyNotTheMembers]);
        Directory.Delete(foreign, recursive: true);
        FaultCampaign.Report("two nodes, and one with other keys, on one PostgreSQL", FaultCampaign.Rounds, ledger);
    }

    private static async Task<byte[]> CorruptAsync(TestNode node, int position, byte[]? whole)
    {
        await using var db = node.Database.Open();
        var row = db.Entries.Where(entry => entry.Member == "ken" && entry.Position == position);
        var stood = await row.Select(entry => entry.Bytes).SingleAsync(TestContext.Current.CancellationToken);
        var bytes = whole ?? [.. stood[..^30], (byte)(stood[^30] ^ 1), .. stood[^29..]];
        await row.ExecuteUpdateAsync(
            set => set.SetProperty(entry => entry.Bytes, bytes), TestContext.Current.CancellationToken);
        return stood;
    }

    private static async Task<byte[]> CorruptHashAsync(TestNode node, long index, byte[]? whole)
    {
        await using var db = node.Database.Open();
        var row = db.TileHashes.Where(hash => hash.Member == "ken" && hash.Level == 1 && hash.Index == index);
        var stood = await row.Select(hash => hash.Hash).SingleAsync(TestContext.Current.CancellationToken);
        var bytes = whole ?? [.. stood[..^1], (byte)(stood[^1] ^ 1)];
        await row.ExecuteUpdateAsync(
            set => set.SetProperty(hash => hash.Hash, bytes), TestContext.Current.CancellationToken);
        return stood;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var waited = 0; waited < 600 && !holds(); waited++)
        {
            await Task.Delay(10);
        }
    }
}
