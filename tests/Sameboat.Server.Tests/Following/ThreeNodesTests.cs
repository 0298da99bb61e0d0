using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>
/// Three nodes of three members, random work, lines that break and mend at random: ten minutes of simulated time.
/// </summary>
public sealed class ThreeNodesTests
{
    private const int Seconds = 600;
    private const int WorkEvery = 6;
    private const int PartitionEvery = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task All_end_in_the_same_state(ulong seed)
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await using var convener = await FollowNode.StartAsync("convener");
        FollowNode[] nodes = [kenya, peru, convener];
        var work = new RandomHistory(seed, string.Create(CultureInfo.InvariantCulture, $"s{seed}")).Make(Seconds)
            .Where(one => one.Held is null)
            .GroupBy(one => one.Entry.Author)
            .ToDictionary(log => log.Key, log => new Queue<Entry>(log.Select(one => one.Entry)));
        await ForEachPairAsync(nodes, (node, other) => node.FollowAsync(other.Key));
        var random = new SeededRandom(seed);
        var broken = new HashSet<(int, int)>();
        var applied = 0;
        for (var second = 0; second < Seconds; second++)
        {
            for (var at = 0; at < nodes.Length; at++)
            {
                nodes[at].Clock.Now += TimeSpan.FromSeconds(1);
                if (random.NextBelow(PartitionEvery) == 0)
                {
                    var line = (at, random.NextBelow(nodes.Length));
                    _ = broken.Add(line) || broken.Remove(line);
                }

                if (random.NextBelow(WorkEvery) == 0)
                {
                    await WorkAsync(nodes[at], work[nodes[at].Member], 1 + random.NextBelow(4));
                }

                var from = random.NextBelow(nodes.Length);
                if (from != at && !broken.Contains((at, from)))
                {
                    // A log may be had of any node that holds it: the third one passes it on.
                    var owner = nodes[random.NextBelow(nodes.Length)].Member;
                    applied += owner != nodes[at].Member
                        && await nodes[at].PollAsync(
                            owner.ToString(), new NodeSource(nodes[from].Database, nodes[from].Reader, owner))
                            == PollOutcome.Applied ? 1 : 0;
                }
            }
        }

        applied.ShouldBeGreaterThan(50, "they met on the way");
        foreach (var node in nodes)
        {
            await WorkAsync(node, work[node.Member], int.MaxValue);
        }

        await ForEachPairAsync(nodes, (node, other) => node.PollAsync(other.Member.ToString(), other.Source()));

        var state = await kenya.StateAsync();
        state.Count.ShouldBeGreaterThan(100);
        (await peru.StateAsync()).ShouldBe(state);
        (await convener.StateAsync()).ShouldBe(state);
        foreach (var node in nodes)
        {
            (await node.EvidenceAsync()).ShouldBeEmpty();
            foreach (var other in nodes)
            {
                node.Verify(other.Member.ToString(), other.Key).Fault.ShouldBeNull();
                (await node.SizeAsync(other.Member.ToString()))
                    .ShouldBe(await other.SizeAsync(other.Member.ToString()));
            }
        }
    }

    private static async Task ForEachPairAsync(FollowNode[] nodes, Func<FollowNode, FollowNode, Task> act)
    {
        foreach (var node in nodes)
        {
            foreach (var other in nodes.Where(other => other != node))
            {
                await act(node, other);
            }
        }
    }

    private static async Task WorkAsync(FollowNode node, Queue<Entry> work, int most)
    {
        var batch = new List<Entry>();
        while (batch.Count < most && work.TryDequeue(out var entry))
        {
            batch.Add(entry);
        }

        if (batch.Count > 0)
        {
            await node.AppendAsync(batch);
        }
    }
}
