using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Epidemics;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary><c>assessment.published</c>: what the engine made of the counts of one place up to one day.</summary>
internal sealed class AssessmentFold : LatestStatementFold
{
    internal const string Kind = "assessment.published";

    /// <summary>The quantiles of R on one day: 2.5, 25, 50, 75 and 97.5 %.</summary>
    private const int PathQuantiles = 5;

    /// <summary>The body, from the row that it will become again.</summary>
    internal static JsonObject Statement(AssessmentRow row, bool exercise) => new()
    {
        ["as_of"] = DateOnly.FromDayNumber(row.AsOf).Written(),
        ["doubling_days"] = row.DoublingDays?.Written(),
        ["exercise"] = exercise,
        ["forecast"] = Write(row.Forecast),
        ["outbreak"] = row.Outbreak,
        ["place"] = row.Place,
        ["probability_above_one"] = row.ProbabilityAboveOne?.Written(),
        ["reproduction"] = row.Reproduction?.Written(),
        ["reproduction_high"] = row.ReproductionHigh?.Written(),
        ["reproduction_low"] = row.ReproductionLow?.Written(),
        ["reproduction_path"] = Write(row.ReproductionPath),
        ["trend"] = row.Trend,
    };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Place("place") is { } place
        && body.Day("as_of") is { } asOf
        && Enum.TryParse<Trend>(body.Text("trend"), out var trend)
        && Enum.IsDefined(trend)
        && body.Objects("forecast") is { } forecast
        && Read(forecast, ForecastQuantiles.Levels.Length) is { } weeks
        && body.Objects("reproduction_path") is { } path
        && Read(path, PathQuantiles) is { } days
            ?
            [
                new AssessmentRow
                {
                    Subject = subject.ToString(),
                    Outbreak = outbreak,
                    Member = subject.Owner.ToString(),
                    Place = place.ToString(),
                    AsOf = asOf.DayNumber,
                    Trend = trend.ToString(),
                    Reproduction = body.Decimal("reproduction"),
                    ReproductionLow = body.Decimal("reproduction_low"),
                    ReproductionHigh = body.Decimal("reproduction_high"),
                    ProbabilityAboveOne = body.Decimal("probability_above_one"),
                    DoublingDays = body.Decimal("doubling_days"),
                    ReproductionPath = QuantileText.Write(days),
                    Forecast = QuantileText.Write(weeks),
                },
            ]
            : null;

    private static JsonArray Write(string column) => new(
    [
        .. QuantileText.Read(column).Select(period => new JsonObject
        {
            ["end"] = period.End.Written(),
            ["quantiles"] = new JsonArray([.. period.Quantiles.Select(value => JsonValue.Create(value.Written()))]),
        }),
    ]);

    private static List<PeriodQuantiles>? Read(IReadOnlyList<JsonObject> periods, int quantilesOfEach)
    {
        var read = new List<PeriodQuantiles>(periods.Count);
        foreach (var period in periods)
        {
            if (period.Day("end") is not { } end || period["quantiles"] is not JsonArray quantiles
                || quantiles.Count != quantilesOfEach)
            {
                return null;
            }

            var values = new List<double>(quantiles.Count);
            foreach (var node in quantiles)
            {
                if (EntryBody.Decimal(node) is not { } value)
                {
                    return null;
                }

                values.Add(value);
            }

            read.Add(new PeriodQuantiles(end, values));
        }

        return read;
    }
}

/// <summary>The quantiles of one day or week, by its last day, in the order of their levels.</summary>
internal sealed record PeriodQuantiles(DateOnly End, IReadOnlyList<double> Quantiles);

/// <summary>
/// Quantiles by period as a column holds them: one line a period, <c>day number;quantile,quantile,...</c>.
/// </summary>
internal static class QuantileText
{
    internal static string Write(IEnumerable<PeriodQuantiles> periods) =>
        string.Join('\n', periods.Select(period =>
            string.Create(CultureInfo.InvariantCulture, $"{period.End.DayNumber};")
            + string.Join(',', period.Quantiles.Select(value => value.Written()))));

    internal static IReadOnlyList<PeriodQuantiles> Read(string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n').Select(ReadPeriod)];

    private static PeriodQuantiles ReadPeriod(string line)
    {
        var parts = line.Split(';');
        return new PeriodQuantiles(
            DateOnly.FromDayNumber(int.Parse(parts[0], CultureInfo.InvariantCulture)),
            [.. parts[1].Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))]);
    }
}
