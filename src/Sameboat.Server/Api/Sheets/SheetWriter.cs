using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Sameboat.Server.Api.Sheets;

/// <summary>One cell.</summary>
/// <param name="Text">As shown; empty for an empty cell.</param>
/// <param name="IsNumber">True when the text is a number of at most 15 digits, which a spreadsheet keeps.</param>
internal readonly record struct SheetCell(string Text, bool IsNumber);

/// <summary>
/// Writes a workbook of one sheet (ECMA-376, Office Open XML), a row at a time. Texts are inline strings: whatever they
/// begin with, no spreadsheet takes them for a formula.
/// </summary>
internal sealed class SheetWriter : IDisposable
{
    /// <summary>Of a workbook.</summary>
    internal const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The digits that a spreadsheet keeps of a number; longer ones are written as texts.</summary>
    private const int DigitsMax = 15;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Form = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private readonly ZipArchive _zip;
    private readonly XmlWriter _sheet;

    internal SheetWriter(Stream stream)
    {
        _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml",
            $"<Types xmlns=\"{Types}\"><Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Form}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Form}.worksheet+xml\"/></Types>");
        Part("_rels/.rels",
            $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" "
            + "Target=\"xl/workbook.xml\"/></Relationships>");
        Part("xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"list\" sheetId=\"1\" "
            + "r:id=\"rId1\"/></sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" "
            + "Target=\"worksheets/sheet1.xml\"/></Relationships>");
        _sheet = XmlWriter.Create(
            New("xl/worksheets/sheet1.xml"),
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetData", Main);
    }

    /// <summary>Adds a row.</summary>
    internal void Row(IReadOnlyList<SheetCell> cells)
    {
        _sheet.WriteStartElement("row", Main);
        foreach (var cell in cells)
        {
            _sheet.WriteStartElement("c", Main);
            if (cell.IsNumber && cell.Text.Length <= DigitsMax)
            {
                _sheet.WriteElementString("v", Main, cell.Text);
            }
            else if (cell.Text.Length > 0)
            {
                _sheet.WriteAttributeString("t", "inlineStr");
                _sheet.WriteStartElement("is", Main);
                _sheet.WriteStartElement("t", Main);
                _sheet.WriteAttributeString("xml", "space", null, "preserve");
                _sheet.WriteString(Escape(cell.Text));
                _sheet.WriteEndElement();
                _sheet.WriteEndElement();
            }

            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    public void Dispose()
    {
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Dispose();
        _zip.Dispose();
    }

    // What XML 1.0 cannot hold is written as the form has it, _x0001_.
    private static string Escape(string text) => text.All(XmlConvert.IsXmlChar)
        ? text
        : string.Concat(text.Select((one, index) =>
            XmlConvert.IsXmlChar(one)
            || (char.IsHighSurrogate(one) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            || (char.IsLowSurrogate(one) && index > 0 && char.IsHighSurrogate(text[index - 1]))
                ? one.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"_x{(int)one:X4}_")));

    private void Part(string name, string text)
    {
        using var stream = New(name);
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text));
    }

    private Stream New(string name) => _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
}
