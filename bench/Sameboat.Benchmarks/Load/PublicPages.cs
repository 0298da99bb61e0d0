using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sameboat.Benchmarks.Load;

/// <summary>How long public pages take to a reader while the node's work goes on.</summary>
internal static class PublicPages
{
    private const int Readers = 4;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Four readers ask the pages in turn, beside the clients with their second of thought; each line is one page, by
    /// the reader's clock, so that the way there and back is in it.
    /// </summary>
    internal static async Task UnderLoadAsync(HttpClient client, LoadClients clients, LoadSize size)
    {
        var timed = new ConcurrentBag<(string Page, double Milliseconds)>();
        var work = clients.RunAsync(LoadFiguresRun.Clients, Time, TimeSpan.FromSeconds(1));
        var end = Stopwatch.GetTimestamp() + (long)(Time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            for (var turn = reader; Stopwatch.GetTimestamp() < end; turn++)
            {
                foreach (var (page, path) in Pages(size, turn))
                {
                    var began = Stopwatch.GetTimestamp();
                    using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                    await answer.Content.ReadAsByteArrayAsync();
                    answer.EnsureSuccessStatusCode();
                    timed.Add((page, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
                    await Task.Delay(Pause);
                }
            }
        }));
        await work;
        foreach (var page in timed.GroupBy(one => one.Page).OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            double[] times = [.. page.Select(one => one.Milliseconds).Order()];
            LoadFiguresRun.Line(
                $"page {page.Key} under the load: p50, p95, slowest of {times.Length}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{LoadFiguresRun.At(times, 0.5):F1}, {LoadFiguresRun.At(times, 0.95):F1}, {times[^1]:F0} ms"));
        }
    }

    // Of members, places and requests another one each time: most readers come to a page that nobody has just read.
    private static IEnumerable<(string Page, string Path)> Pages(LoadSize size, int turn)
    {
        var name = size.Member(turn * 7 % size.Members);
        yield return ("world", "/en");
        yield return ("places", "/en/places");
        yield return ("place", $"/en/places/{Territories.All[turn * 7 % size.Members].Code}");
        yield return ("outbreak", $"/en/outbreaks/m001/fever-{(turn % size.Outbreaks) + 1}");
        yield return ("member", $"/en/members/{name}");
        yield return ("members", "/en/members");
        yield return ("request", $"/en/requests/{name}/f{turn % size.Outbreaks}-0");
        yield return ("long request", "/en/requests/m001/long");
        yield return ("requests", "/en/requests");
        yield return ("consignments", "/en/consignments");
        yield return ("scoreboard", "/en/scoreboard");
        yield return ("report", "/en/report");
        yield return ("record", "/en/record");
    }
}
