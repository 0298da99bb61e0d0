using Sameboat.Exchange.Files;
using Sameboat.Tests;
using Shouldly;
using Xunit;

namespace Sameboat.Engines.Tests.Files;

public sealed class PublisherTests
{
    [Fact]
    public void A_JHU_file_is_differenced_and_its_provinces_add_up()
    {
        var reading = Written.Cases("""
            Province/State,Country/Region,Lat,Long,1/22/20,1/23/20,1/24/20,1/25/20
            ,Kenya,1,2,3,5,4,4
            Hubei,China,1,2,10,20,,40
            "Beijing, city",China,1,2,1,1,2,2
            ,"Korea, South",1,2,0,0,1,1
            ,Diamond Princess,0,0,5,5,5,5

            """);

        Written.FaultsOf(reading).ShouldBeEmpty();
        var file = reading.Value!;
        file.Format.ShouldBe("JHU CSSE wide");
        Counts(file, "KEN").ShouldBe([3, 2, -1, 0]);
        Counts(file, "CHN").ShouldBe([11, 10, 1, 20]);
        Counts(file, "KOR").ShouldBe([0, 0, 1, 0]);
        file.Cases[0].First.ShouldBe(new DateOnly(2020, 1, 22));
        file.Deaths.ShouldBeEmpty();
        reading.Remarks.ShouldContain("Left out: Diamond Princess (a ship): 1 row.");
    }

    [Fact]
    public void A_missing_cumulative_count_is_a_day_not_reported_and_the_next_one_holds_the_sum() =>
        Counts(Written.Cases("Province/State,Country/Region,1/22/20,1/23/20,1/24/20\n,Kenya,3,,9\n").Value!, "KEN")
            .ShouldBe([3, null, 6]);

    [Theory]
    [InlineData("1/22/20,1/24/20", "cases.csv:1:4: found «1/24/20», expected 1/23/20, the day after the column before")]
    [InlineData("1/22/20,22/1/20", "cases.csv:1:4: found «22/1/20», expected a date such as 12/31/21, month first")]
    [InlineData("Lat,Long", "cases.csv:1: found no column of a day, expected columns such as 1/22/20, month first")]
    public void A_JHU_header_that_is_no_row_of_days_is_refused(string days, string fault) =>
        Written.FaultsOf(Written.Cases($"Province/State,Country/Region,{days}\n,Kenya,1,2\n")).ShouldBe([fault]);

    [Fact]
    public void A_country_that_stands_twice_in_a_JHU_file_is_refused() =>
        Written.FaultsOf(Written.Cases("Province/State,Country/Region,1/22/20\n,Kenya,1\n,Kenya,2\n"))
            .ShouldBe(["cases.csv:3:2: found «Kenya», expected each country and province on one line"]);

    [Fact]
    public void An_unknown_country_is_refused_and_never_dropped_in_silence() =>
        Written.FaultsOf(Written.Cases("Province/State,Country/Region,1/22/20\n,Atlantis,1\n"))
            .ShouldBe(["cases.csv:2:2: found «Atlantis», expected the code or name of a territory"]);

    [Fact]
    public void Deaths_come_from_a_second_JHU_file()
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-files-");
        var (cases, deaths) = (Path.Combine(folder.FullName, "c.csv"), Path.Combine(folder.FullName, "d.csv"));
        File.WriteAllText(cases, "Province/State,Country/Region,1/22/20,1/23/20\n,Kenya,3,5\n");
        File.WriteAllText(deaths, "Province/State,Country/Region,1/22/20,1/23/20\n,Kenya,0,1\n");

        var reading = CaseFileReader.Read(cases, deaths);
        File.WriteAllText(cases, "iso3,date,cases\nKEN,2020-01-22,1\n");
        var mixed = CaseFileReader.Read(cases, deaths);
        folder.Delete(recursive: true);

