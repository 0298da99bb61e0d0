using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Commands;

/// <summary>
/// <c>log verify</c> and the verifier in JavaScript, over HTTP and on copies in folders: what one says the other says.
/// </summary>
public sealed class LogCommandTests : IDisposable
{
    private const int MillisecondsMax = 120_000;

    private static readonly string Script =
        Path.Combine(Repository.Root, "src", "Sameboat.Server", "wwwroot", "record", "verify.mjs");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_log_of_a_node_holds_and_so_does_a_copy_until_one_byte_is_changed()
    {
        await using var node = await StartAsync();
        foreach (var member in new[] { "ken", "exercise-secretariat" })
        {
            var key = await KeyAsync(node.Address, member);
            var address = new Uri(node.Address, $"log/{member}").ToString();
            var copy = await CopyAsync(node.Address, member);

            var (code, output, error) = await RunAsync("log", "verify", "--key", key, address);

            (code, error).ShouldBe((ExitCode.Done, ""));
            output.ShouldStartWith($"exercise.sameboat.invalid/log/{member}: ");
            (await RunAsync("log", "verify", copy, "--key", key)).ShouldBe((ExitCode.Done, output, ""));
            SaidByJavaScript(key, copy)["sound"]!.GetValue<bool>().ShouldBeTrue();
            foreach (var file in Directory.GetFiles(copy, "*", SearchOption.AllDirectories))
            {
                await BothNameTheChangeAsync(key, copy, file);
            }
        }
    }

