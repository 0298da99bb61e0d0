using System.Text;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

/// <summary>Keys made of fixed seeds and logs of entries that say their index.</summary>
internal static class LogExample
{
    internal const string Origin = "logs.example.org/north";

    internal static SigningKey Key(byte seed = 1, string name = Origin, KeyKind kind = KeyKind.Log) =>
        SigningKey.FromSeed(name, [.. Enumerable.Repeat(seed, SigningKey.SeedLength)], kind);

    internal static byte[] EntryAt(int index) => Encoding.UTF8.GetBytes($"{{\"index\":{index}}}");

    internal static IEnumerable<byte[]> Entries(int count) => Enumerable.Range(0, count).Select(EntryAt);

    internal static Dictionary<string, byte[]> Files(int count)
    {
        using var key = Key();
        return LogFiles.Build(Origin, key, Entries(count))
            .ToDictionary(file => file.Path, file => file.Bytes.ToArray());
    }

    /// <summary>A log whose key handed over to the next after so many entries, and that went on.</summary>
    internal static Dictionary<string, byte[]> HandedOver(int before, int after)
    {
        using var key = Key();
        using var next = Key(2);
        var rotated = new Entry(
            EntityId.Create(1_700_000_000_000, new byte[EntityId.RandomBytes]), KeyHandover.Kind, MemberId.Parse("ken"),
            "key/ken/1", new HybridTime(1_700_000_000_000_000), KeyHandover.Statement(next.VerifierKey))
            .ToCanonicalBytes();
        byte[][] entries = [.. Entries(before), rotated];
        var tree = new MerkleTree();
        foreach (var entry in entries)
        {
            tree.AppendEntry(entry);
        }

        var note = new Checkpoint(Origin, tree.Size, tree.Root()).Sign(key);
        var files = LogFiles.Build(Origin, next, [.. entries, .. Entries(after)])
            .ToDictionary(file => file.Path, file => file.Bytes.ToArray());
        files[KeyHandover.PathOf(1)] = note.With(next.Sign(note.Text)).ToBytes();
        return files;
    }

    /// <summary>A log that says who holds its key, by the text of that key, before and after other entries.</summary>
    internal static Dictionary<string, byte[]> Held(params (string Host, string Key, int Minute, string Author)[] said)
    {
        using var key = Key();
        var statements = said.Select((one, number) => HeldEntry(one.Host, one.Key, one.Minute, one.Author, number));
        return LogFiles.Build(Origin, key, [.. Entries(3), .. statements, .. Entries(2)])
            .ToDictionary(file => file.Path, file => file.Bytes.ToArray());
    }

    private static byte[] HeldEntry(string host, string key, int minute, string author, int number)
    {
        var member = MemberId.Parse(author);
        return new Entry(
            EntityId.Create(1_700_000_000_000 + number, new byte[EntityId.RandomBytes]), KeyHolding.Kind, member,
            KeyHolding.SubjectOf(member).ToString(), new HybridTime(1_700_000_000_000_000 + (minute * 60_000_000L)),
            KeyHolding.Statement(host, VerifierKey.Parse(key))).ToCanonicalBytes();
    }

    internal static Func<string, byte[]?> Reading(IReadOnlyDictionary<string, byte[]> files) =>
        path => files.GetValueOrDefault(path);

    internal static LogVerification Verified(IReadOnlyDictionary<string, byte[]> files, Checkpoint? earlier = null)
    {
        using var key = Key();
        return LogVerifier.Verify(Reading(files), key.VerifierKey, earlier);
    }
}
