using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sameboat.Record;

namespace Sameboat.Server.Following;

/// <summary>
/// What came of asking a source for what is new: a continuation, sound or not, or why the source gave no answer.
/// </summary>
internal sealed record FetchOutcome(LogContinuation? Continuation, string? Unreachable);

/// <summary>
/// Fetches what a larger checkpoint calls for. Files are kept in a folder until they are applied, so that a fetch that
/// was cut goes on where it was; none is believed before the signed root vouches for it.
/// </summary>
internal sealed class LogFetch(ILogSource source, string spool)
{
    /// <summary>How many files are asked for at the same time.</summary>
    internal const int FilesInFlightMax = 8;

    private readonly ConcurrentDictionary<string, bool> _absent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly string _folder = source.Folder ?? spool;

    /// <summary>Fetches and checks what follows the head up to a checkpoint that was read.</summary>
    internal async Task<FetchOutcome> FollowAsync(
        byte[] note, Checkpoint checkpoint, VerifierKey key, LogHead since, CancellationToken cancellation)
    {
        Want(Bundles(since.Size, checkpoint.Size));
        while (true)
        {
            if (await FetchWantedAsync(cancellation) is { } fault)
            {
                return new FetchOutcome(null, fault);
            }

            var continuation = LogFollower.Follow(path => path == TilePath.Checkpoint ? note : Find(path), key, since);
            if (_wanted.Count == 0)
            {
                return new FetchOutcome(continuation, null);
            }

            // Hashes are asked for only where something is wrong: then all of them will be.
            Want(TilePath.AllFor(checkpoint.Size).Where(path => !path.IsEntries
                && (path.Level > 0 || (path.Index + 1) * TilePath.FullWidth > since.Size)));
        }
    }

    /// <summary>
    /// True when the source's own hashes prove that the larger log, as signed, does not begin with the one held. Files
    /// that were altered on the way prove nothing.
    /// </summary>
    internal async Task<bool> ProvesForkAsync(Checkpoint held, Checkpoint found, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryProve(held, found, out var isFork))
            {
                return isFork.Value;
            }

            if (_wanted.Count == 0 || await FetchWantedAsync(cancellation) is not null)
            {
                return false;
            }
        }
    }

    /// <summary>Lets go of what was fetched.</summary>
    internal void Discard()
    {
        if (source.Folder is null && Directory.Exists(spool))
        {
            Directory.Delete(spool, recursive: true);
        }
    }

    private bool TryProve(Checkpoint held, Checkpoint found, [NotNullWhen(true)] out bool? isFork)
    {
        isFork = null;
        var reader = new TileReader(Find);
        try
        {
            var root = MerkleProof.Root(held.Size, Node);
            var proof = MerkleProof.Consistency(held.Size, found.Size, Node);
            isFork = root != held.Root
                && MerkleProof.VerifyConsistency(held.Size, found.Size, proof, root, found.Root);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }

        MerkleHash Node(int level, long index) => reader.Node(found.Size, level, index);
    }

    private byte[]? Find(string path)
    {
        var file = Path.Combine(_folder, path);
        if (File.Exists(file) && new FileInfo(file).Length <= LogFileLimits.LengthMaxOf(path))
        {
            return File.ReadAllBytes(file);
        }

        if (source.Folder is null && !_absent.ContainsKey(path))
        {
            _wanted.Add(path);
        }

        return null;
    }

    private void Want(IEnumerable<TilePath> paths)
    {
        if (source.Folder is null)
        {
            _wanted.UnionWith(paths.Select(path => path.ToString())
                .Where(path => !_absent.ContainsKey(path) && !File.Exists(Path.Combine(_folder, path))));
        }
    }

    private async Task<string?> FetchWantedAsync(CancellationToken cancellation)
    {
        string? fault = null;
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = FilesInFlightMax,
            CancellationToken = cancellation,
        };
        await Parallel.ForEachAsync(_wanted, limits, async (path, stop) =>
        {
            if (Volatile.Read(ref fault) is not null)
            {
                return;
            }

            var answer = await source.ReadAsync(path, stop);
            if (answer.Fault is not null)
            {
                Volatile.Write(ref fault, answer.Fault);
            }
            else if (answer.Bytes is null)
            {
                _absent[path] = true;
            }
            else
            {
                Keep(path, answer.Bytes);
            }
        });
        _wanted.Clear();
        return fault;
    }

    // Written beside and moved, so that a cut never leaves a part of a file under its name.
    private void Keep(string path, byte[] bytes)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file + ".new", bytes);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static IEnumerable<TilePath> Bundles(long from, long size)
    {
        for (var bundle = from / TilePath.FullWidth; bundle * TilePath.FullWidth < size; bundle++)
        {
            yield return TilePath.Entries(
                bundle, (int)Math.Min(TilePath.FullWidth, size - (bundle * TilePath.FullWidth)));
        }
    }
}
