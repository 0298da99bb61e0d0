using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Tests.Storage;

/// <summary>Makes entries whose times and ids come one after the other, the same in every run.</summary>
internal class EntryMaker
{
    private const long FirstMillisecond = 1_740_000_000_000;

    private readonly SeededRandom _random = new(7);
    private long _clock;

    /// <summary>The next entry.</summary>
    internal Entry Next(MemberId author, string kind, string subject, JsonObject body)
    {
        _clock++;
        Span<byte> random = stackalloc byte[EntityId.RandomBytes];
        _random.Fill(random);
        return new Entry(
            EntityId.Create(FirstMillisecond + _clock, random), kind, author, subject,
            new HybridTime((FirstMillisecond + _clock) * 1000), body);
    }

    /// <summary>A report of one day with so many cases.</summary>
    internal Entry Report(MemberId author, int number) => Next(
        author, SituationFold.Kind, string.Create(CultureInfo.InvariantCulture, $"situation/{author}/{number}"),
        SituationFold.Statement(
            "outbreak/convener/fever", TerritoryCode.Parse("KEN"), new DateOnly(2025, 1, 1).AddDays(number),
            [number], [0], true));
}
