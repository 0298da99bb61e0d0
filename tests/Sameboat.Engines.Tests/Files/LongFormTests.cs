using System.Text;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Shouldly;
using Xunit;

namespace Sameboat.Engines.Tests.Files;

public sealed class LongFormTests
{
    private const string Good = """
        iso3,date,cases,deaths
        AFG,2021-12-30,10,1
        AFG,2021-12-31,-3,
        KEN,2021-12-30,NA,0
        KEN,2021-12-31,7,0

        """;

    [Fact]
    public void A_file_is_read_as_it_stands()
    {
        var file = Written.Cases(Good).Value.ShouldNotBeNull();

        file.Format.ShouldBe("long");
        file.Weekly.ShouldBeFalse();
        file.Cases.Select(series => series.Place.ToString()).ShouldBe(["AFG", "KEN"]);
        file.Cases[0].First.ShouldBe(new DateOnly(2021, 12, 30));
        file.Cases[0].Counts.ShouldBe([10, -3]);
        file.Cases[0].Indicator.ShouldBe(Indicator.Cases);
        file.Cases[1].Counts.ShouldBe([null, 7]);
        file.Deaths[0].Counts.ShouldBe([1, null]);
    }

    [Theory]
    [InlineData("iso3;date;cases;deaths\nAFG;2021-12-30;10,0;1\nAFG;2021-12-31;-3;\n")]
    [InlineData("iso3\tdate\tcases\tdeaths\nAFG\t2021-12-30\t10\t1\nAFG\t2021-12-31\t-3\t\n")]
    [InlineData("DEATHS,Cases,note,date,ISO3\r\n1,10,\"a, \"\"b\"\"\nc\",2021-12-30,afg\r\n,-3,,2021-12-31,AFG\r\n")]
    [InlineData("\"iso3\",\"date\",\"cases\",\"deaths\"\n"
        + "\"AFG\",\"2021-12-30\",\"10\",\"1\"\n\"AFG\",\"2021-12-31\",\"-3\",\"\"")]
    [InlineData("iso3,date,cases,deaths\n\nAFG,2021-12-31,-3,,,\nAFG , 2021-12-30 ,1e1,1.0,,\n,,,,,\n")]
    [InlineData("sep=;\niso3;date;cases;deaths\nAFG;2021-12-30;10,0;1\nAFG;2021-12-31;-3;\n")]
    [InlineData("iso3,date,cases,deaths\rAFG,2021-12-30,10,1\rAFG,2021-12-31,-3,\r")]
    public void Spreadsheets_may_write_it_in_their_ways(string text)
    {
        Encoding[] encodings =
            [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (var encoding in encodings)
        {
            var reading = Written.Cases([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

            Written.FaultsOf(reading).ShouldBeEmpty();
            reading.Value!.Cases.Single().Counts.ShouldBe([10, -3]);
            reading.Value.Deaths.Single().Counts.ShouldBe([1, null]);
        }
    }

    [Theory]
    [InlineData("KEN,2021-13-01,5,0", "cases.csv:2:2: found «2021-13-01», expected a date such as 2021-12-31")]
    [InlineData("KEN,01/12/2021,5,0", "cases.csv:2:2: found «01/12/2021», expected a date such as 2021-12-31")]
    [InlineData("KEN,2021-02-29,5,0", "cases.csv:2:2: found «2021-02-29», expected a date such as 2021-12-31")]
    [InlineData("KEN,1899-12-31,5,0", "cases.csv:2:2: found «1899-12-31», expected a date such as 2021-12-31")]
    [InlineData("KEN,9999-12-31,5,0", "cases.csv:2:2: found «9999-12-31», expected a date such as 2021-12-31")]
    [InlineData("KEN,,5,0", "cases.csv:2:2: found an empty cell, expected a date such as 2021-12-31")]
    [InlineData("KEN,2021-12-31,5.5,0",
        "cases.csv:2:3: found «5.5», expected a whole number: persons are not counted in fractions")]
    [InlineData("KEN,2021-12-31,many,0",
        "cases.csv:2:3: found «many», expected a whole number, or an empty cell where nothing was reported")]
    [InlineData("KEN,2021-12-31,\"1,234\",0",
        "cases.csv:2:3: found «1,234», expected a whole number, or an empty cell where nothing was reported")]
    [InlineData("KEN,2021-12-31,5,1000000000001",
        "cases.csv:2:4: found «1000000000001», expected a count of at most 1,000,000,000,000")]
    [InlineData("KEN,2021-12-31,99999999999999999999999,0",
        "cases.csv:2:3: found «99999999999999999999999», expected a count of at most 1,000,000,000,000")]
    [InlineData("Kenya,2021-12-31,5,0",
        "cases.csv:2:1: found «Kenya», expected the ISO 3166-1 code of three letters, KEN")]
    [InlineData("QQQ,2021-12-31,5,0",
        "cases.csv:2:1: found «QQQ», expected an ISO 3166-1 code of three letters, such as KEN")]
    [InlineData(",2021-12-31,5,0",
        "cases.csv:2:1: found an empty cell, expected an ISO 3166-1 code of three letters, such as KEN")]
    [InlineData("KEN,2021-12-31,5,0,7",
        "cases.csv:2:5: found «7», expected the end of the line after 4 cells, as in the header")]
    [InlineData("KEN,2021-12-31,5",
        "cases.csv:2:3: found the end of the line after 3 cells, expected 4 cells as in the header, next "
        + "«deaths»; the file seems to be cut")]
    [InlineData("KEN,\"2021-12-31,5,0",
        "cases.csv:2:2: found a quote that is never closed, expected a closing quote; the file seems to be cut")]
    [InlineData("\"KEN\"x,2021-12-31,5,0",
        "cases.csv:2:1: found «KEN\"x», expected nothing after the closing quote; a quote inside is doubled")]
    public void A_bad_row_is_one_line_that_says_what_is_wrong(string row, string fault)
    {
        var reading = Written.Cases("iso3,date,cases,deaths\n" + row);

        reading.Value.ShouldBeNull();
        Written.FaultsOf(reading).ShouldBe([fault]);
    }

    [Fact]
    public void A_line_with_too_few_cells_in_the_middle_is_named() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases\nKEN,2021-12-30\nKEN,2021-12-31,5\n"))
            .ShouldBe(["cases.csv:2:2: found the end of the line after 2 cells, "
                + "expected 3 cells as in the header, next «cases»"]);

    [Fact]
    public void A_day_that_stands_twice_names_both_lines() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases\nKEN,2021-12-30,1\nUGA,2021-12-30,1\nKEN,2021-12-30,1\n"))
            .ShouldBe(["cases.csv:4:2: found «2021-12-30», "
                + "expected one row for KEN and this day, which line 2 has already"]);

    [Fact]
    public void A_gap_names_the_line_after_it_and_the_days_that_are_missing() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases\nKEN,2021-12-01,1\nKEN,2021-12-05,1\nKEN,2021-12-07,2\n"))
            .ShouldBe(
            [
                "cases.csv:3:2: found «2021-12-05», expected 2021-12-02 as the next day of KEN: "
                    + "3 days are missing, to 2021-12-04; a day not reported has an empty cell",
                "cases.csv:4:2: found «2021-12-07», expected 2021-12-06 as the next day of KEN: "
                    + "1 day is missing; a day not reported has an empty cell",
            ]);

    [Fact]
    public void A_bad_date_is_not_told_a_second_time_as_a_gap() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases\nKEN,2021-12-01,1\nKEN,2021-12-32,1\nKEN,2021-12-03,2\n"))
            .Length.ShouldBe(1);

    [Fact]
    public void An_unknown_territory_is_told_once_and_not_on_each_of_its_lines() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases\nQQQ,2021-12-01,1\nQQQ,2021-12-02,1\nKEN,2021-12-03,2\n"))
            .Length.ShouldBe(1);

    [Fact]
    public void Faults_stand_in_the_order_of_the_file()
    {
        var faults = Written.FaultsOf(Written.Cases(
            "iso3,date,cases\nUGA,2021-12-01,1\nUGA,2021-12-01,1\nKEN,2021-12-01,x\n"));

        faults.Select(fault => fault.Split(':')[1]).ShouldBe(["3", "4"]);
    }

    [Fact]
    public void Two_codes_of_one_territory_are_one_territory()
    {
        var reading = Written.Cases("iso3,date,cases\nXKS,2021-12-01,1\nXKS,2021-12-02,1\n");

        reading.Value!.Cases.Single().Place.ShouldBe(TerritoryCode.Parse("XKK"));
        reading.Remarks.Single().ShouldStartWith("XKS is read as XKK");
    }

    [Fact]
    public void A_file_that_ends_without_a_line_end_is_read_with_a_remark()
    {
        var reading = Written.Cases("iso3,date,cases\nKEN,2021-12-01,1");

        reading.IsRead.ShouldBeTrue();
        reading.Remarks.Single().ShouldContain("no line end");
    }

    [Fact]
    public void A_series_longer_than_any_real_one_is_refused() =>
        Written.FaultsOf(Written.Cases("Date_reported,Country_code,Country,New_cases\n"
            + "1901-01-01,KE,Kenya,1\n2021-01-02,KE,Kenya,1\n2021-01-03,KE,Kenya,1\n"))
            .Single().ShouldEndWith("expected at most 10,000 days from the first to the last");
}
