using System.Text.Json;

namespace Sameboat.Supplies;

/// <summary>pack.json: what the pack is called, and which other pack's tables it shares.</summary>
internal sealed record PackHead(
    string Code,
    string Name,
    string Version,
    bool Exercise,
    IReadOnlyDictionary<TerritoryCode, TerritoryCode> Aliases,
    IReadOnlyDictionary<TerritoryCode, string> ToolStops,
    string? SharesFrom,
    IReadOnlyList<string> Shares)
{
    private const string File = "pack.json";

    internal static PackHead? Read(string? text, PackFaults faults)
    {
        if (text is null)
        {
            faults.Add(File, 0, "the file is missing");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            faults.Add(File, 0, fault.Message);
            return null;
        }
    }

    private static PackHead Read(JsonElement root)
    {
        var aliases = new Dictionary<TerritoryCode, TerritoryCode>();
        if (root.TryGetProperty("aliases", out var pairs))
        {
            foreach (var pair in pairs.EnumerateObject())
            {
                aliases.Add(TerritoryCode.Parse(pair.Name), TerritoryCode.Parse(pair.Value.GetString() ?? ""));
            }
        }

        return new PackHead(
            Required(root, "code"),
            Required(root, "name"),
            Required(root, "version"),
            root.GetProperty("exercise").GetBoolean(),
            aliases,
            ReadToolStops(root),
            root.TryGetProperty("sharesFrom", out var from) ? from.GetString() : null,
            root.TryGetProperty("shares", out var files)
                ? [.. files.EnumerateArray().Select(file => file.GetString() ?? "")]
                : []);
    }

    /// <summary>Places for which WHO's tool stops whatever the counts, each with the reason.</summary>
    private static Dictionary<TerritoryCode, string> ReadToolStops(JsonElement root) =>
        root.TryGetProperty("toolStops", out var pairs)
            ? pairs.EnumerateObject().ToDictionary(
                pair => TerritoryCode.Parse(pair.Name), pair => Required(pairs, pair.Name))
            : [];

    private static string Required(JsonElement root, string name) =>
        root.GetProperty(name).GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"«{name}» is empty");
}