    [Fact]
    public async Task A_folder_of_logs_is_checked_log_by_log_and_the_broken_one_is_named()
    {
        await using var node = await StartAsync();
        var key = await KeyAsync(node.Address, "ken");
        await CopyAsync(node.Address, "ken");
        var other = await CopyAsync(node.Address, "tkl");

        var (code, output, error) = await RunAsync("log", "verify", _folder, "--key", key);
        (code, error).ShouldBe((ExitCode.Done, ""));
        output.Split('\n').Length.ShouldBe(3);
        output.ShouldContain("nobody is known to have signed it");

        Change(Directory.GetFiles(Path.Combine(other, "tile", "entries"), "*", SearchOption.AllDirectories)[0], 40);
        (code, output, error) = await RunAsync("log", "verify", _folder, "--key", key);
        (code, output).ShouldBe((ExitCode.Refused, ""));
        error.ShouldContain("tkl: EntryChanged in tile/entries/000");
        error.ShouldContain(", entry 0: ");

        Directory.Delete(Path.Combine(_folder, "log", "ken"), recursive: true);
        Change(Directory.GetFiles(Path.Combine(other, "tile", "entries"), "*", SearchOption.AllDirectories)[0], 40);
        (await RunAsync("log", "verify", _folder, "--key", key)).Code.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task The_proof_file_of_an_entry_holds_for_that_entry_alone()
    {
        await using var node = await StartAsync();
        using var client = new HttpClient { BaseAddress = node.Address };
        var cancel = TestContext.Current.CancellationToken;
        var key = await KeyAsync(node.Address, "ken");
        var log = Copied(await CopyAsync(node.Address, "ken"));
        Entry.TryParse(log.Entries().First().Span, out var entry, out _).ShouldBeTrue();
        var (proof, json) = (Path.Combine(_folder, "e.tlog-proof"), Path.Combine(_folder, "e.json"));
        await File.WriteAllBytesAsync(
            proof, await client.GetByteArrayAsync($"/log/ken/entry/{entry!.Id}.tlog-proof", cancel), cancel);
        await File.WriteAllBytesAsync(
            json, await client.GetByteArrayAsync($"/log/ken/entry/{entry.Id}.json", cancel), cancel);

        (await RunAsync("log", "proof", proof, json, "--key", key))
            .ShouldBe((ExitCode.Done, "exercise.sameboat.invalid/log/ken holds the entry, at 0\n", ""));
        Change(json, 20);
        (await RunAsync("log", "proof", proof, json, "--key", key)).Code.ShouldBe(ExitCode.Refused);
        (await RunAsync("log", "proof", json, json, "--key", key)).Error.ShouldContain("expected a .tlog-proof file");
    }

    [Fact]
    public async Task A_foreign_log_holds_under_its_own_key_only()
    {
        var folder = Repository.Reference("transparency/tiled-log");
        var key = (await File.ReadAllTextAsync(
            Path.Combine(folder, "vkey.txt"), TestContext.Current.CancellationToken)).Trim();
        using var other = SigningKey.FromSeed(VerifierKey.Parse(key).Name, new byte[SigningKey.SeedLength]);

        var (code, output, _) = await RunAsync("log", "verify", "--key", key, folder);
        code.ShouldBe(ExitCode.Done);
        output.ShouldContain(": 15 entries, root ");
        (code, _, var error) = await RunAsync("log", "verify", "--key", other.VerifierKey.ToString(), folder);
        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain("SignatureFails in checkpoint");
    }

    [Fact]
    public async Task What_is_no_log_is_refused_in_one_line()
    {
        (await RunAsync("log", "verify", _folder)).Error.ShouldEndWith("expected the folder of a log or of logs\n");
        (await RunAsync("log", "verify", Path.Combine(_folder, "none"))).Code.ShouldBe(ExitCode.Refused);
        (await RunAsync("log", "verify", "http://127.0.0.1:9/log/ken")).Error.ShouldContain("asked 3 times");
        (await RunAsync("log", "verify", _folder, "--key", "x")).Code.ShouldBe(ExitCode.WrongUsage);
        (await RunAsync("log", "swim")).Error.ShouldContain("See: sameboat log --help");
        (await RunAsync("log", "verify", "--help")).Output.ShouldContain("Example:\n  sameboat log verify http");
    }

    private static async Task BothNameTheChangeAsync(string key, string copy, string file)
    {
        var length = (int)new FileInfo(file).Length;
        var path = Path.GetRelativePath(copy, file).Replace('\\', '/');
        foreach (var at in new[] { 0, length / 3, length - 1 })
        {
            Change(file, at);
            var theirs = SaidByJavaScript(key, copy);
            var (code, output, error) = await RunAsync("log", "verify", copy, "--key", key);
            Change(file, at);

            (code, output).ShouldBe((ExitCode.Refused, ""), $"{path}, byte {at}");
            var entry = theirs["entry"] is { } index ? $", entry {index}" : "";
            ((string?)theirs["file"]).ShouldBe(path);
            error.ShouldStartWith($"{copy}: {theirs["code"]} in {path}{entry}: ");
            (entry.Length > 0).ShouldBe(path.Contains("entries", StringComparison.Ordinal), path);
        }
    }

    private async Task<string> CopyAsync(Uri node, string member)
    {
        using var client = new HttpClient { BaseAddress = node };
        var cancel = TestContext.Current.CancellationToken;
        var folder = Path.Combine(_folder, "log", member);
        var checkpoint = await client.GetByteArrayAsync($"/log/{member}/{TilePath.Checkpoint}", cancel);
        var size = long.Parse(
            Encoding.UTF8.GetString(checkpoint).Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        foreach (var path in TilePath.AllFor(size).Select(tile => tile.ToString()).Append(TilePath.Checkpoint))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(
                file, await client.GetByteArrayAsync($"/log/{member}/{path}", cancel), cancel);
        }

        return folder;
    }

    private static async Task<string> KeyAsync(Uri node, string member)
    {
        using var client = new HttpClient { BaseAddress = node };
        var page = await client.GetStringAsync($"/en/record/logs/{member}", TestContext.Current.CancellationToken);
        var start = page.IndexOf($"exercise.sameboat.invalid/log/{member}&#x2B;", StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page[start..page.IndexOfAny(['<', '"'], start)]);
    }

    private Task<RunningNode> StartAsync() => RunningNode.StartAsync(
        new NodeOptions
        {
            Port = 0,
            DataFolder = Path.Combine(_folder, "data"),
            ExerciseSeed = NodeOptions.ExerciseSeedDefault,
        },
        TestContext.Current.CancellationToken);

    private static LogVerification Copied(string folder) => LogVerifier.Verify(
        path => File.Exists(Path.Combine(folder, path)) ? File.ReadAllBytes(Path.Combine(folder, path)) : null, null);

    private static void Change(string file, int at)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 0x01;
        File.WriteAllBytes(file, bytes);
    }

    private static JsonNode SaidByJavaScript(string key, string folder)
    {
        var start = new ProcessStartInfo("node", [Script, "--key", key, "--json", folder])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var node = Process.Start(start)!;
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit(MillisecondsMax).ShouldBeTrue("Node did not end in time");
            return JsonNode.Parse(output)!;
        }
        catch (Win32Exception missing)
        {
            Assert.Skip($"Node is not installed: {missing.Message}");
            throw;
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(output, error, false, new StoppedClock());
        var code = await SameboatProgram.RunAsync(args, terminal);
        return (code, output.ToString(), error.ToString());
    }
}
