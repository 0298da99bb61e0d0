namespace Sameboat.Rules.Tests;

public class ContentTests
{
    private static readonly IReadOnlyList<TrackedFile> Texts = RepositoryTree.Texts;

    [Fact]
    public void No_file_names_a_package_host() => ContentRules.RegistryHosts(Texts).ShouldHold();

    [Fact]
    public void A_package_host_is_noticed() =>
        ContentRules.RegistryHosts([new("packages.lock.json", $"{{\n\"from\": \"https://api.nuget{'.'}org/v3\"\n}}\n")])
            .ShouldBreakAt(2);

    [Fact]
    public void No_file_names_a_path_of_one_machine() => ContentRules.MachinePaths(Texts).ShouldHold();

    [Fact]
    public void A_path_of_one_machine_is_noticed() =>
        ContentRules.MachinePaths([new("a.md", $"See {'/'}tmp/x.\nhttps://example.org/home/page\n\"/{"work"}/a\"\n")])
            .ShouldBreakAt(1, 3);

    [Fact]
    public void No_merge_is_left_unfinished() => ContentRules.MergeMarks(Texts).ShouldHold();

    [Fact]
    public void An_unfinished_merge_is_noticed() =>
        ContentRules.MergeMarks([new("a.cs", $"{new string('<', 7)} ours\n{new string('>', 7)} theirs\n")])
            .ShouldBreakAt(1, 2);
}
