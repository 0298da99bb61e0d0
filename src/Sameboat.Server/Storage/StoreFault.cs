using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Sameboat.Server.Storage;

/// <summary>What a database's refusal to work means for whoever asked.</summary>
internal enum StoreFaultKind
{
    /// <summary>Another writer was first: what it wrote is seen by the next attempt.</summary>
    Raced,

    /// <summary>The database does not answer, is starting or stopping, or cut the work off.</summary>
    Unavailable,

    /// <summary>No room on its disk.</summary>
    Full,

    /// <summary>Its files, or a row in them, cannot be read.</summary>
    Damaged,
}

/// <summary>A fault of the database that no caller could have avoided, told apart from a bug of ours.</summary>
internal sealed record StoreFault(StoreFaultKind Kind, string Found)
{
    // SQLite's result codes: https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIo = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    // PostgreSQL's SQLSTATE, by value or by class (its first two characters).
    private static readonly string[] RacedStates = ["23505", "40001", "40P01"];
    private static readonly string[] FullStates = ["53100"];
    // data_corrupted and index_corrupted. XX000 is any inner error, which a server that is out of room gives as well:
    // nobody should restore a backup because of it.
    private static readonly string[] DamagedStates = ["XX001", "XX002"];
    private static readonly string[] UnavailableClasses = ["08", "53", "57", "58", "XX"];

    /// <summary>Reads an exception and those it wraps; null where it is none of the database's making.</summary>
    internal static StoreFault? Of(Exception? fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            var kind = inner switch
            {
                SqliteException sqlite => OfSqlite(sqlite.SqliteErrorCode),
                DbException { SqlState: { } state } => OfState(state),
                DbException { IsTransient: true } or TimeoutException => StoreFaultKind.Unavailable,
                IOException => StoreFaultKind.Unavailable,
                InvalidDataException => StoreFaultKind.Damaged,
                _ => (StoreFaultKind?)null,
            };
            if (kind is { } known)
            {
                return new StoreFault(known, inner.Message);
            }
        }

        return null;
    }

    private static StoreFaultKind? OfSqlite(int code) => code switch
    {
        SqliteFull => StoreFaultKind.Full,
        SqliteCorrupt or SqliteNotADatabase => StoreFaultKind.Damaged,
        SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteIo or SqliteCannotOpen => StoreFaultKind.Unavailable,
        _ => null,
    };

    private static StoreFaultKind? OfState(string state) =>
        RacedStates.Contains(state) ? StoreFaultKind.Raced
        : FullStates.Contains(state) ? StoreFaultKind.Full
        : DamagedStates.Contains(state) ? StoreFaultKind.Damaged
        : UnavailableClasses.Contains(state[..2]) ? StoreFaultKind.Unavailable
        : null;
}
