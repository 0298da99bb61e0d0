using System.ComponentModel;
using System.Diagnostics;
using Sameboat.Tests;

namespace Sameboat.Rules.Tests;

/// <summary>One file of the repository: its path from the root with forward slashes, and its text.</summary>
internal sealed record TrackedFile(string Path, string Text)
{
    private string[]? _lines;

    public IReadOnlyList<string> Lines => _lines ??= Text.Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);

    public bool Under(string folder) => Path.StartsWith(folder, StringComparison.Ordinal);

    public bool Is(string extension) => Path.EndsWith(extension, StringComparison.Ordinal);
}

/// <summary>
/// The files the rules look at: what git tracks and what it would track next, read from the working tree, so that a
/// rule speaks up before the commit and not after. Without git: every file outside the build's own folders.
/// </summary>
internal static class RepositoryTree
{
    /// <summary>Names another checkout to judge instead of the one the tests were built from.</summary>
    public const string RootVariable = "SAMEBOAT_RULES_ROOT";

    private static readonly TimeSpan GitTimeMax = TimeSpan.FromSeconds(30);
    private static readonly string[] BuildFolders = [".git", "artifacts", "bin", "obj", "node_modules", "out"];
    private static readonly string[] BinaryEndings =
        [".png", ".jpg", ".ico", ".woff2", ".gz", ".zip", ".db", ".golden", ".pdf", ".dll"];

    public static string Root { get; } =
        Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } other ? other : Repository.Root;

    /// <summary>Every path, binary files included.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. ListPaths().Order(StringComparer.Ordinal)];

    /// <summary>Every text file with its text.</summary>
    public static IReadOnlyList<TrackedFile> Texts { get; } =
        [.. Paths.Where(path => !BinaryEndings.Any(path.EndsWith)).Select(Read)];

    public static IReadOnlyList<TrackedFile> With(params string[] extensions) =>
        [.. Texts.Where(file => extensions.Any(file.Is))];

    public static TrackedFile Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    private static IEnumerable<string> ListPaths() =>
        (AskGit() ?? WalkFolders()).Where(path => File.Exists(Path.Combine(Root, path)));

    private static string[]? AskGit()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Root, RedirectStandardOutput = true };
        string[] arguments =
            ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            var ended = git.WaitForExit(GitTimeMax);
            return ended && git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null; // There is no git here: the sources came as an archive.
        }
    }

    private static IEnumerable<string> WalkFolders() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(BuildFolders.Contains));
}
