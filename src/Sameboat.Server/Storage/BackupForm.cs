using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sameboat.Server.Storage;

/// <summary>
/// The one form of a backup for both databases: a zip file with each log as its C2SP files below <c>log/{member}/</c>,
/// which anyone can verify once it is unpacked, and each table that no fold gives back as lines of JSON below
/// <c>table/</c>. Projections are left out and made again; keys are left out and kept apart.
/// </summary>
internal static class BackupForm
{
    /// <summary>The version of the form.</summary>
    internal const int Version = 1;

    /// <summary>Says what the file is.</summary>
    internal const string About = "sameboat-backup.json";

    /// <summary>
    /// Names the form of the tables: how many migrations made them, and the last of them without its date, which
    /// differs between the databases.
    /// </summary>
    internal static string TablesOf(NodeContext db)
    {
        var migrations = db.Database.GetMigrations().ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"{migrations.Count}:{migrations[^1][(migrations[^1].IndexOf('_', StringComparison.Ordinal) + 1)..]}");
    }

    /// <summary>Where a log's files lie.</summary>
    internal static string LogPath(string member, string path) => $"log/{member}/{path}";

    /// <summary>Where a table's rows lie.</summary>
    internal static string TablePath(string table) => $"table/{table}.jsonl";

    /// <summary>The tables whose rows are written as they are, the heads of the logs among them.</summary>
    internal static ImmutableArray<IEntityType> Tables(NodeContext db) =>
    [
        .. db.Model.GetEntityTypes()
            .Where(type => type.GetTableName() is not null
                && !type.ClrType.IsAssignableTo(typeof(IProjectedRow))
                && type.ClrType != typeof(EntryRow)
                && type.ClrType != typeof(TileHashRow))
            .OrderBy(type => type.GetTableName(), StringComparer.Ordinal),
    ];

    /// <summary>One row as a line.</summary>
    internal static string Line(IEntityType type, object row)
    {
        var line = new JsonObject();
        foreach (var property in type.GetProperties())
        {
            line[property.Name] = JsonSerializer.SerializeToNode(
                property.GetGetter().GetClrValue(row), property.ClrType);
        }

        return line.ToJsonString();
    }

    /// <summary>The row of a line.</summary>
    /// <exception cref="JsonException">The line is no row of this table.</exception>
    internal static object Row(IEntityType type, string line)
    {
        var values = JsonNode.Parse(line)?.AsObject() ?? throw new JsonException("an empty line");
        var row = Activator.CreateInstance(type.ClrType, nonPublic: true)!;
        foreach (var property in type.GetProperties())
        {
            if (!values.ContainsKey(property.Name))
            {
                throw new JsonException($"no {property.Name}");
            }

            property.PropertyInfo?.SetValue(row, values[property.Name].Deserialize(property.ClrType));
        }

        return row;
    }
}
