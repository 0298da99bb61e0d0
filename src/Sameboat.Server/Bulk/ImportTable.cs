using Sameboat.Exchange.Files;
using Sameboat.Server.Api.Sheets;

namespace Sameboat.Server.Bulk;

/// <summary>Where a file that is to be imported is wrong.</summary>
/// <param name="Row">In the file, the header being 1.</param>
/// <param name="Column">Its name, or empty where the whole row or file is meant.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
internal sealed record ImportFault(long Row, string Column, string Found, string Expected);

/// <summary>One row.</summary>
/// <param name="Number">In the file, the header being 1.</param>
/// <param name="Cells">By the columns of the table.</param>
internal sealed record ImportRow(long Number, string[] Cells);

/// <summary>A file of rows, its form forgotten.</summary>
/// <param name="Header">Names of the columns, in lower case.</param>
/// <param name="Rows">Without blank ones.</param>
/// <param name="FromSheet">True when days may be numbers, as spreadsheets keep them.</param>
internal sealed record ImportTable(IReadOnlyList<string> Header, IReadOnlyList<ImportRow> Rows, bool FromSheet)
{
    /// <summary>The most bytes of a file.</summary>
    internal const int BytesMax = 8 << 20;

    /// <summary>The most rows of one import.</summary>
    internal const int RowsMax = 20_000;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="isSheet">True for a workbook, false for CSV.</param>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <returns>The table, or null with faults.</returns>
    internal static ImportTable? Read(byte[] bytes, bool isSheet, List<ImportFault> faults)
    {
        var table = isSheet ? Sheet(bytes, faults) : Csv(bytes, faults);
        if (table is { Rows.Count: 0 })
        {
            faults.Add(new ImportFault(1, "", "no row", "a header and at least one row"));
        }
        else if (table is { Rows.Count: > RowsMax })
        {
            faults.Add(new ImportFault(table.Rows[RowsMax].Number, "", $"{table.Rows.Count} rows",
                $"at most {RowsMax} in one import"));
        }

        return faults.Count == 0 ? table : null;
    }

    private static ImportTable? Csv(byte[] bytes, List<ImportFault> faults)
    {
        var list = new FaultList();
        using var rows = CsvRows.Begin(new MemoryStream(bytes), "the file", list);
        var read = new List<ImportRow>();
        while (rows?.Read() == true && read.Count <= RowsMax)
        {
            var cells = Enumerable.Range(0, rows.Header.Count)
                .Select(column => CsvTable.OriginalText(rows.Text(column)));
            read.Add(new ImportRow(rows.Line, [.. cells]));
            for (var column = 0; column < rows.Header.Count; column++)
            {
                if (!rows.IsText(column))
                {
                    rows.Refuse(column, "UTF-8");
                }
            }
        }

        faults.AddRange(list.Kept.Select(fault => new ImportFault(
            fault.Line,
            fault.Column > 0 && fault.Column <= rows?.Header.Count ? rows.Header[fault.Column - 1] : "",
            fault.Found, fault.Expected)));
        return rows is null ? null : new ImportTable([.. rows.Header.Select(Name)], read, FromSheet: false);
    }

    private static ImportTable? Sheet(byte[] bytes, List<ImportFault> faults)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            var rows = SheetReader.Read(stream).Where(row => row.Cells.Any(cell => cell.Trim().Length > 0)).ToList();
            return rows.Count == 0 ? new ImportTable([], [], true) : new ImportTable(
                [.. rows[0].Cells.Select(Name)],
                [.. rows.Skip(1).Select(row => new ImportRow(row.Number, [.. row.Cells.Select(cell => cell.Trim())]))],
                FromSheet: true);
        }
        catch (SheetRefusedException refused)
        {
            faults.Add(new ImportFault(0, "", refused.Found, refused.Expected));
            return null;
        }
    }

    private static string Name(string text) => text.Trim().ToLowerInvariant();
}
