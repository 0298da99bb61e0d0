using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Record;

namespace Sameboat.Exchange.Chain;

/// <summary>A file that a run read or wrote, by its contents.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record FileDigest(string Name, long Bytes, string Sha256)
{
    /// <summary>The digest of these bytes.</summary>
    public static FileDigest Of(string name, ReadOnlySpan<byte> bytes) =>
        new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}

/// <summary>What a run says of itself before its rows.</summary>
/// <param name="AsOf">Last day whose counts were used.</param>
/// <param name="Weeks">Weeks planned for.</param>
/// <param name="Seed">Seed of the lotteries.</param>
/// <param name="Disease">Code of the disease pack.</param>
/// <param name="DiseaseVersion">Its version.</param>
/// <param name="Engine">Version of the program.</param>
/// <param name="Inputs">The files read.</param>
/// <param name="Remarks">What the readers left out or decided, for the reader.</param>
public sealed record RunHeader(
    DateOnly AsOf,
    int Weeks,
    ulong Seed,
    string Disease,
    string DiseaseVersion,
    string Engine,
    ImmutableArray<FileDigest> Inputs,
    ImmutableArray<string> Remarks);

/// <summary>The entries that record a run, made of its rows alone so that a check can make them again.</summary>
public static class RunRecord
{
    /// <summary>The author of the entries of a run that was made from files.</summary>
    public static MemberId Author { get; } = MemberId.Parse("planner");

    /// <summary>The origin of the log of such a run, which is also the name of its key.</summary>
    public const string Origin = "sameboat/planner";

    /// <summary>The kind of the entry that opens a run.</summary>
    public const string RunOpened = "run.opened";

    /// <summary>The kind of an entry that carries the digest of one file.</summary>
    public const string FilePublished = "file.published";

    /// <summary>Plan rows in one entry, so that an entry stays well below its longest length.</summary>
    private const int PlanRowsPerEntry = 200;

    private const int RemarksMax = 100;

    /// <summary>The entries, in the order in which they are logged; the files last.</summary>
    /// <param name="header">What the run was made with.</param>
    /// <param name="tables">What it found.</param>
    /// <param name="files">What it wrote.</param>
    public static ImmutableArray<Entry> EntriesOf(
        RunHeader header, RunTables tables, IEnumerable<FileDigest> files)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(tables);
        var writer = new EntryWriter(header);
        writer.Add(RunOpened, "run", HeaderBody(header));
        foreach (var (lot, index) in tables.Lots.Select((lot, index) => (lot, index)))
        {
            writer.Add("offer.published", $"lot-{index + 1}", LotBody(lot));
        }

        var forecasts = tables.Forecasts.ToLookup(row => row.Place);
        foreach (var assessment in tables.Assessments)
        {
            writer.Add("assessment.published", Subject(assessment.Place),
                AssessmentBody(assessment, forecasts[assessment.Place]));
        }

        foreach (var place in tables.Needs.GroupBy(row => row.Place))
        {
            writer.Add("need.estimated", Subject(place.Key), NeedBody(place));
        }

        foreach (var item in tables.Plan.GroupBy(row => row.Item))
        {
            foreach (var part in item.Chunk(PlanRowsPerEntry))
            {
                writer.Add("plan.proposed", item.Key.ToString(), PlanBody(part));
            }
        }

        foreach (var file in files)
        {
            writer.Add(FilePublished, "run", FileBody(file));
        }

