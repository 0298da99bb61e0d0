using System.Diagnostics;
using System.Globalization;
using Sameboat.Server;
using Sameboat.Server.Accounts;

namespace Sameboat.Benchmarks.Load;

/// <summary>A node in a process of its own, so that what it costs can be read from outside.</summary>
internal sealed class LoadNode : IAsyncDisposable
{
    internal const string Command = "load-node";

    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private LoadNode(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    internal Uri Address { get; }

    /// <summary>The processor time that the node has used.</summary>
    internal TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What the program does when it is started as the node: it listens until its input ends.</summary>
    internal static async Task<int> ServeAsync(string folder, string? database)
    {
        await using var node = await RunningNode.StartAsync(
            new NodeOptions
            {
                Port = 0, DataFolder = folder, Database = database, RateLimits = RateLimits.None,
                PageAge = NodeOptions.PageAgeServed,
            },
            CancellationToken.None);
        Console.WriteLine(node.Address);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    internal static async Task<LoadNode> StartAsync(string folder, string? database)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        start.ArgumentList.Add(typeof(LoadNode).Assembly.Location);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(folder);
        if (database is not null)
        {
            start.ArgumentList.Add(database);
        }

        // As the program itself is set up; the benchmarks are not.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException("The node did not start.");
        using var limit = new CancellationTokenSource(StartMax);
        var line = await process.StandardOutput.ReadLineAsync(limit.Token);
        return new LoadNode(process, new Uri(line ?? throw new InvalidOperationException("The node ended.")));
    }

    /// <summary>Memory in MiB: what the node holds now, or the most that it held.</summary>
    internal long Mebibytes(bool most)
    {
        var name = most ? "VmHWM:" : "VmRSS:";
        var line = File.ReadLines($"/proc/{_process.Id}/status")
            .First(one => one.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopMax);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
