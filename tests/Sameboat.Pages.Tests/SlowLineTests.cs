using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using Sameboat.Tests;

namespace Sameboat.Pages.Tests;

/// <summary>Pages on a line of 400 kbit/s and 400 ms, as the browser itself slows it down; nothing is cached before.
/// </summary>
public sealed class SlowLineTests(ExerciseNode node)
{
    private const string Asked = "SAMEBOAT_FIGURES";
    private const double BytesPerSecond = 400_000.0 / 8;
    private const int LatencyMilliseconds = 400;
    private const double PaintMillisecondsMax = 1_000;
    private const int Tries = 5;
    private const int Reads = 40;

    [Theory]
    [InlineData("/en")]
    [InlineData("/ar/places/VNM")]
    [InlineData("/zh-Hans/plan/gown")]
    public async Task A_page_is_painted_within_a_second_on_a_slow_line(string path)
    {
        // The best of a few: what else the machine does is not the page's.
        var paints = new List<double>();
        while (paints.Count < Tries && (paints.Count == 0 || paints.Min() > PaintMillisecondsMax))
        {
            paints.Add(await PaintAsync(path));
        }

        paints.Min().ShouldBeLessThan(PaintMillisecondsMax);
    }

    [Fact]
    public async Task The_table_of_weights_and_times_is_written_for_the_guide()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Asked) is "1", $"figures are taken only with {Asked}=1");
        var table = new StringBuilder(
            "| page | KB on the wire | server, ms, p95 of 40 warm | first paint, ms, median of 5 |\n");
        table.Append("|---|---:|---:|---:|\n");
        foreach (var page in PublicPageList.All)
        {
            var path = $"/en{await node.FindAsync(page)}";
            var paints = new List<double>();
            for (var take = 0; take < Tries; take++)
            {
                paints.Add(await PaintAsync(path));
            }

            var (bytes, served) = await ServedAsync(path);
            table.Append(CultureInfo.InvariantCulture,
                $"| {path} | {bytes / 1000.0:F1} | {served:F1} | {paints.Order().ElementAt(Tries / 2):F0} |\n");
        }

        await File.WriteAllTextAsync(
            Path.Combine(Repository.Root, "artifacts", "page-figures.md"), table.ToString(),
            TestContext.Current.CancellationToken);
    }

    private async Task<(int Bytes, double Milliseconds)> ServedAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var times = new List<double>();
        var bytes = 0;
        for (var read = 0; read <= Reads; read++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            bytes = (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
            if (read > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return (bytes, times.Order().ElementAt((int)(0.95 * Reads) - 1));
    }

    private async Task<double> PaintAsync(string path)
    {
        await using var window = await node.WindowAsync(360, script: true);
        var page = await window.NewPageAsync();
        var session = await window.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = LatencyMilliseconds,
            ["downloadThroughput"] = BytesPerSecond,
            ["uploadThroughput"] = BytesPerSecond,
        });
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return await page.EvaluateAsync<double>(
            """
            () => new Promise(done => new PerformanceObserver(list => {
                for (const entry of list.getEntries()) {
                    if (entry.name === 'first-contentful-paint') { done(entry.startTime); }
                }
            }).observe({ type: 'paint', buffered: true }))
            """);
    }
}
