using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sameboat.Server.Storage;

/// <summary>
/// Inserts new rows by one prepared statement a table, without tracking them: an append of thousands of entries spends
/// its time in the database and not in comparing rows that are known to be new.
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
            var command = db.Database.GetDbConnection().CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
                await statement.InsertAsync(command, table, cancellation).ConfigureAwait(false);
            }
        }
    }

    private sealed record Column(string Parameter, IProperty Property, RelationalTypeMapping Mapping);

    private sealed record Statement(string Sql, IReadOnlyList<Column> Columns)
    {
        internal static Statement Of(IEntityType type, NodeContext db)
        {
            var quote = db.GetSqlGenerationHelper();
            var columns = type.GetProperties()
                .Select((property, at) => new Column($"@p{at}", property, property.GetRelationalTypeMapping()))
                .ToList();
            var sql = new StringBuilder("INSERT INTO ")
                .Append(quote.DelimitIdentifier(type.GetTableName()!))
                .Append(" (")
                .AppendJoin(", ", columns.Select(column => quote.DelimitIdentifier(column.Property.GetColumnName())))
                .Append(") VALUES (")
                .AppendJoin(", ", columns.Select(column => column.Parameter))
                .Append(')');
            return new Statement(sql.ToString(), columns);
        }

        internal async Task InsertAsync(DbCommand command, IEnumerable<object> rows, CancellationToken cancellation)
        {
            command.CommandText = Sql;
            foreach (var column in Columns)
            {
                command.Parameters.Add(
                    column.Mapping.CreateParameter(command, column.Parameter, null, column.Property.IsNullable));
            }

            foreach (var row in rows)
            {
                for (var at = 0; at < Columns.Count; at++)
                {
                    command.Parameters[at].Value = Columns[at].Property.GetGetter().GetClrValue(row) ?? DBNull.Value;
                }

                await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
