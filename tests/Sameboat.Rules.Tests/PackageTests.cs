namespace Sameboat.Rules.Tests;

public class PackageTests
{
    private static readonly IReadOnlyList<TrackedFile> Projects = RepositoryTree.With(".csproj", ".props");

    private static readonly LockedPackage[] Packages =
        [.. RepositoryTree.With("packages.lock.json").SelectMany(PackageRules.PackagesOf).Distinct()];

    private static readonly IReadOnlyDictionary<string, string> Licences =
        PackageRules.ReadLicences(RepositoryTree.Read(PackageRules.LicenceTable));

    [Fact]
    public void Versions_are_named_in_one_place() => PackageRules.VersionsOutsideTheList(Projects).ShouldHold();

    [Theory]
    [InlineData("""<PackageReference Include="A" Version="1.0.0" />""")]
    [InlineData("""<PackageReference Include="A" VersionOverride="1.0.0" />""")]
    [InlineData("""<PackageReference Include="A"><Version>1.0.0</Version></PackageReference>""")]
    public void A_version_in_a_project_is_noticed(string reference) =>
        PackageRules.VersionsOutsideTheList([new("a/a.csproj", $"<Project><I>{reference}</I></Project>")])
            .ShouldBreakOnce("A: its version");

    [Fact]
    public void Pins_are_exact_releases() =>
        PackageRules.LoosePins(RepositoryTree.Read("Directory.Packages.props")).ShouldHold();

    [Theory]
    [InlineData("1.*")]
    [InlineData("[1.0.0,2.0.0)")]
    [InlineData("1.0.0-preview.1")]
    [InlineData("")]
    public void A_loose_pin_is_noticed(string version) =>
        PackageRules.LoosePins(new("p.props", $"""<P><PackageVersion Include="A" Version="{version}" /></P>"""))
            .ShouldBreakOnce("no exact release");

    [Fact]
    public void Every_project_has_its_lock_file() =>
        PackageRules.MissingLocks([.. RepositoryTree.Paths]).ShouldHold();

    [Fact]
    public void A_project_without_a_lock_file_is_noticed() =>
        PackageRules.MissingLocks(["src/A/A.csproj", "src/B/B.csproj", "src/B/packages.lock.json"])
            .ShouldHaveSingleItem().File.ShouldBe("src/A/packages.lock.json");

    [Fact]
    public void Every_package_has_a_licence_we_agreed_to() => PackageRules.Licences(Packages, Licences).ShouldHold();

    [Fact]
    public void A_package_without_an_agreed_licence_is_noticed() =>
        PackageRules.Licences(
            [new("Known", "1.0"), new("Unknown", "1.0"), new("Copyleft", "1.0")],
            new Dictionary<string, string> { ["Known"] = "MIT", ["Copyleft"] = "GPL-3.0", ["Gone"] = "MIT" })
            .Select(violation => violation.What).ShouldBe([
                "Copyleft is under GPL-3.0, which nobody agreed to", "Gone is in no lock file",
                "Unknown has no licence in the table"]);

    [Fact]
    public void Packages_say_the_licence_that_the_table_says()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var descriptions = Packages
            .Select(package => (package.Id, Path: Path.Combine(folder, package.Id.ToLowerInvariant(),
                package.Version.ToLowerInvariant(), package.Id.ToLowerInvariant() + ".nuspec")))
            .Where(package => File.Exists(package.Path))
            .Select(package => (package.Id, File.ReadAllText(package.Path))).ToList();
        Assert.SkipWhen(descriptions.Count == 0, "the folder of restored packages is elsewhere");

        PackageRules.LicencesAsDeclared(descriptions, Licences).ShouldHold();
    }

    [Fact]
    public void A_licence_other_than_the_package_declares_is_noticed() =>
        PackageRules.LicencesAsDeclared(
            [("A", """<license type="expression">MIT</license>"""), ("B", "<license type=\"file\">x</license>")],
            new Dictionary<string, string> { ["A"] = "Apache-2.0", ["B"] = "MIT" })
            .ShouldBreakOnce("A says it is under MIT");
}
