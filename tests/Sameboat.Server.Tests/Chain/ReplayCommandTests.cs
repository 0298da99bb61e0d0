using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Following;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Chain;

/// <summary>The exercise's round, replayed from a data folder and from exported logs.</summary>
public sealed class ReplayCommandTests
{
    private const string Round = "exercise-secretariat/exercise-round-1";

    [Fact]
    public async Task The_round_of_the_exercise_is_the_same_from_its_logs_and_one_changed_byte_is_found()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("sameboat-replay-").FullName;
        try
        {
            await using (await RunningNode.StartAsync(
                new NodeOptions { Port = 0, DataFolder = folder, ExerciseSeed = 5 }, cancellation))
            {
            }

            var database = NodeDatabase.Of(null, folder);
            var logs = Path.Combine(folder, "exported");
            await LogExport.WriteAsync(database, logs, null, cancellation);
            var files = await NodeReplay.RunAsync(
                Round, null, folder, logs, Path.Combine(folder, "worked"), cancellation);
            files.IsSame.ShouldBeTrue(files.Sentence);
            File.ReadAllText(Path.Combine(folder, "worked", "result.txt")).ShouldBe("same\n");

            await using (var db = database.Open())
            {
                var entry = await db.Entries.FirstAsync(row => row.Kind == "offer.published", cancellation);
                var at = entry.Bytes.AsSpan().IndexOf("\"quantity\":"u8) + "\"quantity\":".Length;
                var bytes = entry.Bytes.ToArray();
                bytes[at] = bytes[at] == (byte)'9' ? (byte)'8' : (byte)(bytes[at] + 1);
                await db.Entries.Where(row => row.Id == entry.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Bytes, bytes), cancellation);
            }

            var tampered = await NodeReplay.RunAsync(Round, null, folder, null, null, cancellation);
            tampered.IsSame.ShouldBeFalse();
            tampered.Sentence.ShouldContain("another history");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
