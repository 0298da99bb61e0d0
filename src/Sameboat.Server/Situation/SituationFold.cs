using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Situation;

/// <summary>
/// <c>situation.published</c>: new cases and deaths of one place on consecutive days. The latest readable statement of
/// its owner counts; one whose cumulative counts are below its new ones does not.
/// </summary>
internal sealed class SituationFold : SubjectFold
{
    internal const string Kind = "situation.published";

    /// <summary>The most days one report may cover, so that it stays far below the size of an entry.</summary>
    internal const int DaysMax = 400;

    /// <summary>The longest name of a source, in characters.</summary>
    internal const int SourceLengthMax = 100;

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

    internal sealed override FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history)
    {
        SituationRow? row = null;
        var effects = ImmutableArray.CreateBuilder<EntryEffect>(history.Count);
        foreach (var entry in history)
        {
            var read = entry.Author == subject.Owner ? Read(subject, entry.Body) : null;
            var refusal = entry.Author != subject.Owner ? FoldReasons.NotTheOwner
                : read is null ? FoldReasons.Unreadable
                : Agrees(read.CumulativeCases, read.Cases) && Agrees(read.CumulativeDeaths, read.Deaths) ? ""
                : FoldReasons.CountsDisagree;
            effects.Add(refusal.Length == 0 ? EntryEffect.Applied(entry) : EntryEffect.Without(entry, refusal));
            row = refusal.Length == 0 ? read : row;
        }

        return new FoldOutcome(row is null ? [] : [row], effects.MoveToImmutable());
    }

    // All that there have been are at least the new ones of the report.
    private static bool Agrees(long? cumulative, string counts) =>
        cumulative is not { } all || DailyCounts.FromText(counts).Sum(count => (decimal)(count ?? 0)) <= all;

    private static SituationRow? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Place("place") is { } place
        && body.Day("first") is { } first
        && first.Year is >= YearMin and <= YearMax
        && DailyCounts.FromJson(body["cases"], DaysMax) is { } cases
        && DailyCounts.FromJson(body["deaths"], DaysMax) is { } deaths
        && (body["source"] is null || body.Text("source") is { Length: > 0 and <= SourceLengthMax })
        && (body["cumulative_cases"] is null || body.Count("cumulative_cases") is not null)
        && (body["cumulative_deaths"] is null || body.Count("cumulative_deaths") is not null)
            ? new SituationRow
            {
                Subject = subject.ToString(),
                Outbreak = outbreak,
                Member = subject.Owner.ToString(),
                Place = place.ToString(),
                First = first.DayNumber,
                Cases = DailyCounts.ToText(cases),
                Deaths = DailyCounts.ToText(deaths),
                Source = body.Text("source") ?? "",
                Official = body["official"] is null || body.Flag("official"),
                Preliminary = body.Flag("preliminary"),
                CumulativeCases = body.Count("cumulative_cases"),
                CumulativeDeaths = body.Count("cumulative_deaths"),
            }
            : null;
}
