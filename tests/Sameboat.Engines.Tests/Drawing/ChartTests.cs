using System.Text.RegularExpressions;
using CsCheck;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Engines.Tests.Drawing;

public sealed class ChartTests
{
    private static readonly ChartHead Head = new("c", "A chart & <more>", "What is to be seen.");
    private static readonly DateOnly Start = new(2022, 1, 3);

    private static readonly double[] OddValues =
        [0, -5, 1e-300, 1e18, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly Gen<double> AnyValue = Gen.OneOf(
        Gen.Double[0, 1e6],
        Gen.Int[0, 7].Select(at => OddValues[at]));

    private static readonly Gen<DayValue[]> AnyDays =
        Gen.Select(Gen.Int[-700, 700], AnyValue, (day, value) => new DayValue(Start.AddDays(day), value)).Array[0, 20];

    private static readonly Gen<BandPoint[]> AnyBands =
        Gen.Select(Gen.Int[-700, 700], AnyValue.Array[5], (day, at) =>
            new BandPoint(Start.AddDays(day), at[0], at[1], at[2], at[3], at[4])).Array[0, 6];

    [Fact]
    public void Charts_of_any_numbers_are_well_formed_and_finite() =>
        Gen.Select(AnyDays, AnyBands, AnyDays, Gen.Bool).Sample((observed, bands, came, weekly) =>
        {
            Sheet.Read(FanChart.Svg(new FanDrawing(Head, [.. observed], [.. bands], [.. came], weekly ? 7 : 1)))
                .ShouldBeLabelled("c");
            Sheet.Read(ReproductionChart.Svg(Head, [.. bands])).ShouldBeLabelled("c");
            Sheet.Read(Sparkline.Svg([.. observed.Select(at => (double?)at.Value)], "x"));
            Sheet.Read(CoverageStrip.Svg(Head, [new CoverageRow("<a>", [.. observed.Select(at => at.Value)])]))
                .ShouldBeLabelled("c");
        }, iter: 500);

    [Fact]
    public void Empty_charts_keep_their_title_and_description()
    {
        Sheet.Read(FanChart.Svg(new FanDrawing(Head, [], [], []))).ShouldBeLabelled("c");
        Sheet.Read(FanChart.Svg(new FanDrawing(Head, default, default, default))).ShouldBeLabelled("c");
        Sheet.Read(ReproductionChart.Svg(Head, [])).ShouldBeLabelled("c");
        Sheet.Read(CoverageStrip.Svg(Head, [])).ShouldBeLabelled("c");
        Sheet.Read(CoverageStrip.Svg(Head, [new CoverageRow("none", [])])).ShouldBeLabelled("c");
        Sheet.Read(Bars.Svg(Head, [])).ShouldBeLabelled("c");
        Sheet.Read(Sparkline.Svg([], "nothing")).Attribute("aria-label")!.Value.ShouldBe("nothing");
    }

    [Fact]
    public void All_zero_and_single_points_are_drawn()
    {
        var zeros = Enumerable.Range(0, 10).Select(week => new DayValue(Start.AddDays(7 * week), 0)).ToArray();
        BandPoint nothing = new(Start.AddDays(77), 0, 0, 0, 0, 0);
        Sheet.Read(FanChart.Svg(new FanDrawing(Head, [.. zeros], [nothing], [])))
            .Descendants(Sheet.Svg + "circle").Count().ShouldBe(1);
        Sheet.Read(ReproductionChart.Svg(Head, [new BandPoint(Start, .8, .9, 1, 1.1, 1.2)]))
            .Descendants(Sheet.Svg + "circle").Count().ShouldBe(1);
        Sheet.Read(Sparkline.Svg([3], "one")).Descendants(Sheet.Svg + "circle").Count().ShouldBe(1);
        Sheet.Read(Sparkline.Svg([null, double.NaN], "none")).Descendants(Sheet.Svg + "circle").Count().ShouldBe(0);
    }

    [Fact]
    public void A_band_far_above_all_else_is_cut_and_its_end_is_written()
    {
        var svg = FanChart.Svg(new FanDrawing(
            Head,
            [new DayValue(Start, 100)],
            [new BandPoint(Start.AddDays(7), 10, 90, 100, 120, 7_700)],
            []));
        Sheet.Read(svg).Descendants(Sheet.Svg + "text").Select(text => text.Value).ShouldContain("↑ 7.7k");
    }

    [Fact]
    public void A_fan_of_the_forecast_hubs_quantiles_takes_the_five_it_draws()
    {
        double[] levels = [.01, .025, .05, .25, .5, .75, .95, .975, .99];
        double[] quantiles = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        BandPoint.Of(Start, levels, quantiles).ShouldBe(new BandPoint(Start, 2, 4, 5, 6, 8));
        Should.Throw<ArgumentException>(() => BandPoint.Of(Start, levels.AsSpan(2), quantiles.AsSpan(2)));
        Should.Throw<ArgumentException>(() => BandPoint.Of(Start, levels, quantiles.AsSpan(1)));
    }

    [Fact]
    public void The_last_days_of_the_calendar_do_not_break_a_chart()
    {
        DayValue[] ends = [new(DateOnly.MinValue, 1), new(DateOnly.MaxValue, 2)];
        foreach (var end in ends)
        {
            Sheet.Read(FanChart.Svg(new FanDrawing(Head, [end], [], [])));
        }
    }

    [Fact]
    public void Bars_show_each_item_by_share_of_its_own_need()
    {
        var svg = Sheet.Read(Bars.Svg(Head,
        [
            new NeedBar("Gowns <&>", 1000, 600, 500, "500 of 1,000"),
            new NeedBar("Ventilators", 10, 6, 5, "5 of 10"),
            new NeedBar("Nothing needed", 0, 3, 0),
            new NeedBar("Huge", 1, long.MaxValue, long.MaxValue),
            new NeedBar(new string('x', 500), long.MaxValue, 0, 0, string.Concat(Enumerable.Repeat("👩‍⚕️", 60))),
        ]));
        svg.ShouldBeLabelled("c");
        var given = svg.Descendants(Sheet.Svg + "rect")
            .Where(box => box.Attribute("class")!.Value == "sb-given").Select(box => box.Attribute("width")!.Value);
        given.ShouldBe(["200", "200", "0", "480", "0"]);
    }

    [Fact]
    public void More_allocated_than_offered_is_a_fault_of_the_caller() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Bars.Svg(Head, [new NeedBar("x", 10, 3, 4)]));

