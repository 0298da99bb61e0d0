using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sameboat.Server.Storage;

/// <summary>
/// Sets every SQLite connection so that what is acknowledged is on the disk: write-ahead log, synchronous FULL.
/// </summary>
internal sealed class DurablePragmas : DbConnectionInterceptor
{
    internal static readonly DurablePragmas Instance = new();

    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
