using CsCheck;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class LogAppenderTests
{
    [Fact]
    public void A_log_written_in_steps_ends_with_the_files_of_one_written_at_once() =>
        Gen.Int[0, 300].Array[1, 6].Sample(steps =>
        {
            using var key = LogExample.Key();
            var files = new Dictionary<string, byte[]>();
            var size = 0;
            foreach (var step in steps)
            {
                Append(files, key, size, step);
                size += step;
                LogExample.Verified(files).Fault.ShouldBeNull();
            }

            foreach (var (path, bytes) in LogExample.Files(size))
            {
                files[path].ShouldBe(bytes);
            }
        }, iter: 30);

    [Fact]
    public void Taking_files_twice_gives_the_checkpoint_only()
    {
        using var key = LogExample.Key();
        var appender = LogAppender.Empty();
        appender.Append([1]);

        appender.TakeFiles(LogExample.Origin, key).Count.ShouldBe(3);
        appender.TakeFiles(LogExample.Origin, key).ShouldHaveSingleItem().Path.ShouldBe(TilePath.Checkpoint);
    }

    [Theory]
    [InlineData("tile/0/001.p/44", LogRefusal.RootDiffers)]
    [InlineData("tile/1/000.p/1", LogRefusal.RootDiffers)]
    [InlineData("tile/entries/001.p/44", LogRefusal.EntryChanged)]
    public void A_log_whose_edge_was_changed_is_not_taken_up(string path, LogRefusal refusal)
    {
        var files = LogExample.Files(300);
        var checkpoint = LogExample.Verified(files).Checkpoint!;
        files[path][^1] ^= 1;
        if (path == "tile/0/001.p/44")
        {
            // Without this the bundle would be blamed first: it no longer fits the tile.
            files[path] = [.. files["tile/0/000"].AsSpan(0, files[path].Length)];
            files["tile/entries/001.p/44"] = LogExample.Files(44)["tile/entries/000.p/44"];
        }

        LogAppender.Resume(checkpoint, LogExample.Reading(files), out var fault).ShouldBeNull();

        fault!.Code.ShouldBe(refusal);
    }

    [Fact]
    public void A_log_without_its_edge_is_not_taken_up()
    {
        var files = LogExample.Files(300);
        var checkpoint = LogExample.Verified(files).Checkpoint!;
        files.Remove("tile/1/000.p/1");

        LogAppender.Resume(checkpoint, LogExample.Reading(files), out var fault).ShouldBeNull();

        fault!.File.ShouldBe("tile/1/000.p/1");
    }

    [Fact]
    public void Taking_up_a_log_reads_its_edge_only()
    {
        var files = LogExample.Files(70_000);
        var checkpoint = LogExample.Verified(files).Checkpoint!;
        var read = new List<string>();

        var appender = LogAppender.Resume(
            checkpoint,
            path =>
            {
                read.Add(path);
                return files.GetValueOrDefault(path);
            },
            out _);

        appender!.Head.Root().ShouldBe(checkpoint.Root);
        read.ShouldBe(["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"]);
    }

    [Fact]
    public void A_head_stored_and_taken_up_goes_on_as_if_it_had_stayed()
    {
        var head = LogHead.Empty;
        for (var index = 0; index < 300; index++)
        {
            head = LogHead.Stored(head.Size, head.Edge).Append(MerkleHash.Leaf(LogExample.EntryAt(index)));
        }

        head.Root().ShouldBe(LogExample.Verified(LogExample.Files(300)).Checkpoint!.Root);
        Should.Throw<ArgumentException>(() => LogHead.Stored(3, head.Edge.RemoveAt(0)[..1]));
    }

    private static void Append(Dictionary<string, byte[]> files, SigningKey key, int size, int count)
    {
        var appender = LogAppender.Empty();
        if (files.Count > 0)
        {
            var standing = LogExample.Verified(files).Checkpoint!;
            appender = LogAppender.Resume(standing, LogExample.Reading(files), out var fault);
            fault.ShouldBeNull();
        }

        for (var index = size; index < size + count; index++)
        {
            appender!.Append(LogExample.EntryAt(index)).ShouldBe(index);
        }

        foreach (var file in appender!.TakeFiles(LogExample.Origin, key))
        {
            files[file.Path] = file.Bytes.ToArray();
        }
    }
}
