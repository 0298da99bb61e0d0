using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>Which database a storage test runs on.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>An empty node's storage in a folder of its own: the same tests run on both databases.</summary>
internal sealed class TestNode : EntryMaker, IAsyncDisposable
{
    internal static readonly MemberId Kenya = MemberId.Parse("ken");
    internal static readonly MemberId Peru = MemberId.Parse("per");
    internal static readonly MemberId Convener = MemberId.Parse("convener");

    private readonly string _folder;
    private readonly LogKeys _keys;

    private TestNode(string folder, NodeDatabase database, string connection)
    {
        Connection = connection;
        _folder = folder;
        _keys = new LogKeys(folder);
        Database = database;
        Store = new LogStore(database, _keys, Clock);
        Reader = new LogReader(database);
    }

    internal MovedClock Clock { get; } = new();

    internal NodeDatabase Database { get; }

    /// <summary>The connection string, or empty for the embedded database.</summary>
    internal string Connection { get; }

    internal LogKeys Keys => _keys;

    /// <summary>Where the keys are, and the embedded database.</summary>
    internal string Folder => _folder;

    internal LogStore Store { get; private set; }

    internal LogReader Reader { get; private set; }

    /// <summary>Forgets what the process knows of the record, as a node that is started again does.</summary>
    internal void Restart()
    {
        _keys.Dispose();
        Store = new LogStore(Database, _keys, Clock);
        Reader = new LogReader(Database);
    }

    internal static async Task<TestNode> StartAsync(Provider provider, PostgresServer postgres)
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-node-").FullName;
        var connection = provider == Provider.Sqlite ? "" : await postgres.NewDatabaseAsync();
        var database = NodeDatabase.Of(connection, folder);
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        var node = new TestNode(folder, database, connection);
        await node.Store.OpenLogsAsync(
            [.. new[] { Kenya, Peru, Convener }.Select(member => (member, OriginOf(member)))],
            TestContext.Current.CancellationToken);
        return node;
    }

    internal static string OriginOf(MemberId member) => $"node.test/log/{member}";

    internal async Task<AppendOutcome.Done> AppendAsync(params IReadOnlyList<Entry> entries) =>
        (await Store.AppendAsync(entries, TestContext.Current.CancellationToken))
            .ShouldBeOfType<AppendOutcome.Done>();

    /// <summary>Lays the bodies of sealed entries beside the log, as their author does before and others after.
    /// </summary>
    internal async Task HoldAsync(IEnumerable<Said> said, bool appended)
    {
        var bodies = new SealedBodies(Database);
        foreach (var one in said)
        {
            if (one.Held is { } held)
            {
                var refusal = appended
                    ? await bodies.AcceptAsync(
                        one.Entry.Author, one.Entry.Id, held.Salt, held.Body, CancellationToken.None)
                    : await bodies.KeepAsync(one.Entry, held.Salt, held.Body, CancellationToken.None);
                refusal.ShouldBeOneOf(SealRefusal.None, SealRefusal.Erased);
            }
        }
    }

    /// <summary>Checks a log the way a stranger would: from its files alone.</summary>
    internal LogVerification Verify(MemberId member) => LogVerifier.Verify(
        path => ReadFile(member, path), _keys.KeyOf(member, OriginOf(member)).VerifierKey);

    internal byte[]? ReadFile(MemberId member, string path) => ReadFile(Reader, member, path);

    internal static byte[]? ReadFile(LogReader reader, MemberId member, string path) => Task.Run(async () =>
    {
        if (path == TilePath.Checkpoint)
        {
            var log = await reader.LogAsync(member.ToString(), CancellationToken.None);
            return log is null ? null : System.Text.Encoding.UTF8.GetBytes(log.Checkpoint);
        }

        return TilePath.TryParse(path, out var tile)
            ? await reader.TileAsync(member.ToString(), tile, CancellationToken.None)
            : null;
    }).GetAwaiter().GetResult();

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        if (Database.MigratesOnStart)
        {
            // The pool keeps the file open, and the folder could not go.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
