namespace Sameboat.Record;

/// <summary>
/// Checks a whole log from its files alone: the signature, every entry, every tile, the root, and that an earlier
/// checkpoint is part of its history.
/// </summary>
/// <remarks>
/// The tree is built from the entries and compared with the signed root. When they agree, a tile that differs from
/// the tree is the one that was changed; when they do not, the first entry that its tile does not vouch for is.
/// </remarks>
public static class LogVerifier
{
    /// <summary>The most entries a log may have to be checked; its tree takes about 64 bytes an entry.</summary>
    public const long SizeMax = 100_000_000;

    /// <summary>Checks the log whose files <paramref name="read"/> gives.</summary>
    /// <param name="read">The bytes of a file by its path below the log's prefix; null when it is absent.</param>
    /// <param name="pinned">
    /// A key of the log, known from elsewhere: the one that signs it now, or one that has handed over to it
    /// (<see cref="KeyHandover"/>). Null checks agreement only.
    /// </param>
    /// <param name="earlier">A checkpoint of the same log, seen earlier, that it must extend; null for none.</param>
    public static LogVerification Verify(
        Func<string, byte[]?> read, VerifierKey? pinned, Checkpoint? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        var (key, passed) = pinned is null ? (null, []) : KeyHandover.Pass(read, pinned);
        var fault = ReadCheckpoint(read, key, earlier, out var checkpoint, out var note);
        if (fault is not null)
        {
            return new LogVerification(fault);
        }

        var reader = new TileReader(read);
        var tree = new MerkleTree();
        var holdings = new KeyHoldingReader(checkpoint!.Origin);
        var broken = ReadEntries(checkpoint.Size, reader, tree, holdings);
        fault = broken is null && tree.Root() == checkpoint.Root
            ? CompareTiles(tree, reader)
            : FindEntry(checkpoint, reader, tree, broken);
        fault ??= CompareEarlier(tree, earlier);
        fault ??= passed.Select(handover => CompareEarlier(tree, handover.Checkpoint))
            .FirstOrDefault(one => one is not null);
        return fault is null
            ? new LogVerification(checkpoint, note!, key, tree, reader)
            {
                HeldBy = holdings.Of(note!, key),
            }
            : new LogVerification(fault);
    }

    internal static LogFault? ReadCheckpoint(
        Func<string, byte[]?> read, VerifierKey? pinned, Checkpoint? earlier,
        out Checkpoint? checkpoint, out SignedNote? note)
    {
        checkpoint = null;
        note = null;
        var bytes = read(TilePath.Checkpoint);
        if (bytes is null)
        {
            return Fault(LogRefusal.FileMissing, "nothing");
        }

        if (!SignedNote.TryParse(bytes, out note, out var refusal))
        {
            return Fault(LogRefusal.MalformedNote, refusal.ToString());
        }

        refusal = pinned is null ? NoteRefusal.None : note.Check([pinned]).Refusal;
        if (refusal != NoteRefusal.None)
        {
            return Fault(LogRefusal.SignatureFails, refusal.ToString());
        }

        if (!Checkpoint.TryParse(note.Text, out checkpoint))
        {
            return Fault(LogRefusal.MalformedCheckpoint, "other lines than origin, size and root");
        }

        if ((pinned is not null && checkpoint.Origin != pinned.Name)
            || (earlier is not null && checkpoint.Origin != earlier.Origin))
        {
            return Fault(LogRefusal.OtherOrigin, checkpoint.Origin);
        }

        if (earlier is not null && checkpoint.Size < earlier.Size)
        {
            return Fault(LogRefusal.RolledBack, $"{checkpoint.Size} entries, {earlier.Size} earlier");
        }

        return checkpoint.Size > SizeMax ? Fault(LogRefusal.TooLarge, $"{checkpoint.Size} entries") : null;
    }

    // Appends the leaves of all entries up to the first that is absent or broken, and gives the fault of that one.
    private static LogFault? ReadEntries(
        long size, TileReader reader, MerkleTree tree, KeyHoldingReader holdings)
    {
        for (long bundle = 0; bundle * TilePath.FullWidth < size; bundle++)
        {
            var width = Math.Min(TilePath.FullWidth, size - (bundle * TilePath.FullWidth));
            var read = reader.TryReadEntries(TilePath.Entries(bundle, (int)width), out var entries, out var fault);
            foreach (var entry in entries)
            {
                tree.AppendEntry(entry.Span);
                holdings.Look(entry.Span);
            }

            if (!read)
            {
                return fault;
            }
        }

        return null;
    }

    // The entries are those that were signed, so a tile that differs from their tree was changed.
    private static LogFault? CompareTiles(MerkleTree tree, TileReader reader)
    {
        foreach (var path in TilePath.AllFor(tree.Size).Where(path => !path.IsEntries))
        {
            if (!reader.TryReadHashes(path, out var hashes, out var fault))
            {
                return fault;
            }

            for (var index = 0; index < hashes.Length; index++)
            {
                var place = (path.Index * TilePath.FullWidth) + index;
                if (hashes[index] != tree.Node(path.Level * TilePath.Height, place))
                {
                    return new LogFault(LogRefusal.TileChanged, path.ToString(), null, $"another hash at {index}");
                }
            }
        }

        return null;
    }

    // The entries are not those that were signed: the first that its tile does not vouch for is named.
    private static LogFault FindEntry(Checkpoint checkpoint, TileReader reader, MerkleTree tree, LogFault? broken)
    {
        foreach (var path in TilePath.AllFor(checkpoint.Size).Where(path => path.Level == 0))
        {
            if (!reader.TryReadHashes(path, out var hashes, out var fault))
            {
                return broken ?? fault;
            }

            var bundle = TilePath.Entries(path.Index, path.Width).ToString();
            for (var index = 0; index < hashes.Length; index++)
            {
                var place = (path.Index * TilePath.FullWidth) + index;
                if (place >= tree.Size)
                {
                    return broken!;
                }

                if (hashes[index] != tree.Node(0, place))
                {
                    return new LogFault(LogRefusal.EntryChanged, bundle, place, "another entry than was signed");
                }
            }
        }

        return broken ?? CompareTiles(tree, reader)
            ?? new LogFault(LogRefusal.RootDiffers, TilePath.Checkpoint, null, tree.Root().ToString());
    }

    private static LogFault? CompareEarlier(MerkleTree tree, Checkpoint? earlier) =>
        earlier is null || tree.Root(earlier.Size) == earlier.Root
            ? null
            : Fault(LogRefusal.Forked, $"another root at size {earlier.Size}");

    private static LogFault Fault(LogRefusal code, string found) => new(code, TilePath.Checkpoint, null, found);
}
