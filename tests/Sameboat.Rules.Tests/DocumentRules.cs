using System.Text.RegularExpressions;

namespace Sameboat.Rules.Tests;

/// <summary>Rules on what people read: it is there, it has its parts, and what it points at exists.</summary>
internal static partial class DocumentRules
{
    public static readonly string[] RootDocuments =
    [
        "README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE",
    ];

    /// <summary>What the documents already point at and another part has yet to bring. Empty in a release.</summary>
    public static readonly string[] Awaited = [];

    /// <summary>Documents whose code spans are read as claims about the repository.</summary>
    private static readonly string[] Maps = ["README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md"];

    private static readonly string[] DecisionParts = ["Context.", "Decision.", "Consequences."];

    public static IEnumerable<Violation> Missing(IEnumerable<string> wanted, IReadOnlyCollection<string> paths) =>
        wanted.Where(path => !Exists(path, paths)).Select(path => new Violation(path, 0, "is not there"));

    public static IEnumerable<Violation> NoLongerAwaited(
        IEnumerable<string> awaited, IReadOnlyCollection<string> paths) =>
        awaited.Where(path => Exists(path, paths))
            .Select(path => new Violation(path, 0, "is there now: take it off the list of what is awaited"));

    /// <summary>Every folder that holds carried data says where it is from, in itself or in a folder above.</summary>
    public static IEnumerable<Violation> UnsourcedData(IReadOnlyCollection<string> paths) =>
        paths.Where(path => path.StartsWith("data/", StringComparison.Ordinal))
            .Select(path => path[..path.LastIndexOf('/')]).Distinct()
            .Where(folder => !SelfAndAbove(folder).Any(above => paths.Contains(above + "/SOURCE.md")))
            .Select(folder => new Violation(folder, 0, "has no SOURCE.md with origin, licence and date"));

    public static IEnumerable<Violation> SourceNotes(IEnumerable<TrackedFile> files) =>
        from file in files
        where file.Under("data/") && file.Name == "SOURCE.md"
        from part in new[] { "licen", "20" }
        where !file.Text.Contains(part, StringComparison.OrdinalIgnoreCase)
        select new Violation(file.Path, 0, part == "20" ? "names no date" : "names no licence");

    /// <summary>A method page names its source, its units and its limits, each under a heading or in bold.</summary>
    public static IEnumerable<Violation> MethodPages(IEnumerable<TrackedFile> files) =>
        from file in files
        where file.Under("docs/methods/") && file.Is(".md") && file.Name != "README.md"
        from fault in MethodFaults(file.Text)
        select new Violation(file.Path, 0, fault);

    public static IEnumerable<Violation> Decisions(IReadOnlyCollection<TrackedFile> files)
    {
        var pages = files.Where(file => file.Under("docs/decisions/") && file.Name != "README.md").ToList();
        var numbers = pages.GroupBy(page => page.Name.Split('-')[0]).Where(group => group.Count() > 1);
        return pages.SelectMany(page => DecisionFaults(page).Select(fault => new Violation(page.Path, 0, fault)))
            .Concat(numbers.Select(group => new Violation(group.Last().Path, 0, $"number {group.Key} is taken")));
    }

    /// <summary>Links between the repository's own documents lead somewhere.</summary>
    public static IEnumerable<Violation> BrokenLinks(
        IEnumerable<TrackedFile> documents, IReadOnlyCollection<string> paths) =>
        from file in documents
        where file.Is(".md")
        from line in file.Lines.Index()
        from Match link in Link().Matches(line.Item)
        let target = link.Groups[1].Value
        where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
        where !Exists(Resolve(file.Path, target), paths)
        select new Violation(file.Path, line.Index + 1, $"{target} leads nowhere");

    /// <summary>What a document calls by a path of the repository is there.</summary>
    public static IEnumerable<Violation> BrokenPaths(
        IEnumerable<TrackedFile> documents, IReadOnlyCollection<string> paths) =>
        from file in documents
        where Maps.Contains(file.Path)
        from line in file.Lines.Index()
        from Match mention in RepositoryPath().Matches(line.Item)
        let path = mention.Value.TrimEnd('/', '.', ':')
        where !Exists(path, paths)
        select new Violation(file.Path, line.Index + 1, $"{path} is not there");

    private static IEnumerable<string> MethodFaults(string text)
    {
        if (!Doi().IsMatch(text) && !SourceHeading().IsMatch(text))
        {
            yield return "names no source (a DOI, or a part on sources)";
        }

        if (!LimitsHeading().IsMatch(text))
        {
            yield return "has no part on limits";
        }

        if (!UnitName().IsMatch(text))
        {
            yield return "says nothing of units";
        }
    }

    private static IEnumerable<string> DecisionFaults(TrackedFile page)
    {
        if (!DecisionName().IsMatch(page.Name))
        {
            yield return "a decision is called 0001-in-words.md";
        }
        else if (!page.Text.StartsWith($"# {page.Name[..4]} ", StringComparison.Ordinal))
        {
            yield return "the title begins with the number of the decision";
        }

        foreach (var part in DecisionParts.Where(part => !page.Text.Contains($"**{part}**", StringComparison.Ordinal)))
        {
            yield return $"has no part **{part}**";
        }
    }

    private static bool Exists(string path, IReadOnlyCollection<string> paths) =>
        paths.Contains(path)
        || paths.Any(other => other.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static IEnumerable<string> SelfAndAbove(string folder)
    {
        for (var end = folder.Length; end > 0; end = folder.LastIndexOf('/', end - 1))
        {
            yield return folder[..end];
        }
    }

    private static string Resolve(string from, string target)
    {
        var parts = new Stack<string>(from.Split('/')[..^1]);
        foreach (var part in target.Split('#')[0].Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Push(part);
            }
            else if (!parts.TryPop(out _))
            {
                return "outside the repository";
            }
        }

        return string.Join('/', parts.Reverse());
    }

    [GeneratedRegex(@"\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w/.~-])(src|tests|bench|docs|data)/[\w./-]*\w/?(?![\w<*{])")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\b10\.\d{4,9}/\S+")]
    private static partial Regex Doi();

    [GeneratedRegex(@"^(#+\s|\*\*).*\bSources?\b", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex SourceHeading();

    [GeneratedRegex(@"^(#+\s|\*\*).*\bLimit", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex LimitsHeading();

    [GeneratedRegex(@"\b(units?|days?|weeks?|persons?|people|kilometres?|dollars?|bytes?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UnitName();

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();
}
