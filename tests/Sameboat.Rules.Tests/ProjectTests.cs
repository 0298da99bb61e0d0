namespace Sameboat.Rules.Tests;

public class ProjectTests
{
    private static readonly ProjectFile[] Projects =
        [.. RepositoryTree.With(".csproj").Select(ProjectFile.Parse)];

    private static readonly ProjectFile EpidemicsOnSupplies =
        new("src/Sameboat.Epidemics/Sameboat.Epidemics.csproj", ["Sameboat.Supplies"], ["CsvHelper"],
            ["Microsoft.AspNetCore.App"]);

    [Fact]
    public void Projects_reference_only_what_the_design_allows() => ProjectRules.References(Projects).ShouldHold();

    [Fact]
    public void An_engine_that_references_an_engine_is_noticed() =>
        ProjectRules.References([EpidemicsOnSupplies]).ShouldBreakOnce("must not reference Sameboat.Supplies");

    [Fact]
    public void A_project_that_the_design_does_not_name_is_noticed() =>
        ProjectRules.References([new("src/Sameboat.Common/Sameboat.Common.csproj", [], [], [])])
            .ShouldBreakOnce("needs a decision record");

    [Fact]
    public void Every_project_of_the_design_is_there() => ProjectRules.MissingProjects(Projects).ShouldHold();

    [Fact]
    public void A_missing_project_is_noticed() =>
        ProjectRules.MissingProjects(Projects.Where(project => project.Name != "Sameboat.Record"))
            .ShouldHaveSingleItem().File.ShouldBe("src/Sameboat.Record");

    [Fact]
    public void Engines_use_only_the_packages_decided_on() => ProjectRules.Packages(Projects).ShouldHold();

    [Fact]
    public void A_package_nobody_decided_on_is_noticed() =>
        ProjectRules.Packages([EpidemicsOnSupplies]).ShouldBreakOnce("CsvHelper");

    [Fact]
    public void Only_the_server_and_the_program_know_the_web() => ProjectRules.WebFramework(Projects).ShouldHold();

    [Fact]
    public void An_engine_that_knows_the_web_is_noticed() =>
        ProjectRules.WebFramework([EpidemicsOnSupplies]).ShouldBreakOnce("Microsoft.AspNetCore.App");
}
