using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Sameboat.Allocation;

/// <summary>What was read of a certificates document.</summary>
/// <param name="Items">The certificates in the order written; empty when there is a fault.</param>
/// <param name="Fault">The first thing that is not as it should be, with its place; null when all was read.</param>
public sealed record CertificateReading(ImmutableArray<ItemCertificate> Items, string? Fault);

/// <summary>Reads a document strictly: a member missing, unknown, repeated or of another type is a fault.</summary>
internal static class CertificateReader
{
    /// <summary>The longest fraction read, in characters: far above what 63-bit totals can give.</summary>
    private const int FractionLengthMax = 400;

    public static JsonDocumentOptions Options { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static CertificateReading Read(JsonElement root)
    {
        try
        {
            Members(root, "document", "v", "items");
            if (Whole<int>(root, "v", "document") != CertificateJson.Version)
            {
                throw Wrong("document.v", $"the number {CertificateJson.Version}");
            }

            return new CertificateReading(List(root, "items", "document", Item), null);
        }
        catch (JsonException wrong)
        {
            return new CertificateReading([], wrong.Message);
        }
    }

    private static ItemCertificate Item(JsonElement item, string at)
    {
        Members(item, at, "item", "seed", "claims", "lots", "removed", "levels", "flows", "lines", "shares", "lottery",
            "guarantee");
        if (!ItemCode.TryParse(Text(item, "item", at), out var code) || code.ToString() != Text(item, "item", at))
        {
            throw Wrong(at + ".item", "an item code");
        }

        if (!ulong.TryParse(
            Text(item, "seed", at), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            throw Wrong(at + ".seed", "a decimal number below 2^64");
        }

        return new ItemCertificate(code, new AllocationCertificate(
            seed,
            List(item, "claims", at, Claim),
            List(item, "lots", at, (lot, place) =>
            {
                Members(lot, place, "id", "quantity", "pack");
                return new Lot(Whole<int>(lot, "id", place), Whole<long>(lot, "quantity", place),
                    Whole<long>(lot, "pack", place));
            }),
            List(item, "removed", at, Removed),
            List(item, "levels", at, Level),
            List(item, "flows", at, (flow, place) =>
            {
                Members(flow, place, "lot", "claim", "amount");
                return new CertificateFlow(Whole<int>(flow, "lot", place), Whole<int>(flow, "claim", place),
                    Fraction(flow, "amount", place));
            }),
            List(item, "lines", at, (line, place) =>
            {
                Members(line, place, "lot", "claim", "packs", "quantity");
                return new PackLine(Whole<int>(line, "lot", place), Whole<int>(line, "claim", place),
                    Whole<long>(line, "packs", place), Whole<long>(line, "quantity", place));
            }),
            List(item, "shares", at, (share, place) =>
            {
                Members(share, place, "claim", "coverage", "packed", "gap");
                return new CertificateShare(Whole<int>(share, "claim", place), Fraction(share, "coverage", place),
                    Whole<long>(share, "packed", place), Fraction(share, "gap", place));
            }),
            Ids(item, "lottery", at),
            Word<PackGuarantee>(item, "guarantee", at)));
    }

    private static Claim Claim(JsonElement claim, string at)
    {
        var limited = claim.ValueKind == JsonValueKind.Object && claim.TryGetProperty("accepts_at_most", out _);
        Members(claim, at, [.. limited ? (string[])["accepts_at_most"] : [], "id", "need", "received"]);
        return new Claim(Whole<int>(claim, "id", at), Whole<long>(claim, "need", at),
            Whole<long>(claim, "received", at), limited ? Whole<long>(claim, "accepts_at_most", at) : null);
    }

    private static RemovedLanes Removed(JsonElement removed, string at)
    {
        var allOthers = removed.ValueKind == JsonValueKind.Object && removed.TryGetProperty("all_but", out _);
        var list = allOthers ? "all_but" : "to";
        Members(removed, at, "lot", "reason", list);
        return new RemovedLanes(Whole<int>(removed, "lot", at), Word<LaneRemoval>(removed, "reason", at),
            Ids(removed, list, at), allOthers);
    }

    private static CertificateLevel Level(JsonElement level, string at)
    {
        var covered = level.ValueKind == JsonValueKind.Object && level.TryGetProperty("coverage", out _);
        Members(level, at, [.. covered ? (string[])["coverage"] : [], "claims", "lots"]);
        return new CertificateLevel(covered ? Fraction(level, "coverage", at) : null,
            Ids(level, "claims", at), Ids(level, "lots", at));
    }

    private static void Members(JsonElement element, string at, params string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(at, "an object");
        }

        foreach (var name in names)
        {
            if (!element.TryGetProperty(name, out _))
            {
                throw Wrong($"{at}.{name}", "a value, not a gap");
            }
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw Wrong($"{at}.{member.Name}", "no such member");
            }
        }
    }

    private static ImmutableArray<T> List<T>(
        JsonElement element, string name, string at, Func<JsonElement, string, T> read)
    {
        var list = element.GetProperty(name);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong($"{at}.{name}", "a list");
        }

        var items = ImmutableArray.CreateBuilder<T>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            items.Add(read(item, string.Create(CultureInfo.InvariantCulture, $"{at}.{name}[{items.Count}]")));
        }

        return items.MoveToImmutable();
    }

    private static ImmutableArray<int> Ids(JsonElement element, string name, string at) =>
        List(element, name, at, (id, place) =>
            id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var value)
                ? value : throw Wrong(place, "a whole number"));

    private static T Whole<T>(JsonElement element, string name, string at)
        where T : struct, IBinaryInteger<T>
    {
        var value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            && T.TryParse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var whole)
            ? whole : throw Wrong($"{at}.{name}", "a whole number in range");
    }

    private static string Text(JsonElement element, string name, string at)
    {
        var value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong($"{at}.{name}", "a string");
    }

    private static T Word<T>(JsonElement element, string name, string at)
        where T : struct, Enum
    {
        var word = Text(element, name, at);
        foreach (var value in Enum.GetValues<T>())
        {
            if (CertificateJson.Word(value) == word)
            {
                return value;
            }
        }

        throw Wrong($"{at}.{name}", "one of " + string.Join(", ", Enum.GetValues<T>().Select(CertificateJson.Word)));
    }

    private static CertificateFraction Fraction(JsonElement element, string name, string at)
    {
        var parts = Text(element, name, at).Split('/');
        var bottom = BigInteger.One;
        return parts.Length <= 2 && parts.All(part => part.Length <= FractionLengthMax)
            && BigInteger.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var top)
            && (parts.Length == 1
                || BigInteger.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bottom))
            && bottom.Sign > 0
            ? new CertificateFraction(top, bottom)
            : throw Wrong($"{at}.{name}", "a fraction n or n/d");
    }

    private static JsonException Wrong(string at, string expected) => new($"{at}: expected {expected}");
}
