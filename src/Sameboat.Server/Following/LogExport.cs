using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>Writes logs as files that any reader of C2SP tiles takes, as they stand at one moment.</summary>
internal static class LogExport
{
    /// <summary>Writes one log or all; the folder appears when it is whole.</summary>
    /// <exception cref="IOException">There is no such log, it is damaged, or the folder cannot be written.</exception>
    internal static async Task<string> WriteAsync(
        NodeDatabase database, string folder, string? member, CancellationToken cancellation)
    {
        using var output = OutputFolder.Begin(folder, out var refusal) ?? throw new IOException(refusal!.ToString());
        await using var db = database.Open();
        await using var moment = await db.BeginSnapshotAsync(cancellation);
        var logs = await db.Logs.AsNoTracking()
            .Where(log => member == null || log.Member == member)
            .OrderBy(log => log.Member)
            .ToListAsync(cancellation);
        if (logs.Count == 0)
        {
            throw new IOException(member is null ? "No log is held here." : $"No log of {member} is held here.");
        }

        foreach (var log in logs)
        {
            var handovers = await db.HandoversAsync(log.Member, cancellation);
            foreach (var handover in handovers)
            {
                output.Write($"log/{log.Member}/{KeyHandover.PathOf(handover.Number)}",
                    Encoding.UTF8.GetBytes(handover.Note));
            }

            // Whoever holds an older key reads up to each handover first, so its partial tiles are there as well.
            foreach (var path in handovers.Select(handover => handover.Size).Append(log.Size)
                .SelectMany(TilePath.AllFor).Distinct())
            {
                var bytes = await LogReader.TileAsync(db, log.Member, path, cancellation)
                    ?? throw new IOException(
                        $"The stored log of {log.Member} lacks a part of {path}: it is damaged. Nothing was written.");
                output.Write($"log/{log.Member}/{path}", bytes);
            }

            output.Write($"log/{log.Member}/{TilePath.Checkpoint}", Encoding.UTF8.GetBytes(log.Checkpoint));
        }

        output.Commit();
        var lines = logs.Select(log => string.Create(CultureInfo.InvariantCulture,
            $"wrote {folder}/log/{log.Member}: {log.Size:N0} entries, key {log.VerifierKey}"));
        return string.Join('\n', lines);
    }
}
