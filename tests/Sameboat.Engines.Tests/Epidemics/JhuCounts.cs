using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>The real daily counts of 194 countries, as series.</summary>
internal static class JhuCounts
{
    public static CountSeries Read(string iso3, bool deaths) =>
        All(deaths).Single(series => series.Place.ToString() == iso3);

    public static IReadOnlyList<CountSeries> All(bool deaths)
    {
        Dictionary<string, List<long?>> byPlace = [];
        foreach (var line in File.ReadLines(Repository.Reference("jhu/cases_deaths_daily.csv")).Skip(1))
        {
            var fields = line.Split(',');
            if (!byPlace.TryGetValue(fields[0], out var counts))
            {
                byPlace[fields[0]] = counts = [];
            }

            var field = fields[deaths ? 3 : 2];
            counts.Add(field is "" or "NA" ? null : long.Parse(field, CultureInfo.InvariantCulture));
        }

        return
        [
            .. byPlace.Select(place => new CountSeries(
                TerritoryCode.Parse(place.Key),
                deaths ? Indicator.Deaths : Indicator.Cases,
                new DateOnly(2020, 1, 22),
                place.Value.ToImmutableArray())),
        ];
    }
}
