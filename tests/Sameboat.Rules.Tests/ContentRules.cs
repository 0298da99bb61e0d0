using System.Text.RegularExpressions;

namespace Sameboat.Rules.Tests;

/// <summary>What no tracked text holds: where packages come from, and one machine's own paths.</summary>
internal static partial class ContentRules
{
    /// <summary>Files that may name a machine's own path. Path to reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> MachinePathPlaces = new Dictionary<string, string>
    {
        ["LICENSE"] = "text of others",
    };

    public static IEnumerable<Violation> RegistryHosts(IEnumerable<TrackedFile> files) =>
        from file in files
        from line in file.Lines.Index()
        from Match host in RegistryHost().Matches(line.Item)
        select new Violation(file.Path, line.Index + 1, $"names the package host {host.Value}");

    public static IEnumerable<Violation> MachinePaths(IEnumerable<TrackedFile> files) =>
        from file in files
        where !MachinePathPlaces.ContainsKey(file.Path)
        from line in file.Lines.Index()
        from Match path in MachinePath().Matches(line.Item)
        select new Violation(file.Path, line.Index + 1, $"{path.Value} is a place on one machine");

    /// <summary>The marks of a merge that nobody finished.</summary>
    public static IEnumerable<Violation> MergeMarks(IEnumerable<TrackedFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where MergeMark().IsMatch(line.Item)
        select new Violation(file.Path, line.Index + 1, "a merge was left unfinished");

    [GeneratedRegex(@"\b[\w.-]*\b(nuget\.org|npmjs\.(org|com)|yarnpkg\.com|debian\.org|ubuntu\.com|pypi\.org"
        + @"|pythonhosted\.org|crates\.io|packages\.microsoft\.com|proxy\.golang\.org|unpkg\.com|jsdelivr\.net)\b")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.\]})])/(work|tmp|root|home)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^(<{7}|>{7})( |$)")]
    private static partial Regex MergeMark();
}
