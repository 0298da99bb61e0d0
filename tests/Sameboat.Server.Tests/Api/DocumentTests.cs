using System.Diagnostics;
using Sameboat.Fuzzing;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;
using Sameboat.Server.Tests.Chain;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Api;

/// <summary>The document of the interface: approved, linted, and complete.</summary>
public sealed class DocumentTests
{
    /// <summary>Set to write the approved document anew.</summary>
    private const string Approve = "SAMEBOAT_APPROVE";

    private static readonly string Approved = Path.Combine(Repository.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        var found = await DocumentAsync();
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            await File.WriteAllTextAsync(Approved, found, TestContext.Current.CancellationToken);
        }

        var approved = File.Exists(Approved) ? await File.ReadAllTextAsync(Approved, CancellationToken.None) : "";
        var known = approved.Split('\n');
        var lines = found.Split('\n');
        var first = Enumerable.Range(0, Math.Max(known.Length, lines.Length)).FirstOrDefault(
            index => known.ElementAtOrDefault(index) != lines.ElementAtOrDefault(index), -1);
        first.ShouldBe(-1, $"docs/openapi.json differs from line {first + 1} on: "
            + $"«{lines.ElementAtOrDefault(first)}». Look at the change; run with {Approve}=1 to approve it.");
    }

    [Fact]
    public async Task The_document_passes_the_linter()
    {
        if (FindNpm() is not { } npm)
        {
            Assert.Skip("npm is not on this machine: the document is not linted.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("sameboat-openapi-").FullName;
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(Repository.Root, "tools", "openapi", file), Path.Combine(folder, file));
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "openapi.json"), await DocumentAsync(), TestContext.Current.CancellationToken);
        var fetched = await RunAsync(npm, folder, "ci", "--no-audit", "--no-fund", "--prefer-offline");
        if (fetched.Code != 0)
        {
            Directory.Delete(folder, recursive: true);
            Assert.Skip($"The linter is not to be had: {fetched.Text.Split('\n')[0]}");
        }

        var linted = await RunAsync(npm, folder, "exec", "--offline", "--", "redocly", "lint", "openapi.json");
        Directory.Delete(folder, recursive: true);
        linted.Code.ShouldBe(0, linted.Text);
        linted.Text.ShouldContain("Your API description is valid");
        linted.Text.ShouldNotMatch("You have [0-9]+ warning");
    }

    [Fact]
    public async Task Every_step_of_the_record_that_a_resource_has_is_an_operation()
    {
        var surface = new ApiSurface(await DocumentAsync());
        var nouns = surface.Operations.Where(one => one.Method == "POST" && !one.Path.Contains('{'))
            .Select(one => one.Id).Where(id => id.StartsWith("open", StringComparison.Ordinal))
            .Select(id => id[4..].ToLowerInvariant()).ToHashSet();
        nouns.Count.ShouldBeGreaterThanOrEqualTo(8);
        foreach (var kind in RecordKinds.All.Where(kind => nouns.Contains(kind.Noun)))
        {
            var verb = kind.Name[(kind.Noun.Length + 1)..];
            surface.Operations.ShouldContain(
                one => one.Path.EndsWith("/{owner}/{name}/" + verb, StringComparison.Ordinal), kind.Name);
        }
    }

    [Fact]
    public async Task A_kind_that_the_interface_takes_has_a_declared_shape()
    {
        var surface = new ApiSurface(await DocumentAsync());
        var open = surface.Schemas
            .Where(one => one.Value!["additionalProperties"]?.GetValueKind() == System.Text.Json.JsonValueKind.True)
            .Select(one => one.Key);
        open.ShouldBeEmpty("declare the members of these in BodyShapes");
        foreach (var kind in BodyShapes.Kinds)
        {
            RecordKinds.Find(kind).ShouldNotBeNull($"BodyShapes declares {kind}, which the record does not know");
        }
    }

    internal static async Task<string> DocumentAsync()
    {
        await using var node = await ApiNode.StartAsync();
        return await node.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
    }

    private static string? FindNpm() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "npm")).FirstOrDefault(File.Exists);

    private static async Task<(int Code, string Text)> RunAsync(string program, string folder, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await error + await output);
    }
}
