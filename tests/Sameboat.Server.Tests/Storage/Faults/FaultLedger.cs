using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>
/// What a client knows after a fault: the numbered entries that were acknowledged, with their places, and those that
/// were not, which it sends again. An entry is a function of its number.
/// </summary>
internal sealed class FaultLedger
{
    internal static readonly MemberId[] Members = [TestNode.Kenya, TestNode.Peru];

    private const long FirstMillisecond = 1_740_000_000_000;

    private readonly ConcurrentDictionary<int, Placed> _acknowledged = new();
    private readonly ConcurrentQueue<int> _again = new();
    private int _next;

    internal int Acknowledged => _acknowledged.Count;

    /// <summary>The refusals since the beginning, by code.</summary>
    internal ConcurrentDictionary<AppendRefusal, int> Refusals { get; } = new();

    /// <summary>What was said with the first refusal of each code.</summary>
    internal ConcurrentDictionary<AppendRefusal, string> Sentences { get; } = new();

    /// <summary>The first number that is not acknowledged.</summary>
    internal int FirstOpen => Enumerable.Range(0, int.MaxValue).First(number => !_acknowledged.ContainsKey(number));

    internal static Entry EntryOf(int number)
    {
        Span<byte> random = stackalloc byte[EntityId.RandomBytes];
        new SeededRandom((ulong)number).Fill(random);
        var millisecond = FirstMillisecond + number;
        var member = Members[number % Members.Length];
        var body = SituationFold.Statement(
            "outbreak/convener/fever", TerritoryCode.Parse("KEN"), new DateOnly(2025, 1, 1), [number], [0], true);
        body["note"] = new string('n', 300);
        return new Entry(
            EntityId.Create(millisecond, random), SituationFold.Kind, member,
            string.Create(CultureInfo.InvariantCulture, $"situation/{member}/{number}"),
            new HybridTime(millisecond * 1000), body);
    }

    internal void Acknowledge(int number, Placed place)
    {
        var stood = _acknowledged.GetOrAdd(number, place);
        stood.Position.ShouldBe(place.Position, $"entry {number} was acknowledged at two places");
    }

    /// <summary>Sends so many entries by several writers at once; what is refused is sent again next time.</summary>
    internal Task SendAsync(LogStore store, int entries, int writers)
    {
        var left = entries;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var number = _again.TryDequeue(out var again) ? again : Interlocked.Increment(ref _next) - 1;
                switch (await store.AppendAsync([EntryOf(number)], CancellationToken.None))
                {
                    case AppendOutcome.Done done:
                        Acknowledge(number, done.Places[0]);
                        break;
                    case AppendOutcome.Refused refused:
                        Refusals.AddOrUpdate(refused.Reason, 1, (_, count) => count + 1);
                        Sentences.TryAdd(refused.Reason, refused.Sentence);
                        _again.Enqueue(number);
                        break;
                }
            }
        })));
    }

    /// <summary>
    /// Every log verifies, what was acknowledged stands where it was said to, and nothing stands twice.
    /// </summary>
    internal async Task CheckAsync(NodeDatabase database, LogKeys keys)
    {
        var reader = new LogReader(database);
        foreach (var member in Members)
        {
            var key = keys.KeyOf(member, TestNode.OriginOf(member)).VerifierKey;
            var verified = LogVerifier.Verify(path => TestNode.ReadFile(reader, member, path), key);
            verified.Fault.ShouldBeNull();
        }

        await using var db = database.Open();
        var rows = await db.Entries.AsNoTracking().Select(row => new { row.Id, row.Member, row.Position })
            .ToListAsync();
        var places = rows.ToDictionary(row => row.Id);
        foreach (var (number, place) in _acknowledged)
        {
            var entry = EntryOf(number);
            places.TryGetValue(entry.Id.Value, out var row).ShouldBeTrue($"entry {number} is lost");
            (row!.Member, row.Position).ShouldBe((place.Member, place.Position));
        }

        (await db.Situations.CountAsync()).ShouldBe(rows.Count, "each report folds into a row of its own");
    }

    internal static async Task OpenAsync(LogStore store) => await store.OpenLogsAsync(
        [.. Members.Select(member => (member, TestNode.OriginOf(member)))], CancellationToken.None);
}
