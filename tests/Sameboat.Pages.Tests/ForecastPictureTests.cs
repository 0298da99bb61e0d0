using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Sameboat.Epidemics;
using Sameboat.Exchange.Drawing;
using Sameboat.Exchange.Files;
using Sameboat.Tests;

namespace Sameboat.Pages.Tests;

/// <summary>
/// Takes the picture of R and of forecasts beside what happened, when SAMEBOAT_PICTURES asks for it.
/// </summary>
public sealed class ForecastPictureTests(ExerciseNode node)
{
    private const string Asked = "SAMEBOAT_PICTURES";
    private const int WeeksShown = 16;
    private const int WeeksAhead = 4;
    private const int DaysOfR = 280;
    private static readonly DateOnly[] Origins = [new(2021, 8, 29), new(2021, 12, 12)];
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5.2, 2.8, 60);

    // A rule, so that nobody chose the prettiest: of the places with at least 30 million people, the first by English
    // name in Asia, Africa, the Americas and Europe.
    private static readonly string[] Places = ["AFG", "DZA", "ARG", "FRA"];

    [Fact]
    public async Task A_picture_is_taken_of_forecasts_beside_what_happened()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(Asked) is "1", $"pictures are taken only with {Asked}=1");
        var file = CaseFileReader.Read(Repository.Reference("jhu/cases_deaths_daily.csv")).Value!;
        var page = new StringBuilder("<!DOCTYPE html><meta charset=utf-8><style>")
            .Append(ChartStyle.Css)
            .Append("body{font:14px/1.4 'Noto Sans',sans-serif;margin:16px;background:#fff;color:#1c1c1c}")
            .Append("h2{font-size:16px;margin:12px 0 4px}")
            .Append("div{display:grid;grid-template-columns:1fr 1fr 1fr 1fr;gap:16px}")
            .Append("h3{font-size:13px;font-weight:400;margin:0}svg{width:100%;height:auto}</style>");
        page.Append(FanChart.Legend(withCame: true));
        var forecasts = Array.ConvertAll(Origins, day => ForecastOf(file, day));
        foreach (var code in Places)
        {
            Append(page, code, file, forecasts);
        }

        var folder = Path.Combine(Repository.Root, "docs", "guide", "pictures");
        await using var window = await node.WindowAsync(1280, script: false);
        var tab = await window.NewPageAsync();
        await tab.SetContentAsync(page.ToString());
        var picture = Path.Combine(folder, "forecasts-beside-what-happened.png");
        await tab.ScreenshotAsync(new PageScreenshotOptions { Path = picture, FullPage = true });
        new FileInfo(picture).Length.ShouldBeGreaterThan(10_000);
    }

    private static void Append(
        StringBuilder page, string code, CaseFile file, PanelForecast[] forecasts)
    {
        var place = TerritoryCode.Parse(code);
        Territories.TryGet(place, out var territory).ShouldBeTrue();
        var cases = file.Cases.Single(series => series.Place == place);
        var deaths = file.Deaths.Single(series => series.Place == place);
        page.Append(CultureInfo.InvariantCulture, $"<h2>{territory!.Names["en"]}</h2><div>");
        page.Append("<section><h3>R by day, as known on 2022-02-28</h3>")
            .Append(Reproduction(code, cases)).Append("</section>");
        foreach (var (series, origin) in new[] { (cases, 0), (cases, 1), (deaths, 1) })
        {
            var day = Origins[origin];
            page.Append(CultureInfo.InvariantCulture,
                $"<section><h3>{series.Indicator} by week, forecast of {day:yyyy-MM-dd}</h3>")
                .Append(Fan($"{code}-{series.Indicator}-{origin}", forecasts[origin], series, day))
                .Append("</section>");
        }

        page.Append("</div>");
    }

    private static string Reproduction(string code, CountSeries cases)
    {
        var clean = Cleaning.Clean(cases);
        var readings = RenewalEstimator.Estimate(clean.Counts.AsSpan(), [], Interval, RenewalSettings.Usual);
        return ReproductionChart.Svg(
            new ChartHead($"r-{code}", $"R in {code}", "R by day with its 50 and 95 per cent bands."),
            [
                .. readings.TakeLast(DaysOfR).Select(reading => new BandPoint(
                    cases.First.AddDays(reading.Estimate.WindowEnd - 1), reading.Estimate.Quantile025,
                    reading.Estimate.Quantile25, reading.Estimate.Median, reading.Estimate.Quantile75,
                    reading.Estimate.Quantile975)),
            ]);
    }

    private static string Fan(string id, PanelForecast forecast, CountSeries series, DateOnly origin)
    {
        var bands = forecast.Places
            .Single(one => one.Name == series.Place.ToString() && one.Indicator == series.Indicator).Weeks
            .Select(week => BandPoint.Of(
                week.WeekEnd, ForecastQuantiles.Levels.AsSpan(), week.Quantiles.AsSpan()));
        var weekly = new Dictionary<DateOnly, double>();
        for (var day = 0; day < series.Counts.Length; day++)
        {
            var end = Weeks.SundayOf(series.First.AddDays(day));
            weekly[end] = weekly.GetValueOrDefault(end) + (series.Counts[day] ?? 0);
        }

        var shown = weekly
            .Where(week => week.Key > origin.AddDays(-Weeks.Days * WeeksShown)
                && week.Key <= origin.AddDays(Weeks.Days * WeeksAhead))
            .Select(week => new DayValue(week.Key, week.Value))
            .ToArray();
        return FanChart.Svg(new FanDrawing(
            new ChartHead(id, id, "Weekly counts, the forecast and what came true."),
            [.. shown.Where(week => week.Day <= origin)], [.. bands],
            [.. shown.Where(week => week.Day > origin)]));
    }

    // From what the file held up to the day: it has no vintages, so corrections made later are in it.
    private static PanelForecast ForecastOf(CaseFile file, DateOnly day) => PanelForecaster.Forecast(
        [
            .. file.Cases.Concat(file.Deaths).GroupBy(one => one.Place)
                .Select(place => new PlaceCounts(place.Key.ToString(), [.. place])),
        ],
        day, Interval, WeeksAhead);
}
