using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>Opens input files, refusing at once what can be refused without reading.</summary>
public static class InputSource
{
    /// <summary>
    /// The largest input file, in bytes (128 MiB): above the largest that a publisher named in the guide offers.
    /// </summary>
    public const long BytesMax = 128L << 20;

    /// <summary>The name by which faults call standard input.</summary>
    public const string StandardName = "standard input";

    private const int BufferBytes = 1 << 18;
    private const string CsvExpected = "a text file of comma-separated values";

    /// <summary>Opens a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Takes the reason when it cannot be opened.</param>
    /// <returns>The stream, which the caller disposes of; null with one fault added.</returns>
    public static Stream? Open(string path, FaultList faults)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(faults);
        if (path == OutputFile.Standard)
        {
            return Console.OpenStandardInput();
        }

        if (Directory.Exists(path))
        {
            faults.Add(Fault.Describe(path, 0, 0, "a folder", CsvExpected));
            return null;
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes,
                FileOptions.SequentialScan);
            if (!file.CanSeek || file.Length <= BytesMax)
            {
                return file;
            }

            faults.Add(TooLarge(path, FormattableString.Invariant($"a file of {file.Length:N0} bytes")));
            file.Dispose();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(Fault.Describe(path, 0, 0, "no such file", CsvExpected));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            faults.Add(Fault.Describe(path, 0, 0, problem.Message, "a file that can be read"));
        }

        return null;
    }

    /// <summary>The name by which faults call a path.</summary>
    public static string NameOf(string path) => path == OutputFile.Standard ? StandardName : path;

    internal static Fault TooLarge(string file, string found) =>
        Fault.Describe(file, 0, 0, found, string.Create(CultureInfo.InvariantCulture, $"at most {BytesMax:N0} bytes"));

    /// <summary>What the first bytes give away when they are not those of a table; null when they may be one.</summary>
    internal static string? ForeignKind(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("PK\u0003\u0004"u8))
        {
            return "a zip archive or an Excel workbook";
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return "an old Excel workbook";
        }

        if (first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return "a gzip archive";
        }

        if (first.StartsWith("%PDF"u8))
        {
            return "a PDF document";
        }

        var text = first.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("<"u8))
        {
            return "a web page or XML";
        }

        return text.StartsWith("{"u8) || text.StartsWith("["u8) ? "JSON" : null;
    }

    /// <summary>
    /// The encoding that a byte-order mark names when it is UTF-16, as spreadsheets write it; null for UTF-8.
    /// </summary>
    /// <param name="first">The first bytes of the file.</param>
    /// <param name="skip">How many of them are the mark.</param>
    internal static Encoding? MarkedEncoding(ReadOnlySpan<byte> first, out int skip)
    {
        skip = 0;
        if (first.StartsWith(Encoding.UTF8.Preamble))
        {
            skip = Encoding.UTF8.Preamble.Length;
            return null;
        }

        var encoding = first.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
            : first.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
            : null;
        skip = encoding is null ? 0 : encoding.Preamble.Length;
        return encoding;
    }
}
