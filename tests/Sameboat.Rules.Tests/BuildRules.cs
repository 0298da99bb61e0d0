using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sameboat.Rules.Tests;

/// <summary>A section of .editorconfig: the files it speaks of, where it begins, and the checks it turns off.</summary>
internal sealed record EditorSection(string Pattern, int Line, IReadOnlyList<string> Off);

/// <summary>The strictness of the build itself: it is on for everything, and what is let off is named.</summary>
internal static partial class BuildRules
{
    public const string BannedSymbols = "RS0030";

    private static readonly Dictionary<string, string> Required = new()
    {
        ["Nullable"] = "enable",
        ["TreatWarningsAsErrors"] = "true",
        ["AnalysisLevel"] = "latest-recommended",
        ["CheckForOverflowUnderflow"] = "true",
        ["InvariantGlobalization"] = "true",
        ["Deterministic"] = "true",
        ["RestorePackagesWithLockFile"] = "true",
        ["ManagePackageVersionsCentrally"] = "true",
    };

    private static readonly string[] Loosening =
        ["NoWarn", "WarningsNotAsErrors", "WarningLevel", "RunAnalyzers", "DisableImplicitNuGetFallbackFolder"];

    public static IEnumerable<Violation> SharedSettings(TrackedFile shared)
    {
        var root = XDocument.Parse(shared.Text).Root!;
        foreach (var (name, value) in Required)
        {
            if (root.Descendants(name).All(element => element.Value != value))
            {
                yield return new Violation(shared.Path, 0, $"{name} is not {value}");
            }
        }

        if (!root.Descendants("AdditionalFiles").Any(item => Included(item).EndsWith("BannedSymbols.txt"))
            || root.Descendants("PackageReference").All(item => !Included(item).EndsWith("BannedApiAnalyzers")))
        {
            yield return new Violation(shared.Path, 0, "the banned symbols are not wired in for every project");
        }
    }

    /// <summary>No project takes back what the shared settings ask of all.</summary>
    public static IEnumerable<Violation> Loosened(IEnumerable<TrackedFile> projects) =>
        from file in projects
        where file.Path != "Directory.Build.props"
        from element in XDocument.Parse(file.Text).Descendants()
        let name = element.Name.LocalName
        where Loosening.Contains(name)
            || (Required.TryGetValue(name, out var value) && element.Value != value)
            || (name == "AdditionalFiles" && element.Attribute("Remove") is not null)
            || (name == "PackageReference" && element.Attribute("Remove") is not null)
        select new Violation(file.Path, 0, $"{name} takes back what the build asks of every project");

    /// <summary>A props file in a folder hides the one above it, unless it says otherwise.</summary>
    public static IEnumerable<Violation> HiddenSettings(IEnumerable<TrackedFile> files) =>
        from file in files
        where file.Name == "Directory.Build.props" && file.Path.Contains('/')
        where !XDocument.Parse(file.Text).Descendants("Import")
            .Any(import => ((string?)import.Attribute("Project") ?? "").EndsWith("Directory.Build.props"))
        select new Violation(file.Path, 0, "hides the shared settings: import them");

    public static IEnumerable<Violation> OutsideTheSolution(TrackedFile solution, IEnumerable<string> paths)
    {
        var listed = XDocument.Parse(solution.Text).Descendants("Project")
            .Select(project => (string?)project.Attribute("Path")).ToHashSet();
        return paths.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !listed.Contains(path))
            .Select(path => new Violation(path, 0, $"is not in {solution.Path}"));
    }

    public static IReadOnlyList<EditorSection> ReadSections(TrackedFile editorConfig)
    {
        var sections = new List<(string Pattern, int Line, List<string> Off)>();
        foreach (var (index, line) in editorConfig.Lines.Index())
        {
            if (SectionHead().Match(line) is { Success: true } head)
            {
                sections.Add((head.Groups[1].Value, index + 1, []));
            }
            else if (sections.Count > 0 && TurnedOff().Match(line) is { Success: true } off)
            {
                sections[^1].Off.Add(off.Groups[1].Value);
            }
        }

        return [.. sections.Select(section => new EditorSection(section.Pattern, section.Line, section.Off))];
    }

    /// <summary>A section that speaks of a place speaks of one that exists.</summary>
    public static IEnumerable<Violation> EmptySections(
        IEnumerable<EditorSection> sections, IReadOnlyCollection<string> paths) =>
        from section in sections
        where section.Pattern.Contains('/')
        let pattern = ToRegex(section.Pattern)
        where !paths.Any(pattern.IsMatch)
        select new Violation(".editorconfig", section.Line, $"[{section.Pattern}] speaks of no file");

    /// <summary>Clock, randomness and new ids are let in at named files only, never for a whole project.</summary>
    public static IEnumerable<Violation> WideSeams(IEnumerable<EditorSection> sections) =>
        from section in sections
        where section.Off.Contains(BannedSymbols)
        where !section.Pattern.StartsWith("tests/", StringComparison.Ordinal)
            && !section.Pattern.StartsWith("bench/", StringComparison.Ordinal)
        where !NamedFile().IsMatch(section.Pattern)
        select new Violation(
            ".editorconfig", section.Line, $"[{section.Pattern}] is wider than a seam: name the files");

    private static Regex ToRegex(string pattern)
    {
        var escaped = Regex.Escape(pattern.TrimStart('/'))
            .Replace(@"\*\*/", "(.*/)?").Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*").Replace(@"\?", "[^/]");
        var choices = Choice().Replace(escaped, match => "(" + match.Groups[1].Value.Replace(",", "|") + ")");
        return new Regex($"^{choices}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static string Included(XElement item) => (string?)item.Attribute("Include") ?? "";

    [GeneratedRegex(@"^\s*\[(.+)\]\s*$")]
    private static partial Regex SectionHead();

    [GeneratedRegex(@"^\s*dotnet_diagnostic\.(\w+)\.severity\s*=\s*(none|silent|suggestion)")]
    private static partial Regex TurnedOff();

    [GeneratedRegex(@"^src/[\w./]+/(\{[\w,]+\}|\w+)\.cs$")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\\\{([^}]*)}")]
    private static partial Regex Choice();
}
