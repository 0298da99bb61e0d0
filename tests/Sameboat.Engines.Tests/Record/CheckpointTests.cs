using System.Text;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class CheckpointTests
{
    private const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const string OtherRoot = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        var checkpoint = new Checkpoint("logs.example.org/north", 0, MerkleHash.EmptyTree);

        checkpoint.ToNoteText().ShouldBe($"logs.example.org/north\n0\n{Root}\n");
        Checkpoint.TryParse(checkpoint.ToNoteText(), out var read).ShouldBeTrue();
        read.ShouldBe(checkpoint);
    }

    [Theory]
    [InlineData("o\n07\n" + OtherRoot + "\n")]
    [InlineData("o\n+7\n" + OtherRoot + "\n")]
    [InlineData("o\n-7\n" + OtherRoot + "\n")]
    [InlineData("o\n\n" + OtherRoot + "\n")]
    [InlineData("o\n9223372036854775808\n" + OtherRoot + "\n")]
    [InlineData("o\n7\nrKbD\n")]
    [InlineData("o\n7\n" + OtherRoot)]
    [InlineData("o\n7\n")]
    [InlineData("\n7\n" + OtherRoot + "\n")]
    [InlineData("o\n0\n" + OtherRoot + "\n")]
    [InlineData("o\n7\n" + OtherRoot + "\n\n")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_form_is_refused(string? text) => Checkpoint.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Extension_lines_are_kept_up_to_the_limit()
    {
        var three = $"o\n7\n{OtherRoot}\n";

        Checkpoint.TryParse(three + "more\n", out var read).ShouldBeTrue();
        read!.Extensions.ShouldBe(["more"]);
        read.ToNoteText().ShouldBe(three + "more\n");
        Checkpoint.TryParse(three + string.Concat(Enumerable.Repeat("x\n", Checkpoint.ExtensionsMax)), out _)
            .ShouldBeTrue();
        Checkpoint.TryParse(three + string.Concat(Enumerable.Repeat("x\n", Checkpoint.ExtensionsMax + 1)), out _)
            .ShouldBeFalse();
    }

    [Fact]
    public void A_signed_checkpoint_opens_with_the_key_of_its_log_only()
    {
        using var key = LogExample.Key();
        using var other = LogExample.Key(2);
        var checkpoint = new Checkpoint(LogExample.Origin, 3, MerkleHash.Leaf([1]));
        var bytes = checkpoint.Sign(key).ToBytes();

        Checkpoint.Open(bytes, key.VerifierKey, out _).ShouldBe(checkpoint);
        Checkpoint.Open(bytes, other.VerifierKey, out var refusal).ShouldBeNull();
        refusal.ShouldBe(NoteRefusal.NoKnownKey);
        using var elsewhere = LogExample.Key(1, "elsewhere");
        Should.Throw<ArgumentException>(() => checkpoint.Sign(elsewhere));
    }

    [Fact]
    public void A_known_key_cannot_speak_for_another_origin()
    {
        using var key = LogExample.Key();
        var text = new Checkpoint("elsewhere", 3, MerkleHash.Leaf([1])).ToNoteText();
        var bytes = new SignedNote(text, [key.Sign(text)]).ToBytes();

        Checkpoint.Open(bytes, key.VerifierKey, out var refusal).ShouldBeNull();
        refusal.ShouldBe(NoteRefusal.NotACheckpoint);
        Checkpoint.Open(Encoding.UTF8.GetBytes("nothing"), key.VerifierKey, out refusal).ShouldBeNull();
        refusal.ShouldBe(NoteRefusal.NoSignatureBlock);
    }
}
