using CsCheck;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class LogFollowerTests
{
    private static readonly VerifierKey Key = LogExample.Key().VerifierKey;

    private static LogContinuation Follow(IReadOnlyDictionary<string, byte[]> files, LogHead since) =>
        LogFollower.Follow(LogExample.Reading(files), Key, since);

    private static LogHead HeadAt(int size) => Follow(LogExample.Files(size), LogHead.Empty).Head!;

    [Fact]
    public void A_log_followed_in_steps_gives_every_entry_once() => Gen.Int[0, 400].Array[1, 5].Sample(steps =>
    {
        var head = LogHead.Empty;
        var seen = new List<byte[]>();
        var size = 0;
        foreach (var step in steps)
        {
            size += step;
            var news = Follow(LogExample.Files(size), head);
            news.Fault.ShouldBeNull();
            foreach (var (index, entry) in news.Entries())
            {
                index.ShouldBe(seen.Count);
                seen.Add(entry.ToArray());
            }

            head = news.Head!;
        }

        head.Root().ShouldBe(LogExample.Verified(LogExample.Files(size)).Checkpoint!.Root);
        seen.ShouldBe(LogExample.Entries(size));
    }, iter: 20);

    [Fact]
    public void Only_new_bundles_are_read()
    {
        var files = LogExample.Files(1000);
        var read = new List<string>();
        var news = LogFollower.Follow(
            path =>
            {
                read.Add(path);
                return files.GetValueOrDefault(path);
            },
            Key,
            HeadAt(900));

        news.IsSound.ShouldBeTrue();
        read.ShouldBe(["checkpoint", "tile/entries/003.p/232"]);
    }

    [Fact]
    public void A_second_history_is_told_from_a_changed_file()
    {
        using var key = LogExample.Key();
        var since = HeadAt(100);
        var forked = LogFiles.Build(LogExample.Origin, key, LogExample.Entries(300).Select(
            (entry, index) => index == 50 ? [1] : entry)).ToDictionary(file => file.Path, file => file.Bytes.ToArray());
        var changed = LogExample.Files(300);
        changed["tile/entries/000"][^1] ^= 1;
        var shortened = LogExample.Files(300);
        shortened["tile/entries/001.p/44"] = shortened["tile/entries/001.p/44"][..^1];

        Follow(forked, since).Fault!.Code.ShouldBe(LogRefusal.Forked);
        Follow(changed, since).Fault.ShouldBe(
            new LogFault(LogRefusal.EntryChanged, "tile/entries/000", 255, "another entry than was signed"));
        Follow(shortened, since).Fault!.EntryIndex.ShouldBe(299);
        Follow(LogExample.Files(99), since).Fault!.Code.ShouldBe(LogRefusal.RolledBack);
    }

    [Fact]
    public void Two_roots_at_one_size_are_a_second_history()
    {
        using var key = LogExample.Key();
        var other = LogFiles.Build(LogExample.Origin, key, LogExample.Entries(99).Append([1]))
            .ToDictionary(file => file.Path, file => file.Bytes.ToArray());

        // The checkpoint alone is the evidence: no tile need be had.
        Follow(new Dictionary<string, byte[]> { [TilePath.Checkpoint] = other[TilePath.Checkpoint] }, HeadAt(100))
            .Fault!.Code.ShouldBe(LogRefusal.Forked);
        Should.Throw<InvalidOperationException>(() => Follow(other, HeadAt(100)).Entries());
    }

    [Fact]
    public void An_entry_and_its_tile_changed_together_are_no_second_history()
    {
        using var key = LogExample.Key();
        var honest = LogExample.Files(300);
        var forged = LogFiles.Build(LogExample.Origin, key, LogExample.Entries(299).Append([1]))
            .ToDictionary(file => file.Path, file => file.Bytes.ToArray());
        forged[TilePath.Checkpoint] = honest[TilePath.Checkpoint];

        Follow(forged, HeadAt(100)).Fault!.Code.ShouldBe(LogRefusal.RootDiffers);
    }

    [Fact]
    public void Nothing_new_reads_the_checkpoint_only()
    {
        var news = Follow(LogExample.Files(300), HeadAt(300));

        news.IsSound.ShouldBeTrue();
        news.Entries().ShouldBeEmpty();
    }
}
