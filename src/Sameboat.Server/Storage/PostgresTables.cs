using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Sameboat.Server.Storage;

/// <summary>
/// What PostgreSQL's tables have beyond the model that both databases share: the entries are partitioned by member,
/// and rows that are not for everybody are guarded by the database itself. It is added where a migration makes the
/// table, so a migration made anew needs no hand in it.
/// </summary>
[SuppressMessage("Usage", "EF1001", Justification = "The base class asks for it, and hands it on to nobody else.")]
internal sealed class PostgresTables(
    MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
{
    /// <summary>Into how many parts the entries are hashed by member. A lookup by id or subject asks each.</summary>
    internal const int EntryPartitions = 8;

    private const string EntryTable = "entry";

    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (operation.Name != EntryTable)
        {
            base.Generate(operation, model, builder, terminate);
            foreach (var statement in RowSecurity.Of(operation.Name))
            {
                builder.Append(statement).AppendLine(";").EndCommand();
            }

            return;
        }

        base.Generate(operation, model, builder, terminate: false);
        builder.AppendLine(" PARTITION BY HASH (\"Member\");").EndCommand();
        for (var part = 0; part < EntryPartitions; part++)
        {
            builder.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE TABLE \"{EntryTable}_{part}\" PARTITION OF \"{EntryTable}\" "
                + $"FOR VALUES WITH (MODULUS {EntryPartitions}, REMAINDER {part});"));
            builder.EndCommand();
        }
    }
}
