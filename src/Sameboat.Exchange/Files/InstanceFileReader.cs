using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>One allocation instance of a file, with the names that the engine does not know.</summary>
/// <param name="Id">The instance's own id; empty where it has none.</param>
/// <param name="Problem">The problem in numbers.</param>
/// <param name="Members">Names by member number.</param>
/// <param name="Items">Names by item number.</param>
/// <param name="Lots">Names by lot id.</param>
/// <param name="Limits">Names by limit id.</param>
public sealed record Instance(string Id, SharedProblem Problem, ImmutableArray<string> Members,
    ImmutableArray<string> Items, ImmutableArray<string> Lots, ImmutableArray<string> Limits);

/// <summary>The instances of a file, in its order.</summary>
/// <param name="Instances">One or more.</param>
public sealed record InstanceFile(ImmutableArray<Instance> Instances);

/// <summary>
/// Reads an instance of claims, lots, lanes and limits, or one in the form need, supply, ok; the form is in
/// docs/methods/shared-limits.md.
/// </summary>
public static class InstanceFileReader
{
    private const string Shape = "an object with claims, lots, lanes and limits, or with need, supply and ok";

    /// <summary>The instances, of one object, a list of them or one on each line, or where the file is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="by">Whose coverage counts.</param>
    public static Reading<InstanceFile> Read(string path, CoverageBy by)
    {
        var faults = new FaultList();
        using var stream = InputSource.Open(path, faults);
        if (stream is null)
        {
            return Reading<InstanceFile>.Refused(faults, []);
        }

        var name = InputSource.NameOf(path);
        try
        {
            var instances = All(stream, by);
            foreach (var (instance, refusal) in instances
                .SelectMany(instance => instance.Problem.Refusals().Select(refusal => (instance, refusal))))
            {
                var list = refusal.Part == SharedPart.Problem ? "the instance"
                    : string.Create(CultureInfo.InvariantCulture, $"{ListOf(refusal.Part)}[{refusal.Index}]");
                faults.Add(Fault.Describe(name, 0, 0, $"in {instance.Id} {list} {refusal.Found}", refusal.Expected));
            }

            return faults.IsEmpty
                ? Reading<InstanceFile>.Of(new InstanceFile(instances), [])
                : Reading<InstanceFile>.Refused(faults, []);
        }
        catch (JsonException problem)
        {
            faults.Add(Fault.Describe(name, (problem.LineNumber ?? -1) + 1, 0, "text that is not JSON", Shape));
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException
            or KeyNotFoundException)
        {
            faults.Add(Fault.Describe(name, 0, 0, problem.Message, Shape));
        }

        return Reading<InstanceFile>.Refused(faults, []);
    }

    private static ImmutableArray<Instance> All(Stream stream, CoverageBy by)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var reader = new Utf8JsonReader(bytes.ToArray(), new JsonReaderOptions { AllowMultipleValues = true });
        var instances = ImmutableArray.CreateBuilder<Instance>();
        while (reader.Read())
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            instances.AddRange(root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray().Select(one => Of(one, by)) : [Of(root, by)]);
        }

        return instances.ToImmutable();
    }

    private static string ListOf(SharedPart part) => part switch
    {
        SharedPart.Claim => "claims",
        SharedPart.Lot => "lots",
        SharedPart.Lane => "lanes",
        _ => "limits",
    };

    private static Instance Of(JsonElement root, CoverageBy by) =>
        root.TryGetProperty("need", out _) ? OfTable(root, by) : OfLists(root, by);

    private static Instance OfTable(JsonElement root, CoverageBy by)
    {
        var (need, supply) = (List(root, "need"), List(root, "supply"));
        var lanes = List(root, "ok").Index().SelectMany(row => row.Item.EnumerateArray().Index()
            .Where(cell => cell.Item.GetInt32() == 1).Select(cell => new OpenLane(row.Index, cell.Index)));
        return new Instance(Text(root, "id"),
            new SharedProblem([.. need.Index().Select(one => new SharedClaim(one.Index, one.Index, 0,
                one.Item.GetInt64()))],
                [.. supply.Index().Select(one => new SharedLot(one.Index, 0, one.Item.GetInt64()))],
                [.. lanes], [], by),
            [.. need.Index().Select(one => one.Index.ToString(CultureInfo.InvariantCulture))], ["item"],
            [.. supply.Index().Select(one => one.Index.ToString(CultureInfo.InvariantCulture))], []);
    }

    private static Instance OfLists(JsonElement root, CoverageBy by)
    {
        var (claims, lots, lanes, limits) = (List(root, "claims"), List(root, "lots"),
            Optional(root, "lanes"), Optional(root, "limits") ?? []);
        string[] members = [.. claims.Select(one => Text(one, "member")).Distinct().Order(StringComparer.Ordinal)];
        string[] items = [.. claims.Concat(lots).Select(one => Text(one, "item")).Distinct()
            .Order(StringComparer.Ordinal)];
        string[] names = [.. lots.Select(one => Text(one, "lot")).Distinct().Order(StringComparer.Ordinal)];
        string[] caps = [.. limits.Select(one => Text(one, "name")).Distinct().Order(StringComparer.Ordinal)];
        int At(string[] list, JsonElement one, string field) =>
            Array.BinarySearch(list, Text(one, field), StringComparer.Ordinal);
        int? Maybe(string[] list, JsonElement one, string field) =>
            one.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null
                ? At(list, one, field) : null;
        var problem = new SharedProblem(
            [.. claims.Index().Select(pair => new SharedClaim(pair.Index, At(members, pair.Item, "member"),
                At(items, pair.Item, "item"), pair.Item.GetProperty("need").GetInt64(),
                Whole(pair.Item, "received") ?? 0, Whole(pair.Item, "accepts")))],
            [.. lots.Select(one => new SharedLot(At(names, one, "lot"), At(items, one, "item"),
                one.GetProperty("quantity").GetInt64(), Whole(one, "pack") ?? 1))],
            lanes is null
                ? [.. names.Index().SelectMany(lot => members.Index().Select(
                    member => new OpenLane(lot.Index, member.Index)))]
                : [.. lanes.Select(one => new OpenLane(At(names, one, "lot"), At(members, one, "member")))],
            [.. limits.Select(one => new SharedLimit(At(caps, one, "name"), Number(one, "max"),
                [.. List(one, "terms").Select(term => new LimitTerm(Maybe(names, term, "lot"),
                    Maybe(members, term, "member"), Number(term, "weight")))]))],
            by);
        return new Instance(Text(root, "id"), problem, [.. members], [.. items], [.. names], [.. caps]);
    }

    private static List<JsonElement> List(JsonElement one, string field) =>
        [.. one.GetProperty(field).EnumerateArray()];

    private static List<JsonElement>? Optional(JsonElement one, string field) =>
        one.TryGetProperty(field, out _) ? List(one, field) : null;

    private static string Text(JsonElement one, string field) => one.TryGetProperty(field, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    private static long? Whole(JsonElement one, string field) =>
        one.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;

    /// <summary>A decimal number as the exact fraction that it is written as.</summary>
    private static Rational Number(JsonElement one, string field)
    {
        var value = one.GetProperty(field).GetDecimal();
        var scale = 1m;
        while (value * scale != decimal.Truncate(value * scale))
        {
            scale *= 10;
        }

        return Rational.Of((System.Numerics.BigInteger)(value * scale), (System.Numerics.BigInteger)scale);
    }
}
