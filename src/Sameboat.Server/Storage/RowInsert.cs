using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Sameboat.Server.Storage;

/// <summary>
/// Inserts new rows without tracking them: an append of thousands of entries spends its time in the database and not in
/// comparing rows that are known to be new. SQLite takes them by one prepared statement a table, PostgreSQL in one
/// stream a table.
/// </summary>
internal static class RowInsert
{
    private static readonly ConcurrentDictionary<IEntityType, Statement> Statements = new();

    /// <summary>Inserts the rows, of any tables, inside the transaction that the context has open.</summary>
    internal static async Task InsertAsync(
        this NodeContext db, IEnumerable<object> rows, CancellationToken cancellation)
    {
        foreach (var table in rows.GroupBy(row => row.GetType()))
        {
            var type = db.Model.FindEntityType(table.Key)
                ?? throw new InvalidOperationException($"{table.Key.Name} is no table of the node.");
            var statement = Statements.GetOrAdd(type, entity => Statement.Of(entity, db));
            await db.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await InsertAsync(db, statement, table, cancellation).ConfigureAwait(false);
            }
            finally
            {
                await db.Database.CloseConnectionAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task InsertAsync(
        NodeContext db, Statement statement, IEnumerable<object> rows, CancellationToken cancellation)
    {
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
        {
            await statement.CopyAsync(postgres, rows, cancellation).ConfigureAwait(false);
            return;
        }

        var command = db.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            await statement.InsertAsync(command, rows, cancellation).ConfigureAwait(false);
        }
    }

    private sealed record Column(string Parameter, IProperty Property, RelationalTypeMapping Mapping)
    {
        internal object? ValueOf(object row)
        {
            var value = Property.GetGetter().GetClrValue(row);
            return Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }
    }

    private sealed record Statement(string Insert, string Copy, IReadOnlyList<Column> Columns)
    {
        internal static Statement Of(IEntityType type, NodeContext db)
        {
            var quote = db.GetSqlGenerationHelper();
            var columns = type.GetProperties()
                .Select((property, at) => new Column($"@p{at}", property, property.GetRelationalTypeMapping()))
                .ToList();
            var target = new StringBuilder(quote.DelimitIdentifier(type.GetTableName()!))
                .Append(" (")
                .AppendJoin(", ", columns.Select(column => quote.DelimitIdentifier(column.Property.GetColumnName())))
                .Append(')')
                .ToString();
            var parameters = string.Join(", ", columns.Select(column => column.Parameter));
            return new Statement(
                $"INSERT INTO {target} VALUES ({parameters})", $"COPY {target} FROM STDIN (FORMAT BINARY)", columns);
        }

        internal async Task InsertAsync(DbCommand command, IEnumerable<object> rows, CancellationToken cancellation)
        {
            command.CommandText = Insert;
            foreach (var column in Columns)
            {
                command.Parameters.Add(
                    column.Mapping.CreateParameter(command, column.Parameter, null, column.Property.IsNullable));
            }

            foreach (var row in rows)
            {
                for (var at = 0; at < Columns.Count; at++)
                {
                    command.Parameters[at].Value = Columns[at].ValueOf(row) ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }

        internal async Task CopyAsync(
            NpgsqlConnection connection, IEnumerable<object> rows, CancellationToken cancellation)
        {
            var stream = await connection.BeginBinaryImportAsync(Copy, cancellation).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                foreach (var row in rows)
                {
                    await stream.StartRowAsync(cancellation).ConfigureAwait(false);
                    foreach (var column in Columns)
                    {
                        if (column.ValueOf(row) is { } value)
                        {
                            await stream.WriteAsync(value, column.Mapping.StoreType, cancellation)
                                .ConfigureAwait(false);
                        }
                        else
                        {
                            await stream.WriteNullAsync(cancellation).ConfigureAwait(false);
                        }
                    }
                }

                await stream.CompleteAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
