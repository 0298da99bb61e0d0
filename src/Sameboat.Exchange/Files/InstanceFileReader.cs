using System.Collections.Immutable;
using System.Globalization;
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
    ImmutableArray<string> Items, ImmutableArray<string> Lots, ImmutableArray<string> Limits)
{
    /// <summary>
    /// The place in the file's list of each lane of the problem, from zero: lanes that an earmark, an expiry or a
    /// closure takes away leave gaps. Empty where the file lists no lanes.
    /// </summary>
    public ImmutableArray<int> LanePlaces { get; init; } = [];

    /// <summary>Inhabitants by member number; for comparing rules alone, members not named have none stated.</summary>
    public ImmutableDictionary<int, long> Populations { get; init; } = ImmutableDictionary<int, long>.Empty;

    /// <summary>Whether what is owed is carried over rounds; the plan then states it.</summary>
    public bool CarriesCredit { get; init; }
}

/// <summary>The instances of a file, in its order.</summary>
/// <param name="Instances">One or more.</param>
public sealed record InstanceFile(ImmutableArray<Instance> Instances);

/// <summary>
/// Reads instances of claims, lots, lanes and limits, or in the form need, supply, ok; the form is in
/// docs/methods/shared-limits.md.
/// </summary>
public static class InstanceFileReader
{
    private const string Shape = "an object with claims, lots, lanes and limits, or with need, supply and ok";

    /// <summary>The instances, of one object, a list of them or one on each line, or where the file is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="by">Whose coverage counts.</param>
    /// <param name="seed">The seed of the lottery among equals.</param>
    public static Reading<InstanceFile> Read(string path, CoverageBy by, ulong seed = 0)
    {
        var faults = new FaultList();
        var name = InputSource.NameOf(path);
        var file = JsonFile.Read(path, Shape, values =>
        {
            var instances = ImmutableArray.CreateBuilder<Instance>(values.Length);
            foreach (var value in values)
            {
                var instance = Of(value, by, seed);
                instances.Add(instance);
                foreach (var refusal in instance.Problem.Refusals())
                {
                    faults.Add(Fault.Describe(name, 0, 0, PlaceOf(value, instance, refusal), refusal.Expected));
                }
            }

            return new InstanceFile(instances.ToImmutable());
        }, faults);
        return file is not null && faults.IsEmpty
            ? Reading<InstanceFile>.Of(file, []) : Reading<InstanceFile>.Refused(faults, []);
    }

    private static string PlaceOf(JsonPlace value, Instance instance, SharedRefusal refusal)
    {
        var list = refusal.Part switch
        {
            SharedPart.Claim => "claims",
            SharedPart.Lot => "lots",
            SharedPart.Lane => "lanes",
            SharedPart.Limit => "limits",
            _ => null,
        };
        var root = value.Path.Length == 0 ? "" : value.Path + ".";
        var within = instance.Id.Length == 0 ? "" : $" of «{instance.Id}»";
        var place = refusal.Part == SharedPart.Lane && refusal.Index < instance.LanePlaces.Length
            ? instance.LanePlaces[refusal.Index] : refusal.Index;
        return list is null ? $"in the instance{within} {refusal.Found}"
            : string.Create(CultureInfo.InvariantCulture, $"at {root}{list}[{place}]{within} {refusal.Found}");
    }

    private static Instance Of(JsonPlace root, CoverageBy by, ulong seed)
    {
        if (root.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            throw root.Wrong(root.Kind(), Shape);
        }

        return root.Has("need") ? OfTable(root, by, seed) : InstanceLists.Read(root, by, seed);
    }

    /// <summary>One item, each lot open to the members marked 1; the known answers beside them are not read.</summary>
    private static Instance OfTable(JsonPlace root, CoverageBy by, ulong seed)
    {
        root.Members(["need", "supply", "ok"],
            "id", "note", "leximin", "sorted_coverage", "optimal_totals", "fractional");
        ImmutableArray<long> need = [.. root.Member("need").List().Select(one => one.Whole())];
        ImmutableArray<long> supply = [.. root.Member("supply").List().Select(one => one.Whole())];
        var lanes = ImmutableArray.CreateBuilder<OpenLane>();
        foreach (var (lot, row) in root.Member("ok").List().Index())
        {
            foreach (var (member, cell) in row.List().Index())
            {
                if (cell.Whole() is not (0 or 1) || lot >= supply.Length || member >= need.Length)
                {
                    throw cell.Wrong(cell.Kind(), "0 or 1, a row for each lot and a column for each need");
                }

                if (cell.Whole() == 1)
                {
                    InstanceLists.Guard(root, lanes.Count + 1L);
                    lanes.Add(new OpenLane(lot, member));
                }
            }
        }

        return new Instance(InstanceLists.IdOf(root),
            new SharedProblem([.. need.Select((units, at) => new SharedClaim(at, at, 0, units))],
                [.. supply.Select((units, at) => new SharedLot(at, 0, units))], lanes.ToImmutable(), [], by)
            {
                Seed = seed,
            },
            [.. need.Select((_, at) => at.ToString(CultureInfo.InvariantCulture))], ["item"],
            [.. supply.Select((_, at) => at.ToString(CultureInfo.InvariantCulture))], []);
    }
}
