using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sameboat.Server.Storage;

/// <summary>The embedded store. Its transactions are immediate, so one writer at a time holds every log head.</summary>
internal sealed class SqliteContext(DbContextOptions<SqliteContext> options) : NodeContext(options)
{
    /// <summary>How long a writer waits for another before it is told the file is busy.</summary>
    private const int BusyTimeoutSeconds = 30;

    public override IQueryable<LogRow> LockedLogs(IReadOnlyList<string> members) =>
        Logs.Where(row => members.Contains(row.Member)).OrderBy(row => row.Member);

    // The one writer that SQLite admits needs no further lock.
    public override Task LockSubjectsAsync(IReadOnlyCollection<string> subjects, CancellationToken cancellation) =>
        Task.CompletedTask;

    public override Task LockUnseenAsync(IReadOnlyCollection<string> subjects, CancellationToken cancellation) =>
        Task.CompletedTask;

    public override Task LockEverySubjectAsync(CancellationToken cancellation) => Task.CompletedTask;

    // The file has no row security: whoever can read it reads all of it, and the node's own filter stands alone.
    public override Task ReadForAsync(string member, CancellationToken cancellation) => Task.CompletedTask;

    // A deferred transaction of a write-ahead log reads what stood at its first read, and blocks nobody.
    public override async Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellation)
    {
        await Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        var connection = (SqliteConnection)Database.GetDbConnection();
        var transaction = connection.BeginTransaction(deferred: true);
        return (await Database.UseTransactionAsync(transaction, cancellation).ConfigureAwait(false))!;
    }

    /// <summary>Sets up the options for one file; the file need not exist.</summary>
    internal static void Configure(DbContextOptionsBuilder options, string file)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = BusyTimeoutSeconds,
            ForeignKeys = false,
        };
        options.UseSqlite(connection.ToString()).AddInterceptors(DurablePragmas.Instance);
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the SQLite model without a node.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteContext>();
        SqliteContext.Configure(options, "design.db");
        return new SqliteContext(options.Options);
    }
}
