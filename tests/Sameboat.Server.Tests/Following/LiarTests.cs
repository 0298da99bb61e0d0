using System.Buffers.Binary;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A peer, or whoever stands between, that lies.</summary>
public sealed class LiarTests
{
    private const int Held = 300;
    private const string Ken = "ken";

    private readonly EntryMaker _maker = new();

    [Theory]
    [InlineData(Held, EvidenceCodes.SameSize)]
    [InlineData(Held - 1, EvidenceCodes.Shrunk)]
    [InlineData(Held + 300, EvidenceCodes.NotAnExtension)]
    [InlineData(Held + 1, EvidenceCodes.NotAnExtension)]
    public async Task Two_histories_are_kept_as_evidence_and_stop_that_log_alone(int size, string code)
    {
        await using var kenya = await FollowNode.StartAsync(Ken);
        await using var convener = await FollowNode.StartAsync("convener");
        await using var peru = await FollowNode.StartAsync("per");
        var honest = await FollowAsync(peru, kenya);
        await peru.FollowAsync(convener.Key);
        var forked = Entries(kenya.Member, size);

        var outcome = await peru.PollAsync(Ken, Source(kenya, forked));

        outcome.ShouldBe(PollOutcome.Evidence);
        var evidence = (await peru.EvidenceAsync()).ShouldHaveSingleItem();
        evidence.Code.ShouldBe(code);
        var key = VerifierKey.Parse(kenya.Key);
        var (held, found) = (Open(evidence.Held, key), Open(evidence.Found, key));
        (held.Size, found.Size).ShouldBe((Held, size));
        held.Root.ShouldNotBe(found.Root);
        (await peru.SizeAsync(Ken)).ShouldBe(Held, "what was taken before stays");
        (await peru.PollAsync(Ken, Source(kenya, honest))).ShouldBe(PollOutcome.NotFollowed);
        await convener.AppendAsync(_maker.Report(convener.Member, 1));
        (await peru.PollAsync("convener", convener.Source())).ShouldBe(PollOutcome.Applied, "others go on");
    }

    [Fact]
    public async Task An_old_checkpoint_of_the_same_history_is_stale_and_no_evidence()
    {
        await using var kenya = await FollowNode.StartAsync(Ken);
        await using var peru = await FollowNode.StartAsync("per");
        var entries = await FollowAsync(peru, kenya);

        foreach (var size in new[] { 0, 1, 255, 256, 299 })
        {
            (await peru.PollAsync(Ken, Source(kenya, entries[..size]))).ShouldBe(PollOutcome.Stale);
        }

        (await peru.EvidenceAsync()).ShouldBeEmpty();
        (await peru.RowAsync(Ken)).Fault.ShouldContain("older copy");
        (await peru.PollAsync(Ken, Source(kenya, [.. entries, .. Entries(kenya.Member, 3)])))
            .ShouldBe(PollOutcome.Applied);
        (await peru.RowAsync(Ken)).Fault.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tile/entries/001.p/144", "EntryChanged")]
    [InlineData("tile/entries/001.p/144 and its hashes", "RootDiffers")]
    [InlineData("tile/entries/001.p/144 cut", "WrongLength")]
    [InlineData("tile/entries/001.p/144 longer", "WrongLength")]
    [InlineData("tile/entries/001.p/144 gone", "FileMissing")]
    [InlineData("checkpoint", "refused")]
    public async Task An_altered_file_is_refused_by_name_is_no_evidence_and_heals(string lie, string told)
    {
        await using var kenya = await FollowNode.StartAsync(Ken);
        await using var peru = await FollowNode.StartAsync("per");
        var entries = await FollowAsync(peru, kenya);
        byte[][] longer = [.. entries, .. Entries(kenya.Member, 100)];
        var liar = Source(kenya, longer);
        Alter(liar.Files, lie);

        (await peru.PollAsync(Ken, liar)).ShouldBe(PollOutcome.Refused);

        (await peru.RowAsync(Ken)).Fault.ShouldContain(told);
        (await peru.SizeAsync(Ken)).ShouldBe(Held);
        (await peru.EvidenceAsync()).ShouldBeEmpty();
        (await peru.PollAsync(Ken, Source(kenya, longer))).ShouldBe(PollOutcome.Applied);
        peru.Verify(Ken, kenya.Key).Checkpoint!.Size.ShouldBe(Held + 100);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_is_refused()
    {
        await using var kenya = await FollowNode.StartAsync(Ken);
        await using var other = await FollowNode.StartAsync(Ken);
        await using var peru = await FollowNode.StartAsync("per");
        await FollowAsync(peru, kenya);

        (await peru.PollAsync(Ken, Source(other, Entries(other.Member, 400)))).ShouldBe(PollOutcome.Refused);

        (await peru.EvidenceAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void The_wait_after_failures_doubles_up_to_its_cap()
    {
        Enumerable.Range(0, 9).Select(failures => LogFollowing.WaitAfter(failures).TotalSeconds)
            .ShouldBe([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
        LogFollowing.WaitAfter(int.MaxValue).ShouldBe(LogFollowing.IntervalMax);
    }

    private static void Alter(IDictionary<string, byte[]> files, string lie)
    {
        var words = lie.Split(' ', 2);
        var bytes = files[words[0]];
        switch (words.ElementAtOrDefault(1))
        {
            case "cut":
                files[words[0]] = bytes[..^1];
                break;
            case "longer":
                files[words[0]] = [.. bytes, 0];
                break;
            case "gone":
                files.Remove(words[0]);
                break;
            case "and its hashes":
                bytes[^1] ^= 1;
                var last = 0;
                for (var next = 0; next < bytes.Length; next += sizeof(ushort) + Length(bytes, last))
                {
                    last = next;
                }

                MerkleHash.Leaf(bytes.AsSpan(last + sizeof(ushort)))
                    .CopyTo(files["tile/0/001.p/144"].AsSpan(143 * MerkleHash.Length));
                break;
            default:
                bytes[^2] ^= 1;
                break;
        }
    }

    private static int Length(byte[] bundle, int at) => BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));

    private async Task<byte[][]> FollowAsync(FollowNode follower, FollowNode followed)
    {
        var entries = Entries(followed.Member, Held);
        await follower.FollowAsync(followed.Key);
        (await follower.PollAsync(Ken, Source(followed, entries))).ShouldBe(PollOutcome.Applied);
        return entries;
    }

    private static FileSource Source(FollowNode node, IEnumerable<byte[]> entries) =>
        new(node.Origin, node.SigningKey, entries);

    private static Checkpoint Open(string note, VerifierKey key) =>
        Checkpoint.Open(System.Text.Encoding.UTF8.GetBytes(note), key, out _).ShouldNotBeNull();

    private byte[][] Entries(MemberId member, int count) =>
        [.. Enumerable.Range(0, count).Select(n => _maker.Report(member, n).ToCanonicalBytes())];
}
