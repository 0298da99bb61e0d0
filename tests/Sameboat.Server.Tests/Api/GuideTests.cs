using System.Diagnostics;
using Sameboat.Server.Tests.Chain;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Api;

/// <summary>The commands of the guide to the interface are run as they stand.</summary>
public sealed class GuideTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_commands_of_the_guide_do_what_it_says()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guide", "api.md"), cancellation);
        var commands = guide.Split("```sh\n").Skip(1)
            .Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);
        await using var node = await ApiNode.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sameboat-guide-").FullName;
        var script = Path.Combine(folder, "guide.sh");
        await File.WriteAllTextAsync(script, "set -euo pipefail\n" + string.Concat(commands), cancellation);
        var start = new ProcessStartInfo("bash", [script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE"] = node.Address.ToString().TrimEnd('/');
        start.Environment["TOKEN"] = await node.TokenAsync("ken", "first");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var said = process.StandardOutput.ReadToEndAsync(limit.Token);
        var wrong = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        process.ExitCode.ShouldBe(0, await said + await wrong);
        foreach (var file in new[] { "offers.xlsx", "offers.parquet", "openapi.json" })
        {
            new FileInfo(Path.Combine(folder, file)).Length.ShouldBeGreaterThan(500, file);
        }

        Directory.Delete(folder, recursive: true);
    }
}
