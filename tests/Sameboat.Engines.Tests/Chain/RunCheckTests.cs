using System.Text;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Checking;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Chain;

public sealed class RunCheckTests : IDisposable
{
    private readonly string _folder = SmallRun.Write();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_as_written_holds_in_every_part()
    {
        var verdict = RunCheck.Check(_folder, null);
        verdict.Failures.ShouldBeEmpty();
        verdict.Holds.ShouldBeTrue();
        verdict.Held.Select(part => part.Name)
            .ShouldBe(["files", "log", "conservation", "need", "certificates", "signed files"]);
        verdict.IsSignerKnown.ShouldBeFalse();
    }

    [Fact]
    public void The_same_input_and_seed_write_the_same_bytes()
    {
        var other = SmallRun.Write();
        try
        {
            var files = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_folder, path)).Order().ToList();
            files.Count.ShouldBeGreaterThan(12);
            files.ShouldAllBe(file => File.ReadAllBytes(Path.Combine(_folder, file))
                .SequenceEqual(File.ReadAllBytes(Path.Combine(other, file))));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public void The_key_that_the_reader_was_told_of_must_have_signed()
    {
        using var key = SmallRun.Key();
        RunCheck.Check(_folder, key.VerifierKey).IsSignerKnown.ShouldBeTrue();
        using var other = SigningKey.FromSeed(RunRecord.Origin, Enumerable.Repeat((byte)1, 32).ToArray());
        RunCheck.Check(_folder, other.VerifierKey).FailedPart.ShouldBe("log");
    }

    [Theory]
    [InlineData("plan.csv", ",gown,", "conservation")]
    [InlineData("coverage.csv", ",gown,", "conservation")]
    [InlineData("need.csv", ",gown,", "conservation")]
    [InlineData("lots.csv", ",gown,", "certificates")]
    [InlineData("forecast.csv", "KEN,cases,1,", "conservation")]
    [InlineData("weeks.csv", "KEN,2022-02-22,reported,", "need")]
    [InlineData("certificates.json", "\"need\":", "certificates")]
    [InlineData("cleaning.csv", "PRY,cases,", "signed files")]
    [InlineData("report.html", "<", "signed files")]
    [InlineData("log/checkpoint", "\n", "log")]
    [InlineData("log/tile/entries/000.p/", "\"quantity\":", "log")]
    public void A_figure_changed_by_hand_is_found_and_its_part_is_named(string file, string after, string part)
    {
        var path = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Single(one => one.Replace('\\', '/').Contains("/" + file, StringComparison.Ordinal));
        ChangeFirstDigitAfter(path, after);
        var verdict = RunCheck.Check(_folder, null);
        verdict.Holds.ShouldBeFalse();
        verdict.FailedPart.ShouldBe(part);
        verdict.Failures.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_reason_put_in_other_words_is_found_by_its_signature()
    {
        var path = Path.Combine(_folder, "plan.csv");
        File.WriteAllText(path, File.ReadAllText(path).Replace("this place", "the place", StringComparison.Ordinal)
            .Replace(" so ", " thus ", StringComparison.Ordinal).Replace("all ", "every ", StringComparison.Ordinal));
        var verdict = RunCheck.Check(_folder, null);
        verdict.FailedPart.ShouldBe("signed files");
        verdict.Failures.Single().ShouldStartWith("plan.csv: found SHA-256");
    }

    [Fact]
    public void A_file_that_is_absent_or_cut_is_named_with_its_line()
    {
        File.Delete(Path.Combine(_folder, "need.csv"));
        var cut = "lot,donor,recipient,item,quantity,reason\na,b,KEN,gown\n";
        File.WriteAllText(Path.Combine(_folder, "plan.csv"), cut);
        var verdict = RunCheck.Check(_folder, null);
        verdict.FailedPart.ShouldBe("files");
        verdict.Failures.ShouldContain(line => line.Contains("need.csv") && line.Contains("no such file"));
        verdict.Failures.ShouldContain(line => line.Contains("plan.csv:2"));
    }

    [Fact]
    public void A_file_that_the_log_does_not_name_is_found()
    {
        File.WriteAllText(Path.Combine(_folder, "extra.csv"), "a\n");
        RunCheck.Check(_folder, null).Failures.Single().ShouldStartWith("extra.csv: found a file");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_to_be_missing()
    {
        RunCheck.Check(Path.Combine(_folder, "none"), null).Failures.Single().ShouldContain("no such folder");
    }

    private static void ChangeFirstDigitAfter(string path, string marker)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker));
        at.ShouldBeGreaterThanOrEqualTo(0);
        for (at += marker.Length; !char.IsAsciiDigit((char)bytes[at]); at++)
        {
        }

        bytes[at] = (byte)(bytes[at] == '9' ? '8' : bytes[at] + 1);
        File.WriteAllBytes(path, bytes);
    }
}