    [Fact]
    public void Coverage_has_a_dot_for_every_place()
    {
        double[] shares = [.. Enumerable.Range(0, 194).Select(at => at / 193.0)];
        var svg = Sheet.Read(CoverageStrip.Svg(Head, [new CoverageRow("before", [.. shares]), new CoverageRow("after",
            [.. Enumerable.Repeat(.5, 194)])]));
        svg.Descendants(Sheet.Svg + "path").Where(path => path.Attribute("class")!.Value == "sb-dots")
            .Select(path => path.Attribute("d")!.Value.Count(letter => letter == 'M')).ShouldBe([194, 194]);
    }

    [Fact]
    public void A_sparkline_stays_small_whatever_it_is_given()
    {
        double?[] values = [.. Enumerable.Range(0, 2000).Select(at => (double?)(at % 17))];
        Sparkline.Svg(values, "x").Length.ShouldBeLessThan(2500);
    }

    [Fact]
    public void Every_class_that_is_drawn_has_a_style_and_every_colour_is_there_in_light_and_dark()
    {
        BandPoint[] bands = [new(Start.AddDays(7), 1, 2, 3, 4, 5)];
        DayValue[] past = [new(Start, 3)];
        DayValue[] came = [new(Start.AddDays(7), 3)];
        var drawn = string.Concat(
            FanChart.Svg(new FanDrawing(Head, [.. past], [.. bands], [.. came])),
            ReproductionChart.Svg(Head, [.. bands]),
            Bars.Svg(Head, [new NeedBar("a", 3, 2, 1)]),
            CoverageStrip.Svg(Head, [new CoverageRow("a", [.5])]),
            Sparkline.Svg([1, 2], "x"),
            FanChart.Legend(null, withCame: true),
            Bars.Legend(),
            WorldMap.Figure(new MapDrawing(Head, ["a", "b", "c", "d", "e", "f"],
                Territories.All.Index().ToDictionary(at => at.Item.Code, at => at.Index % 7))));
        var classes = Regex.Matches(drawn, "class=\"([^\"]*)\"").SelectMany(match => match.Groups[1].Value.Split(' '))
            .Where(name => name.Length > 0).Distinct().ToArray();
        classes.Length.ShouldBeGreaterThan(30);
        foreach (var name in classes)
        {
            Regex.IsMatch(ChartStyle.Css, $@"\.{name}\b").ShouldBeTrue(name);
        }

        var used = Regex.Matches(ChartStyle.Css, @"var\((--[a-z0-9-]+)\)").Select(use => use.Groups[1].Value);
        foreach (var colour in used.Distinct())
        {
            Regex.Count(ChartStyle.Css, colour + ":").ShouldBe(5, colour); // light thrice, dark twice
        }

        ChartStyle.Css.Count(letter => letter == '{').ShouldBe(ChartStyle.Css.Count(letter => letter == '}'));
    }
}
