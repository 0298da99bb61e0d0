using System.Text;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class SignedNoteTests
{
    private const string Text = "first line\n\nthird line\n";

    [Fact]
    public void A_key_made_of_a_published_seed_has_the_published_public_key()
    {
        // RFC 8032 section 7.1, test 1.
        var seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var published = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

        using var key = SigningKey.FromSeed("example", seed);

        key.VerifierKey.ToString().ShouldEndWith("+" + Convert.ToBase64String([1, .. published]));
    }

    [Theory]
    [InlineData(KeyKind.Log)]
    [InlineData(KeyKind.Witness)]
    public void Both_halves_of_a_key_read_back_from_their_text(KeyKind kind)
    {
        using var key = LogExample.Key(kind: kind);

        SigningKey.TryParseSecretText(key.ToSecretText(), out var read).ShouldBeTrue();
        using (read)
        {
            read!.VerifierKey.ShouldBe(key.VerifierKey);
            read.ToSecretText().ShouldBe(key.ToSecretText());
        }

        VerifierKey.Parse(key.VerifierKey.ToString()).ShouldBe(key.VerifierKey);
        key.ToString().ShouldNotContain("PRIVATE");
    }

    [Fact]
    public void A_key_whose_id_does_not_fit_is_refused()
    {
        using var key = LogExample.Key();
        var other = key.VerifierKey.ToString().Replace(LogExample.Origin, "another", StringComparison.Ordinal);
        var secret = key.ToSecretText().Replace(LogExample.Origin, "another", StringComparison.Ordinal);

        VerifierKey.TryParse(other, out _).ShouldBeFalse();
        VerifierKey.TryParse(key.VerifierKey.ToString().ToUpperInvariant(), out _).ShouldBeFalse();
        VerifierKey.TryParse("", out _).ShouldBeFalse();
        VerifierKey.TryParse(null, out _).ShouldBeFalse();
        SigningKey.TryParseSecretText(secret, out _).ShouldBeFalse();
        SigningKey.TryParseSecretText(key.VerifierKey.ToString(), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a+b")]
    [InlineData("no\u00a0break")]
    [InlineData("line\nend")]
    public void A_name_that_would_break_a_line_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => LogExample.Key(name: name));

    [Fact]
    public void A_signed_note_reads_back_with_empty_lines_in_its_text()
    {
        using var key = LogExample.Key();
        var note = new SignedNote(Text, [key.Sign(Text)]);

        SignedNote.TryParse(note.ToBytes(), out var read, out _).ShouldBeTrue();

        read!.Text.ShouldBe(Text);
        read.Signatures.ShouldBe(note.Signatures);
        read.Check(key.VerifierKey).Refusal.ShouldBe(NoteRefusal.None);
    }

    [Fact]
    public void Unknown_keys_are_passed_over_and_a_known_key_that_fails_refuses_the_note()
    {
        using var known = LogExample.Key(1, "known");
        using var other = LogExample.Key(2, "other");
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var broken = known.Sign("another text\n");

        new SignedNote(Text, [other.Sign(Text), known.Sign(Text)])
            .Check(known.VerifierKey).ShouldSatisfyAllConditions(
                checkedNote => checkedNote.Refusal.ShouldBe(NoteRefusal.None),
                checkedNote => checkedNote.Verified.ShouldHaveSingleItem().Name.ShouldBe("known"));
        new SignedNote(Text, [other.Sign(Text)]).Check(known.VerifierKey).Refusal.ShouldBe(NoteRefusal.NoKnownKey);
        new SignedNote(Text, [broken, other.Sign(Text)])
            .Check(known.VerifierKey, other.VerifierKey).Refusal.ShouldBe(NoteRefusal.SignatureFails);
        new SignedNote(Text, [known.Sign(Text), broken])
            .Check(known.VerifierKey).Refusal.ShouldBe(NoteRefusal.SignatureFails);
        new SignedNote(Text, [known.Sign(Text), witness.Cosign(Text, 5)])
            .Check(known.VerifierKey, witness.VerifierKey).Verified.Length.ShouldBe(2);
    }

    [Fact]
    public void A_key_of_the_same_name_and_another_id_is_unknown()
    {
        using var mine = LogExample.Key(1, "name");
        using var theirs = LogExample.Key(2, "name");

        new SignedNote(Text, [theirs.Sign(Text)]).Check(mine.VerifierKey).Refusal.ShouldBe(NoteRefusal.NoKnownKey);
    }

    [Fact]
    public void A_cosignature_carries_its_time_and_signs_it()
    {
        using var witness = LogExample.Key(3, "witness", KeyKind.Witness);
        var signature = witness.Cosign(Text, 1_772_443_800);
        var moved = signature with { Signature = signature.Signature.SetItem(7, (byte)(signature.Signature[7] ^ 1)) };

        signature.CosignedAt.ShouldBe(1_772_443_800);
        new SignedNote(Text, [signature]).Check(witness.VerifierKey).Refusal.ShouldBe(NoteRefusal.None);
        new SignedNote(Text, [moved]).Check(witness.VerifierKey).Refusal.ShouldBe(NoteRefusal.SignatureFails);
    }

    [Fact]
    public void A_witness_key_signs_no_note_and_a_log_key_cosigns_none()
    {
        using var log = LogExample.Key();
        using var witness = LogExample.Key(kind: KeyKind.Witness);

        Should.Throw<InvalidOperationException>(() => witness.Sign(Text));
        Should.Throw<InvalidOperationException>(() => log.Cosign(Text, 1));
    }

    [Fact]
    public void No_byte_of_a_note_can_change_unseen()
    {
        using var key = LogExample.Key();
        var bytes = new SignedNote(Text, [key.Sign(Text)]).ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << bit);
                var sound = SignedNote.TryParse(changed, out var note, out _)
                    && note.Check(key.VerifierKey).Refusal == NoteRefusal.None;
                sound.ShouldBeFalse($"byte {at}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Sixteen_signatures_are_read_and_too_many_are_not()
    {
        using var key = LogExample.Key();
        string Note(int lines) => Text + "\n" + string.Concat(Enumerable.Repeat(key.Sign(Text) + "\n", lines));

        Refusal(Note(16)).ShouldBe(NoteRefusal.None);
        Refusal(Note(SignedNote.SignaturesMax)).ShouldBe(NoteRefusal.None);
        Refusal(Note(SignedNote.SignaturesMax + 1)).ShouldBe(NoteRefusal.TooManySignatures);
    }

    [Theory]
    [InlineData("", NoteRefusal.NoSignatureBlock)]
    [InlineData("text\n", NoteRefusal.NoSignatureBlock)]
    [InlineData("text\n\n", NoteRefusal.NoSignatureBlock)]
    [InlineData("text\n\n— name AAAAAAA=", NoteRefusal.NoSignatureBlock)]
    [InlineData("te\txt\n\n— name AAAAAAA=\n", NoteRefusal.NotPlainText)]
    [InlineData("text\r\n\n— name AAAAAAA=\n", NoteRefusal.NotPlainText)]
    [InlineData("text\n\n- name AAAAAAA=\n", NoteRefusal.MalformedSignature)]
    [InlineData("text\n\n— name AAAAAAB=\n", NoteRefusal.MalformedSignature)]
    [InlineData("text\n\n— name AAAAAA==\n", NoteRefusal.MalformedSignature)]
    [InlineData("text\n\n— na+me AAAAAAA=\n", NoteRefusal.MalformedSignature)]
    [InlineData("text\n\n— name  AAAAAAA=\n", NoteRefusal.MalformedSignature)]
    [InlineData("text\n\n— name AAAAAAA=\n", NoteRefusal.None)]
    public void The_form_of_a_note_is_held_to(string note, NoteRefusal refusal) => Refusal(note).ShouldBe(refusal);

    [Fact]
    public void A_note_beyond_the_limit_is_not_read() =>
        Refusal(new string('a', SignedNote.LengthMax + 1)).ShouldBe(NoteRefusal.TooLong);

    private static NoteRefusal Refusal(string note)
    {
        var isNote = SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out _, out var refusal);
        isNote.ShouldBe(refusal == NoteRefusal.None);
        return refusal;
    }
}
