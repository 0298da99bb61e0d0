using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sameboat.Rules.Tests;

/// <summary>One package of a lock file.</summary>
internal sealed record LockedPackage(string Id, string Version);

/// <summary>Packages are pinned in one place, locked, and each has a licence we agreed to.</summary>
internal static partial class PackageRules
{
    /// <summary>The table: id, licence, and why where the licence is not one of the usual ones.</summary>
    public const string LicenceTable = "tests/Sameboat.Rules.Tests/package-licences.csv";

    /// <summary>Licences that fit Apache-2.0. MPL-2.0 only for what is used unchanged and not shipped.</summary>
    private static readonly string[] Agreed =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "PostgreSQL", "MPL-2.0", "Unicode-3.0"];

    public static IEnumerable<Violation> VersionsOutsideTheList(IEnumerable<TrackedFile> projects) =>
        from file in projects
        where file.Is(".csproj") || file.Is("Directory.Build.props")
        from package in XDocument.Parse(file.Text).Descendants("PackageReference")
        where package.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("Version"))
            || package.Elements().Any(element => element.Name.LocalName.StartsWith("Version"))
        select new Violation(file.Path, 0,
            $"{(string?)package.Attribute("Include")}: its version belongs in Directory.Packages.props");

    /// <summary>A pin is one exact version: no range, no star, no pre-release.</summary>
    public static IEnumerable<Violation> LoosePins(TrackedFile list) =>
        from package in XDocument.Parse(list.Text).Descendants("PackageVersion")
        let version = (string?)package.Attribute("Version") ?? ""
        where !ExactVersion().IsMatch(version)
        select new Violation(list.Path, 0, $"{(string?)package.Attribute("Include")} {version} is no exact release");

    public static IEnumerable<Violation> MissingLocks(IReadOnlyCollection<string> paths) =>
        from path in paths
        where path.EndsWith(".csproj", StringComparison.Ordinal)
        let locked = path[..path.LastIndexOf('/')] + "/packages.lock.json"
        where !paths.Contains(locked)
        select new Violation(locked, 0, "is not there: restore and commit it");

    public static IEnumerable<LockedPackage> PackagesOf(TrackedFile lockFile)
    {
        using var document = JsonDocument.Parse(lockFile.Text);
        return
        [
            .. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.GetProperty("type").GetString() != "Project"
               select new LockedPackage(package.Name, package.Value.GetProperty("resolved").GetString() ?? ""),
        ];
    }

    /// <summary>Id to licence, from a table of two columns with a header.</summary>
    public static IReadOnlyDictionary<string, string> ReadLicences(TrackedFile table) =>
        table.Lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => cells[1], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Violation> Licences(
        IEnumerable<LockedPackage> packages, IReadOnlyDictionary<string, string> licences)
    {
        var ids = packages.Select(package => package.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = ids.Where(id => !licences.ContainsKey(id)).Select(id => $"{id} has no licence in the table");
        var refused = licences.Where(row => !Agreed.Contains(row.Value))
            .Select(row => $"{row.Key} is under {row.Value}, which nobody agreed to");
        var stale = licences.Keys.Where(id => !ids.Contains(id)).Select(id => $"{id} is in no lock file");
        return unknown.Concat(refused).Concat(stale).Order(StringComparer.Ordinal)
            .Select(fault => new Violation(LicenceTable, 0, fault));
    }

    /// <summary>What the package itself says, in its own description, is what the table says.</summary>
    public static IEnumerable<Violation> LicencesAsDeclared(
        IEnumerable<(string Id, string Description)> packages, IReadOnlyDictionary<string, string> licences) =>
        from package in packages
        let declared = Expression().Match(package.Description)
        where declared.Success && licences.TryGetValue(package.Id, out var listed)
            && listed != declared.Groups[1].Value
        select new Violation(LicenceTable, 0, $"{package.Id} says it is under {declared.Groups[1].Value}");

    [GeneratedRegex(@"^\d+(\.\d+){1,3}$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"<license\s+type=""expression""[^>]*>([^<]+)</license>")]
    private static partial Regex Expression();
}
