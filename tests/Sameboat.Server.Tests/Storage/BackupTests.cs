using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>Backup and restore on both databases, from either to either; and what a start does about tables.</summary>
[Collection(DatabaseTests.Name)]
public sealed class BackupTests(PostgresServer postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-backup-").FullName;

    private string BackupFile => Path.Combine(_folder, "record.zip");

    [Theory]
    [InlineData(Provider.Sqlite, Provider.Postgres)]
    [InlineData(Provider.Postgres, Provider.Sqlite)]
    public async Task A_backup_of_a_running_node_restores_into_either_database(Provider from, Provider to)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await TestNode.StartAsync(from, postgres);
        await node.AppendAsync([.. Enumerable.Range(0, 700).Select(number => node.Report(TestNode.Kenya, number))]);
        var later = Enumerable.Range(700, 400).Select(number => node.Report(TestNode.Kenya, number)).ToList();
        var writing = Task.WhenAll(later.Select(entry => node.Store.AppendAsync([entry], CancellationToken.None)));

        await NodeBackup.WriteAsync(node.Connection, node.Folder, BackupFile, cancellation);
        await writing;

        var target = to == Provider.Sqlite ? "" : await postgres.NewDatabaseAsync();
        var data = Path.Combine(_folder, "data");
        await NodeBackup.MigrateAsync(target, Path.Combine(_folder, "scratch"), cancellation);
        await NodeBackup.RestoreAsync(target, data, BackupFile, cancellation);
        var restored = NodeDatabase.Of(target, data);
        var reader = new LogReader(restored);
        var verified = Sameboat.Record.LogVerifier.Verify(
            path => TestNode.ReadFile(reader, TestNode.Kenya, path),
            node.Keys.KeyOf(TestNode.Kenya, TestNode.OriginOf(TestNode.Kenya)).VerifierKey);
        verified.Fault.ShouldBeNull();
        verified.Checkpoint!.Size.ShouldBeInRange(700, 1100);
        await using (var db = restored.Open())
        {
            (await db.Situations.CountAsync(cancellation)).ShouldBe((int)verified.Checkpoint.Size);
        }

        var store = new LogStore(restored, node.Keys, node.Clock);
        (await store.AppendAsync(later, cancellation)).ShouldBeOfType<AppendOutcome.Done>();
        (await reader.LogAsync("ken", cancellation))!.Size.ShouldBe(1100);
        (await Should.ThrowAsync<IOException>(NodeBackup.RestoreAsync(target, data, BackupFile, cancellation)))
            .Message.ShouldContain("holds a record already");
    }

    [Fact]
    public async Task An_altered_or_cut_backup_is_refused_and_nothing_is_put_in_place()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);
        await node.AppendAsync([.. Enumerable.Range(0, 300).Select(number => node.Report(TestNode.Kenya, number))]);
        await NodeBackup.WriteAsync(null, node.Folder, BackupFile, cancellation);
        var whole = await File.ReadAllBytesAsync(BackupFile, cancellation);
        await using (var zip = await ZipFile.OpenAsync(BackupFile, ZipArchiveMode.Update, cancellation))
        {
            await using var bundle = await zip.GetEntry("log/ken/tile/entries/000")!.OpenAsync(cancellation);
            bundle.Seek(200, SeekOrigin.Begin);
            bundle.WriteByte((byte)'#');
        }

        var data = Path.Combine(_folder, "data");
        (await Should.ThrowAsync<IOException>(NodeBackup.RestoreAsync(null, data, BackupFile, cancellation)))
            .Message.ShouldContain("The log of ken in the backup does not hold: EntryChanged");
        await File.WriteAllBytesAsync(BackupFile, whole[..(whole.Length / 2)], cancellation);
        (await Should.ThrowAsync<IOException>(NodeBackup.RestoreAsync(null, data, BackupFile, cancellation)))
            .Message.ShouldContain("is no backup");
        File.Exists(NodeDatabase.FileIn(data)).ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            await NodeBackup.WriteAsync(null, node.Folder, BackupFile, cancellation);
            File.GetUnixFileMode(BackupFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Tables_of_a_newer_program_are_refused_and_left_as_they_are(Provider provider)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await TestNode.StartAsync(provider, postgres);
        await using (var db = node.Database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
                VALUES ('99990101000000_Later', '99')
                """,
                cancellation);
        }

        (await node.Database.StateAsync(cancellation)).ShouldBe(TableState.Newer);
        (await Should.ThrowAsync<IOException>(node.Database.PrepareAsync(cancellation)))
            .Message.ShouldContain("newer Sameboat");
        await Should.ThrowAsync<IOException>(node.Database.MigrateAsync(cancellation));
    }

    [Fact]
    public async Task A_node_on_PostgreSQL_without_its_tables_says_to_migrate_and_makes_none()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var database = NodeDatabase.Postgres(await postgres.NewDatabaseAsync());

        (await Should.ThrowAsync<IOException>(database.PrepareAsync(cancellation)))
            .Message.ShouldContain("./sameboat migrate");
        (await database.StateAsync(cancellation)).ShouldBe(TableState.Behind);
        await database.MigrateAsync(cancellation);
        await database.PrepareAsync(cancellation);
    }

    [Fact]
    public async Task Entries_are_partitioned_by_member_and_an_id_is_unique_in_its_authors_log()
    {
        await using var node = await TestNode.StartAsync(Provider.Postgres, postgres);
        await node.AppendAsync(node.Report(TestNode.Kenya, 1), node.Report(TestNode.Peru, 1));
        await using var db = node.Database.Open();
        var parts = await db.Database.SqlQueryRaw<string>(
            """
            SELECT DISTINCT tableoid::regclass::text AS "Value" FROM "entry"
            """).ToListAsync(TestContext.Current.CancellationToken);
        parts.ShouldAllBe(part => part.StartsWith("entry_", StringComparison.Ordinal));
        var count = await db.Database.SqlQueryRaw<long>(
            """
            SELECT count(*) AS "Value" FROM pg_inherits WHERE inhparent = '"entry"'::regclass
            """).SingleAsync(TestContext.Current.CancellationToken);
        count.ShouldBe(PostgresTables.EntryPartitions);
    }

    [Fact]
    public async Task Row_security_shows_a_member_its_own_rows_the_node_all_and_a_stranger_none()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var connection = await postgres.NewDatabaseAsync();
        await postgres.SqlAsync(connection, "CREATE TABLE secret (\"Member\" text, \"Word\" text); "
            + "INSERT INTO secret VALUES ('ken', 'k'), ('per', 'p'); "
            + string.Join("; ", RowSecurity.Guard("secret", "\"Member\" = {0}"))
            + "; DROP ROLE IF EXISTS node; CREATE ROLE node LOGIN; ALTER TABLE secret OWNER TO node");
        var asNode = connection.Replace("Username=app", "Username=node", StringComparison.Ordinal);
        await using var db = NodeDatabase.Postgres(asNode).Open();

        (await WordsAsync(db)).ShouldBe(["k", "p"]);
        await using (await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.ReadForAsync("ken", cancellation);
            (await WordsAsync(db)).ShouldBe(["k"]);
            await db.ReadForAsync("", cancellation);
            (await WordsAsync(db)).ShouldBeEmpty();
        }

        (await WordsAsync(db)).ShouldBe(["k", "p"]);
        await using var stranger = new Npgsql.NpgsqlConnection(asNode);
        await stranger.OpenAsync(cancellation);
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM secret", stranger);
        (await command.ExecuteScalarAsync(cancellation)).ShouldBe(0L);
        await postgres.SqlAsync(connection, "DROP TABLE secret; DROP ROLE node");
    }

    public void Dispose()
    {
        NodeDatabase.CloseFiles();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task<List<string>> WordsAsync(NodeContext db) => db.Database.SqlQueryRaw<string>(
        """
        SELECT "Word" AS "Value" FROM secret ORDER BY 1
        """).ToListAsync(TestContext.Current.CancellationToken);
}
