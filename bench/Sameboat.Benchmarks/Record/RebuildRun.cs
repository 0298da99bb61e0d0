using System.Diagnostics;
using System.Globalization;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Benchmarks.Record;

/// <summary>
/// Measures a rebuild: <c>rebuild FOLDER CONNECTION ENTRIES</c>, the connection empty for SQLite. So many entries of
/// 600 bytes in eight logs are stored unfolded first; each folds into a row of its own. Then once more, over the rows
/// of the first.
/// </summary>
internal static class RebuildRun
{
    private const int Logs = 8;
    private const int Call = 8_192;
    private const int Calls = 2;

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length != 3 || !int.TryParse(arguments[2], CultureInfo.InvariantCulture, out var count))
        {
            await Console.Error.WriteLineAsync("rebuild FOLDER CONNECTION ENTRIES; see bench/rebuild.sh");
            return 2;
        }

        var database = NodeDatabase.Of(arguments[1], arguments[0]);
        await database.MigrateAsync(CancellationToken.None);
        using var keys = new LogKeys(arguments[0]);
        var store = new LogStore(database, keys, new LateClock()) { Folds = false };
        var members = Enumerable.Range(0, Logs).Select(log => MemberId.Parse($"m{log}")).ToArray();
        await store.OpenLogsAsync(
            [.. members.Select(member => (member, $"bench.example/log/{member}"))], CancellationToken.None);
        var clock = Stopwatch.StartNew();
        await FillAsync(store, members, count);
        Line("stored unfolded", count, clock.Elapsed);
        foreach (var what in new[] { "rebuild of empty tables", "rebuild over full tables" })
        {
            clock.Restart();
            var used = Environment.CpuUsage.TotalTime;
            await Projections.RebuildAsync(database, CancellationToken.None);
            Line(what, count, clock.Elapsed, Environment.CpuUsage.TotalTime - used);
        }

        await using var db = database.Open();
        return db.Situations.Count() == count ? 0 : 1;
    }

    private static async Task FillAsync(LogStore store, MemberId[] members, int count)
    {
        var calls = (count + Call - 1) / Call;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(async () =>
        {
            for (var call = Interlocked.Increment(ref next); call < calls; call = Interlocked.Increment(ref next))
            {
                var from = call * Call;
                var member = members[call % Logs];
                var outcome = await store.AppendAsync(
                    [.. Enumerable.Range(from, Math.Min(Call, count - from)).Select(at => BenchEntries.Of(member, at))],
                    CancellationToken.None);
                if (outcome is AppendOutcome.Refused refused)
                {
                    throw new InvalidOperationException(refused.Sentence);
                }
            }
        })));
    }

    private static void Line(string what, int count, TimeSpan took, TimeSpan? used = null)
    {
        var cpu = used is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what}, {count:N0} entries | {took.TotalSeconds:F1} s | {cpu} |"));
    }
}
