using System.Globalization;
using System.Text;
using Sameboat.Commands;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Commands;

public sealed class NeedCommandTests : IDisposable
{
    private const double RelativeTolerance = 1e-9;
    private const string GoldenPlaces = "AFG,ETH,NGA,IND,BRA,KEN,UKR,PER,MWI,DEU";

    private static readonly string[] Tables =
    [
        "cases", "patients", "hcws", "screening", "tests", "additional_tests", "total_tests", "capacity", "caps",
        "test_ratio", "commodities", "pharma", "noncovid",
    ];

    /// <summary>Columns that the tool itself rounds: they are met exactly.</summary>
    private static readonly HashSet<string> Rounded = new(StringComparer.Ordinal)
    {
        "hosp_facilities_inuse", "population", "beds_covid", "severe_beds_covid", "crit_beds_covid",
        "hcws_inpatients_cap", "hcws_per_outpatient", "hcws_screening_cap", "perc_crit_cases", "perc_screening_covid",
        "perc_sev_cases", "perc_treating_covid", "ratio_hcws_inpatient_outpatient", "amb_personnel_inpatient_capped",
        "bio_eng_inpatient_capped", "lab_staff_capped", "cleaners_lab",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-need-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("2021-01-04", "all")]
    [InlineData("2021-01-04", "targeted")]
    [InlineData("2022-01-03", "all")]
    [InlineData("2022-01-03", "targeted")]
    public async Task Every_table_of_ten_places_has_the_columns_rows_and_cells_of_the_tool(
        string start, string strategy)
    {
        var input = Repository.Reference("esft/golden/input_who_cases.csv");
        var (code, output, error) = await RunAsync("need", "--disease", "covid-19", "--cases", input, "--places",
            GoldenPlaces, "--start", start, "--weeks", "12", "--strategy", strategy, "--mode", "parity", "--out", Out);

        error.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
        output.ShouldContain("10 places, 12 weeks");
        foreach (var table in Tables)
        {
            var golden = TableRows.Read(Repository.Reference($"esft/golden/{table}.csv"));
            var expected = golden.Skip(1).Where(row => row[1] == start && row[2] == strategy).ToList();
            var written = TableRows.Read(Path.Combine(Out, table + ".csv"));
            written[0].ShouldBe(golden[0], table);
            (written.Count - 1).ShouldBe(expected.Count, table);
            var wrong = expected.SelectMany((row, at) => Differences(golden[0], row, written[at + 1])).Take(5);
            wrong.ShouldBeEmpty(table);
        }
    }

