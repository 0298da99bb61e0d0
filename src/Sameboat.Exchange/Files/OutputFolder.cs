using System.Globalization;
using System.Runtime.InteropServices;

namespace Sameboat.Exchange.Files;

/// <summary>
/// A folder of results that appears whole or not at all. Files are written into a hidden folder beside the target,
/// and <see cref="Commit"/> renames it into place. Until then nothing can be seen at the target; when the program
/// ends by an error or by a signal (Ctrl-C, a termination, a hang-up) the hidden folder is removed.
/// A folder that an earlier run wrote is replaced; any other that holds something is refused. Not for use by several
/// threads at once.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    /// <summary>The file by which a folder is known to be ours, and so may be replaced as a whole.</summary>
    public const string MarkerName = ".sameboat";

    private const string MarkerText =
        "Written by Sameboat. The next run that names this folder replaces it as a whole.\n";

    private readonly string _target;
    private readonly string _draft;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private bool _givenUp;
    private bool _committed;

    private OutputFolder(string target, string draft)
    {
        _target = target;
        _draft = draft;
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => Discard()));
        }
    }

    /// <summary>Makes ready to write; nothing shows at the target yet.</summary>
    /// <param name="path">The folder to make or to replace; its parent must exist.</param>
    /// <param name="refusal">Why it cannot be written there; null when it can.</param>
    /// <returns>The folder to write into, or null with a refusal.</returns>
    public static OutputFolder? Begin(string path, out Fault? refusal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(target);
        refusal = RefusalOf(path, target, parent);
        if (refusal is not null)
        {
            return null;
        }

        var draft = Path.Combine(parent!, SiblingName(target, "writing"));
        try
        {
            DeleteIfThere(draft);
            Directory.CreateDirectory(draft);
            File.WriteAllText(Path.Combine(draft, MarkerName), MarkerText);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            refusal = Fault.Describe(path, 0, 0, problem.Message, "a place that can be written to");
            return null;
        }

        return new OutputFolder(target, draft);
    }

    /// <summary>Opens a new file for writing, making the folders on its way.</summary>
    /// <param name="relativePath">Path below the folder, with forward slashes, such as <c>log/checkpoint</c>.</param>
    /// <exception cref="ArgumentException">The path is absolute or leads out of the folder.</exception>
    /// <exception cref="OperationCanceledException">The folder was given up after a signal.</exception>
    public Stream Create(string relativePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(relativePath);
        var full = Path.GetFullPath(Path.Combine(_draft, relativePath));
        if (!full.StartsWith(_draft + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ArgumentException($"«{relativePath}» leads out of the output folder.", nameof(relativePath));
        }

        // A signal comes on a thread of its own: it must not remove the folder while a file is being added.
        lock (_gate)
        {
            CheckOpen();
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        }
    }

    /// <summary>Writes a file of these bytes.</summary>
    public void Write(string relativePath, ReadOnlySpan<byte> bytes)
    {
        using var file = Create(relativePath);
        file.Write(bytes);
    }

    /// <summary>Writes a table; the caller adds the rows.</summary>
    /// <param name="relativePath">Path below the folder.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Adds the rows to the table.</param>
    public void WriteTable(string relativePath, ReadOnlySpan<string> header, Action<CsvTable> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var file = Create(relativePath);
        using var table = new CsvTable(file, header);
        rows(table);
    }

    /// <summary>
    /// Puts the folder in place, replacing what an earlier run left there. Call it once, as the last act.
    /// </summary>
    /// <exception cref="OperationCanceledException">The folder was given up after a signal.</exception>
    public void Commit()
    {
        lock (_gate)
        {
            CheckOpen();
            var earlier = Path.Combine(Path.GetDirectoryName(_target)!, SiblingName(_target, "earlier"));
            DeleteIfThere(earlier);
            var replaces = Directory.Exists(_target);
            if (replaces)
            {
                Directory.Move(_target, earlier);
            }

            try
            {
                Directory.Move(_draft, _target);
            }
            catch (IOException) when (replaces)
            {
                Directory.Move(earlier, _target);
                throw;
            }

            _committed = true;
            DeleteIfThere(earlier);
        }
    }

    /// <summary>Removes what was written when <see cref="Commit"/> was not reached.</summary>
    public void Dispose()
    {
        Discard();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _signals.Clear();
    }

    private static Fault? RefusalOf(string path, string target, string? parent)
    {
        if (parent is null)
        {
            return Fault.Describe(path, 0, 0, "the root of the file system", "a folder of its own");
        }

        if (!Directory.Exists(parent))
        {
            return Fault.Describe(path, 0, 0, $"no folder {parent}", "a parent folder that exists");
        }

        if (File.Exists(target))
        {
            return Fault.Describe(path, 0, 0, "a file", "a folder, or a name that is free");
        }

        var isOurs = File.Exists(Path.Combine(target, MarkerName));
        return Directory.Exists(target) && !isOurs && Directory.EnumerateFileSystemEntries(target).Any()
            ? Fault.Describe(path, 0, 0, "a folder with files of other origin",
                "an empty or a new folder, or one that Sameboat wrote")
            : null;
    }

    private static string SiblingName(string target, string purpose) =>
        string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{purpose}-{Environment.ProcessId}");

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void CheckOpen()
    {
        if (_givenUp || _committed)
        {
            throw new OperationCanceledException("The output folder is closed.");
        }
    }

    private void Discard()
    {
        lock (_gate)
        {
            if (!_committed)
            {
                _givenUp = true;
                DeleteIfThere(_draft);
            }
        }
    }
}
