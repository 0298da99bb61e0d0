using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sameboat.Server.Storage;

/// <summary>
/// The store for production: several nodes may append to one database, each under the log's row lock.
/// </summary>
internal sealed class PostgresContext(DbContextOptions<PostgresContext> options) : NodeContext(options)
{
    /// <summary>The most locks one transaction takes one by one; the server's lock table is of fixed size.</summary>
    private const int SubjectLocksMax = 512;

    /// <summary>The advisory lock that stands for all entities, and the seed of the locks of single ones.</summary>
    private const long EverySubject = 0x5A3E_B0A7;

    public override IQueryable<LogRow> LockedLogs(IReadOnlyList<string> members)
    {
        var names = members.ToArray();
        return Logs.FromSql($"""SELECT * FROM "log" WHERE "Member" = ANY ({names}) ORDER BY "Member" FOR UPDATE""");
    }

    public override async Task LockSubjectsAsync(
        IReadOnlyCollection<string> subjects, CancellationToken cancellation)
    {
        if (subjects.Count > SubjectLocksMax)
        {
            await LockEverySubjectAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var names = subjects.ToArray();
        await Database.ExecuteSqlAsync(
            $"""
            SELECT pg_advisory_xact_lock_shared({EverySubject});
            SELECT pg_advisory_xact_lock(key) FROM (
                SELECT DISTINCT hashtextextended(name, {EverySubject}) AS key FROM unnest({names}) AS name ORDER BY 1
            ) AS keys
            """,
            cancellation).ConfigureAwait(false);
    }

    public override async Task LockUnseenAsync(
        IReadOnlyCollection<string> subjects, CancellationToken cancellation)
    {
        if (subjects.Count > SubjectLocksMax)
        {
            await LockEverySubjectAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var names = subjects.ToArray();
        await Database.ExecuteSqlAsync(
            $"""
            SELECT pg_advisory_xact_lock_shared(key) FROM (
                SELECT DISTINCT hashtextextended(name, {EverySubject}) AS key FROM unnest({names}) AS name ORDER BY 1
            ) AS keys
            """,
            cancellation).ConfigureAwait(false);
    }

    public override Task LockEverySubjectAsync(CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({EverySubject})", cancellation);

    // Deleted rows would stay behind in the tables and their indexes, beside as many new ones.
    public override async Task ForgetAllAsync(
        IReadOnlyCollection<ProjectionTable> tables, CancellationToken cancellation)
    {
        var quote = GetSqlGenerationHelper();
        var names = tables.Select(table => quote.DelimitIdentifier(Model.FindEntityType(table.Row)!.GetTableName()!));
        var statement = $"TRUNCATE {string.Join(", ", names)}";
        await Database.ExecuteSqlRawAsync(statement, cancellation).ConfigureAwait(false);
    }

    public override async Task ReadForAsync(string member, CancellationToken cancellation) =>
        await Database.ExecuteSqlAsync(
            $"SELECT set_config({RowSecurity.MemberSetting}, {member}, true)", cancellation).ConfigureAwait(false);

    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellation) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    /// <summary>Sets up the options for one connection string.</summary>
    internal static void Configure(DbContextOptionsBuilder options, string connection) =>
        options.UseNpgsql(RowSecurity.ForTheNode(connection)).ReplaceService<IMigrationsSqlGenerator, PostgresTables>();
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the PostgreSQL model without a server.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresContext>();
        PostgresContext.Configure(options, "Host=localhost;Database=design");
        return new PostgresContext(options.Options);
    }
}
