using CsCheck;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class TileTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/999", 0, 999, 256)]
    [InlineData("tile/1/x001/000", 1, 1000, 256)]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/7/x001/x234/067.p/255", 7, 1_234_067, 255)]
    public void A_path_is_written_in_groups_of_three_digits(string text, int level, long index, int width)
    {
        TilePath.Hashes(level, index, width).ToString().ShouldBe(text);
        TilePath.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(TilePath.Hashes(level, index, width));
    }

    [Fact]
    public void A_bundle_has_a_path_of_its_own()
    {
        TilePath.Entries(1_234_067, 3).ToString().ShouldBe("tile/entries/x001/x234/067.p/3");
        TilePath.TryParse("tile/entries/000", out var read).ShouldBeTrue();
        read.ShouldBe(TilePath.Entries(0));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/x002")]
    [InlineData("tile/0/x1/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/../../checkpoint")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/")]
    [InlineData("checkpoint")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_path_is_refused(string? text) => TilePath.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_path_reads_back() =>
        Gen.Select(Gen.Int[-1, 7], Gen.OneOf(Gen.Long[0, 2000], Gen.Long[0, long.MaxValue]), Gen.Int[1, 256])
            .Sample((level, index, width) =>
            {
                var path = level < 0 ? TilePath.Entries(index, width) : TilePath.Hashes(level, index, width);
                return TilePath.TryParse(path.ToString(), out var read) && read == path;
            });

    [Theory]
    [InlineData(0, "checkpoint")]
    [InlineData(1, "tile/entries/000.p/1 tile/0/000.p/1 checkpoint")]
    [InlineData(256, "tile/entries/000 tile/0/000 tile/1/000.p/1 checkpoint")]
    [InlineData(600, "tile/entries/000 tile/0/000 tile/entries/001 tile/0/001 tile/entries/002.p/88 "
        + "tile/0/002.p/88 tile/1/000.p/2 checkpoint")]
    public void A_log_has_the_files_its_size_calls_for_and_no_empty_ones(int size, string expected)
    {
        var files = LogExample.Files(size);

        string.Join(' ', files.Keys).ShouldBe(expected);
        files.Keys.Order().ShouldBe(
            TilePath.AllFor(size).Select(path => path.ToString()).Append(TilePath.Checkpoint).Order());
    }

    [Fact]
    public void An_empty_bundle_entry_and_the_longest_one_are_both_carried()
    {
        using var key = LogExample.Key();
        byte[][] entries = [[], new byte[Entry.LengthMax], [1]];
        var files = LogFiles.Build(LogExample.Origin, key, entries).ToDictionary(f => f.Path, f => f.Bytes.ToArray());

        files["tile/entries/000.p/3"].Length.ShouldBe(2 + 2 + 65_535 + 2 + 1);
        LogExample.Verified(files).Entries().Select(entry => entry.Length).ShouldBe([0, 65_535, 1]);
        Should.Throw<ArgumentException>(() => LogFiles.Build(LogExample.Origin, key, [new byte[65_536]]));
    }

    [Fact]
    public void Hashes_read_from_tiles_prove_what_the_tree_proves()
    {
        const int size = 70_000;
        var files = LogExample.Files(size);
        var tree = new MerkleTree();
        foreach (var entry in LogExample.Entries(size))
        {
            tree.AppendEntry(entry);
        }

        var reader = new TileReader(LogExample.Reading(files));
        MerkleHash Node(int level, long index) => reader.Node(size, level, index);

        MerkleProof.Root(size, Node).ShouldBe(tree.Root());
        MerkleProof.Inclusion(65_535, size, Node).ShouldBe(tree.InclusionProof(65_535, size));
        MerkleProof.Inclusion(69_999, size, Node).ShouldBe(tree.InclusionProof(69_999, size));
        MerkleProof.Consistency(4_097, size, Node).ShouldBe(tree.ConsistencyProof(4_097, size));
        LogExample.Verified(files).IsSound.ShouldBeTrue();
    }
}
