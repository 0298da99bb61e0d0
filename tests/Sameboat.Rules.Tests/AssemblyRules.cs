using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sameboat.Rules.Tests;

/// <summary>What a compiled assembly leans on: other assemblies, and the outside members its code names.</summary>
/// <remarks>
/// Read from the metadata tables, where nothing escapes: not a lambda in a top-level program, not a call from
/// generated code.
/// </remarks>
internal sealed record AssemblyFacts(string Name, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Members)
{
    public static AssemblyFacts Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var reader = image.GetMetadataReader();
        var types = reader.TypeReferences.Select(handle => TypeName(reader, handle));
        var members = reader.MemberReferences.Select(handle => MemberName(reader, handle)).OfType<string>();
        return new AssemblyFacts(
            Path.GetFileNameWithoutExtension(path),
            [.. reader.AssemblyReferences.Select(handle =>
                reader.GetString(reader.GetAssemblyReference(handle).Name))],
            [.. types.Concat(members).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static string TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static string? MemberName(MetadataReader reader, MemberReferenceHandle handle)
    {
        var member = reader.GetMemberReference(handle);
        return member.Parent.Kind == HandleKind.TypeReference
            ? $"{TypeName(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}"
            : null;
    }
}

/// <summary>What the engines must not lean on, however it got there.</summary>
internal static class AssemblyRules
{
    /// <summary>Beginnings of assembly names that no engine references.</summary>
    private static readonly string[] ForeignToEngines =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Data", "Microsoft.Extensions", "Npgsql",
            "SQLitePCL", "System.Net", "System.Diagnostics.Process", "System.IO.FileSystem",
            "System.CommandLine"];

    /// <summary>Types and members that reach files, network, clock, processes or the machine's settings.</summary>
    /// <remarks>An entry that ends with a dot forbids all that begins so; others forbid the exact name.</remarks>
    private static readonly string[] OutsideWorld =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory",
        "System.IO.DirectoryInfo", "System.IO.DriveInfo", "System.IO.FileSystemWatcher",
        "System.IO.RandomAccess", "System.IO.Path.GetFullPath", "System.IO.Path.GetTempPath",
        "System.IO.Path.GetTempFileName", "System.IO.Path.Exists", "System.IO.MemoryMappedFiles.", "System.Net.",
        "System.Environment.GetEnvironmentVariable", "System.Environment.GetEnvironmentVariables",
        "System.Environment.get_CurrentDirectory", "System.Environment.get_MachineName",
        "System.Environment.get_UserName", "System.Environment.get_TickCount64", "System.Environment.Exit",
        "System.Environment.GetCommandLineArgs", "System.Environment.GetFolderPath",
        "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow", "System.TimeProvider.get_System", "System.Random",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.TimeZoneInfo.get_Local",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    public static IEnumerable<Violation> References(IEnumerable<AssemblyFacts> assemblies) =>
        from assembly in assemblies
        from reference in assembly.Assemblies
        where ReferenceIsWrong(assembly.Name, reference)
        select new Violation($"{assembly.Name}.dll", 0, $"references {reference}");

    public static IEnumerable<Violation> Purity(IEnumerable<AssemblyFacts> assemblies) =>
        from assembly in assemblies
        where IsPure(assembly.Name)
        from member in assembly.Members
        where OutsideWorld.Any(name => name.EndsWith('.')
            ? member.StartsWith(name, StringComparison.Ordinal)
            : member == name)
        select new Violation($"{assembly.Name}.dll", 0, $"uses {member}: it belongs at the edge");

    private static bool IsPure(string assembly) =>
        assembly == ProjectRules.Vocabulary || ProjectRules.Engines.Contains(assembly);

    private static bool ReferenceIsWrong(string assembly, string reference)
    {
        var ours = reference.StartsWith("Sameboat", StringComparison.OrdinalIgnoreCase);
        if (ours)
        {
            return !ProjectRules.MayReference.TryGetValue(assembly, out var allowed) || !allowed.Contains(reference);
        }

        var foreign = IsPure(assembly) && ForeignToEngines.Any(name => Begins(reference, name));
        var web = assembly is not (ProjectRules.Server or ProjectRules.Program)
            && (Begins(reference, "Microsoft.AspNetCore") || Begins(reference, "Microsoft.EntityFrameworkCore"));
        return foreign || web;
    }

    private static bool Begins(string name, string beginning) =>
        name.StartsWith(beginning, StringComparison.Ordinal);
}
