using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>Which database the node keeps its record in, and the way to a context of it.</summary>
internal sealed class NodeDatabase
{
    private readonly Func<NodeContext> _open;

    private NodeDatabase(string description, bool migratesOnStart, Func<NodeContext> open)
    {
        Description = description;
        MigratesOnStart = migratesOnStart;
        _open = open;
    }

    /// <summary>Names the database without a secret.</summary>
    internal string Description { get; }

    /// <summary>
    /// True for the embedded store. A PostgreSQL that several nodes share changes its tables only when it is told to.
    /// </summary>
    internal bool MigratesOnStart { get; }

    /// <summary>The embedded store in a file of the data folder.</summary>
    internal static NodeDatabase Sqlite(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "sameboat.db");
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, file);
        return new NodeDatabase($"SQLite {file}", migratesOnStart: true, () => new SqliteContext(options.Options));
    }

    /// <summary>A PostgreSQL by its connection string.</summary>
    internal static NodeDatabase Postgres(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgresContext>();
        PostgresContext.Configure(options, connection);
        return new NodeDatabase("PostgreSQL", migratesOnStart: false, () => new PostgresContext(options.Options));
    }

    /// <summary>SQLite in the data folder where no connection string is given, PostgreSQL otherwise.</summary>
    internal static NodeDatabase Of(string? connection, string dataFolder) =>
        string.IsNullOrWhiteSpace(connection) ? Sqlite(dataFolder) : Postgres(connection);

    /// <summary>Closes the files that the embedded store keeps open between two uses.</summary>
    internal static void CloseFiles() => SqliteConnection.ClearAllPools();

    /// <summary>A context for one piece of work, to be disposed by the caller.</summary>
    internal NodeContext Open() => _open();

    /// <summary>Brings the tables to this program's form.</summary>
    internal async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var db = Open();
        await db.Database.MigrateAsync(cancellation);
    }
}
