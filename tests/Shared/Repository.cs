using System.Runtime.CompilerServices;

namespace Sameboat.Tests;

/// <summary>Where the tests find the repository and the reference data that may lie beside it.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Sameboat.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The reference data beside the repository; the folder need not exist.</summary>
    public static string ReferenceData { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>The path of a reference file; the running test is skipped, visibly, where it is absent.</summary>
    public static string Reference(string relative)
    {
        var path = Path.Combine(ReferenceData, relative);
        Assert.SkipUnless(Path.Exists(path), $"reference data absent: shared/data/{relative}");
        return path;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sameboat.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("Sameboat.slnx is in no folder above the tests.");
    }
}
