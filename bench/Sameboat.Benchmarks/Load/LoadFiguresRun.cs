using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server;
using Sameboat.Server.Accounts;
using Sameboat.Server.Requests;
using Sameboat.Server.Storage;

namespace Sameboat.Benchmarks.Load;

/// <summary>
/// <c>load FOLDER PROFILE SECONDS [DATABASE]</c>: starts a node on a record that <c>load-fill</c> made, and prints how
/// it stands the load; see <c>bench/load.sh</c>.
/// </summary>
internal static class LoadFiguresRun
{
    internal const int Clients = 200;
    private const int DaysOfTokens = 30;
    private const int Reads = 20;
    private const int Firsts = 4;
    private const int ListReads = 100;
    private const double HeldMilliseconds = 500;
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromMinutes(2);
    private static readonly int[] Steps = [8, 16, 32, 64, 128, 200];

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var folder, var profile, var seconds, ..] || LoadSize.Of(profile) is not { } size)
        {
            await Console.Error.WriteLineAsync("load FOLDER PROFILE SECONDS [DATABASE]; see bench/load.sh");
            return 2;
        }

        var connection = arguments.Length > 3 ? arguments[3] : null;
        var database = NodeDatabase.Of(connection, folder);
        await FilledAsync(database, size);
        var tokens = new List<string>();
        for (var member = 0; member < size.Members; member++)
        {
            tokens.Add((await new MemberTokens(database, new LoadClock()).IssueAsync(
                new Actor(MemberId.Parse(size.Member(member)), "Program", Everything()), DaysOfTokens,
                CancellationToken.None)).Token);
        }

        var began = Stopwatch.GetTimestamp();
        await using var node = await LoadNode.StartAsync(folder, connection);
        Line("node ready after", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = node.Address, Timeout = AnswerMax,
        };
        await AloneAsync(node, client, size, tokens[0]);
        var clients = new LoadClients(size, client, tokens, 7);
        var time = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        await clients.RunAsync(Clients, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        var errors = await ThoughtAsync(node, clients, time);
        await PublicPages.UnderLoadAsync(client, clients, size);
        await HeldAsync(node, clients);
        Line("memory of the node, now and at most", $"{node.Mebibytes(false)} and {node.Mebibytes(true)} MiB");
        return errors == 0 ? 0 : 1;
    }

    private static async Task FilledAsync(NodeDatabase database, LoadSize size)
    {
        await using var db = database.Open();
        var entries = await db.Logs.SumAsync(log => log.Size);
        var lines = await db.Set<RequestLineRow>().CountAsync();
        Line(
            $"{size.Members} members, {size.Outbreaks} outbreaks: entries, request lines",
            $"{entries:N0} and {lines:N0}");
    }

    private static Roles Everything() =>
        Enum.GetValues<Roles>().Aggregate(Roles.None, (sum, one) => sum | one);

    // One reader, nobody else: what each answer takes by itself.
    private static async Task AloneAsync(LoadNode node, HttpClient client, LoadSize size, string token)
    {
        var name = size.Member(size.Members / 2);
        foreach (var path in new[]
        {
            "/en", "/en/places", $"/en/places/{Territories.All[0].Code}", "/en/outbreaks/m001/fever-1",
            $"/en/members/{name}", "/en/members", "/en/requests", $"/en/requests/{name}/f0-0", "/en/consignments",
            "/en/offers", "/en/scoreboard", "/en/plan", "/en/report", "/en/record", "/en/requests/m001/long",
        })
        {
            await TimeAsync(client, path);
            var first = new double[Firsts];
            var worked = TimeSpan.Zero;
            for (var number = 0; number < Firsts; number++)
            {
                await WriteOneAsync(client, size, token);
                await Task.Delay(NodeOptions.PageAgeServed);
                var before = node.Worked;
                first[number] = await TimeAsync(client, path);
                worked += node.Worked - before;
            }

            Array.Sort(first);
            var times = await TimesAsync(client, _ => path, Reads);
            Line($"page {path}: after a write, median, with processor time; p95 warm",
                $"{At(first, 0.5):F0}, {worked.TotalMilliseconds / Firsts:F0} and {At(times, 0.95):F1} ms");
        }

        foreach (var path in new[]
        {
            "/api/v1/requests/m001/long", "/api/v1/requests/m001/long/answers",
            $"/api/v1/conservation?outbreak={LoadSize.Outbreak(0)}", $"/api/v1/honesty?outbreak={LoadSize.Outbreak(0)}",
            $"/api/v1/scoreboard?outbreak={LoadSize.Outbreak(0)}", "/api/v1/members",
            $"/api/v1/sources?outbreak={LoadSize.Outbreak(0)}&place={Territories.All[0].Code}",
        })
        {
            var times = await TimesAsync(client, _ => path, Reads);
            Line($"{path}: median, slowest of {Reads}", $"{At(times, 0.5):F0} and {times[^1]:F0} ms");
        }

        foreach (var (what, path) in Lists(size))
        {
            var times = await TimesAsync(client, path, ListReads);
            Line($"list {what}: p95 of {ListReads}", $"{At(times, 0.95):F1} ms");
        }
    }

    private static IEnumerable<(string What, Func<int, string> Path)> Lists(LoadSize size)
    {
        string Outbreak(int number) => LoadSize.Outbreak(number % size.Outbreaks);
        string Member(int number) => size.Member(number * 13 % size.Members);
        yield return ("offers, outbreak and member",
            n => $"/api/v1/offers?outbreak={Outbreak(n)}&member={Member(n)}");
        yield return ("offers, state and item", n => $"/api/v1/offers?state=Open&item=item-{(n % 4) | 1}");
        yield return ("requests, outbreak and state", n => $"/api/v1/requests?outbreak={Outbreak(n)}&state=Published");
        yield return ("consignments, consignee", n => $"/api/v1/consignments?consignee={Member(n)}");
        yield return ("consignments, outbreak and state",
            n => $"/api/v1/consignments?outbreak={Outbreak(n)}&state=InTransit");
        yield return ("situations, outbreak and member",
            n => $"/api/v1/situations?outbreak={Outbreak(n)}&member={Member(n)}");
        yield return ("situations, outbreak and place",
            n => $"/api/v1/situations?outbreak={Outbreak(n)}&place={Territories.All[n % size.Members].Code}");
        yield return ("situations, nothing found", n => $"/api/v1/situations?source=nobody-{n}");
    }

    private static async Task<int> ThoughtAsync(LoadNode node, LoadClients clients, TimeSpan time)
    {
        var before = node.Worked;
        var timed = await clients.RunAsync(Clients, time, TimeSpan.FromSeconds(1));
        var worked = node.Worked - before;
        var errors = timed.Count(one => !one.IsGood);
        Line($"{Clients} clients, a second of thought, {time.TotalSeconds:F0} s: answers, errors",
            $"{timed.Count:N0} and {errors}");
        Line("p50, p99, slowest", Spread(timed));
        foreach (var kind in timed.GroupBy(one => one.What).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Line($"of them {kind.Key}: {kind.Count():N0}: p50, p99, slowest", Spread([.. kind]));
        }

        Line("processor time of the node per answer", $"{worked.TotalMicroseconds / Math.Max(1, timed.Count):F0} us");
        Line("memory of the node, now and at most", $"{node.Mebibytes(false)} and {node.Mebibytes(true)} MiB");
        foreach (var told in timed.Where(one => !one.IsGood).Select(one => one.Told).Take(5))
        {
            await Console.Error.WriteLineAsync(told);
        }

        return errors;
    }

    private static async Task HeldAsync(LoadNode node, LoadClients clients)
    {
        foreach (var count in Steps)
        {
            var before = node.Worked;
            var timed = await clients.RunAsync(count, StepTime, TimeSpan.Zero);
            var worked = node.Worked - before;
            var sorted = Sorted(timed);
            var held = At(sorted, 0.99) < HeldMilliseconds ? "held" : "not held";
            Line($"{count} clients without thought: a second, p99",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{timed.Count / StepTime.TotalSeconds:N0}, {At(sorted, 0.99):F0} ms, {held}; errors "
                    + $"{timed.Count(one => !one.IsGood)}; "
                    + $"{worked.TotalMicroseconds / Math.Max(1, timed.Count):F0} us each"));
        }
    }

    private static async Task WriteOneAsync(HttpClient client, LoadSize size, string token)
    {
        using var one = new HttpRequestMessage(HttpMethod.Post, "/api/v1/offers")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new System.Text.Json.Nodes.JsonObject
            {
                ["id"] = $"alone-{Stopwatch.GetTimestamp()}", ["outbreak"] = LoadSize.Outbreak(0), ["kind"] = "Goods",
                ["lot"] = "a", ["item"] = "item-1", ["unit"] = "each", ["quantity"] = size.Members, ["pack"] = 1,
                ["exercise"] = true,
            }),
        };
        one.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(one);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<double[]> TimesAsync(HttpClient client, Func<int, string> path, int count)
    {
        await TimeAsync(client, path(0));
        var times = new double[count];
        for (var number = 0; number < count; number++)
        {
            times[number] = await TimeAsync(client, path(number));
        }

        Array.Sort(times);
        return times;
    }

    private static async Task<double> TimeAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double[] Sorted(IReadOnlyCollection<Timed> timed)
    {
        double[] sorted = [.. timed.Select(one => one.Milliseconds)];
        Array.Sort(sorted);
        return sorted;
    }

    private static string Spread(IReadOnlyCollection<Timed> timed)
    {
        var sorted = Sorted(timed);
        return string.Create(
            CultureInfo.InvariantCulture, $"{At(sorted, 0.5):F1}, {At(sorted, 0.99):F0}, {sorted[^1]:F0} ms");
    }

    internal static double At(double[] sorted, double part) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];

    private static void Line(string what, FormattableString figure) =>
        Line(what, figure.ToString(CultureInfo.InvariantCulture));

    internal static void Line(string what, string figure) => Console.WriteLine($"| {what} | {figure} |");
}