        reading.Value!.Cases.Single().Counts.ShouldBe([3, 2]);
        reading.Value.Deaths.Single().Counts.ShouldBe([0, 1]);
        Written.FaultsOf(mixed).Single().ShouldEndWith(
            "found cases in the form long, expected a second file of deaths only beside the form JHU CSSE wide");
    }

    [Fact]
    public void A_WHO_file_by_day_leaves_out_what_is_no_place_and_keeps_Namibia()
    {
        var reading = Written.Cases("""
            Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,Cumulative_deaths
            2020-03-01,NA,Namibia,AFRO,5,5,,0
            2020-03-02,NA,Namibia,AFRO,,5,1,1
            2020-03-04,NA,Namibia,AFRO,-2,3,0,1
            2020-03-01,XK,"Kosovo (in accordance with UN Security Council resolution 1244 (1999))",EURO,1,1,,
            2020-03-01, ,International commercial vessel,OTHER,7,7,0,0
            2020-03-01,XA,Bonaire,AMRO,1,1,0,0
            2020-03-01,XB,Saba,AMRO,2,2,0,0

            """);

        Written.FaultsOf(reading).ShouldBeEmpty();
        var file = reading.Value!;
        file.Format.ShouldBe("WHO");
        file.Weekly.ShouldBeFalse();
        Counts(file, "NAM").ShouldBe([5, null, null, -2]);
        Counts(file, "BES").ShouldBe([3]);
        Counts(file, "XKK").ShouldBe([1]);
        file.Deaths.Single(series => series.Place == TerritoryCode.Parse("NAM")).Counts.ShouldBe([null, 1, null, 0]);
        reading.Remarks.ShouldContain(remark => remark.Contains("International commercial vessel"));
        reading.Remarks.ShouldContain("Left out between two others and taken as not reported: 1 day in 1 place.");
    }

    [Fact]
    public void A_WHO_file_by_week_is_spread_over_the_seven_days_that_end_on_its_date()
    {
        var reading = Written.Cases("""
            Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,Cumulative_deaths
            2020-01-05,KE,Kenya,AFRO,,0,,0
            2020-01-12,KE,Kenya,AFRO,15,15,,0
            2020-01-19,KE,Kenya,AFRO,-7,8,,0

            """);

        var file = reading.Value!;
        file.Weekly.ShouldBeTrue();
        file.Cases.Single().First.ShouldBe(new DateOnly(2019, 12, 30));
        var counts = file.Cases.Single().Counts;
        counts[..7].ShouldAllBe(count => count == null);
        counts[7..14].Sum().ShouldBe(15);
        counts[7..14].ShouldAllBe(count => count >= 2 && count <= 3);
        counts[14..].ShouldBe([-1, -1, -1, -1, -1, -1, -1]);
        reading.Remarks.ShouldContain(remark => remark.StartsWith("The counts are of weeks"));
    }

    [Fact]
    public void An_OWID_file_leaves_out_totals_and_takes_decimals()
    {
        var reading = Written.Cases("""
            iso_code,continent,location,date,total_cases,new_cases,new_cases_smoothed,total_deaths,new_deaths
            KEN,Africa,Kenya,2020-03-01,3.0,3.0,,0.0,
            KEN,Africa,Kenya,2020-03-02,3.0,,0.4,0.0,1.0
            OWID_WRL,,World,2020-03-01,3.0,3.0,,,
            OWID_KOS,Europe,Kosovo,2020-03-01,3.0,4.0,,,
            OWID_XYZ,,Some new total,2020-03-01,3.0,4.0,,,
            AIA,,Anguilla,2020-03-01,,,,,

            """);

        Written.FaultsOf(reading).ShouldBeEmpty();
        var file = reading.Value!;
        file.Format.ShouldBe("OWID");
        Counts(file, "KEN").ShouldBe([3, null]);
        Counts(file, "XKK").ShouldBe([4]);
        file.Cases.Length.ShouldBe(2);
        file.Deaths.Single().Counts.ShouldBe([null, 1]);
        reading.Remarks.ShouldContain(remark => remark.StartsWith("Left out: Some new total: 1 row, World"));
        reading.Remarks.ShouldContain("No cases reported on any day, so no series: AIA.");
    }

    [Theory]
    [InlineData("country,date,total_cases,new_cases,new_deaths,code,continent\nKenya,2020-03-01,3,3,1,KEN,Africa\n"
        + "Africa,2020-03-01,9,9,1,OWID_AFR,\nAfrica,2020-03-02,9,9,1,,\n")]
    [InlineData("country,date,total_cases,new_cases,new_deaths,continent\nKenya,2020-03-01,3,3,1,Africa\n"
        + "Africa,2020-03-01,9,9,1,\n")]
    public void The_compact_OWID_file_is_read_by_code_or_name(string text)
    {
        var reading = Written.Cases(text);

        Written.FaultsOf(reading).ShouldBeEmpty();
        Counts(reading.Value!, "KEN").ShouldBe([3]);
        reading.Value!.Cases.Length.ShouldBe(1);
    }

    [Fact]
    public void An_ECDC_weekly_file_is_read_by_indicator()
    {
        var reading = Written.Cases("""
            country,country_code,continent,population,indicator,weekly_count,year_week,rate_14_day,source
            Austria,AUT,Europe,8901064,cases,14,2020-53,,x
            Austria,AUT,Europe,8901064,cases,7,2021-W02,,x
            Austria,AUT,Europe,8901064,deaths,7,2020-53,,x
            EU/EEA (total),,Europe,453006705,cases,70,2020-53,,x

            """);

        Written.FaultsOf(reading).ShouldBeEmpty();
        var file = reading.Value!;
        file.Format.ShouldBe("ECDC weekly");
        file.Weekly.ShouldBeTrue();
        file.Cases.Single().First.ShouldBe(new DateOnly(2020, 12, 28));
        file.Cases.Single().Counts.ShouldBe(
            [2, 2, 2, 2, 2, 2, 2, null, null, null, null, null, null, null, 1, 1, 1, 1, 1, 1, 1]);
        file.Deaths.Single().Counts.ShouldBe([1, 1, 1, 1, 1, 1, 1]);
    }

    [Theory]
    [InlineData("cases,1,2021-53", "cases.csv:2:5: found «2021-53», expected an ISO week such as 2021-05")]
    [InlineData("tests,1,2021-05", "cases.csv:2:3: found «tests», expected cases or deaths")]
    public void A_wrong_ECDC_week_or_indicator_is_refused(string cells, string fault) =>
        Written.FaultsOf(Written.Cases(
            $"country,country_code,indicator,weekly_count,year_week\nAustria,AUT,{cells}\n")).ShouldBe([fault]);

    [Fact]
    public void An_ECDC_daily_file_is_read_by_its_three_columns_of_the_date()
    {
        var reading = Written.Cases("""
            dateRep,day,month,year,cases,deaths,countriesAndTerritories,geoId,countryterritoryCode,popData2019
            14/12/2020,14,12,2020,746,6,Afghanistan,AF,AFG,38041757
            13/12/2020,13,12,2020,298,9,Afghanistan,AF,AFG,38041757
            14/12/2020,14,12,2020,1,0,Taiwan,TW,CNG1925,23773881
            01/03/2020,1,3,2020,0,0,Cases_on_an_international_conveyance_Japan,JPG11668,N/A,64

            """);

        Written.FaultsOf(reading).ShouldBeEmpty();
        Counts(reading.Value!, "AFG").ShouldBe([298, 746]);
        Counts(reading.Value!, "TWN").ShouldBe([1]);
        reading.Value!.Format.ShouldBe("ECDC daily");
    }

    [Fact]
    public void The_reference_file_of_194_countries_is_read_whole()
    {
        var reading = CaseFileReader.Read(Repository.Reference("jhu/cases_deaths_daily.csv"));

        Written.FaultsOf(reading).ShouldBeEmpty();
        reading.Value!.Cases.Length.ShouldBe(194);
        reading.Value.Deaths.Length.ShouldBe(194);
        reading.Value.Cases.ShouldAllBe(series =>
            series.First == new DateOnly(2020, 1, 22) && series.Last == new DateOnly(2022, 2, 28));
        reading.Value.Cases.SelectMany(series => series.Counts).Any(count => count < 0).ShouldBeTrue();
    }

    private static long?[] Counts(CaseFile file, string place) =>
        [.. file.Cases.Single(series => series.Place == TerritoryCode.Parse(place)).Counts];
}
