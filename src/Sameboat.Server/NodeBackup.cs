using System.Globalization;
using System.IO.Compression;
using Sameboat.Server.Storage;

namespace Sameboat.Server;

/// <summary>
/// Backup, restore and migration of a node's record, as commands do them: each answers with one sentence of what was
/// done, or throws <see cref="IOException"/> with one sentence of why nothing was.
/// </summary>
public static class NodeBackup
{
    /// <summary>
    /// Writes the record as it stands now into one file, readable by its owner alone; a node may be running on it. The
    /// file appears when it is whole. Signing keys are not in it.
    /// </summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store.</param>
    /// <param name="file">The backup; one that stands there is replaced.</param>
    /// <param name="cancellation">Breaks it off; nothing is left behind.</param>
    /// <exception cref="IOException">There is no record, it is damaged, or the file cannot be written.</exception>
    public static async Task<string> WriteAsync(
        string? database, string dataFolder, string file, CancellationToken cancellation)
    {
        var source = Existing(database, dataFolder);
        var beside = file + ".part";
        try
        {
            BackupSum sum;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(beside, options);
            await using (stream.ConfigureAwait(false))
            {
                sum = await RecordBackup.WriteAsync(source, stream, cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
            NoteIn(dataFolder);
            return string.Create(CultureInfo.InvariantCulture,
                $"wrote {file}: {sum.Logs:N0} logs, {sum.Entries:N0} entries. The keys are not in it: "
                + $"keep a copy of the folder keys/ apart from it.");
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{source.Description} cannot be read: {known.Found}", fault);
        }
        finally
        {
            NodeDatabase.CloseFiles();
            File.Delete(beside);
        }
    }

    /// <summary>
    /// Verifies a backup and puts it into an empty data folder or an empty, migrated PostgreSQL database. The embedded
    /// store appears when it is whole.
    /// </summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store; made where it does not exist.</param>
    /// <param name="file">The backup.</param>
    /// <param name="cancellation">Breaks it off; nothing is left behind.</param>
    /// <exception cref="IOException">The backup does not hold, or there is a record already.</exception>
    public static async Task<string> RestoreAsync(
        string? database, string dataFolder, string file, CancellationToken cancellation)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
        await using (stream.ConfigureAwait(false))
        {
            using var zip = OpenZip(stream, file);
            var sum = string.IsNullOrWhiteSpace(database)
                ? await RestoreFileAsync(dataFolder, zip, cancellation)
                : await RestorePostgresAsync(NodeDatabase.Postgres(database), zip, cancellation);
            return string.Create(CultureInfo.InvariantCulture,
                $"restored {sum.Logs:N0} logs, {sum.Entries:N0} entries; every log verified. Put the keys of the logs "
                + $"that are written here into the folder keys/ before the node is started.");
        }
    }

    /// <summary>Brings the tables of a database to this program's form.</summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store; made where it does not exist.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">A newer program made them, or the database does not answer.</exception>
    public static async Task<string> MigrateAsync(
        string? database, string dataFolder, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(database))
        {
            Directory.CreateDirectory(dataFolder);
        }

        var target = NodeDatabase.Of(database, dataFolder);
        try
        {
            var isCurrent = await target.StateAsync(cancellation) == TableState.Current;
            await target.MigrateAsync(cancellation);
            return isCurrent
                ? $"{target.Description}: the tables were of this program's form already."
                : $"{target.Description}: the tables are now of this program's form.";
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{target.Description} does not answer: {known.Found}", fault);
        }
    }

    /// <summary>When a backup was last made with this data folder; null where none is known.</summary>
    internal static DateTimeOffset? LastIn(string dataFolder) =>
        File.Exists(NoteOf(dataFolder)) ? File.GetLastWriteTimeUtc(NoteOf(dataFolder)) : null;

    /// <summary>What is wrong with a PostgreSQL connection string, or null.</summary>
    public static string? FaultOfDatabase(string connection) => NodeDatabase.FaultOf(connection);

    // The page of administrators says how old the newest backup is. A folder that cannot be written hinders no backup.
    private static void NoteIn(string dataFolder)
    {
        try
        {
            if (Directory.Exists(dataFolder))
            {
                File.WriteAllText(NoteOf(dataFolder), "The time of this file is that of the newest backup.\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The backup stands all the same.
        }
    }

    private static string NoteOf(string dataFolder) => Path.Combine(dataFolder, "last-backup.txt");

    private static NodeDatabase Existing(string? database, string dataFolder) =>
        !string.IsNullOrWhiteSpace(database) || File.Exists(NodeDatabase.FileIn(dataFolder))
            ? NodeDatabase.Of(database, dataFolder)
            : throw new IOException($"There is no record in {dataFolder}: name the folder with --data.");

    private static ZipArchive OpenZip(FileStream stream, string file)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException fault)
        {
            throw new IOException($"{file} is no backup, or a part of one: {fault.Message}", fault);
        }
    }

    // Made in a folder beside and moved, so that a cut leaves no half a record under the name that a node opens.
    private static async Task<BackupSum> RestoreFileAsync(
        string dataFolder, ZipArchive zip, CancellationToken cancellation)
    {
        using var folder = NodeFolder.Take(dataFolder);
        var target = NodeDatabase.FileIn(folder.Path);
        if (File.Exists(target))
        {
            throw new IOException($"{target} holds a record already. Restore into an empty folder.");
        }

        var beside = Path.Combine(folder.Path, "restoring");
        try
        {
            Directory.CreateDirectory(beside);
            var database = NodeDatabase.Sqlite(beside);
            await database.MigrateAsync(cancellation);
            var sum = await new RecordRestore(database, zip).ReadAsync(cancellation);
            NodeDatabase.CloseFiles();
            File.Move(NodeDatabase.FileIn(beside), target);
            return sum;
        }
        finally
        {
            NodeDatabase.CloseFiles();
            Directory.Delete(beside, recursive: true);
        }
    }

    private static async Task<BackupSum> RestorePostgresAsync(
        NodeDatabase database, ZipArchive zip, CancellationToken cancellation)
    {
        await database.PrepareAsync(cancellation);
        return await new RecordRestore(database, zip).ReadAsync(cancellation);
    }
}
