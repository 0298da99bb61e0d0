using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Engines.Tests.Drawing;

public sealed class WorldMapTests
{
    private const int BytesMax = 50_000;
    private const int BytesCompressedMax = 16_000;

    private static readonly ChartHead Head = new("map", "A map", "What is to be seen.");

    private static readonly MapDrawing Full = new(
        Head, ["a", "b", "c", "d"], Territories.All.Index().ToDictionary(at => at.Item.Code, at => at.Index % 4))
    {
        Tooltip = place => $"{place.EnglishName}: {place.Population}",
        Link = place => $"/en/places/{place.Code}",
    };

    [Fact]
    public void Every_territory_is_drawn_or_has_a_circle()
    {
        var map = Sheet.Read(WorldMap.Svg(Full with { Link = null, Tooltip = place => place.Code.ToString() }));
        map.ShouldBeLabelled("map");
        var drawn = map.Descendants(Sheet.Svg + "title").Skip(1).ToArray();
        drawn.Select(title => title.Value).Order().ShouldBe(Territories.All.Select(place => place.Code.ToString()));
        foreach (var shape in drawn.Select(title => title.Parent!))
        {
            if (shape.Name.LocalName == "circle")
            {
                int.Parse(shape.Attribute("cx")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(0, 1200);
                int.Parse(shape.Attribute("cy")!.Value, CultureInfo.InvariantCulture).ShouldBeInRange(0, 600);
            }
            else
            {
                Sheet.Rings(shape.Attribute("d")!.Value).Max(Sheet.Area).ShouldBeGreaterThan(2);
            }
        }
    }

    [Theory]
    [InlineData("KEN", "path")]
    [InlineData("RUS", "path")]
    [InlineData("XKK", "path")]
    [InlineData("SGP", "circle")]
    [InlineData("TUV", "circle")]
    [InlineData("ATA", "circle")]
    public void Small_places_are_circles_and_large_ones_outlines(string code, string element)
    {
        var map = Sheet.Read(WorldMap.Svg(Full with { Link = null, Tooltip = place => place.Code.ToString() }));
        map.Descendants(Sheet.Svg + "title").Single(title => title.Value == code)
            .Parent!.Name.LocalName.ShouldBe(element);
    }

    [Fact]
    public void A_full_map_stays_small_enough_for_a_light_page()
    {
        var bytes = Encoding.UTF8.GetBytes(WorldMap.Svg(Full));
        bytes.Length.ShouldBeLessThan(BytesMax + (Territories.All.Length * 40));
        Encoding.UTF8.GetByteCount(WorldMap.Svg(Full with { Link = null })).ShouldBeLessThan(BytesMax);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        packed.Length.ShouldBeLessThan(BytesCompressedMax + 4_000);
    }

    [Fact]
    public void Text_from_outside_cannot_leave_its_place()
    {
        const string Hostile = "\"><script>alert('1')</script>&\u0001";
        var drawing = Full with
        {
            Head = Head with { Title = Hostile, Description = Hostile },
            Classes = [Hostile, "b"],
            NoData = Hostile,
            Tooltip = _ => Hostile,
            Link = _ => "/" + Hostile,
        };
        var svg = WorldMap.Svg(drawing);
        svg.ShouldNotContain("<script");
        Sheet.Read(svg).Element(Sheet.Svg + "title")!.Value.ShouldBe("\"><script>alert('1')</script>&\uFFFD");
        Sheet.Read(WorldMap.Figure(drawing, Hostile)).ToString().ShouldNotContain("<script");
    }

    [Fact]
    public void A_map_with_links_is_a_group_so_that_they_can_be_reached()
    {
        Sheet.Read(WorldMap.Svg(Full)).Attribute("role")!.Value.ShouldBe("group");
        Sheet.Read(WorldMap.Svg(Full with { Link = null })).Attribute("role")!.Value.ShouldBe("img");
    }

    [Fact]
    public void A_map_without_values_or_with_values_outside_the_classes_is_all_without_data()
    {
        var empty = WorldMap.Svg(Full with { Values = new Dictionary<TerritoryCode, int>() });
        var outside = WorldMap.Svg(Full with { Values = Territories.All.ToDictionary(place => place.Code, _ => 99) });
        outside.ShouldBe(empty);
        Sheet.Read(empty).ToString().ShouldNotContain("sb-s1");
        Sheet.Read(WorldMap.Svg(Full)).ToString().ShouldContain("sb-s1");
    }

    [Fact]
    public void A_publishers_own_code_of_a_territory_colours_it()
    {
        var byOther = Full with { Values = new Dictionary<TerritoryCode, int> { [TerritoryCode.Parse("XKS")] = 3 } };
        var byOurs = Full with { Values = new Dictionary<TerritoryCode, int> { [TerritoryCode.Parse("XKK")] = 3 } };
        WorldMap.Svg(byOther).ShouldBe(WorldMap.Svg(byOurs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void No_class_or_too_many_are_refused(int classes) =>
        Should.Throw<ArgumentException>(() =>
            WorldMap.Svg(Full with { Classes = [.. Enumerable.Range(0, classes).Select(at => $"{at}")] }));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    public void An_id_of_another_form_is_refused(string id) =>
        Should.Throw<ArgumentException>(() => WorldMap.Svg(Full with { Head = Head with { Id = id } }));

    [Fact]
    public void Equal_areas_of_the_globe_take_equal_areas_of_the_map()
    {
        // Two boxes between meridians 40 degrees apart: the sphere's area goes with the difference of the sines.
        var boundaries = Read("sameboat-boundaries 1 1\n" + $"KEN {Ring(0, 30)}\nNOR {Ring(45, 75)}\n");
        var map = Sheet.Read(WorldMap.Svg(Full with
        {
            Boundaries = boundaries, Link = null, Tooltip = place => place.Code.ToString(),
        }));
        double Area(string code) => Sheet.Area(Sheet.Rings(map.Descendants(Sheet.Svg + "title")
            .Single(title => title.Value == code).Parent!.Attribute("d")!.Value).Single());
        static double Sine(double degrees) => Math.Sin(degrees * Math.PI / 180);
        (Area("KEN") / Area("NOR")).ShouldBe((Sine(30) - Sine(0)) / (Sine(75) - Sine(45)), tolerance: 0.02);
    }

    [Fact]
    public void A_territory_without_outline_in_other_boundaries_becomes_a_circle()
    {
        var map = Sheet.Read(WorldMap.Svg(Full with
        {
            Boundaries = Read("sameboat-boundaries 1 1\nKEN 30 0 10 0 0 10\n"), Link = null,
        }));
        map.Descendants(Sheet.Svg + "circle").Count().ShouldBe(Territories.All.Length - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sameboat-boundaries 1 0\n")]
    [InlineData("sameboat-boundaries 2 10\n")]
    [InlineData("sameboat-boundaries 1 10\nKE 1 1 1 1 1 1\n")]
    [InlineData("sameboat-boundaries 1 10\nKEN 1 1 1 1\n")]
    [InlineData("sameboat-boundaries 1 10\nKEN 1 1 1 1 1\n")]
    [InlineData("sameboat-boundaries 1 10\nKEN 1 1 1 x 1 1\n")]
    [InlineData("sameboat-boundaries 1 10\nKEN 1 999 1 1 1 1\n")]
    [InlineData("sameboat-boundaries 1 10\nKEN 1 1 1 1 1 1\nKEN 1 1 1 1 1 1\n")]
    public void Boundaries_of_another_form_are_refused(string text) =>
        Should.Throw<FormatException>(() => Read(text));

    [Fact]
    public void The_legend_has_every_class_and_no_data()
    {
        var legend = Sheet.Read(WorldMap.Legend(Full));
        legend.Elements("li").Select(entry => entry.Value).ShouldBe(["a", "b", "c", "d", "No data"]);
        WorldMap.Figure(Full).ShouldContain(Boundaries.Disclaimer);
    }

    private static string Ring(int south, int north)
    {
        var up = string.Concat(Enumerable.Repeat(" 0 1", north - south));
        var down = string.Concat(Enumerable.Repeat(" 0 -1", north - south));
        return $"-10 {south}{up} 40 0{down}";
    }

    private static Boundaries Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Boundaries.Read(stream);
    }
}
