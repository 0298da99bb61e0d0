using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Sameboat.Server.Api.Sheets;

/// <summary>Why a workbook is not read.</summary>
internal sealed class SheetRefusedException(string found, string expected) : Exception($"{found}; expected {expected}")
{
    /// <summary>What was found.</summary>
    internal string Found { get; } = found;

    /// <summary>What was expected.</summary>
    internal string Expected { get; } = expected;
}

/// <summary>
/// Reads the first sheet of a workbook (ECMA-376) as texts, row by row. What a stranger sends is not trusted: the parts
/// and their expanded size are counted while they are read, no document type and no reference outwards is followed, and
/// a formula is a text that begins with an equals sign: its remembered value is not taken.
/// </summary>
internal sealed class SheetReader
{
    /// <summary>The most parts of a workbook.</summary>
    internal const int PartsMax = 200;

    /// <summary>The most bytes of one part when it is expanded.</summary>
    internal const long ExpandedMax = 64L << 20;

    /// <summary>The most rows.</summary>
    internal const int RowsMax = 50_001;

    /// <summary>The most columns.</summary>
    internal const int ColumnsMax = 100;

    /// <summary>The most characters of a cell.</summary>
    internal const int CellMax = 4_000;

    private const int SharedMax = 1_000_000;
    private const int Letters = 26;

    private readonly List<string> _shared = [];

    private SheetReader()
    {
    }

    /// <summary>The rows with their numbers; a row ends with its last cell.</summary>
    /// <exception cref="SheetRefusedException">It is no workbook or goes beyond a limit.</exception>
    internal static List<(int Number, string[] Cells)> Read(Stream stream)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > PartsMax)
            {
                throw new SheetRefusedException($"a workbook of {zip.Entries.Count} parts", $"at most {PartsMax}");
            }

            var reader = new SheetReader();
            if (zip.GetEntry("xl/sharedStrings.xml") is { } shared)
            {
                reader.ReadShared(shared);
            }

            var sheet = zip.Entries
                .Where(one => one.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal))
                .OrderBy(one => one.FullName.Length).ThenBy(one => one.FullName, StringComparer.Ordinal)
                .FirstOrDefault() ?? throw new SheetRefusedException("a file without a sheet", "a workbook, XLSX");
            return reader.ReadSheet(sheet);
        }
        catch (InvalidDataException)
        {
            throw new SheetRefusedException("a file that is no workbook", "a workbook, XLSX");
        }
        catch (XmlException fault)
        {
            throw new SheetRefusedException(
                $"a part that cannot be read at its line {fault.LineNumber}", "XML without a document type");
        }
    }

    private static XmlReader Open(ZipArchiveEntry part) => XmlReader.Create(
        new CountedStream(part.Open(), ExpandedMax),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersFromEntities = 0,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });

    private void ReadShared(ZipArchiveEntry part)
    {
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                if (_shared.Count >= SharedMax)
                {
                    throw new SheetRefusedException($"more than {SharedMax} texts", "a smaller workbook");
                }

                _shared.Add(TextOf(xml, "si"));
            }
        }
    }

    private List<(int Number, string[] Cells)> ReadSheet(ZipArchiveEntry part)
    {
        var rows = new List<(int Number, string[] Cells)>();
        var cells = new List<string>();
        var number = 0;
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                if (rows.Count >= RowsMax)
                {
                    throw new SheetRefusedException($"more than {RowsMax} rows", "a smaller file");
                }

                number = int.TryParse(
                    xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                    ? given
                    : number + 1;
                cells = [];
                if (xml.IsEmptyElement)
                {
                    continue;
                }
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                ReadCell(xml, cells);
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "row" })
            {
                rows.Add((number, [.. cells]));
            }
        }

        return rows;
    }

    private void ReadCell(XmlReader xml, List<string> cells)
    {
        var column = ColumnOf(xml.GetAttribute("r")) ?? cells.Count;
        if (column >= ColumnsMax || column < cells.Count)
        {
            throw new SheetRefusedException($"a cell in column {column + 1}", $"columns in order, 1 to {ColumnsMax}");
        }

        while (cells.Count < column)
        {
            cells.Add("");
        }

        var type = xml.GetAttribute("t");
        string? formula = null;
        var value = "";
        if (!xml.IsEmptyElement)
        {
            while (xml.Read() && !(xml is { NodeType: XmlNodeType.EndElement, LocalName: "c" }))
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    var name = xml.LocalName;
                    var text = name is "f" or "v" or "is" ? TextOf(xml, name) : "";
                    formula = name == "f" ? text : formula;
                    value = name is "v" or "is" ? text : value;
                }
            }
        }

        cells.Add(formula is not null ? "=" + formula : type == "s" ? SharedText(value) : value);
    }

    private string SharedText(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count
            ? _shared[index]
            : throw new SheetRefusedException($"a reference to a text, «{value}»", "one that the workbook has");

    // All text inside the element, phonetic guides left out; the reader ends at its end.
    private static string TextOf(XmlReader xml, string element)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var text = new System.Text.StringBuilder();
        var depth = xml.Depth;
        var guide = false;
        while (xml.Read()
            && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth && xml.LocalName == element))
        {
            guide = xml.LocalName == "rPh" ? xml.NodeType == XmlNodeType.Element : guide;
            if (!guide && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace)
            {
                text.Append(xml.Value);
                if (text.Length > CellMax)
                {
                    throw new SheetRefusedException($"a cell of more than {CellMax} characters", "a shorter text");
                }
            }
        }

        return text.ToString();
    }

    private static int? ColumnOf(string? reference)
    {
        if (string.IsNullOrEmpty(reference) || !char.IsAsciiLetterUpper(reference[0]))
        {
            return null;
        }

        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(3))
        {
            column = (column * Letters) + (letter - 'A') + 1;
        }

        return column - 1;
    }
}
