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

    internal static Func<string, byte[]?> Reading(IReadOnlyDictionary<string, byte[]> files) =>
        path => files.GetValueOrDefault(path);

    internal static LogVerification Verified(IReadOnlyDictionary<string, byte[]> files, Checkpoint? earlier = null)
    {
        using var key = Key();
        return LogVerifier.Verify(Reading(files), key.VerifierKey, earlier);
    }
}
