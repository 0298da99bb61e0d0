using System.Globalization;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Places;

public sealed class TerritoriesTests
{
    [Fact]
    public void All_249_codes_of_ISO_are_carried_and_one_user_assigned()
    {
        Territories.All.Length.ShouldBe(250);
        Territories.All.Where(place => Territories.IsUserAssigned(place.Code))
            .Select(place => place.Code.ToString()).ShouldBe(["XKK"]);
        Territories.All.Select(place => place.Alpha2).Distinct().Count().ShouldBe(250);
        Territories.All.Select(place => place.M49).Distinct().Count().ShouldBe(250);
        Territories.All.ShouldBeInOrder(SortDirection.Ascending, Comparer<Territory>.Create(
            (left, right) => left.Code.CompareTo(right.Code)));
    }

    [Fact]
    public void Every_territory_has_its_name_in_seven_languages_and_a_place_on_the_globe()
    {
        foreach (var place in Territories.All)
        {
            foreach (var culture in Territories.Cultures)
            {
                place.Names[culture].ShouldNotBeNullOrWhiteSpace($"{place.Code} {culture}");
            }

            place.Latitude.ShouldBeInRange(-90, 90);
            place.Longitude.ShouldBeInRange(-180, 180);
            place.Population.ShouldBeGreaterThanOrEqualTo(0);
        }

        Territories.Get(TerritoryCode.Parse("KEN")).Names["zh-Hans"].ShouldBe("肯尼亚");
        Territories.Get(TerritoryCode.Parse("KEN")).Names["ar"].ShouldBe("كينيا");
    }

    [Fact]
    public void No_name_stands_for_two_territories()
    {
        foreach (var place in Territories.All)
        {
            foreach (var text in place.Names.Values.Concat([place.Code.ToString(), place.Alpha2, place.M49]))
            {
                if (text.Length > 0)
                {
                    Territories.TryResolveTerritory(text, out var found).ShouldBeTrue(text);
                    found.ShouldBe(place, text);
                }
            }
        }
    }

    [Theory]
    [InlineData("ken", "KEN")]
    [InlineData(" KE ", "KEN")]
    [InlineData("404", "KEN")]
    [InlineData("4", "AFG")]
    [InlineData("Korea, South", "KOR")]
    [InlineData("US", "USA")]
    [InlineData("Taiwan*", "TWN")]
    [InlineData("Burma", "MMR")]
    [InlineData("Congo (Kinshasa)", "COD")]
    [InlineData("Congo (Brazzaville)", "COG")]
    [InlineData("West Bank and Gaza", "PSE")]
    [InlineData("Holy See", "VAT")]
    [InlineData("COTE  D'IVOIRE", "CIV")]
    [InlineData("Côte d’Ivoire", "CIV")]
    [InlineData("Curacao", "CUW")]
    [InlineData("Saint Kitts and Nevis", "KNA")]
    [InlineData("St. Vincent & Grenadines", "VCT")]
    [InlineData("Saint Vincent and the Grenadines", "VCT")]
    [InlineData("Sao Tome and Principe", "STP")]
    [InlineData("Trinidad and Tobago", "TTO")]
    [InlineData("Kosovo[1]", "XKK")]
    [InlineData("OWID_KOS", "XKK")]
    [InlineData("Republic of Moldova", "MDA")]
    [InlineData("EL", "GRC")]
    [InlineData("Niger", "NER")]
    [InlineData("Dominica", "DMA")]
    public void Publishers_spellings_resolve(string text, string code)
    {
        Territories.TryResolve(text, out var match).ShouldBeTrue();
        match.IsTerritory.ShouldBeTrue();
        match.Territory!.Code.ShouldBe(TerritoryCode.Parse(code));
    }

    [Theory]
    [InlineData("Diamond Princess", "a ship")]
    [InlineData("MS Zaandam", "a ship")]
    [InlineData("Summer Olympics 2020", "an event")]
    [InlineData("winter olympics 2022", "an event")]
    [InlineData("World", "a total of several territories")]
    [InlineData("OWID_ENG", "counted within another territory")]
    public void Rows_that_are_no_territory_are_known_as_such(string text, string remark)
    {
        Territories.TryResolve(text, out var match).ShouldBeTrue();
        match.IsTerritory.ShouldBeFalse();
        match.Remark.ShouldBe(remark);
        Territories.TryResolveTerritory(text, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Atlantis")]
    [InlineData("ZZZ")]
    [InlineData("999")]
    public void An_unknown_text_is_refused(string? text) =>
        Territories.TryResolve(text, out _).ShouldBeFalse();

    [Fact]
    public void An_unknown_code_is_refused_and_default_is_no_territory()
    {
        Territories.TryGet(TerritoryCode.Parse("ZZZ"), out _).ShouldBeFalse();
        Territories.TryGet(default, out _).ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => Territories.Get(TerritoryCode.Parse("ZZZ")));
    }

    [Theory]
    [InlineData("XKS")]
    [InlineData("XKX")]
    public void Other_codes_of_a_user_assigned_place_lead_to_it(string code) =>
        Territories.Get(TerritoryCode.Parse(code)).Code.ShouldBe(TerritoryCode.Parse("XKK"));

    [Fact]
    public void Codes_numbers_and_centroids_agree_with_an_independent_list()
    {
        const double DegreesApartMax = 17; // archipelagos: the list takes a middle, we take the largest island
        var compared = 0;
        foreach (var line in File.ReadLines(Repository.Reference("places/country_base.csv")).Skip(1))
        {
            var fields = line.Split(',');
            if (fields[1] == "UNK")
            {
                continue;
            }

            var place = Territories.Get(TerritoryCode.Parse(fields[1]));
            place.Alpha2.ShouldBe(fields[0]);
            place.M49.ShouldBe(fields[2]);
            Math.Abs(place.Latitude - double.Parse(fields[^6], CultureInfo.InvariantCulture))
                .ShouldBeLessThan(DegreesApartMax, fields[1]);
            compared++;
        }

        compared.ShouldBe(249);
    }

    [Fact]
    public void All_codes_and_names_of_the_JHU_list_resolve_to_the_same_territory()
    {
        var codes = 0;
        foreach (var line in File.ReadLines(Repository.Reference("jhu/countries.csv")).Skip(1))
        {
            var name = line[7..line.LastIndexOf(',')].Trim('"');
            Territories.TryResolveTerritory(line[..3], out var byCode).ShouldBeTrue(line);
            Territories.TryResolveTerritory(name, out var byName).ShouldBeTrue(line);
            byName.ShouldBe(byCode);
            codes++;
        }

        codes.ShouldBe(194);
    }

    [Fact]
    public void All_recipients_of_the_COVAX_deliveries_resolve()
    {
        var recipients = new HashSet<TerritoryCode>();
        foreach (var line in File.ReadLines(Repository.Reference("covax/covax_deliveries_by_donor.csv")).Skip(2))
        {
            var code = line.Split(',').FirstOrDefault(field => field.Length == 3 && field.All(char.IsAsciiLetterUpper));
            if (code is not null)
            {
                Territories.TryResolveTerritory(code, out var recipient).ShouldBeTrue(line);
                recipients.Add(recipient!.Code);
            }
        }

        recipients.Count.ShouldBeGreaterThan(20);
    }
}
