namespace Sameboat.Rules.Tests;

public class BuildTests
{
    private static readonly TrackedFile Shared = RepositoryTree.Read("Directory.Build.props");
    private static readonly IReadOnlyList<TrackedFile> Projects = RepositoryTree.With(".csproj", ".props", ".targets");

    private static readonly IReadOnlyList<EditorSection> Sections =
        BuildRules.ReadSections(RepositoryTree.Read(".editorconfig"));

    [Fact]
    public void The_build_is_strict_for_every_project() => BuildRules.SharedSettings(Shared).ShouldHold();

    [Fact]
    public void A_build_that_lets_warnings_pass_is_noticed() =>
        BuildRules.SharedSettings(Shared with
        {
            Text = Shared.Text.Replace("<TreatWarningsAsErrors>true<", "<TreatWarningsAsErrors>false<"),
        }).ShouldBreakOnce("TreatWarningsAsErrors is not true");

    [Fact]
    public void Banned_symbols_that_are_not_wired_in_are_noticed() =>
        BuildRules.SharedSettings(Shared with { Text = Shared.Text.Replace("BannedSymbols.txt", "Symbols.txt") })
            .ShouldBreakOnce("banned symbols");

    [Fact]
    public void No_project_takes_strictness_back() => BuildRules.Loosened(Projects).ShouldHold();

    [Theory]
    [InlineData("<NoWarn>CA1062</NoWarn>", "NoWarn")]
    [InlineData("<Nullable>disable</Nullable>", "Nullable")]
    [InlineData("""<AdditionalFiles Remove="BannedSymbols.txt" />""", "AdditionalFiles")]
    public void A_project_that_takes_strictness_back_is_noticed(string element, string name) =>
        BuildRules.Loosened([new("src/A/A.csproj", $"<Project><P>{element}</P></Project>")])
            .ShouldBreakOnce(name);

    [Fact]
    public void No_folder_hides_the_shared_settings() => BuildRules.HiddenSettings(Projects).ShouldHold();

    [Fact]
    public void A_folder_that_hides_the_shared_settings_is_noticed() =>
        BuildRules.HiddenSettings(
            [new("src/Directory.Build.props", "<Project />"), new("Directory.Build.props", "<Project />")])
            .ShouldHaveSingleItem().File.ShouldBe("src/Directory.Build.props");

    [Fact]
    public void Every_project_is_in_the_solution() =>
        BuildRules.OutsideTheSolution(RepositoryTree.Read("Sameboat.slnx"), RepositoryTree.Paths).ShouldHold();

    [Fact]
    public void A_project_outside_the_solution_is_noticed() =>
        BuildRules.OutsideTheSolution(
            new("S.slnx", """<Solution><Project Path="src/A/A.csproj" /></Solution>"""),
            ["src/A/A.csproj", "src/B/B.csproj", "src/B/B.cs"])
            .ShouldHaveSingleItem().File.ShouldBe("src/B/B.csproj");

    [Fact]
    public void Exceptions_speak_of_files_that_exist() =>
        BuildRules.EmptySections(Sections, RepositoryTree.Paths).ShouldHold();

    [Fact]
    public void An_exception_for_a_file_that_is_gone_is_noticed() =>
        BuildRules.EmptySections(
            BuildRules.ReadSections(new(".editorconfig", "[*.cs]\n[src/Sameboat/{Clock,Gone}.cs]\n[src/Gone/**.cs]\n")),
            ["src/Sameboat/Clock.cs"])
            .ShouldBreakAt(3);

    [Fact]
    public void Banned_symbols_are_let_in_at_named_seams_only() => BuildRules.WideSeams(Sections).ShouldHold();

    [Theory]
    [InlineData("*.cs", true)]
    [InlineData("src/**.cs", true)]
    [InlineData("src/Sameboat.Server/**.cs", true)]
    [InlineData("src/Sameboat/SystemSeams.cs", false)]
    [InlineData("src/Sameboat/{Clock,KeyFile}.cs", false)]
    [InlineData("tests/**.cs", false)]
    public void A_seam_wider_than_a_file_is_noticed(string pattern, bool wide) =>
        BuildRules.WideSeams(BuildRules.ReadSections(
            new(".editorconfig", $"[{pattern}]\ndotnet_diagnostic.RS0030.severity = none\n")))
            .Any().ShouldBe(wide);
}
