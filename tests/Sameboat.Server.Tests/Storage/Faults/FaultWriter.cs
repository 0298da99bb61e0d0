using System.Diagnostics;
using System.Globalization;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>
/// The node that is killed: this program again, in a process of its own, that takes the data folder and appends
/// numbered entries, saying each as soon as it is acknowledged.
/// </summary>
internal static class FaultWriter
{
    /// <summary>The first argument that makes the test program a writer.</summary>
    internal const string Name = "fault-writer";

    private const int Writers = 32;

    /// <summary>The child: FOLDER, the first number, and the connection string or nothing.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        using var folder = NodeFolder.Take(arguments[0]);
        using var keys = new LogKeys(folder.Path);
        var database = NodeDatabase.Of(arguments[2], folder.Path);
        await database.PrepareAsync(CancellationToken.None);
        var store = new LogStore(database, keys, new MovedClock());
        await FaultLedger.OpenAsync(store);
        var next = int.Parse(arguments[1], CultureInfo.InvariantCulture) - 1;
        var output = TextWriter.Synchronized(
            new StreamWriter(System.Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var number = Interlocked.Increment(ref next);
                if (await store.AppendAsync([FaultLedger.EntryOf(number)], CancellationToken.None)
                    is AppendOutcome.Done done)
                {
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{number} {done.Places[0].Position}"));
                }
            }
        })));
        return 0;
    }

    /// <summary>The parent: starts a writer, takes so many acknowledgements, and kills it in the middle of the next.
    /// </summary>
    internal static async Task WriteAndKillAsync(string folder, string connection, FaultLedger ledger, int entries)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Name, folder, ledger.FirstOpen.ToString(CultureInfo.InvariantCulture), connection,
            },
        };
        using var process = Process.Start(start)!;
        try
        {
            for (var taken = 0; taken < entries; taken++)
            {
                var line = (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull("the writer ended by itself");
                Acknowledge(ledger, line);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // What it said before it died counts; a line that was cut does not.
        var rest = await process.StandardOutput.ReadToEndAsync();
        foreach (var line in rest.Split('\n')[..^1])
        {
            Acknowledge(ledger, line);
        }
    }

    private static void Acknowledge(FaultLedger ledger, string line)
    {
        var parts = line.Split(' ');
        var number = int.Parse(parts[0], CultureInfo.InvariantCulture);
        ledger.Acknowledge(number, new Placed(
            FaultLedger.EntryOf(number).Author.ToString(), long.Parse(parts[1], CultureInfo.InvariantCulture), false));
    }
}
