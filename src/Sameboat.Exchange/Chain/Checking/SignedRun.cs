using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Record;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>What the verified log of a run says: how the run was made, and the digest of every file.</summary>
internal sealed record SignedRun(
    RunHeader Header, string Signer, ImmutableArray<ReadOnlyMemory<byte>> Entries, ImmutableArray<FileDigest> Files)
{
    /// <summary>Verifies the log; null with a failure where it does not hold.</summary>
    public static SignedRun? Read(string folder, VerifierKey? pinned, out string failure)
    {
        failure = "";
        var key = pinned;
        if (key is null && !VerifierKey.TryParse(ReadKey(folder), out key))
        {
            failure = $"log/{RunFiles.KeyName}: found no verifier key, expected one line as plan writes it";
            return null;
        }

        var log = LogVerifier.Verify(path => ReadLogFile(folder, path), key);
        if (!log.IsSound)
        {
            failure = $"log/{log.Fault.File}: {log.Fault}";
            return null;
        }

        ImmutableArray<ReadOnlyMemory<byte>> entries = [.. log.Entries()];
        var parsed = new List<Entry>();
        foreach (var bytes in entries)
        {
            if (!Entry.TryParse(bytes.Span, out var entry, out var fault))
            {
                failure = string.Create(CultureInfo.InvariantCulture, $"log: entry {parsed.Count} is none: {fault}");
                return null;
            }

            parsed.Add(entry);
        }

        if (parsed.FirstOrDefault() is not { Kind: RunRecord.RunOpened } opened
            || HeaderOf(opened.Body) is not { } header)
        {
            failure = $"log: the first entry is not a {RunRecord.RunOpened} that states day, weeks and seed";
            return null;
        }

        var files = parsed.Where(entry => entry.Kind == RunRecord.FilePublished).Select(entry => DigestOf(entry.Body));
        return new SignedRun(header, key.ToString(), entries, [.. files]);
    }

    /// <summary>Compares the entries with those that the tables make, and every file with its digest.</summary>
    public string? Compare(string folder, RunTables tables) => CompareFiles(folder) ?? CompareEntries(tables);

    private string? CompareFiles(string folder)
    {
        foreach (var signed in Files)
        {
            var path = Path.Combine(folder, signed.Name);
            if (Path.GetFileName(signed.Name) != signed.Name || !File.Exists(path))
            {
                return $"{signed.Name}: found no such file, expected the one that was signed";
            }

            var found = FileDigest.Of(signed.Name, File.ReadAllBytes(path));
            if (found != signed)
            {
                return $"{signed.Name}: found SHA-256 {found.Sha256}, expected {signed.Sha256} as the log has it";
            }
        }

        return Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.') && Files.All(file => file.Name != name))
            .Select(name => $"{name}: found a file that the log does not name, expected none but those signed")
            .FirstOrDefault();
    }

    private string? CompareEntries(RunTables tables)
    {
        var expected = RunRecord.EntriesOf(Header, tables, Files);
        for (var index = 0; index < Math.Min(Entries.Length, expected.Length); index++)
        {
            if (!Entries[index].Span.SequenceEqual(expected[index].ToCanonicalBytes()))
            {
                var (kind, subject) = (expected[index].Kind, expected[index].Subject);
                return string.Create(CultureInfo.InvariantCulture,
                    $"log: entry {index} ({kind} of {subject}) differs from the tables");
            }
        }

        return Entries.Length == expected.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"log: found {Entries.Length} entries, expected {expected.Length} for these tables");
    }

    private static byte[]? ReadLogFile(string folder, string path)
    {
        var full = Path.Combine(folder, RunFiles.LogFolder, path);
        return File.Exists(full) ? File.ReadAllBytes(full) : null;
    }

    private static string? ReadKey(string folder)
    {
        var bytes = ReadLogFile(folder, RunFiles.KeyName);
        return bytes is null ? null : System.Text.Encoding.UTF8.GetString(bytes).Trim();
    }

    private static RunHeader? HeaderOf(JsonObject body) =>
        DateOnly.TryParseExact(Text(body, "asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var asOf)
        && ulong.TryParse(Text(body, "seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        && body["weeks"] is JsonValue weeks && weeks.TryGetValue<int>(out var count)
        && count is >= 1 and <= ChainSettings.WeeksMax
            ? new RunHeader(asOf, count, seed, Text(body, "disease"), Text(body, "diseaseVersion"),
                Text(body, "engine"), [.. Objects(body, "inputs").Select(DigestOf)],
                [.. (body["remarks"] as JsonArray ?? []).Select(remark => remark?.ToString() ?? "")])
            : null;

    private static FileDigest DigestOf(JsonObject body) => new(
        Text(body, "name"),
        body["bytes"] is JsonValue bytes && bytes.TryGetValue<long>(out var count) ? count : 0,
        Text(body, "sha256"));

    private static IEnumerable<JsonObject> Objects(JsonObject body, string name) =>
        (body[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
