using System.Collections.Immutable;
using System.Text;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class LogProofTests
{
    private static LogProof Example(int index, int size, ImmutableArray<byte> extra = default)
    {
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var log = LogExample.Verified(LogExample.Files(size));
        var note = log.Note!.With(witness.Cosign(log.Note!.Text, 1_772_443_800));
        return new LogProof(extra, index, log.Tree!.InclusionProof(index, size), note);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 300)]
    [InlineData(299, 300)]
    public void A_proof_file_reads_back_and_proves_its_entry(int index, int size)
    {
        using var key = LogExample.Key();
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var bytes = Example(index, size, [1, 2, 3]).ToBytes();

        LogProof.TryParse(bytes, out var proof).ShouldBeTrue();

        proof!.ToBytes().ShouldBe(bytes);
        proof.Extra.ShouldBe([1, 2, 3]);
        proof.Verify(LogExample.EntryAt(index), key.VerifierKey).ShouldBeTrue();
        proof.Verify(LogExample.EntryAt(index), key.VerifierKey, witness.VerifierKey).ShouldBeTrue();
        proof.Verify(LogExample.EntryAt(index + 1), key.VerifierKey).ShouldBeFalse();
        proof.Verify(LogExample.EntryAt(index), LogExample.Key(2).VerifierKey).ShouldBeFalse();
    }

    [Fact]
    public void A_witness_alone_proves_nothing()
    {
        using var key = LogExample.Key();
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var proof = Example(1, 3);
        var witnessed = proof with { Note = new SignedNote(proof.Note.Text, [proof.Note.Signatures[1]]) };

        witnessed.Verify(LogExample.EntryAt(1), key.VerifierKey, witness.VerifierKey).ShouldBeFalse();
    }

    [Fact]
    public void The_file_begins_as_the_specification_says()
    {
        var lines = Encoding.UTF8.GetString(Example(1, 2).ToBytes()).Split('\n');

        lines[0].ShouldBe("c2sp.org/tlog-proof@v1");
        lines[1].ShouldBe("index 1");
        lines[2].ShouldBe(MerkleHash.Leaf(LogExample.EntryAt(0)).ToString());
        lines[3].ShouldBe("");
        lines[4].ShouldBe(LogExample.Origin);
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2")]
    [InlineData("index 1", "index 01")]
    [InlineData("index 1", "index -1")]
    [InlineData("index 1", "Index 1")]
    [InlineData("index 1", "index 1\nAAAA")]
    [InlineData("index 1", "extra \nindex 1")]
    [InlineData("index 1", "extra AAAA\nextra AAAA\nindex 1")]
    [InlineData("index 1\n", "")]
    public void Another_form_is_refused(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(Example(1, 2).ToBytes());
        text.ShouldContain(part);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        var changed = string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + part.Length));

        LogProof.TryParse(Encoding.UTF8.GetBytes(changed), out _).ShouldBeFalse();
    }
}
