namespace Sameboat.Rules.Tests;

public class AssemblyTests
{
    private static readonly AssemblyFacts[] Assemblies =
    [
        .. ProjectRules.MayReference.Keys.Select(name =>
            AssemblyFacts.Read(Path.Combine(AppContext.BaseDirectory, FileName(name))) with { Name = name }),
    ];

    private static readonly AssemblyFacts Leaking = new(
        "Sameboat.Allocation",
        ["System.Runtime", "Sameboat.Vocabulary", "Sameboat.Supplies", "Microsoft.EntityFrameworkCore.Relational"],
        ["System.IO.Path.Combine", "System.IO.File", "System.IO.File.ReadAllText", "System.Net.Http.HttpClient"]);

    [Fact]
    public void Assemblies_reference_only_what_the_design_allows() =>
        AssemblyRules.References(Assemblies).ShouldHold();

    [Fact]
    public void An_assembly_reference_outside_the_design_is_noticed() =>
        AssemblyRules.References([Leaking]).Select(violation => violation.What).ShouldBe(
            ["references Sameboat.Supplies", "references Microsoft.EntityFrameworkCore.Relational"]);

    [Fact]
    public void Engines_reach_no_file_network_clock_or_setting() => AssemblyRules.Purity(Assemblies).ShouldHold();

    [Fact]
    public void An_engine_that_reads_a_file_is_noticed() =>
        AssemblyRules.Purity([Leaking]).Select(violation => violation.What).ShouldBe(
            ["uses System.IO.File: it belongs at the edge",
                "uses System.Net.Http.HttpClient: it belongs at the edge"]);

    [Fact]
    public void Metadata_shows_the_members_that_code_calls()
    {
        var own = AssemblyFacts.Read(typeof(AssemblyTests).Assembly.Location);

        own.Members.ShouldContain("System.IO.File.OpenRead");
        AssemblyRules.Purity([own with { Name = "Sameboat.Record" }]).ShouldNotBeEmpty();
    }

    // The program's file carries the name of the command.
    private static string FileName(string project) =>
        (project == ProjectRules.Program ? "sameboat" : project) + ".dll";
}