    [Fact]
    public async Task The_same_counts_under_the_long_header_give_the_same_tables()
    {
        var daily = Enumerable.Range(0, 200).Select(day => (
            Day: new DateOnly(2021, 9, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Count: (day * 37 % 91) + 20)).ToList();
        var tall = Write("tall.csv", "iso3,date,cases\n"
            + string.Concat(daily.Select(one => $"KEN,{one.Day},{one.Count}\n")));
        var who = Write("who.csv", "\"Date_reported\",\"Country_code\",\"New_cases\"\n"
            + string.Concat(daily.Select(one => $"{one.Day},\"KE\",{one.Count}\n")));
        await ParityAsync(tall, "2022-01-03");
        var first = Tables.ToDictionary(table => table, Text);
        await ParityAsync(who, "2022-01-03");

        foreach (var table in Tables)
        {
            Text(table).ShouldBe(first[table], table);
        }
    }

    [Fact]
    public async Task A_start_that_is_no_Monday_plans_from_the_next_one_and_is_written_as_asked()
    {
        var (code, _, _) = await ParityAsync(Counts(), "2022-01-05");

        code.ShouldBe(ExitCode.Done);
        var patients = TableRows.Read(Path.Combine(Out, "patients.csv"));
        patients[1][..4].ShouldBe(["KEN", "2022-01-05", "all", "2022-01-10"]);
        patients.Count.ShouldBe(1 + 4);
        // Weeks that end less than three weeks before the start: its Wednesday is past the Sunday of one more.
        TableRows.Read(Path.Combine(Out, "cases.csv"))[1][3].ShouldBe("2021-12-13");
    }

    [Fact]
    public async Task A_week_without_any_row_is_no_row_of_the_tables_and_one_without_its_Sunday_ends_earlier()
    {
        var lines = File.ReadAllLines(Counts())
            .Where(line => !line.Contains("2022-01-16", StringComparison.Ordinal))
            .Where(line => line[0] == 'i' || string.CompareOrdinal(line[4..14], "2022-01-17") < 0
                || string.CompareOrdinal(line[4..14], "2022-01-23") > 0);
        var (code, _, error) = await ParityAsync(Write("gaps.csv", string.Join('\n', lines) + "\n"), "2022-01-03");

        code.ShouldBe(ExitCode.Done);
        error.ShouldContain("8 days between two others have no row");
        var patients = TableRows.Read(Path.Combine(Out, "patients.csv"));
        patients.Skip(1).Select(row => row[3]).ShouldBe(["2022-01-03", "2022-01-10", "2022-01-24", "2022-01-31"]);
        patients[2][4].ShouldBe("2022-01-15");
    }

    [Fact]
    public async Task Counts_that_end_early_give_fewer_weeks_in_parity_and_say_so()
    {
        var (code, _, error) = await RunAsync("need", "--cases", Counts(), "--start", "2022-02-07", "--mode", "parity",
            "--out", Out);

        code.ShouldBe(ExitCode.Done);
        error.ShouldContain("KEN: the counts end on 2022-02-28, so there are 4 of 12 weeks.");
        TableRows.Read(Path.Combine(Out, "patients.csv")).Count.ShouldBe(1 + 4);
    }

    [Fact]
    public async Task A_place_where_the_tool_stops_is_one_clear_line_and_the_others_are_written()
    {
        var cases = Counts("COD", "KEN");
        var (code, _, error) = await RunAsync("need", "--cases", cases, "--start", "2022-01-03", "--weeks", "4",
            "--mode", "parity", "--out", Out);

        code.ShouldBe(ExitCode.Done);
        error.Trim().ShouldBe(
            "note: WHO's tool stops for COD: its table of population growth has no row of this code.");
        TableRows.Read(Path.Combine(Out, "capacity.csv")).Skip(1).Select(row => row[0]).ShouldBe(["KEN"]);

        Directory.Delete(Out, recursive: true);
        (code, _, error) = await RunAsync("need", "--cases", cases, "--places", "COD", "--start", "2022-01-03",
            "--weeks", "4", "--mode", "parity", "--out", Out);
        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain("WHO's tool stops for COD");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Corrected_mode_adds_needs_with_their_reasons_and_oxygen_by_source()
    {
        var (code, _, error) = await RunAsync("need", "--cases", Counts(), "--places", "KEN", "--start", "2022-01-03",
            "--weeks", "4", "--oxygen", "0.2,0.3,0.4,0.1", "--stock",
            Write("stock.csv", "iso3,item,stock,pipeline\nKEN,gown,100000000,0\n"), "--out", Out);

        error.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
        var needs = TableRows.Read(Path.Combine(Out, "needs.csv"));
        needs[0].ShouldBe(["iso3", "start", "strategy", "item", "name", "category", "unit", "quantity", "low", "high",
            "basis"]);
        needs.Skip(1).ShouldAllBe(row => row[10].EndsWith('.'));
        needs.ShouldNotContain(row => row[3] == "gown");
        needs.ShouldContain(row => row[3] == "oxygen");
        var oxygen = TableRows.Read(Path.Combine(Out, "oxygen.csv"));
        oxygen.Count.ShouldBe(1 + 4);
        Number(oxygen[1][9]).ShouldBe(Number(oxygen[1][5]) * 0.2, 1e-9);
        Number(oxygen[1][12]).ShouldBe(Number(oxygen[1][8]) * 0.1, 1e-9);
    }

    [Fact]
    public async Task Corrected_mode_forecasts_what_the_counts_do_not_reach()
    {
        var (code, _, error) = await RunAsync("need", "--cases", Counts(), "--start", "2022-02-28", "--weeks", "4",
            "--out", Out);

        code.ShouldBe(ExitCode.Done);
        error.ShouldContain("KEN: counts to 2022-02-27, then 4 weeks forecast");
        var needs = TableRows.Read(Path.Combine(Out, "needs.csv")).Skip(1).ToList();
        needs.ShouldAllBe(row => Number(row[8]) <= Number(row[7]) && Number(row[7]) <= Number(row[9]));
        needs.ShouldContain(row => Number(row[8]) < Number(row[9]));
    }

    [Fact]
    public async Task A_place_has_the_same_need_whichever_others_are_asked_for()
    {
        string[] asked = ["need", "--cases", Counts(), "--start", "2022-03-14", "--weeks", "4", "--out", Out];

        (await RunAsync([.. asked, "--places", "KEN"])).Code.ShouldBe(ExitCode.Done);
        var before = TableRows.Read(Path.Combine(Out, "needs.csv")).Where(row => row[0] == "KEN")
            .Select(row => string.Join(',', row)).ToList();
        (await RunAsync(asked)).Code.ShouldBe(ExitCode.Done);

        before.ShouldNotBeEmpty();
        TableRows.Read(Path.Combine(Out, "needs.csv")).Where(row => row[0] == "KEN")
            .Select(row => string.Join(',', row))
            .ShouldBe(before);
    }

    [Theory]
    [InlineData("--places QQQ", "--places: found «QQQ», expected codes of three letters")]
    [InlineData("--places UGA", "--places: found «UGA», expected a place of")]
    [InlineData("--places KEN,KEN", "--places: found «KEN», expected each place once")]
    [InlineData("--start 2023-01-02", "at most 12 weeks after the last whole week are forecast")]
    [InlineData("--disease exercise-fever --mode parity", "--mode: found parity for exercise-fever")]
    public async Task What_cannot_be_answered_is_refused_and_nothing_is_written(string options, string message)
    {
        string[] start = options.Contains("--start", StringComparison.Ordinal) ? [] : ["--start", "2022-01-03"];
        var (code, output, error) = await RunAsync(
            ["need", "--cases", Counts(), "--weeks", "4", .. start, .. options.Split(' '), "--out", Out]);

        code.ShouldBe(ExitCode.Refused);
        output.ShouldBeEmpty();
        error.ShouldContain(message);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Theory]
    [InlineData("KEN,2022-01-03,5.5", "cases.csv:2:3: found «5.5», expected a whole number")]
    [InlineData("KEN,2022-01-32,5", "cases.csv:2:2: found «2022-01-32», expected a date")]
    [InlineData("KEN,2022-01-03,many", "cases.csv:2:3: found «many», expected a whole number")]
    [InlineData("KE,2022-01-03,5", "cases.csv:2:1: found «KE», expected an ISO 3166-1 code of three letters")]
    [InlineData("KEN,2022-01-03,5\nKEN,2022-01-03,6", "cases.csv:3:2: found «2022-01-03», expected one row for KEN")]
    public async Task A_fault_of_the_counts_names_its_cell(string rows, string message)
    {
        var (code, _, error) = await ParityAsync(Write("cases.csv", $"iso3,date,cases\n{rows}\n"), "2022-01-03");

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain(message);
    }

    [Theory]
    [InlineData("--wastage 0.1")]
    [InlineData("--oxygen 1,0,0,0")]
    public async Task What_the_tool_does_not_have_is_no_option_of_parity(string option)
    {
        var (code, _, error) = await RunAsync(
            ["need", "--cases", "x", "--start", "2022-01-03", "--mode", "parity", "--out", Out, .. option.Split(' ')]);

        code.ShouldBe(ExitCode.WrongUsage);
        error.ShouldContain("goes with --mode corrected");
    }

    private string Out => Path.Combine(_folder.FullName, "out");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Differences(string[] header, string[] expected, string[] written)
    {
        for (var at = 0; at < header.Length; at++)
        {
            if (!Same(header[at], expected[at], written[at]))
            {
                yield return $"{string.Join('/', expected[..4])} {header[at]}: {written[at]} for {expected[at]}";
            }
        }
    }

    private static bool Same(string column, string expected, string written)
    {
        if (!double.TryParse(expected, CultureInfo.InvariantCulture, out var number)
            || !double.TryParse(written, CultureInfo.InvariantCulture, out var other))
        {
            return expected == written;
        }

        return number.Equals(other) || (!Rounded.Contains(column)
            && Math.Abs(number - other) <= RelativeTolerance * Math.Max(Math.Abs(number), Math.Abs(other)));
    }

    private string Text(string table) => File.ReadAllText(Path.Combine(Out, table + ".csv"));

    /// <summary>Daily counts from 2021-09-01 to 2022-02-28.</summary>
    private string Counts(params string[] places)
    {
        var text = new StringBuilder("iso3,date,cases\n");
        foreach (var place in places.Length == 0 ? ["KEN"] : places)
        {
            for (var day = new DateOnly(2021, 9, 1); day <= new DateOnly(2022, 2, 28); day = day.AddDays(1))
            {
                var count = 400 + (day.DayNumber % 7 * 30);
                text.Append(CultureInfo.InvariantCulture, $"{place},{day:yyyy-MM-dd},{count}\n");
            }
        }

        return Write("counts.csv", text.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<(int Code, string Output, string Error)> ParityAsync(string cases, string start) => RunAsync(
        "need", "--cases", cases, "--places", "KEN", "--start", start, "--weeks", "4", "--mode", "parity", "--out",
        Out);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        return (code, output.ToString(), error.ToString());
    }
}
