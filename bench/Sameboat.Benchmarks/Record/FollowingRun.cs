using System.Diagnostics;
using System.Globalization;
using Sameboat.Record;
using Sameboat.Server;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Benchmarks.Record;

/// <summary>
/// Measures following: <c>following FOLDER ENTRIES</c>. One node writes, another follows it over HTTP; both are in this
/// process, each with a database of its own.
/// </summary>
internal static class FollowingRun
{
    private const int BatchEntries = 1_024;
    private const int NewEntries = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var folder, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var count))
        {
            await Console.Error.WriteLineAsync("following FOLDER ENTRIES; see bench/following.sh");
            return 2;
        }

        var (first, second) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"));
        await using var writer = await RunningNode.StartAsync(Options(first), CancellationToken.None);
        await using var follower = await RunningNode.StartAsync(Options(second), CancellationToken.None);
        using var keys = new LogKeys(first);
        var member = MemberId.Parse("ken");
        var store = new LogStore(NodeDatabase.Sqlite(first), keys, new LateClock());
        await store.OpenLogsAsync([(member, "bench.example/log/ken")], CancellationToken.None);
        for (var from = 0; from < count; from += BatchEntries)
        {
            await AppendAsync(store, member, from, Math.Min(BatchEntries, count - from));
        }

        var began = Stopwatch.GetTimestamp();
        await NodeFollowing.AddAsync(null, second, $"{writer.Address}log/ken",
            keys.Find(member)!.VerifierKey.ToString(), CancellationToken.None);
        await SeeAsync(follower, count);
        Line($"{count:N0} entries from a cold start", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s", "30 s");

        var times = new List<double>();
        for (var number = 0; number < NewEntries; number++)
        {
            began = Stopwatch.GetTimestamp();
            await AppendAsync(store, member, count + number, 1);
            await SeeAsync(follower, count + number + 1);
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        times.Sort();
        Line("a new entry is served by the follower, median", $"{times[NewEntries / 2]:F2} s", "2 s");
        Line("the same, slowest of 20", $"{times[^1]:F2} s", "2 s");
        return 0;
    }

    private static NodeOptions Options(string folder) =>
        new() { Port = 0, DataFolder = folder, Clock = new LateClock() };

    private static async Task AppendAsync(LogStore store, MemberId member, int from, int count)
    {
        var outcome = await store.AppendAsync(
            [.. Enumerable.Range(from, count).Select(number => BenchEntries.Of(member, number))],
            CancellationToken.None);
        if (outcome is AppendOutcome.Refused refused)
        {
            throw new InvalidOperationException(refused.Sentence);
        }
    }

    private static async Task SeeAsync(RunningNode node, long size)
    {
        using var client = new HttpClient();
        var address = new Uri(node.Address, "log/ken/checkpoint");
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < GiveUpAfter)
        {
            using var answer = await client.GetAsync(address);
            if (answer.IsSuccessStatusCode
                && SignedNote.TryParse(await answer.Content.ReadAsByteArrayAsync(), out var note, out _)
                && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Size >= size)
            {
                return;
            }

            await Task.Delay(LookEvery);
        }

        throw new TimeoutException($"The follower did not reach {size} entries.");
    }

    private static void Line(string what, string figure, string goal) =>
        Console.WriteLine($"| {what} | {figure} | {goal} |");
}
