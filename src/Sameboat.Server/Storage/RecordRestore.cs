using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Sameboat.Record;
using Sameboat.Server.Following;

namespace Sameboat.Server.Storage;

/// <summary>
/// Puts a backup into an empty database: every log is verified against its signed checkpoint first, entries, tree and
/// heads are made anew from what was verified, and the projections are folded from the entries.
/// </summary>
internal sealed class RecordRestore(NodeDatabase database, ZipArchive zip)
{
    private const int RowsAtOnce = 4_096;

    /// <summary>Verifies and restores; on return all of it is on the disk.</summary>
    /// <exception cref="IOException">The backup does not hold, or the database is not an empty one of this program's
    /// form; nothing is changed.</exception>
    internal async Task<BackupSum> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await using var db = database.Open();
            CheckForm(db);
            if (await db.Logs.AnyAsync(cancellation))
            {
                throw new IOException($"{database.Description} holds a record already. Restore into an empty one.");
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var logs = new List<LogRow>();
            foreach (var table in BackupForm.Tables(db))
            {
                var rows = RowsOf(table).ToList();
                logs.AddRange(rows.OfType<LogRow>());
                foreach (var followed in rows.OfType<FollowedLogRow>())
                {
                    // A backup holds a log up to its checkpoint: what was under way beyond it is fetched again.
                    (followed.TakenSize, followed.TakenEdge, followed.TakenNote) = (0, [], "");
                }

                await db.InsertAsync(rows, cancellation);
            }

            foreach (var log in logs)
            {
                Verify(log);
                await InsertAsync(db, log, cancellation);
            }

            await transaction.CommitAsync(cancellation);
            await Projections.RebuildAsync(database, cancellation);
            return new BackupSum(logs.Count, logs.Sum(log => log.Size));
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or FormatException)
        {
            throw new IOException($"The backup does not hold: {fault.Message}. Nothing was restored.", fault);
        }
    }

    private void CheckForm(NodeContext db)
    {
        var about = Read(BackupForm.About) is { } bytes ? JsonNode.Parse(bytes)?.AsObject() : null;
        var (form, tables) = ((int?)about?["form"], (string?)about?["tables"]);
        if (form != BackupForm.Version || tables != BackupForm.TablesOf(db))
        {
            throw new IOException(
                $"This is no backup of this program: found form {form?.ToString() ?? "none"} with tables "
                + $"{tables ?? "unknown"}, expected form {BackupForm.Version} with tables "
                + $"{BackupForm.TablesOf(db)}. Restore it with the Sameboat that made it.");
        }
    }

    private void Verify(LogRow log)
    {
        var verified = LogVerifier.Verify(
            path => Read(BackupForm.LogPath(log.Member, path)), VerifierKey.Parse(log.VerifierKey));
        if (!verified.IsSound)
        {
            throw new IOException(
                $"The log of {log.Member} in the backup does not hold: {verified.Fault} Nothing was restored.");
        }

        var head = LogHeads.HeadOf(log);
        if (verified.Checkpoint.Origin != log.Origin || head?.Size != verified.Checkpoint.Size
            || head.Root() != verified.Checkpoint.Root
            || Read(BackupForm.LogPath(log.Member, TilePath.Checkpoint)) is not { } note
            || Encoding.UTF8.GetString(note) != log.Checkpoint)
        {
            throw new IOException(
                $"The head of the log of {log.Member} in the backup is not the one that was signed. "
                + "Nothing was restored.");
        }
    }

    private async Task InsertAsync(NodeContext db, LogRow log, CancellationToken cancellation)
    {
        var reader = new TileReader(path => Read(BackupForm.LogPath(log.Member, path)));
        var rows = new List<EntryRow>(RowsAtOnce);
        var placing = new EntryPlacing(log.Member);
        long stored = 0;
        foreach (var path in TilePath.AllFor(log.Size).Where(path => path.IsEntries))
        {
            if (!reader.TryReadEntries(path, out var entries, out var fault))
            {
                throw new InvalidDataException(fault.ToString());
            }

            foreach (var bytes in entries)
            {
                rows.Add(placing.Place(bytes, EntryPlacing.Read(bytes), stored + rows.Count));
            }

            if (rows.Count >= RowsAtOnce)
            {
                stored = await StoreAsync(db, log.Member, stored, rows, cancellation);
            }
        }

        await StoreAsync(db, log.Member, stored, rows, cancellation);
    }

    private static async Task<long> StoreAsync(
        NodeContext db, string member, long stored, List<EntryRow> rows, CancellationToken cancellation)
    {
        var leaves = rows.ConvertAll(row => new MerkleHash(row.LeafHash));
        await LogExtension.AddTileHashesAsync(db, member, stored, leaves, cancellation);
        await db.InsertAsync(rows, cancellation);
        stored += rows.Count;
        rows.Clear();
        return stored;
    }

    private IEnumerable<object> RowsOf(IEntityType table)
    {
        var path = BackupForm.TablePath(table.GetTableName()!);
        var entry = zip.GetEntry(path) ?? throw new InvalidDataException($"{path} is absent");
        using var lines = new StreamReader(entry.Open());
        while (lines.ReadLine() is { } line)
        {
            yield return BackupForm.Row(table, line);
        }
    }

    private byte[]? Read(string path)
    {
        if (zip.GetEntry(path) is not { } entry)
        {
            return null;
        }

        using var file = entry.Open();
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
