using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sameboat.Server.Conservation;

namespace Sameboat.Server.Storage;

/// <summary>How the tables of a database stand to what this program expects.</summary>
internal enum TableState
{
    /// <summary>They are of this program's form.</summary>
    Current,

    /// <summary>An earlier program made them, or there are none yet.</summary>
    Behind,

    /// <summary>A later program made them: this one must not write there.</summary>
    Newer,
}

/// <summary>Which database the node keeps its record in, and the way to a context of it.</summary>
internal sealed class NodeDatabase
{
    private readonly Func<NodeContext> _open;
    private readonly WriterTurns _turns = new();

    private NodeDatabase(string description, bool migratesOnStart, Func<NodeContext> open)
    {
        Description = description;
        MigratesOnStart = migratesOnStart;
        _open = open;
        Kept = new KeptOutbreaks(this);
    }

    /// <summary>What pages show of its outbreaks, kept in step with its logs.</summary>
    internal KeptOutbreaks Kept { get; }

    /// <summary>Names the database without a secret.</summary>
    internal string Description { get; }

    /// <summary>
    /// True for the embedded store. A PostgreSQL that several nodes share changes its tables only when it is told to.
    /// </summary>
    internal bool MigratesOnStart { get; }

    /// <summary>The most connections of a node to PostgreSQL where its connection string names no other number: below
    /// the 97 that a server as installed has for all, so that a backup or a migration finds one.</summary>
    internal const int ConnectionsMax = 60;

    private const string PoolSizeKey = "Maximum Pool Size";

    /// <summary>The embedded store in a file of the data folder.</summary>
    internal static NodeDatabase Sqlite(string dataFolder)
    {
        var file = FileIn(dataFolder);
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, file);
        return new NodeDatabase($"SQLite {file}", migratesOnStart: true, () => new SqliteContext(options.Options));
    }

    /// <summary>A PostgreSQL by its connection string.</summary>
    /// <exception cref="ArgumentException">The connection string has a part that Npgsql does not know.</exception>
    internal static NodeDatabase Postgres(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        var options = new DbContextOptionsBuilder<PostgresContext>();
        if (!parts.ShouldSerialize(PoolSizeKey))
        {
            parts.MaxPoolSize = ConnectionsMax;
        }

        PostgresContext.Configure(options, parts.ToString());
        return new NodeDatabase(
            $"PostgreSQL {parts.Database} on {parts.Host}", migratesOnStart: false,
            () => new PostgresContext(options.Options));
    }

    /// <summary>SQLite in the data folder where no connection string is given, PostgreSQL otherwise.</summary>
    internal static NodeDatabase Of(string? connection, string dataFolder) =>
        string.IsNullOrWhiteSpace(connection) ? Sqlite(dataFolder) : Postgres(connection);

    /// <summary>The file of the embedded store in a data folder.</summary>
    internal static string FileIn(string dataFolder) => Path.Combine(dataFolder, "sameboat.db");

    /// <summary>What is wrong with a PostgreSQL connection string, or null.</summary>
    internal static string? FaultOf(string connection)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connection);
            return string.IsNullOrWhiteSpace(parts.Host) ? "no Host" : null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Closes the files and connections that are kept open between two uses.</summary>
    internal static void CloseFiles() => SqliteConnection.ClearAllPools();

    /// <summary>
    /// The turn of a writer of many entries, where this database admits one writer at a time; to be taken before its
    /// transaction and disposed after it. On a database with row locks it is there at once.
    /// </summary>
    internal Task<IDisposable> TakeTurnAsync(CancellationToken cancellation) =>
        MigratesOnStart ? _turns.TakeAsync(cancellation) : Task.FromResult<IDisposable>(NoTurn.Instance);

    /// <summary>A context for one piece of work, to be disposed by the caller.</summary>
    internal NodeContext Open()
    {
        var db = _open();
        db.Kept = Kept;
        return db;
    }

    /// <summary>How much room it takes, in bytes; null where it does not say.</summary>
    internal async Task<long?> SizeAsync(CancellationToken cancellation)
    {
        await using var db = Open();
        try
        {
            return await db.Database.SqlQueryRaw<long>(MigratesOnStart
                ? "SELECT page_count * page_size AS \"Value\" FROM pragma_page_count(), pragma_page_size()"
                : "SELECT pg_database_size(current_database()) AS \"Value\"").FirstAsync(cancellation);
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            return null;
        }
    }

    /// <summary>Compares the tables with what this program expects.</summary>
    internal async Task<TableState> StateAsync(CancellationToken cancellation)
    {
        await using var db = Open();
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellation);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var isNewer = false;
        foreach (var migration in applied)
        {
            isNewer |= !known.Remove(migration);
        }

        return isNewer ? TableState.Newer : known.Count > 0 ? TableState.Behind : TableState.Current;
    }

    /// <summary>Brings the tables to this program's form.</summary>
    /// <exception cref="IOException">A newer program made them; nothing is changed.</exception>
    internal async Task MigrateAsync(CancellationToken cancellation)
    {
        if (await StateAsync(cancellation) == TableState.Newer)
        {
            throw new IOException(NewerSentence);
        }

        await using var db = Open();
        await db.Database.MigrateAsync(cancellation);
    }

    /// <summary>
    /// What a node does about its tables on start: the embedded store's are brought to form, a PostgreSQL's must be.
    /// </summary>
    /// <exception cref="IOException">They are of another form, or the database does not answer.</exception>
    internal async Task PrepareAsync(CancellationToken cancellation)
    {
        try
        {
            if (MigratesOnStart)
            {
                await MigrateAsync(cancellation);
                return;
            }

            switch (await StateAsync(cancellation))
            {
                case TableState.Newer:
                    throw new IOException(NewerSentence);
                case TableState.Behind:
                    throw new IOException(
                        $"The tables of {Description} are not those of this program. Make a backup if they hold "
                        + "anything, then run: ./sameboat migrate --database '...'");
                default:
                    return;
            }
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{Description} does not answer: {known.Found}", fault);
        }
    }

    /// <summary>Holds nobody up.</summary>
    private sealed class NoTurn : IDisposable
    {
        internal static readonly NoTurn Instance = new();

        public void Dispose()
        {
        }
    }

    private string NewerSentence =>
        $"The tables of {Description} were made by a newer Sameboat than this one. Run that one, or restore a backup "
        + "made by this one; nothing was changed.";
}
