using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Sameboat.Supplies;

/// <summary>A pack read from files, or the faults that keep it from being one.</summary>
/// <param name="Pack">The pack, or null where there is a fault.</param>
/// <param name="Faults">One line each: file, line, what is wrong.</param>
public sealed record PackReading(DiseasePack? Pack, ImmutableArray<string> Faults);

/// <summary>The disease packs that the product carries, and the reader of others.</summary>
public static class DiseasePacks
{
    private const string Root = "diseases/";

    private static readonly ConcurrentDictionary<string, DiseasePack> Read = new(StringComparer.Ordinal);

    /// <summary>Codes of the packs carried, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. typeof(DiseasePacks).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Where(name => name.EndsWith("/pack.json", StringComparison.Ordinal))
            .Select(name => name.Split('/')[1])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The carried pack of this code, read and checked once.</summary>
    /// <exception cref="ArgumentException">No pack of this code is carried.</exception>
    /// <exception cref="InvalidDataException">The carried data breaks the pack's rules.</exception>
    public static DiseasePack Carried(string code) => Read.GetOrAdd(code, static one =>
    {
        if (!Codes.Contains(one))
        {
            throw new ArgumentException($"No disease pack «{one}» is carried; there are {string.Join(", ", Codes)}.");
        }

        var reading = ReadFrom(file => CarriedFile(one, file));
        return reading.Pack ?? throw new InvalidDataException(string.Join('\n', reading.Faults));
    });

    /// <summary>Reads a pack from its files, whose names and columns docs/methods/disease-packs.md gives.</summary>
    /// <param name="file">The text of a file by name, or null where there is none.</param>
    public static PackReading ReadFrom(Func<string, string?> file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new PackFaults();
        var head = PackHead.Read(file("pack.json"), new PackFaults());
        var pack = PackReader.Read(
            name => head?.Shares.Contains(name) == true ? CarriedFile(head.SharesFrom ?? "", name) : file(name),
            faults);
        return new PackReading(pack, [.. faults.Lines]);
    }

    /// <summary>The text of a file of a carried pack, or null where there is none.</summary>
    public static string? CarriedFile(string code, string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Root}{code}/{file}");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
