using System.Collections.Immutable;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Tables;

/// <summary>The form of one table of a run: its file, its columns, and how a row is written and read.</summary>
/// <typeparam name="TRow">What a row holds.</typeparam>
/// <param name="File">The file's name.</param>
/// <param name="Header">The columns.</param>
/// <param name="Write">Adds the cells of a row, in the order of the columns.</param>
/// <param name="Read">Takes the cells in the same order; what it makes of a faulty row is not used.</param>
internal sealed record TableForm<TRow>(
    string File, ImmutableArray<string> Header, Action<CsvTable, TRow> Write, Func<RowCells, TRow> Read)
{
    /// <summary>The whole table as the bytes of its file.</summary>
    public byte[] ToBytes(ImmutableArray<TRow> rows)
    {
        using var bytes = new MemoryStream();
        using (var table = new CsvTable(bytes, Header.AsSpan()))
        {
            foreach (var row in rows)
            {
                Write(table, row);
                table.EndRow();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The rows of a file; empty with faults where it is not a table of this form.</summary>
    public ImmutableArray<TRow> FromFile(string folder, FaultList faults)
    {
        var before = faults.Total;
        using var rows = CsvRows.Open(Path.Combine(folder, File), faults);
        if (rows is null)
        {
            return [];
        }

        if (!rows.Header.SequenceEqual(Header))
        {
            faults.Add(Fault.Describe(File, 1, 0, $"the columns {string.Join(',', rows.Header)}",
                $"the columns {string.Join(',', Header)}"));
            return [];
        }

        var read = ImmutableArray.CreateBuilder<TRow>();
        while (rows.Read())
        {
            read.Add(Read(new RowCells(rows)));
        }

        return faults.Total == before ? read.ToImmutable() : [];
    }
}
