using System.Collections.Immutable;
using System.Text.Json;
using Sameboat.Allocation;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>The instances with known answers, made by an enumerating oracle outside this repository.</summary>
internal sealed record ReferenceInstance(string Id, AllocationProblem Problem, JsonElement Answer)
{
    public static List<ReferenceInstance> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Reference($"allocation/{file}")));
        return [.. document.RootElement.EnumerateArray().Select(Of)];
    }

    public string[] Texts(string field) =>
        [.. Answer.GetProperty(field).EnumerateArray().Select(value => value.GetString()!)];

    private static ReferenceInstance Of(JsonElement instance)
    {
        var need = Numbers(instance.GetProperty("need"));
        var supply = Numbers(instance.GetProperty("supply"));
        var removed = ImmutableArray.CreateBuilder<RemovedLanes>();
        var lot = 0;
        foreach (var row in instance.GetProperty("ok").EnumerateArray())
        {
            var closed = Numbers(row).Select((open, claim) => (open, claim))
                .Where(lane => lane.open == 0).Select(lane => lane.claim).ToImmutableArray();
            if (!closed.IsEmpty)
            {
                removed.Add(RemovedLanes.To(lot, LaneRemoval.RouteClosed, closed));
            }

            lot++;
        }

        var problem = new AllocationProblem(
            [.. need.Select((units, id) => new Claim(id, units))],
            [.. supply.Select((units, id) => new Lot(id, units))],
            removed.ToImmutable(),
            Seed: 1);
        return new ReferenceInstance(instance.GetProperty("id").GetString()!, problem, instance.Clone());
    }

    private static long[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt64())];
}
