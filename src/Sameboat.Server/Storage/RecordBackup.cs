using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>What a backup holds.</summary>
internal readonly record struct BackupSum(int Logs, long Entries);

/// <summary>Writes a database as it stands at one moment, while a node goes on writing to it.</summary>
internal static class RecordBackup
{
    /// <summary>Writes the backup; the caller sees to it that it is kept whole or not at all.</summary>
    /// <exception cref="IOException">The tables are not of this program's form.</exception>
    internal static async Task<BackupSum> WriteAsync(
        NodeDatabase database, Stream target, CancellationToken cancellation)
    {
        if (await database.StateAsync(cancellation) != TableState.Current)
        {
            throw new IOException(
                $"The tables of {database.Description} are not those of this program: make the backup with the "
                + "Sameboat that wrote them.");
        }

        await using var db = database.Open();
        await using var moment = await db.BeginSnapshotAsync(cancellation);
        await using var zip = await ZipArchive.CreateAsync(
            target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        await WriteAsync(zip, BackupForm.About, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["form"] = BackupForm.Version,
            ["tables"] = BackupForm.TablesOf(db),
        }.ToJsonString()), cancellation);
        foreach (var table in BackupForm.Tables(db))
        {
            await WriteTableAsync(db, zip, table, cancellation);
        }

        var logs = await db.Logs.AsNoTracking().OrderBy(log => log.Member).ToListAsync(cancellation);
        foreach (var log in logs)
        {
            foreach (var path in TilePath.AllFor(log.Size))
            {
                var bytes = await LogReader.TileAsync(db, log.Member, path, cancellation)
                    ?? throw new IOException($"The stored log of {log.Member} lacks a part of {path}: it is damaged. "
                        + "Nothing was written; keep the backups you have.");
                await WriteAsync(zip, BackupForm.LogPath(log.Member, path.ToString()), bytes, cancellation);
            }

            foreach (var handover in await db.HandoversAsync(log.Member, cancellation))
            {
                await WriteAsync(zip, BackupForm.LogPath(log.Member, KeyHandover.PathOf(handover.Number)),
                    Encoding.UTF8.GetBytes(handover.Note), cancellation);
            }

            await WriteAsync(zip, BackupForm.LogPath(log.Member, TilePath.Checkpoint),
                Encoding.UTF8.GetBytes(log.Checkpoint), cancellation);
        }

        return new BackupSum(logs.Count, logs.Sum(log => log.Size));
    }

    private static async Task WriteAsync(
        ZipArchive zip, string path, byte[] bytes, CancellationToken cancellation)
    {
        await using var file = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(cancellation);
        await file.WriteAsync(bytes, cancellation);
    }

    private static async Task WriteTableAsync(
        NodeContext db, ZipArchive zip, IEntityType table, CancellationToken cancellation)
    {
        await using var file = await zip.CreateEntry(
            BackupForm.TablePath(table.GetTableName()!), CompressionLevel.Fastest).OpenAsync(cancellation);
        await using var lines = new StreamWriter(file) { NewLine = "\n" };
        await foreach (var row in db.AllRows(table).WithCancellation(cancellation))
        {
            await lines.WriteLineAsync(BackupForm.Line(table, row).AsMemory(), cancellation);
        }
    }
}
