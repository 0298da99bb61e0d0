using System.Text;
using Sameboat.Record;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Record;

public sealed class LogVerifierTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public void A_log_that_was_built_verifies_and_gives_its_entries_back(int size)
    {
        var verified = LogExample.Verified(LogExample.Files(size));

        verified.Fault.ShouldBeNull();
        verified.SignedBy.ShouldNotBeNull();
        verified.Checkpoint!.Size.ShouldBe(size);
        verified.Checkpoint.Origin.ShouldBe(LogExample.Origin);
        verified.Entries().Select(entry => entry.ToArray()).ShouldBe(LogExample.Entries(size));
        verified.Entries(size / 2).Count().ShouldBe(size - (size / 2));
    }

    [Fact]
    public void A_foreign_log_verifies_at_every_size_and_each_extends_the_last()
    {
        var folder = Repository.Reference("transparency/tiled-log/log");
        var key = VerifierKey.Parse(File.ReadAllText(Repository.Reference("transparency/tiled-log/vkey.txt")).Trim());
        Checkpoint? earlier = null;
        for (var size = 0; size <= 15; size++)
        {
            var verified = LogVerifier.Verify(
                path => Read(folder, path == TilePath.Checkpoint ? $"checkpoint.{size}" : path), key, earlier);

            verified.Fault.ShouldBeNull($"size {size}");
            verified.Checkpoint!.Size.ShouldBe(size);
            verified.Entries().Count().ShouldBe(size);
            earlier = verified.Checkpoint;
        }

        LogVerifier.Verify(path => Read(folder, path), key).Checkpoint.ShouldBe(earlier);
        var firstThree = LogVerifier.Verify(path => Read(folder, path), key).Entries().Take(3);
        firstThree.Select(entry => Encoding.UTF8.GetString(entry.Span)).ShouldBe(["one", "two", "three"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(260)]
    public void No_byte_of_any_file_can_change_unseen(int size)
    {
        var files = LogExample.Files(size);
        foreach (var (path, bytes) in files)
        {
            // Every byte of the small log; of the larger one enough to meet every file's start, middle and end.
            var step = size < 10 ? 1 : Math.Max(1, bytes.Length / 97);
            for (var at = 0; at < bytes.Length; at += step)
            {
                var changed = new Dictionary<string, byte[]>(files) { [path] = bytes.ToArray() };
                changed[path][at] ^= 0x01;

                var fault = LogExample.Verified(changed).Fault;

                fault.ShouldNotBeNull($"{path}, byte {at}");
                fault.File.ShouldBe(path);
                if (path.Contains("entries", StringComparison.Ordinal))
                {
                    fault.EntryIndex.ShouldBe(EntryWithByte(path, bytes, at), $"{path}, byte {at}");
                }
            }
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var files = LogExample.Files(600);
        foreach (var path in files.Keys)
        {
            var fewer = new Dictionary<string, byte[]>(files);
            fewer.Remove(path);

            LogExample.Verified(fewer).Fault.ShouldBe(new LogFault(LogRefusal.FileMissing, path, null, "nothing"));
        }
    }

    [Fact]
    public void A_shortened_or_lengthened_file_is_named()
    {
        var files = LogExample.Files(300);
        foreach (var (path, bytes) in files.Where(file => file.Key != TilePath.Checkpoint))
        {
            foreach (var other in new byte[][] { bytes[..^1], [.. bytes, 0], [] })
            {
                var fault = LogExample.Verified(new Dictionary<string, byte[]>(files) { [path] = other }).Fault;

                fault!.Code.ShouldBe(LogRefusal.WrongLength);
                fault.File.ShouldBe(path);
            }
        }
    }

    [Fact]
    public void An_entry_changed_together_with_its_tile_is_not_passed()
    {
        using var key = LogExample.Key();
        var honest = LogExample.Files(5);
        var forged = LogFiles.Build(LogExample.Origin, key, LogExample.Entries(4).Append([7])).ToDictionary(
            file => file.Path, file => file.Bytes.ToArray());
        forged[TilePath.Checkpoint] = honest[TilePath.Checkpoint];

        LogExample.Verified(forged).Fault!.Code.ShouldBe(LogRefusal.RootDiffers);
    }

    [Fact]
    public void The_full_tile_stands_for_a_partial_one_that_has_gone()
    {
        var small = LogExample.Files(200);
        var large = LogExample.Files(700);
        var files = new Dictionary<string, byte[]>(large) { [TilePath.Checkpoint] = small[TilePath.Checkpoint] };

        var verified = LogExample.Verified(files);

        verified.Fault.ShouldBeNull();
        verified.Entries().Count().ShouldBe(200);
    }

    [Fact]
    public void Another_key_another_origin_and_no_key_are_told_apart()
    {
        var files = LogExample.Files(3);
        using var sameName = LogExample.Key(9);
        using var otherName = LogExample.Key(1, "elsewhere");

        Refusal(sameName.VerifierKey).ShouldBe(LogRefusal.SignatureFails);
        Refusal(otherName.VerifierKey).ShouldBe(LogRefusal.SignatureFails);
        var unsigned = LogVerifier.Verify(LogExample.Reading(files), null);
        unsigned.IsSound.ShouldBeTrue();
        unsigned.SignedBy.ShouldBeNull();

        LogRefusal? Refusal(VerifierKey key) => LogVerifier.Verify(LogExample.Reading(files), key).Fault?.Code;
    }

    [Fact]
    public void A_log_must_extend_what_was_seen_of_it()
    {
        var earlier = LogExample.Verified(LogExample.Files(300)).Checkpoint!;
        var forked = earlier with { Root = MerkleHash.Leaf([1]) };
        var elsewhere = earlier with { Origin = "elsewhere" };

        LogExample.Verified(LogExample.Files(301), earlier).IsSound.ShouldBeTrue();
        LogExample.Verified(LogExample.Files(300), earlier).IsSound.ShouldBeTrue();
        LogExample.Verified(LogExample.Files(299), earlier).Fault!.Code.ShouldBe(LogRefusal.RolledBack);
        LogExample.Verified(LogExample.Files(301), forked).Fault!.Code.ShouldBe(LogRefusal.Forked);
        LogExample.Verified(LogExample.Files(301), elsewhere).Fault!.Code.ShouldBe(LogRefusal.OtherOrigin);
    }

    [Fact]
    public void Entries_of_a_log_that_changed_after_the_check_are_not_given_out()
    {
        var files = LogExample.Files(3);
        var verified = LogExample.Verified(files);
        files["tile/entries/000.p/3"][4] ^= 1;

        Should.Throw<InvalidDataException>(() => verified.Entries().Count());
        Should.Throw<InvalidOperationException>(() => LogExample.Verified(files).Entries());
    }

    private static byte[]? Read(string folder, string path)
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    // The entry whose length or text holds the byte.
    private static long EntryWithByte(string path, byte[] bundle, int at)
    {
        TilePath.TryParse(path, out var tile).ShouldBeTrue();
        var index = tile.Index * TilePath.FullWidth;
        for (var from = 0; ; index++)
        {
            from += 2 + ((bundle[from] << 8) | bundle[from + 1]);
            if (at < from)
            {
                return index;
            }
        }
    }
}
