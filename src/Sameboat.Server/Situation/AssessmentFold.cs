using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary><c>assessment.published</c>: what the engine made of the counts of one place up to one day.</summary>
internal sealed class AssessmentFold() : LatestStatementFold(Kind)
{
    internal const string Kind = "assessment.published";

    /// <summary>The body, from the row that it will become again.</summary>
    internal static JsonObject Statement(AssessmentRow row, bool exercise) => new()
    {
        ["as_of"] = DateOnly.FromDayNumber(row.AsOf).Written(),
        ["doubling_days"] = row.DoublingDays?.Written(),
        ["exercise"] = exercise,
        ["forecast"] = new JsonArray(
        [
            .. ForecastText.Read(row.Forecast).Select(week => new JsonObject
            {
                ["quantiles"] = new JsonArray([.. week.Quantiles.Select(value => JsonValue.Create(value.Written()))]),
                ["week_end"] = week.End.Written(),
            }),
        ]),
        ["outbreak"] = row.Outbreak,
        ["place"] = row.Place,
        ["probability_above_one"] = row.ProbabilityAboveOne?.Written(),
        ["reproduction"] = row.Reproduction?.Written(),
        ["reproduction_high"] = row.ReproductionHigh?.Written(),
        ["reproduction_low"] = row.ReproductionLow?.Written(),
        ["trend"] = row.Trend,
    };

    protected override IReadOnlyList<IProjectedRow>? Read(string subject, MemberId author, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Place("place") is { } place
        && body.Day("as_of") is { } asOf
        && body.Text("trend") is { } trend
        && body.Objects("forecast") is { } forecast
        && ReadWeeks(forecast) is { } weeks
            ?
            [
                new AssessmentRow
                {
                    Subject = subject,
                    Outbreak = outbreak,
                    Member = author.ToString(),
                    Place = place.ToString(),
                    AsOf = asOf.DayNumber,
                    Trend = trend,
                    Reproduction = body.Decimal("reproduction"),
                    ReproductionLow = body.Decimal("reproduction_low"),
                    ReproductionHigh = body.Decimal("reproduction_high"),
                    ProbabilityAboveOne = body.Decimal("probability_above_one"),
                    DoublingDays = body.Decimal("doubling_days"),
                    Forecast = ForecastText.Write(weeks),
                },
            ]
            : null;

    private static List<ForecastWeek>? ReadWeeks(IReadOnlyList<JsonObject> forecast)
    {
        var weeks = new List<ForecastWeek>(forecast.Count);
        foreach (var week in forecast)
        {
            if (week.Day("week_end") is not { } end || week["quantiles"] is not JsonArray quantiles)
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

            weeks.Add(new ForecastWeek(end, values));
        }

        return weeks;
    }
}

/// <summary>The quantiles of one forecast week, in the order of the hub levels.</summary>
internal sealed record ForecastWeek(DateOnly End, IReadOnlyList<double> Quantiles);

/// <summary>A forecast as a column holds it: one line a week, <c>day number;quantile,quantile,...</c>.</summary>
internal static class ForecastText
{
    internal static string Write(IEnumerable<ForecastWeek> weeks) =>
        string.Join('\n', weeks.Select(week =>
            string.Create(CultureInfo.InvariantCulture, $"{week.End.DayNumber};")
            + string.Join(',', week.Quantiles.Select(value => value.Written()))));

    internal static IReadOnlyList<ForecastWeek> Read(string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n').Select(ReadWeek)];

    private static ForecastWeek ReadWeek(string line)
    {
        var parts = line.Split(';');
        return new ForecastWeek(
            DateOnly.FromDayNumber(int.Parse(parts[0], CultureInfo.InvariantCulture)),
            [.. parts[1].Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))]);
    }
}
