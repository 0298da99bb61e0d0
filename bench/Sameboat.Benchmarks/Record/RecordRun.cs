using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sameboat.Record;
using Sameboat.Server;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Benchmarks.Record;

/// <summary>
/// Measures the record on one database: <c>record FOLDER CONNECTION ENTRIES</c>, the connection empty for SQLite.
/// Prints one line of a table for each figure.
/// </summary>
internal sealed class RecordRun : IDisposable
{
    private const int WritersInFlight = 256;
    private const int Logs = 8;
    private const double Seconds = 8;
    private static readonly int[] ProofSizes = [1_000, 10_000, 100_000, 1_000_000];

    private readonly string _folder;
    private readonly string _connection;
    private readonly NodeDatabase _database;
    private readonly LogKeys _keys;

    private RecordRun(string folder, string connection)
    {
        _folder = folder;
        _connection = connection;
        _database = NodeDatabase.Of(connection, folder);
        _keys = new LogKeys(folder);
    }

    public void Dispose() => _keys.Dispose();

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length != 3
            || !int.TryParse(arguments[2], CultureInfo.InvariantCulture, out var most) || !ProofSizes.Contains(most))
        {
            await Console.Error.WriteLineAsync(
                $"record FOLDER CONNECTION ENTRIES (one of {string.Join(", ", ProofSizes)}); see bench/record.sh");
            return 2;
        }

        using var run = new RecordRun(arguments[0], arguments[1]);
        await run._database.MigrateAsync(CancellationToken.None);

        // Once unprinted: a node is measured as it runs and not as it starts.
        await run.AppendAsync(null, folds: true, "warm");
        await run.AppendAsync("the log alone", folds: false, "a");
        await run.AppendAsync("with projections", folds: true, "b");
        await run.OneWriterAsync();
        await run.ProofsAsync(most);
        await run.VerifyAsync(most);
        await run.ReadTilesAsync(most);
        return 0;
    }

    private LogStore Store(bool folds) => new(_database, _keys, new LateClock()) { Folds = folds };

    private static string OriginOf(MemberId member) => $"bench.example/log/{member}";

    private async Task<MemberId[]> OpenAsync(LogStore store, params string[] names)
    {
        var members = names.Select(MemberId.Parse).ToArray();
        await store.OpenLogsAsync([.. members.Select(member => (member, OriginOf(member)))], CancellationToken.None);
        return members;
    }

    private async Task AppendAsync(string? what, bool folds, string prefix)
    {
        var store = Store(folds);
        var members = await OpenAsync(store, [.. Enumerable.Range(0, Logs).Select(log => $"{prefix}{log}")]);
        long next = 0;
        long done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, WritersInFlight).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < Seconds)
            {
                var number = Interlocked.Increment(ref next);
                Require(await store.AppendAsync(
                    [BenchEntries.Of(members[number % Logs], number)], CancellationToken.None));
                Interlocked.Increment(ref done);
            }
        })));
        if (what is not null)
        {
            Line($"appends, 256 writers, {what}", $"{done / clock.Elapsed.TotalSeconds:N0} a second");
        }
    }

    private async Task OneWriterAsync()
    {
        const int Appends = 2_000;
        var store = Store(folds: true);
        var member = (await OpenAsync(store, "one"))[0];
        var times = new List<double>(Appends);
        for (var number = 0; number < Appends; number++)
        {
            var entry = BenchEntries.Of(member, number);
            var began = Stopwatch.GetTimestamp();
            Require(await store.AppendAsync([entry], CancellationToken.None));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Line("one writer, with projections, median", $"{times[Appends / 2]:F2} ms");
        Line("one writer, with projections, p99", $"{times[Appends * 99 / 100]:F2} ms");
    }

    private async Task ProofsAsync(int most)
    {
        var store = Store(folds: false);
        var reader = new LogReader(_database);
        foreach (var size in ProofSizes.Where(size => size <= most))
        {
            var member = (await OpenAsync(store, $"m{size}"))[0];
            var clock = Stopwatch.StartNew();
            await FillAsync(store, member, size);
            var filled = clock.Elapsed;
            const int Proofs = 300;
            var hashes = 0;
            var ids = Enumerable.Range(0, Proofs)
                .Select(at => BenchEntries.Of(member, (long)at * size / Proofs).Id).ToArray();
            await reader.EntryAsync(ids[0], CancellationToken.None);
            clock.Restart();
            foreach (var id in ids)
            {
                var proved = await reader.EntryAsync(id, CancellationToken.None, member.ToString());
                hashes += proved!.Proof.Length;
            }

            var proofMilliseconds = clock.Elapsed.TotalMilliseconds / Proofs;
            Line(string.Create(CultureInfo.InvariantCulture, $"inclusion proof in a log of {size:N0}"),
                $"{proofMilliseconds:F2} ms, {(double)hashes / Proofs:F1} hashes");
            Line(string.Create(CultureInfo.InvariantCulture, $"filling that log, 4 calls of 1,000 in flight"),
                $"{size / filled.TotalSeconds:N0} a second");
        }
    }

    private static async Task FillAsync(LogStore store, MemberId member, int size)
    {
        const int Call = 1_000;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var call = Interlocked.Increment(ref next); call * Call < size; call = Interlocked.Increment(ref next))
            {
                var from = call * Call;
                Require(await store.AppendAsync(
                    [.. Enumerable.Range(from, Math.Min(Call, size - from)).Select(n => BenchEntries.Of(member, n))],
                    CancellationToken.None));
            }
        })));
    }

    private Task VerifyAsync(int most)
    {
        var member = MemberId.Parse($"m{most}");
        var reader = new LogReader(_database);
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var verified = LogVerifier.Verify(
            path => Task.Run(() => ReadAsync(reader, member, path)).GetAwaiter().GetResult(),
            _keys.KeyOf(member, OriginOf(member)).VerifierKey);
        var took = clock.Elapsed.TotalSeconds;
        if (!verified.IsSound)
        {
            throw new InvalidOperationException(verified.Fault.ToString());
        }

        using var process = Process.GetCurrentProcess();
        Line(string.Create(CultureInfo.InvariantCulture,
                $"verify {verified.Checkpoint.Size:N0} entries from the database"),
            $"{took:F1} s, process at most {process.PeakWorkingSet64 / 1048576:N0} MiB");
        return Task.CompletedTask;
    }

    private static async Task<byte[]?> ReadAsync(LogReader reader, MemberId member, string path)
    {
        if (path == TilePath.Checkpoint)
        {
            return Encoding.UTF8.GetBytes((await reader.LogAsync(member.ToString(), default))!.Checkpoint);
        }

        return TilePath.TryParse(path, out var tile) ? await reader.TileAsync(member.ToString(), tile, default) : null;
    }

    private async Task ReadTilesAsync(int most)
    {
        await using var node = await RunningNode.StartAsync(
            new NodeOptions { Port = 0, DataFolder = _folder, Database = _connection, RateLimits = RateLimits.None },
            CancellationToken.None);
        var url = new Uri(node.Address, $"/log/m{most}/tile/0/000");
        var start = new ProcessStartInfo("wrk", ["-t1", "-c32", "-d6s", url.ToString()])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        var rate = output.Split('\n').FirstOrDefault(line => line.Contains("Requests/sec")) ?? output;
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Some answers were no tiles: {output}");
        }

        Line("reading a full tile over HTTP, 32 connections, the load on the same cores",
            $"{rate.Replace("Requests/sec:", "").Trim()} a second");
    }

    private static void Require(AppendOutcome outcome)
    {
        if (outcome is AppendOutcome.Refused refused)
        {
            throw new InvalidOperationException(refused.ToString());
        }
    }

    private static void Line(string what, FormattableString figure) =>
        Console.WriteLine($"| {what} | {figure.ToString(CultureInfo.InvariantCulture)} |");
}
