using System.Text;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class WitnessTests
{
    private static readonly VerifierKey LogKey = LogExample.Key().VerifierKey;

    private static readonly LogVerification Log = LogExample.Verified(LogExample.Files(300));

    private static Checkpoint At(int size) => new(LogExample.Origin, size, Log.Tree!.Root(size));

    private static WitnessRequest Asking(int oldSize, Checkpoint checkpoint)
    {
        using var key = LogExample.Key();
        var proof = oldSize <= checkpoint.Size ? Log.Tree!.ConsistencyProof(oldSize, checkpoint.Size) : [];
        return WitnessRequest.Of(oldSize, proof, checkpoint.Sign(key));
    }

    [Fact]
    public void A_request_reads_back()
    {
        var bytes = Asking(100, At(300)).ToBytes();

        WitnessRequest.TryParse(bytes, out var read).ShouldBeTrue();

        read!.ToBytes().ShouldBe(bytes);
        read.OldSize.ShouldBe(100);
        read.Checkpoint.ShouldBe(At(300));
        Encoding.UTF8.GetString(bytes).ShouldStartWith("old 100\n");
    }

    [Theory]
    [InlineData("old 100\n", "old 0100\n")]
    [InlineData("old 100\n", "new 100\n")]
    [InlineData("old 100\n", "old 100\nAAAA\n")]
    [InlineData("\n300\n", "\nmany\n")]
    public void Another_form_is_refused(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(Asking(100, At(300)).ToBytes());
        text.ShouldContain(part);

        var changed = text.Replace(part, replacement, StringComparison.Ordinal);

        WitnessRequest.TryParse(Encoding.UTF8.GetBytes(changed), out _).ShouldBeFalse();
    }

    [Fact]
    public void The_first_checkpoint_and_every_extension_are_cosigned()
    {
        Witness.Decide(Asking(0, At(100)), LogKey, null).ShouldBe(WitnessRefusal.None);
        Witness.Decide(Asking(0, At(0)), LogKey, null).ShouldBe(WitnessRefusal.None);
        Witness.Decide(Asking(100, At(300)), LogKey, At(100)).ShouldBe(WitnessRefusal.None);
        Witness.Decide(Asking(100, At(100)), LogKey, At(100)).ShouldBe(WitnessRefusal.None);
    }

    [Fact]
    public void Each_reason_not_to_cosign_is_named()
    {
        using var otherKey = LogExample.Key(9);
        var forked = At(100) with { Root = MerkleHash.Leaf([1]) };

        Witness.Decide(Asking(0, At(100)), null, null).ShouldBe(WitnessRefusal.UnknownOrigin);
        Witness.Decide(Asking(0, At(100)), otherKey.VerifierKey, null).ShouldBe(WitnessRefusal.WrongSignature);
        Witness.Decide(Asking(200, At(100)), LogKey, At(200)).ShouldBe(WitnessRefusal.OldSizeAboveNew);
        Witness.Decide(Asking(100, At(300)), LogKey, At(200)).ShouldBe(WitnessRefusal.OldSizeNotLast);
        Witness.Decide(Asking(100, At(300)), LogKey, null).ShouldBe(WitnessRefusal.OldSizeNotLast);
        Witness.Decide(Asking(100, At(300)), LogKey, forked).ShouldBe(WitnessRefusal.ProofFails);
        Witness.Decide(Asking(100, forked), LogKey, At(100)).ShouldBe(WitnessRefusal.ProofFails);
    }
}
