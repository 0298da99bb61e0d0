using System.Collections.Concurrent;
using System.Globalization;
using Sameboat.Record;
using Sameboat.Server.Situation;

namespace Sameboat.Benchmarks.Record;

/// <summary>Entries of 600 canonical bytes, each a function of its member and number.</summary>
internal static class BenchEntries
{
    internal const int Length = 600;

    private const long FirstMillisecond = 1_740_000_000_000;

    private static readonly TerritoryCode Place = TerritoryCode.Parse("KEN");

    // The length without the padding, so that an entry is written out once by the node and not here as well.
    private static readonly ConcurrentDictionary<(string, int, int), int> Bare = new();

    /// <summary>A report of its own entity, which folds into one row.</summary>
    internal static Entry Of(MemberId member, long number)
    {
        Span<byte> random = stackalloc byte[EntityId.RandomBytes];
        var name = member.ToString();
        new SeededRandom(((ulong)name.Sum(letter => letter * letter) << 32) | (ulong)number).Fill(random);
        var millisecond = FirstMillisecond + number;
        var body = SituationFold.Statement(
            "outbreak/convener/fever", Place, new DateOnly(2025, 1, 1), [number % 1000, 1, 2, 3, 4, 5, 6],
            [0, 0, 0, 0, 0, 0, 0], true);
        var entry = new Entry(
            EntityId.Create(millisecond, random), SituationFold.Kind, member,
            string.Create(CultureInfo.InvariantCulture, $"situation/{name}/{number}"),
            new HybridTime(millisecond * 1000), body);
        body["note"] = "";
        var digits = number.ToString(CultureInfo.InvariantCulture).Length;
        var countDigits = (number % 1000).ToString(CultureInfo.InvariantCulture).Length;
        var bare = Bare.GetOrAdd((name, digits, countDigits), _ => entry.ToCanonicalBytes().Length);
        body["note"] = new string('n', Length - bare);
        return entry;
    }
}
