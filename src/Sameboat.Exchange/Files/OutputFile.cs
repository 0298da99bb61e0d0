using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>One file of results that is written whole or not at all; <c>-</c> is standard output.</summary>
public static class OutputFile
{
    /// <summary>The name that stands for standard input and standard output.</summary>
    public const string Standard = "-";

    /// <summary>
    /// Writes into a hidden file beside the target and renames it over the target when all is written. An earlier file
    /// of that name is replaced.
    /// </summary>
    /// <param name="path">The file, or <c>-</c>; its folder must exist.</param>
    /// <param name="write">Writes the contents.</param>
    /// <returns>Null when it was written, otherwise why not.</returns>
    public static Fault? Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        if (path == Standard)
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            return null;
        }

        if (Directory.Exists(path))
        {
            return Fault.Describe(path, 0, 0, "a folder", "the name of a file");
        }

        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            return Fault.Describe(path, 0, 0, $"no folder {folder}", "a folder that exists");
        }

        var draftName = string.Create(
            CultureInfo.InvariantCulture, $".{Path.GetFileName(full)}.writing-{Environment.ProcessId}");
        var draft = Path.Combine(folder, draftName);
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(draft, full, overwrite: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Fault.Describe(path, 0, 0, problem.Message, "a place that can be written to");
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
