using System.Globalization;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;

namespace Sameboat.Server.Api.Sheets;

/// <summary>Writes the rows of a list as a Parquet file of one row group: texts, 64-bit whole numbers, flags.</summary>
internal static class ParquetRows
{
    /// <summary>As registered with IANA.</summary>
    internal const string MediaType = "application/vnd.apache.parquet";

    internal static async Task<byte[]> WriteAsync(IReadOnlyList<ListColumn> columns, IReadOnlyList<JsonObject> rows)
    {
        DataField[] fields =
        [
            .. columns.Select(column => new DataField(
                column.Name,
                column.IsWhole ? typeof(long) : column.IsFlag ? typeof(bool) : typeof(string),
                isNullable: true)),
        ];
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file))
        {
            using var group = writer.CreateRowGroup();
            foreach (var (column, field) in columns.Zip(fields))
            {
                if (column.IsWhole)
                {
                    await group.WriteAsync<long>(field, Whole(rows, column.Name));
                }
                else if (column.IsFlag)
                {
                    await group.WriteAsync<bool>(field, Flags(rows, column.Name));
                }
                else
                {
                    string?[] texts = [.. rows.Select(row => row[column.Name]?.ToString())];
                    await group.WriteAsync(field, texts!);
                }
            }
        }

        return file.ToArray();
    }

    private static ReadOnlyMemory<long?> Whole(IReadOnlyList<JsonObject> rows, string name) => rows
        .Select(row => row[name] is { } node
            ? long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture)
            : (long?)null)
        .ToArray();

    private static ReadOnlyMemory<bool?> Flags(IReadOnlyList<JsonObject> rows, string name) =>
        rows.Select(row => row[name]?.GetValue<bool>()).ToArray();
}
