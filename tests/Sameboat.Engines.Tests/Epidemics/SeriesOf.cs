using System.Collections.Immutable;
using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>Series for tests: written out, or drawn.</summary>
internal static class SeriesOf
{
    public static readonly DateOnly First = new(2021, 3, 1);

    private static readonly TerritoryCode Place = TerritoryCode.Parse("KEN");

    /// <summary>Counts of every kind a publisher may send: gaps, negatives, dumps, a billion.</summary>
    public static readonly Gen<CountSeries> Anything =
        Gen.Frequency(
            (6, Gen.Long[0, 50].Select(count => (long?)count)),
            (3, Gen.Long[0, 5_000].Select(count => (long?)count)),
            (2, Gen.Const((long?)0)),
            (2, Gen.Const((long?)null)),
            (1, Gen.Long[-2_000, -1].Select(count => (long?)count)),
            (1, Gen.Long[0, 1_000_000_000].Select(count => (long?)count)))
        .Array[0, 140]
        .Select(counts => Cases(counts));

    /// <summary>Small counts with corrections and silences, no day left out.</summary>
    public static readonly Gen<CountSeries> EveryDayReported =
        Gen.Frequency(
            (4, Gen.Long[0, 60].Select(count => (long?)count)),
            (3, Gen.Const((long?)0)),
            (1, Gen.Long[-80, -1].Select(count => (long?)count)),
            (1, Gen.Long[100, 300].Select(count => (long?)count)))
        .Array[1, 140]
        .Select(counts => Cases(counts));

    public static CountSeries Cases(params long?[] counts) =>
        new(Place, Indicator.Cases, First, counts.ToImmutableArray());

    public static CountSeries Deaths(params long?[] counts) =>
        new(Place, Indicator.Deaths, First, counts.ToImmutableArray());

    public static long?[] Repeated(long? count, int days) => [.. Enumerable.Repeat(count, days)];
}
