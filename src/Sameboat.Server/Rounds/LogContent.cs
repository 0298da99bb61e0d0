using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>One log as far as a round stands on it, with a tree over every byte of it.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Tree">Over all its entries.</param>
/// <param name="Entries">Those of <see cref="RecordAt.Kinds"/>, by position.</param>
internal sealed record LogContent(string Member, MerkleTree Tree, ImmutableArray<EntryRow> Entries);

/// <summary>The logs, by their origins.</summary>
internal sealed class LogContents(IReadOnlyDictionary<string, LogContent> byOrigin)
{
    /// <summary>The log of a member, or null.</summary>
    internal LogContent? Of(string member) => byOrigin.Values.FirstOrDefault(log => log.Member == member);

    /// <summary>What the logs held at these checkpoints; null with a sentence where a log is missing or another.
    /// </summary>
    internal RecordAt? At(IEnumerable<Checkpoint> inputs, out string fault)
    {
        var rows = new List<EntryRow>();
        foreach (var input in inputs)
        {
            if (!byOrigin.TryGetValue(input.Origin, out var log))
            {
                fault = $"{input.Origin}: the log is not here";
                return null;
            }

            if (log.Tree.Size < input.Size || log.Tree.Root(input.Size) != input.Root)
            {
                fault = FormattableString.Invariant(
                    $"{input.Origin}: found another history than the one frozen at {input.Size} entries");
                return null;
            }

            rows.AddRange(log.Entries.Where(row => row.Position < input.Size));
        }

        fault = "";
        return RecordAt.Of(rows);
    }

    /// <summary>Reads every entry of every log in a database, from its bytes alone.</summary>
    /// <exception cref="InvalidDataException">The stored bytes of an entry are damaged.</exception>
    internal static async Task<LogContents> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var logs = new Dictionary<string, LogContent>(StringComparer.Ordinal);
        foreach (var log in await db.Logs.AsNoTracking().OrderBy(log => log.Member).ToListAsync(cancellation))
        {
            var reading = new LogReading(log.Member);
            await foreach (var bytes in db.Entries.AsNoTracking()
                .Where(row => row.Member == log.Member && row.Position < log.Size)
                .OrderBy(row => row.Position)
                .Select(row => row.Bytes)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation))
            {
                reading.Add(bytes);
            }

            logs[log.Origin] = reading.Done();
        }

        return new LogContents(logs);
    }

    /// <summary>The same of a folder of logs, as <c>log export</c> writes it: each below <c>log/MEMBER/</c>.</summary>
    /// <exception cref="IOException">A file is missing or of another form.</exception>
    internal static LogContents ReadFolder(string folder)
    {
        var below = Path.Combine(folder, "log");
        var logs = new Dictionary<string, LogContent>(StringComparer.Ordinal);
        foreach (var place in Directory.Exists(below) ? Directory.GetDirectories(below).Order(StringComparer.Ordinal)
            : throw new IOException($"{folder}: found no folder «log», expected what log export writes"))
        {
            var note = File.ReadAllBytes(Path.Combine(place, TilePath.Checkpoint));
            if (!SignedNote.TryParse(note, out var signed, out _)
                || !Checkpoint.TryParse(signed.Text, out var checkpoint))
            {
                throw new IOException($"{place}: found another form, expected a signed checkpoint");
            }

            logs[checkpoint.Origin] = ReadLog(place, checkpoint.Size);
        }

        return new LogContents(logs);
    }

    private static LogContent ReadLog(string place, long size)
    {
        var reading = new LogReading(Path.GetFileName(place));
        var tiles = new TileReader(path =>
            File.Exists(Path.Combine(place, path)) ? File.ReadAllBytes(Path.Combine(place, path)) : null);
        foreach (var path in TilePath.AllFor(size).Where(path => path.IsEntries))
        {
            if (!tiles.TryReadEntries(path, out var entries, out var fault))
            {
                throw new IOException($"{place}: {fault}");
            }

            foreach (var entry in entries)
            {
                reading.Add(entry);
            }
        }

        return reading.Done();
    }

    /// <summary>Takes the entries of one log one after the other.</summary>
    private sealed class LogReading(string member)
    {
        private readonly MerkleTree _tree = new();
        private readonly ImmutableArray<EntryRow>.Builder _entries = ImmutableArray.CreateBuilder<EntryRow>();

        internal void Add(ReadOnlyMemory<byte> bytes)
        {
            var position = _tree.AppendEntry(bytes.Span);

            // What cannot be read as an entry of this member has no effect, and is part of the tree all the same.
            if (MayConcern(bytes.Span)
                && PreparedEntry.TryOf(bytes, out var entry, out _)
                && entry.Member == member
                && RecordAt.Kinds.Contains(entry.Entry.Kind))
            {
                _entries.Add(entry.ToRow(position, entry.Leaf));
            }
        }

        // Members of canonical JSON stand in order and quotes in a text are escaped, so that the last one is the kind.
        private static bool MayConcern(ReadOnlySpan<byte> bytes)
        {
            var head = "\"kind\":\""u8;
            var at = bytes.LastIndexOf(head);
            var rest = at < 0 ? [] : bytes[(at + head.Length)..];
            var end = rest.IndexOf((byte)'"');
            return end > 0 && RecordAt.Kinds.Contains(Encoding.UTF8.GetString(rest[..end]));
        }

        internal LogContent Done() => new(member, _tree, _entries.ToImmutable());
    }
}
