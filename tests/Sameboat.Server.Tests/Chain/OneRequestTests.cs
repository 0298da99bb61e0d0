using System.Diagnostics;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Chain;

/// <summary>The guide's script, run against a node.</summary>
public sealed class OneRequestTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_script_walks_a_request_from_outbreak_to_goods_received()
    {
        await using var node = await ApiNode.StartAsync();
        var start = new ProcessStartInfo("sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "docs", "guide", "one-request.sh"));
        start.Environment["NODE"] = node.Address.ToString().TrimEnd('/');
        start.Environment["CONVENER"] = await node.TokenAsync("convener", "secretary", name: "Convener");
        start.Environment["DIRECTOR"] = await node.TokenAsync("convener", "director");
        start.Environment["REQUESTER"] = await node.TokenAsync("ken", "planner", territory: "KEN", name: "Kenya");
        start.Environment["SECOND"] = await node.TokenAsync("ken", "director");
        start.Environment["SENDER"] = await node.TokenAsync("per", "store", territory: "PER", name: "Peru");
        using var limit = new CancellationTokenSource(Within);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        process.ExitCode.ShouldBe(0, output + await error);
        output.ShouldContain("\"state\":\"Reconciled\"");
        output.ShouldContain("\"same\":true");
        output.ShouldContain("\"answer\":\"Accepted\"");
        output.ShouldContain("\"findings\":[]");
        output.ShouldContain("\"progress\":\"PartlyReceived\"");
        output.ShouldContain("node.test/log/ken");
    }
}
