using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary><c>situation.published</c>: new cases and deaths of one place on consecutive days.</summary>
internal sealed class SituationFold : LatestStatementFold
{
    internal const string Kind = "situation.published";

    /// <summary>The most days one report may cover, so that it stays far below the size of an entry.</summary>
    internal const int DaysMax = 400;

    // Reports are laid out day by day between the first and the last: one absurd date must not make a series of
    // millions of days.
    private const int YearMin = 1950;
    private const int YearMax = 2150;

    /// <summary>The body of a report; null stands for a day not reported.</summary>
    internal static JsonObject Statement(
        string outbreak, TerritoryCode place, DateOnly first, ReadOnlySpan<long?> cases, ReadOnlySpan<long?> deaths,
        bool exercise) => new()
    {
        ["cases"] = DailyCounts.ToJson(cases),
        ["deaths"] = DailyCounts.ToJson(deaths),
        ["exercise"] = exercise,
        ["first"] = first.Written(),
        ["outbreak"] = outbreak,
        ["place"] = place.ToString(),
    };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Place("place") is { } place
        && body.Day("first") is { } first
        && first.Year is >= YearMin and <= YearMax
        && DailyCounts.FromJson(body["cases"], DaysMax) is { } cases
        && DailyCounts.FromJson(body["deaths"], DaysMax) is { } deaths
            ?
            [
                new SituationRow
                {
                    Subject = subject.ToString(),
                    Outbreak = outbreak,
                    Member = subject.Owner.ToString(),
                    Place = place.ToString(),
                    First = first.DayNumber,
                    Cases = DailyCounts.ToText(cases),
                    Deaths = DailyCounts.ToText(deaths),
                },
            ]
            : null;
}
