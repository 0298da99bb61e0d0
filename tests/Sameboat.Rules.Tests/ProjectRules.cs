using System.Xml.Linq;

namespace Sameboat.Rules.Tests;

/// <summary>What a project file says, reduced to what the rules ask about.</summary>
internal sealed record ProjectFile(
    string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Parse(TrackedFile file)
    {
        var root = XDocument.Parse(file.Text).Root!;
        IReadOnlyList<string> Included(string element) =>
            [.. root.Descendants(element).Select(item => (string?)item.Attribute("Include") ?? "")];
        return new ProjectFile(
            file.Path,
            [.. Included("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path))],
            Included("PackageReference"),
            Included("FrameworkReference"));
    }
}

/// <summary>Who may depend on whom: the table of the design.</summary>
internal static class ProjectRules
{
    public const string Vocabulary = "Sameboat.Vocabulary";
    public const string Server = "Sameboat.Server";
    public const string Program = "Sameboat";

    /// <summary>The engines and the record: pure, and strangers to each other.</summary>
    public static readonly string[] Engines =
        ["Sameboat.Epidemics", "Sameboat.Supplies", "Sameboat.Allocation", "Sameboat.Record"];

    /// <summary>The projects under src/ and all that each may reference, directly or not.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayReference = new Dictionary<string, string[]>
    {
        [Vocabulary] = [],
        ["Sameboat.Epidemics"] = [Vocabulary],
        ["Sameboat.Supplies"] = [Vocabulary],
        ["Sameboat.Allocation"] = [Vocabulary],
        ["Sameboat.Record"] = [Vocabulary],
        ["Sameboat.Exchange"] = [Vocabulary, .. Engines],
        [Server] = [Vocabulary, .. Engines, "Sameboat.Exchange"],
        [Program] = [Vocabulary, .. Engines, "Sameboat.Exchange", Server],
    };

    /// <summary>The packages an engine may use; a new one is a decision to write down.</summary>
    private static readonly Dictionary<string, string[]> EnginePackages = new()
    {
        [Vocabulary] = [],
        ["Sameboat.Epidemics"] = ["MathNet.Numerics"],
        ["Sameboat.Supplies"] = [],
        ["Sameboat.Allocation"] = ["Google.OrTools", "Google.Protobuf"],
        ["Sameboat.Record"] = ["NSec.Cryptography"],
    };

    public static IEnumerable<Violation> References(IEnumerable<ProjectFile> projects) =>
        from project in projects
        where project.Path.StartsWith("src/", StringComparison.Ordinal)
        from fault in ReferenceFaults(project)
        select new Violation(project.Path, 0, fault);

    public static IEnumerable<Violation> MissingProjects(IEnumerable<ProjectFile> projects) =>
        MayReference.Keys.Except(projects.Select(project => project.Name))
            .Select(name => new Violation($"src/{name}", 0, "the design names this project and it is not there"));

    public static IEnumerable<Violation> Packages(IEnumerable<ProjectFile> projects) =>
        from project in projects
        where EnginePackages.ContainsKey(project.Name)
        from package in project.Packages.Except(EnginePackages[project.Name])
        select new Violation(project.Path, 0, $"an engine does not use {package}");

    public static IEnumerable<Violation> WebFramework(IEnumerable<ProjectFile> projects) =>
        from project in projects
        where project.Path.StartsWith("src/", StringComparison.Ordinal) && project.Name is not (Server or Program)
        from framework in project.Frameworks
        select new Violation(project.Path, 0, $"only the server and the program know {framework}");

    private static IEnumerable<string> ReferenceFaults(ProjectFile project)
    {
        if (!MayReference.TryGetValue(project.Name, out var allowed))
        {
            return ["a new project needs a decision record and a row in the table of ProjectRules"];
        }

        return project.Projects.Except(allowed).Select(name => $"{project.Name} must not reference {name}");
    }
}
