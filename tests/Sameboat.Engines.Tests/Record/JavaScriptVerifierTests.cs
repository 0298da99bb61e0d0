using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Record;

/// <summary>The verifier in JavaScript says of every log what ours says. Skipped where Node is not installed.</summary>
public sealed class JavaScriptVerifierTests : IDisposable
{
    private const int MillisecondsMax = 120_000;

    private static readonly string Script =
        Path.Combine(Repository.Root, "src", "Sameboat.Server", "wwwroot", "record", "verify.mjs");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-record-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Both_verifiers_say_the_same_of_sound_and_of_tampered_logs()
    {
        using var key = LogExample.Key();
        var logs = new List<Dictionary<string, byte[]>>();
        foreach (var size in new[] { 0, 1, 2, 255, 256, 257, 600 })
        {
            logs.Add(LogExample.Files(size));
        }

        logs.Add(new Dictionary<string, byte[]>(LogExample.Files(700))
        {
            [TilePath.Checkpoint] = LogExample.Files(200)[TilePath.Checkpoint],
        });
        foreach (var sound in new[] { LogExample.Files(3), LogExample.Files(258) })
        {
            logs.AddRange(sound.Keys.SelectMany(path => Tampered(sound, path)));
        }

        var handed = LogExample.HandedOver(300, 3);
        logs.Add(LogExample.HandedOver(3, 2));
        logs.Add(LogExample.HandedOver(255, 0));
        logs.AddRange(handed.Keys.SelectMany(path => Tampered(handed, path)));
        logs.AddRange(KeyHoldingTests.Logs.Select(one => one.Files));
        var said = Said(key.VerifierKey, logs);

        said.Count.ShouldBe(logs.Count);
        for (var index = 0; index < logs.Count; index++)
        {
            var ours = LogExample.Verified(logs[index]);
            var theirs = said[index];
            var about = $"log {index}: {theirs.ToJsonString()} and {ours.Fault}";
            theirs["sound"]!.GetValue<bool>().ShouldBe(ours.IsSound, about);
            ((string?)theirs["root"]).ShouldBe(ours.Checkpoint?.Root.ToString(), about);
            ((string?)theirs["code"]).ShouldBe(ours.Fault?.Code.ToString(), about);
            ((string?)theirs["file"]).ShouldBe(ours.Fault?.File, about);
            ((long?)theirs["entry"]).ShouldBe(ours.Fault?.EntryIndex, about);
            ((string?)theirs["host"]).ShouldBe(ours.HeldBy is { IsByItself: false } held ? held.Host : null, about);
        }

        said.Count(log => log["sound"]!.GetValue<bool>()).ShouldBe(10 + KeyHoldingTests.Logs.Length);
    }

    [Fact]
    public void A_foreign_log_verifies_in_JavaScript_too()
    {
        var log = Repository.Reference("transparency/tiled-log/log");
        var key = File.ReadAllText(Repository.Reference("transparency/tiled-log/vkey.txt")).Trim();

        var (code, output) = Run("--key", key, "--json", log);

        code.ShouldBe(0, output);
        JsonNode.Parse(output)!["size"]!.GetValue<long>().ShouldBe(15);
    }

    [Fact]
    public void A_fork_and_a_roll_back_are_seen()
    {
        using var key = LogExample.Key();
        var earlier = Path.Combine(_folder, "earlier");
        var fork = new Checkpoint(LogExample.Origin, 2, MerkleHash.Leaf([1]));
        var large = Write("large", LogExample.Files(300));
        var small = Write("small", LogExample.Files(1));

        File.WriteAllBytes(earlier, LogExample.Files(2)[TilePath.Checkpoint]);
        Run("--key", key.VerifierKey.ToString(), "--earlier", earlier, large).Code.ShouldBe(0);
        Run("--key", key.VerifierKey.ToString(), "--earlier", earlier, small).Output.ShouldContain("RolledBack");
        File.WriteAllBytes(earlier, fork.Sign(key).ToBytes());
        Run("--key", key.VerifierKey.ToString(), "--earlier", earlier, large).Output.ShouldContain("Forked");
    }

    [Fact]
    public void A_proof_file_of_ours_holds_and_of_another_entry_does_not()
    {
        using var key = LogExample.Key();
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var log = LogExample.Verified(LogExample.Files(300));
        var note = log.Note!.With(witness.Cosign(log.Note!.Text, 1_772_443_800));
        var proof = Path.Combine(_folder, "entry.tlog-proof");
        var entry = Path.Combine(_folder, "entry.json");
        File.WriteAllBytes(proof, new LogProof([7], 299, log.Tree!.InclusionProof(299, 300), note).ToBytes());

        File.WriteAllBytes(entry, LogExample.EntryAt(299));
        Run("--key", key.VerifierKey.ToString(), "--proof", proof, "--entry", entry).Code.ShouldBe(0);
        File.WriteAllBytes(entry, LogExample.EntryAt(298));
        Run("--key", key.VerifierKey.ToString(), "--proof", proof, "--entry", entry).Code.ShouldBe(1);
    }

    [Fact]
    public void Wrong_usage_is_told_apart_from_a_bad_log()
    {
        Run().Code.ShouldBe(2);
        Run("--key", "nonsense", _folder).Code.ShouldBe(2);
        Run(_folder).Code.ShouldBe(1);
    }

    // The log with the file absent, shortened, and with a bit changed at its start, middle and end.
    private static IEnumerable<Dictionary<string, byte[]>> Tampered(Dictionary<string, byte[]> sound, string path)
    {
        var bytes = sound[path];
        yield return sound.Where(file => file.Key != path).ToDictionary();
        yield return new Dictionary<string, byte[]>(sound) { [path] = bytes[..^1] };
        foreach (var at in new[] { 0, 1, bytes.Length / 3, bytes.Length / 2, bytes.Length - 1 })
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x04;
            yield return new Dictionary<string, byte[]>(sound) { [path] = changed };
        }
    }

    private List<JsonNode> Said(VerifierKey key, IEnumerable<Dictionary<string, byte[]>> logs)
    {
        var folders = logs.Select((files, index) => Write($"log-{index}", files));
        var (_, output) = Run(["--key", key.ToString(), "--json", .. folders]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private string Write(string name, Dictionary<string, byte[]> files)
    {
        var folder = Path.Combine(_folder, name);
        foreach (var (path, bytes) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        return folder;
    }

    private static (int Code, string Output) Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", [Script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var node = Process.Start(start)!;
            var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit(MillisecondsMax).ShouldBeTrue("Node did not end in time");
            error.Wait(TestContext.Current.CancellationToken);
            return (node.ExitCode, output.TrimEnd());
        }
        catch (Win32Exception missing)
        {
            Assert.Skip($"Node is not installed: {missing.Message}");
            throw;
        }
    }
}
