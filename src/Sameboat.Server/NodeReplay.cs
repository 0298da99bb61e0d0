using System.Globalization;
using System.Text;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server;

/// <summary>What came of a replay, as a command says it.</summary>
/// <param name="IsSame">True when every byte was the same.</param>
/// <param name="Sentence">What was found, in one line.</param>
public sealed record ReplayAnswer(bool IsSame, string Sentence);

/// <summary>Replays a round as a command does it.</summary>
public static class NodeReplay
{
    /// <summary>Works a round out again from the logs alone and compares every statement of its convener.</summary>
    /// <param name="round">The round, <c>round/OWNER/NAME</c> or <c>OWNER/NAME</c>.</param>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store.</param>
    /// <param name="logs">A folder of logs as <c>log export</c> writes it, in place of a database; or null.</param>
    /// <param name="output">A folder for what was worked out, one file a statement; or null.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">There are no logs, they are damaged, or the folder cannot be written.</exception>
    public static async Task<ReplayAnswer> RunAsync(
        string round, string? database, string dataFolder, string? logs, string? output,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(round);
        var subject = round.StartsWith("round/", StringComparison.Ordinal) ? round : $"round/{round}";
        var contents = logs is null
            ? await ReadAsync(database, dataFolder, cancellation)
            : LogContents.ReadFolder(logs);
        var report = RoundReplay.Run(contents, subject);
        if (output is not null)
        {
            Write(report, output);
        }

        return report.IsSame
            ? new ReplayAnswer(true, string.Create(CultureInfo.InvariantCulture,
                $"same: {subject}: {string.Join(", ", report.Acts)}: {report.Statements:N0} statements, "
                + $"{report.Bytes:N0} bytes, worked out again and the same byte for byte"))
            : new ReplayAnswer(false, $"different: {subject}: {report.Difference}");
    }

    private static async Task<LogContents> ReadAsync(
        string? database, string dataFolder, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(database) && !File.Exists(NodeDatabase.FileIn(dataFolder)))
        {
            throw new IOException($"{dataFolder}: found no record, expected the data folder of a node");
        }

        var source = NodeDatabase.Of(database, dataFolder);
        try
        {
            await using var db = source.Open();
            return await LogContents.ReadAsync(db, cancellation);
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{source.Description} cannot be read: {known.Found}", fault);
        }
        finally
        {
            NodeDatabase.CloseFiles();
        }
    }

    private static void Write(ReplayReport report, string folder)
    {
        using var output = OutputFolder.Begin(folder, out var refusal) ?? throw new IOException(refusal!.ToString());
        foreach (var (number, statement) in report.Worked.Index())
        {
            output.Write(
                string.Create(CultureInfo.InvariantCulture, $"{number + 1:0000}-{statement.Kind}.json"),
                CanonicalJson.Serialize(statement.Body));
        }

        if (report.Worked.Any(statement => statement.Body.Flag("exercise")))
        {
            output.Write("EXERCISE.txt", "Nothing in this folder is real: it is of an exercise.\n"u8);
        }

        output.Write("result.txt", Encoding.UTF8.GetBytes(report.IsSame ? "same\n" : $"{report.Difference}\n"));
        output.Commit();
    }
}
