using System.Diagnostics;

namespace Sameboat.Rules.Tests;

/// <summary>The commands at the root: they run, and the test command's sum tells the truth.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-rules-").FullName;

    [Theory]
    [InlineData("sameboat")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void A_root_command_can_be_run_and_parsed(string path)
    {
        var full = Path.Combine(RepositoryTree.Root, path);

        Bash("-c", "test -x \"$0\"", full).Code.ShouldBe(0);
        Bash("-n", full).Code.ShouldBe(0);
    }

    [Fact]
    public void Continuous_integration_runs_the_one_test_command() =>
        RepositoryTree.Read(".ci/run").Text.ShouldContain("/../test");

    [Fact]
    public void The_sum_over_hosts_is_the_last_line()
    {
        var (code, lines) = Tally(
            Output("   A  Total: 5, Errors: 0, Failed: 0, Skipped: 1, Not Run: 1, Time: 0.180s", 0),
            Output("   B  Total: 7, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.180s", 0));

        lines[^1].ShouldBe("10 passed, 0 failed, 1 skipped");
        code.ShouldBe(0);
    }

    [Fact]
    public void A_failed_test_makes_the_sum_fail()
    {
        var (code, lines) = Tally(
            Output("   A  Total: 5, Errors: 1, Failed: 2, Skipped: 0, Not Run: 0, Time: 0.180s", 1));

        lines[^1].ShouldBe("3 passed, 3 failed, 0 skipped");
        code.ShouldBe(1);
    }

    [Fact]
    public void A_host_that_dies_counts_as_a_failure()
    {
        var (code, lines) = Tally(
            Output("   A  Total: 5, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.180s", 0),
            Output("Unhandled exception.", 134));

        lines[^1].ShouldBe("5 passed, 1 failed, 0 skipped");
        code.ShouldBe(1);
    }

    [Fact]
    public void A_bad_exit_code_without_a_failed_test_counts_as_a_failure()
    {
        var (code, lines) = Tally(
            Output("   A  Total: 5, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.180s", 3));

        lines[^1].ShouldBe("5 passed, 1 failed, 0 skipped");
        code.ShouldBe(1);
    }

    [Fact]
    public void A_run_without_any_test_is_a_failure()
    {
        var (code, lines) = Tally(Output("   A  Total: 0", 0));

        lines[^1].ShouldBe("0 passed, 1 failed, 0 skipped");
        code.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Output(string summary, int code)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, $"    A.B.C [SKIP]\n      why\n=== SUMMARY ===\n{summary}\nexit code {code}\n");
        return path;
    }

    private static (int Code, string[] Lines) Tally(params string[] outputs) =>
        Bash([Path.Combine(RepositoryTree.Root, "test"), "--tally", .. outputs]);

    private static (int Code, string[] Lines) Bash(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit(AnswerTimeMax).ShouldBeTrue();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
