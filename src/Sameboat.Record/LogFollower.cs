namespace Sameboat.Record;

/// <summary>
/// Follows another's log from the head at which it was last left: reads the new entries only, and accepts them when
/// together with that head they give the newly signed root. That the old entries are still the first ones is shown by
/// the same sum, so no consistency proof is asked for.
/// </summary>
public static class LogFollower
{
    /// <summary>Reads and checks what is new.</summary>
    /// <param name="read">The bytes of a file by its path below the log's prefix; null when it is absent.</param>
    /// <param name="key">The log's key, known from elsewhere; its name is the origin.</param>
    /// <param name="since">The head kept from the last time, or <see cref="LogHead.Empty"/>.</param>
    public static LogContinuation Follow(Func<string, byte[]?> read, VerifierKey key, LogHead since)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(since);
        var seen = new Checkpoint(key.Name, since.Size, since.Root());
        var fault = LogVerifier.ReadCheckpoint(read, key, seen, out var checkpoint, out var note);
        if (fault is not null)
        {
            return new LogContinuation(fault);
        }

        var reader = new TileReader(read);
        var leaves = new List<MerkleHash>();
        var head = since;
        foreach (var path in NewBundles(since.Size, checkpoint!.Size))
        {
            if (!reader.TryReadEntries(path, out var entries, out fault))
            {
                return new LogContinuation(fault);
            }

            foreach (var entry in entries.Skip(KnownIn(path, since.Size)))
            {
                leaves.Add(MerkleHash.Leaf(entry.Span));
                head = head.Append(leaves[^1]);
            }
        }

        return head.Root() == checkpoint.Root
            ? new LogContinuation(checkpoint, note!, since, head, leaves, reader)
            : new LogContinuation(FindFault(checkpoint, since, leaves, reader));
    }

    internal static IEnumerable<(long Index, ReadOnlyMemory<byte> Entry)> Read(
        long from, IReadOnlyList<MerkleHash> leaves, TileReader reader, long size)
    {
        var next = 0;
        foreach (var path in NewBundles(from, size))
        {
            if (!reader.TryReadEntries(path, out var entries, out var fault))
            {
                throw new InvalidDataException(fault.ToString());
            }

            foreach (var entry in entries.Skip(KnownIn(path, from)))
            {
                if (MerkleHash.Leaf(entry.Span) != leaves[next])
                {
                    throw new InvalidDataException($"Entry {from + next} has changed since it was checked.");
                }

                yield return (from + next, entry);
                next++;
            }
        }
    }

    private static IEnumerable<TilePath> NewBundles(long from, long size)
    {
        for (var bundle = from / TilePath.FullWidth; bundle * TilePath.FullWidth < size && from < size; bundle++)
        {
            var width = Math.Min(TilePath.FullWidth, size - (bundle * TilePath.FullWidth));
            yield return TilePath.Entries(bundle, (int)width);
        }
    }

    // How many entries at the start of the bundle were known before.
    private static int KnownIn(TilePath path, long from) =>
        (int)Math.Max(0, from - (path.Index * TilePath.FullWidth));

    // Either a file was changed on the way, which is named, or the log has signed two histories.
    private static LogFault FindFault(
        Checkpoint checkpoint, LogHead since, List<MerkleHash> leaves, TileReader reader)
    {
        var forked = new LogFault(
            LogRefusal.Forked, TilePath.Checkpoint, null, $"another history than at size {since.Size}");
        if (checkpoint.Size == since.Size)
        {
            return forked;
        }

        foreach (var path in NewBundles(since.Size, checkpoint.Size))
        {
            if (!reader.TryReadHashes(TilePath.Hashes(0, path.Index, path.Width), out var hashes, out var fault))
            {
                return fault;
            }

            for (var at = KnownIn(path, since.Size); at < hashes.Length; at++)
            {
                var index = (path.Index * TilePath.FullWidth) + at;
                if (hashes[at] != leaves[(int)(index - since.Size)])
                {
                    return new LogFault(
                        LogRefusal.EntryChanged, path.ToString(), index, "another entry than was signed");
                }
            }
        }

        try
        {
            var tiled = MerkleProof.Root(checkpoint.Size, (level, at) => reader.Node(checkpoint.Size, level, at));
            return tiled == checkpoint.Root
                ? forked
                : new LogFault(LogRefusal.RootDiffers, TilePath.Checkpoint, null, tiled.ToString());
        }
        catch (InvalidDataException missing)
        {
            return new LogFault(LogRefusal.RootDiffers, TilePath.Checkpoint, null, missing.Message);
        }
    }
}