        return writer.ToImmutable();
    }

    private static string Subject(TerritoryCode place) => place.ToString().ToLowerInvariant();

    private static JsonObject HeaderBody(RunHeader header) => new()
    {
        ["asOf"] = Day(header.AsOf),
        ["weeks"] = header.Weeks,
        ["seed"] = header.Seed.ToString(CultureInfo.InvariantCulture),
        ["disease"] = header.Disease,
        ["diseaseVersion"] = header.DiseaseVersion,
        ["engine"] = header.Engine,
        ["inputs"] = new JsonArray([.. header.Inputs.Select(FileBody)]),
        ["remarks"] = new JsonArray([.. header.Remarks.Take(RemarksMax).Select(remark => (JsonNode)remark)]),
    };

    private static JsonObject LotBody(LotRow lot) => new()
    {
        ["lot"] = lot.Lot,
        ["donor"] = lot.Donor,
        ["item"] = lot.Item.ToString(),
        ["quantity"] = lot.Quantity,
        ["unit"] = lot.Unit,
        ["pack"] = lot.Pack,
        ["origin"] = lot.Origin.ToString(),
        ["available"] = Day(lot.Available),
        ["expires"] = Day(lot.Expires),
        ["coldChain"] = lot.ColdChain,
        ["onlyFor"] = new JsonArray([.. lot.OnlyFor.Select(place => (JsonNode)place.ToString())]),
    };

    private static JsonObject AssessmentBody(AssessmentRow row, IEnumerable<ForecastRow> forecasts) => new()
    {
        ["place"] = row.Place.ToString(),
        ["lastReport"] = Day(row.LastReport),
        ["casesLastWeek"] = Number(row.CasesLastWeek),
        ["casesWeekBefore"] = Number(row.CasesWeekBefore),
        ["reproduction"] = Number(row.Reproduction),
        ["reproductionLow"] = Number(row.ReproductionLow),
        ["reproductionHigh"] = Number(row.ReproductionHigh),
        ["probabilityAboveOne"] = Number(row.ProbabilityAboveOne),
        ["trend"] = TableWords.Of(row.Trend),
        ["forecasts"] = new JsonArray([.. forecasts.Select(ForecastBody)]),
    };

    private static JsonNode ForecastBody(ForecastRow row) => new JsonObject
    {
        ["target"] = TableWords.Of(row.Target),
        ["weekEnd"] = Day(row.WeekEnd),
        ["quantiles"] = new JsonArray([.. row.Quantiles.Select(value => (JsonNode?)Number(value))]),
    };

    private static JsonObject NeedBody(IGrouping<TerritoryCode, NeedRow> place) => new()
    {
        ["place"] = place.Key.ToString(),
        ["lines"] = new JsonArray(
        [
            .. place.Select(row => (JsonNode)new JsonObject
            {
                ["item"] = row.Line.Item.ToString(),
                ["unit"] = row.Line.Unit,
                ["quantity"] = row.Line.Quantity,
                ["low"] = row.Line.QuantityLow,
                ["high"] = row.Line.QuantityHigh,
            }),
        ]),
    };

    private static JsonObject PlanBody(PlanRow[] rows) => new()
    {
        ["item"] = rows[0].Item.ToString(),
        ["lines"] = new JsonArray(
        [
            .. rows.Select(row => (JsonNode)new JsonObject
            {
                ["lot"] = row.Lot,
                ["recipient"] = row.Recipient.ToString(),
                ["quantity"] = row.Quantity,
            }),
        ]),
    };

    private static JsonNode FileBody(FileDigest file) => new JsonObject
    {
        ["name"] = file.Name,
        ["bytes"] = file.Bytes,
        ["sha256"] = file.Sha256,
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Gives each entry its id and time: the run's day, counted up, so that a run's bytes repeat.</summary>
    private sealed class EntryWriter(RunHeader header)
    {
        private readonly ImmutableArray<Entry>.Builder _entries = ImmutableArray.CreateBuilder<Entry>();
        private readonly SeededRandom _random = new(header.Seed);
        private readonly long _day = new DateTimeOffset(
            header.AsOf.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

        public void Add(string kind, string subject, JsonNode body)
        {
            Span<byte> random = stackalloc byte[EntityId.RandomBytes];
            _random.Fill(random);
            _entries.Add(new Entry(
                EntityId.Create(_day, random), kind, Author, subject,
                new HybridTime((_day * 1000) + _entries.Count), (JsonObject)body));
        }

        public ImmutableArray<Entry> ToImmutable() => _entries.ToImmutable();
    }
}
