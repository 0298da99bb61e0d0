using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Chain;

/// <summary>A run of four places and a few lots, small enough to read and large enough to lack something.</summary>
internal static class SmallRun
{
    public static readonly DateOnly AsOf = new(2022, 2, 28);

    public static DiseasePack Pack => DiseasePacks.Carried("covid-19");

    public static ChainSettings Settings { get; } = new(AsOf, 4, 7, Pack);

    public static ImmutableArray<CountSeries> Cases { get; } =
    [
        Series("KEN", day => 300 + (2 * day)),
        Series("NPL", day => 900 - (3 * day)),
        Series("PRY", day => day == 50 ? -30 : 120 + (day % 7 == 0 ? -40 : 10)),
        Series("TUV", day => day > 80 ? 3 : 0),
    ];

    public static ImmutableArray<Offer> Offers { get; } =
    [
        Lot("gowns-1", "gown", 6_000, 50),
        Lot("gowns-2", "gown", 2_000, 50) with { OnlyFor = [TerritoryCode.Parse("NPL")] },
        Lot("gowns-late", "gown", 9_000, 50) with { Available = AsOf.AddDays(60) },
        Lot("tests-old", "test-antigen-rapid", 5_000, 25) with { Expires = AsOf.AddDays(-1) },
        Lot("tests-1", "test-antigen-rapid", 5_000, 25) with { Expires = AsOf.AddDays(90) },
        Lot("team-1", "team-rapid-response", 1, 1),
        Lot("money-1", "funds-usd", 50_000, 1),
    ];

    public static ChainInput Input { get; } = new(Cases, [], Offers);

    public static RunHeader Header { get; } = new(
        AsOf, Settings.Weeks, Settings.Seed, Pack.Code, Pack.Version, "test", [], []);

    public static SigningKey Key() => SigningKey.FromSeed(RunRecord.Origin, new byte[SigningKey.SeedLength]);

    /// <summary>Runs and writes into a new folder below the system's temporary one; the caller removes it.</summary>
    public static string Write(ChainInput? input = null)
    {
        var path = Path.Combine(Path.GetTempPath(), "sameboat-" + Path.GetRandomFileName());
        var result = ChainRun.Run(input ?? Input, Settings);
        using var folder = OutputFolder.Begin(path, out var refusal);
        refusal.ShouldBeNull();
        using var key = Key();
        RunFiles.Write(folder!, result, Header, key);
        folder!.Commit();
        return path;
    }

    public static Offer Lot(string lot, string item, long quantity, long pack) => new(
        lot, "Donor 01", ItemCode.Parse(item), quantity, Pack.TryFindItem(item, out var found) ? found.Unit : "", pack,
        null, null, null, false, [], 2);

    private static CountSeries Series(string place, Func<int, long> count) => new(
        TerritoryCode.Parse(place), Indicator.Cases, AsOf.AddDays(-99),
        [.. Enumerable.Range(0, 100).Select(day => (long?)count(day))]);
}
