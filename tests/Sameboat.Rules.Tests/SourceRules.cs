using System.Text.RegularExpressions;

namespace Sameboat.Rules.Tests;

/// <summary>Rules on the text of a source file, whatever its language.</summary>
internal static partial class SourceRules
{
    public const int FileLinesMax = 600;
    public const int LineColumnsMax = 120;

    private const string Storage = "src/Sameboat.Server/Storage/";

    /// <summary>Tool output kept in the tree, by the tool that writes it: not for people to shorten.</summary>
    private static readonly string[] Generated = ["src/Sameboat.Server/Storage/Migrations/"];

    public static bool IsGenerated(TrackedFile file) => Generated.Any(folder =>
        file.Under(folder) || (file.Under(Storage) && file.Path.Contains("/Migrations/", StringComparison.Ordinal)));

    public static IEnumerable<Violation> FileLength(IEnumerable<TrackedFile> files) =>
        from file in files
        where !IsGenerated(file) && file.Lines.Count > FileLinesMax + 1
        select new Violation(
            file.Path, 0, $"{file.Lines.Count - 1} lines; split it by meaning (at most {FileLinesMax})");

    public static IEnumerable<Violation> LineLength(IEnumerable<TrackedFile> files) =>
        from file in files
        where !IsGenerated(file)
        from violation in At(file, line => line.TrimEnd('\r').Length > LineColumnsMax,
            $"longer than {LineColumnsMax} columns")
        select violation;

    public static IEnumerable<Violation> SilencedWarnings(IEnumerable<TrackedFile> files) =>
        from file in files
        where !IsGenerated(file)
        from violation in At(file, SilencedWarning().IsMatch, "a warning is answered, not silenced")
        select violation;

    public static IEnumerable<Violation> Providers(IEnumerable<TrackedFile> files) =>
        from file in files
        where file.Under("src/") && !file.Under(Storage)
        from violation in At(file, ProviderName().IsMatch, "only Storage names a database provider")
        select violation;

    /// <summary>Notes to do later belong in an issue. For files that are not parsed: any line counts.</summary>
    public static IEnumerable<Violation> LeftoverNotes(IEnumerable<TrackedFile> files) =>
        from file in files
        from violation in At(file, LeftoverNote().IsMatch, "what is left to do belongs in an issue")
        select violation;

    /// <summary>The marks of unfinished work in a comment.</summary>
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X])\b")]
    public static partial Regex LeftoverNote();

    private static IEnumerable<Violation> At(TrackedFile file, Func<string, bool> breaks, string what) =>
        file.Lines.Index().Where(line => breaks(line.Item))
            .Select(line => new Violation(file.Path, line.Index + 1, what));

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable")]
    private static partial Regex SilencedWarning();

    [GeneratedRegex(@"UseSqlite|UseNpgsql|using\s+(static\s+)?Npgsql|Microsoft\.Data\.Sqlite|SqliteConn|NpgsqlConn")]
    private static partial Regex ProviderName();
}
