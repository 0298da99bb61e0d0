using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

/// <summary>The epidemic commands on input that is bad or extreme: one clear line, or finite numbers.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Si = "--mean-si 2.6 --sd-si 1.5";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> EveryCommandOnEveryExtreme()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in new[] { "zeros", "one-case", "first-case", "billion", "short", "single", "drop" })
        {
            foreach (var line in new[]
            {
                $"reproduction --incidence @daily {Si}",
                "reproduction --incidence @daily --mean-si 4 --sd-si 2 --sd-mean-si 1 --sd-sd-si 0.5",
                "reproduction --incidence @daily --mean-si 1.01 --sd-si 20",
                $"reproduction --incidence @daily {Si} --method renewal",
                $"reproduction --incidence @daily {Si} --method wallinga-teunis",
                $"reproduction --incidence @daily {Si} --weekly",
                "alerts --series @daily --method farrington",
                "alerts --series @daily --method ears-c1",
                "alerts --series @daily --method ears-c2",
                "alerts --series @daily --method ears-c3",
                "alerts --series @daily --method growth",
                "forecast --cases @cases",
                "backtest --vintages @vintages --from 2021-03-01 --to 2021-03-08",
                "nowcast --vintages @revised --as-of 2021-06-30",
            })
            {
                data.Add(kind, line);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCommandOnEveryExtreme))]
    public async Task An_extreme_gives_finite_numbers_or_one_line_and_no_file(string kind, string line)
    {
        var (rows, count) = kind switch
        {
            "zeros" => (250, (Func<int, long>)(_ => 0)),
            "one-case" => (250, row => row == 100 ? 1 : 0),
            "first-case" => (250, row => row == 0 ? 1 : 0),
            "billion" => (250, _ => 1_000_000_000),
            "drop" => (250, row => row == 120 ? 1_000_000_000 : row % 5),
            "short" => (5, EpidemicFiles.Wave),
            _ => (1, EpidemicFiles.Wave),
        };
        _folder.Write("daily", EpidemicFiles.Daily(rows, count));
        _folder.Write("cases", EpidemicFiles.Cases(rows, count));
        _folder.Write("vintages", EpidemicFiles.Vintages(rows, count));
        _folder.Write("revised", EpidemicFiles.WeeklyVintages(Math.Max(2, rows / 10), count));

        var (code, output, error) = await _folder.RunAsync(line + " --out @out.csv");

        output.ShouldBeEmpty();
        if (code == ExitCode.Done)
        {
            // Without an alarm growth has no bound, and Farrington none under five cases in four weeks.
            EpidemicCommandTests.ShouldBeNumbers(
                await File.ReadAllTextAsync(_folder.PathOf("out.csv"), TestContext.Current.CancellationToken),
                mayBeEmpty: line.EndsWith("growth", StringComparison.Ordinal)
                    || (line.EndsWith("farrington", StringComparison.Ordinal) && kind != "billion"));
            return;
        }

        code.ShouldBe(ExitCode.Refused, error);
        error.Count(letter => letter == '\n').ShouldBe(1, error);
        error.ShouldContain(": found ");
        error.ShouldContain(", expected ");
        _folder.Has("out.csv").ShouldBeFalse();
    }

    [Theory]
    [InlineData("date,I\n2021-01-01,3\n2021-01-02,4\n2021-01-04,5\n",
        "in:4:1: found «2021-01-04», expected 2021-01-03, the day after the row before")]
    [InlineData("t,I\n1,3\n2,\n3,4\n", "in:3:2: found an empty cell, expected a number of cases, 0 or more")]
    [InlineData("t,I\n1,3\n2,NaN\n3,4\n", "in:3:2: found «NaN», expected a number of cases, 0 or more")]
    [InlineData("t,I\n1,3\n1,4\n", "in:3:1: found «1», expected 2, the day after the row before")]
    [InlineData("t,I\n1,3\n2,9e15\n", "in:3:2: found «9e15», expected")]
    [InlineData("t,I\n", "in: found no row of counts, expected at least one row below the header")]
    public async Task Counts_with_a_fault_have_no_reproduction_number(string text, string fault)
    {
        _folder.Write("in", text);
        foreach (var method in new[] { "cori", "renewal", "wallinga-teunis" })
        {
            await ShouldBeRefusedAsync($"reproduction --incidence @in {Si} --method {method}", fault);
        }
    }

    [Fact]
    public async Task Days_without_any_case_give_the_prior_by_Cori_and_nothing_by_the_other_methods()
    {
        _folder.Write("in", EpidemicFiles.Daily(12, _ => 0));

        var rows = await _folder.TextOfAsync($"reproduction --incidence @in {Si} --prior-mean 3 --out @cori.csv");
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .ShouldAllBe(row => row.Split(',')[2] == "3" && row.Split(',')[3] == "5");
        foreach (var method in new[] { "renewal", "wallinga-teunis" })
        {
            await ShouldBeRefusedAsync($"reproduction --incidence @in {Si} --method {method}",
                "in: found no case on any day, expected at least one case");
        }
    }

    [Theory]
    [InlineData("date,I\n2021-01-01,3\n2021-01-08,4\n2021-01-16,5\n", "ears-c1",
        "in:4:1: found «2021-01-16», expected 2021-01-15, 7 days after the row before")]
    [InlineData("week,I\n1,3\n3,4\n", "ears-c2", "in:3:1: found «3», expected 2, the one after the row before")]
    [InlineData("date,I\n2021-01-01,3\n2021-01-02,4\n", "farrington",
        "in: found 1 days from row to row, expected 7 for --method farrington")]
    [InlineData("date,I\n2021-01-01,3\n2021-01-08,4\n", "growth",
        "in: found 7 days from row to row, expected 1 for --method growth")]
    [InlineData("t,I\n1,3\n2,-4\n", "ears-c3", "in:3:2: found «-4», expected a number of cases, 0 to")]
    [InlineData("t,I\n1,3\n2,4\n", "farrington", "in: found a series of length 2, expected weekly counts of more than")]
    public async Task Counts_with_a_fault_raise_no_alarm(string text, string method, string fault)
    {
        _folder.Write("in", text);
        await ShouldBeRefusedAsync($"alerts --series @in --method {method}", fault);
    }

    [Theory]
    [InlineData("2021-03-02,KEN,case,2021-03-05,4", "in:2:4: found «2021-03-05», expected a day up to 2021-03-02")]
    [InlineData("2021-03-02,KEN,beds,2021-03-01,4", "in:2:3: found «beds», expected case, death or hosp")]
    [InlineData("2021-03-02,KEN,case,2021-03-01,4.5", "in:2:5: found «4.5», expected a whole number of persons")]
    [InlineData("2021-03-02,KEN,case,03/01/2021,4", "in:2:4: found «03/01/2021», expected a date such as")]
    [InlineData("2021-03-02,,case,2021-03-01,4", "in:2:2: found an empty cell, expected the name or code of a place")]
    [InlineData("2021-05-02,KEN,case,2021-05-01,4", "expected a")]
    public async Task Vintages_with_a_fault_are_neither_forecast_nor_completed(string row, string fault)
    {
        _folder.Write("in", $"as_of,location,target,date,value\n{row}\n");
        await ShouldBeRefusedAsync("backtest --vintages @in --from 2021-03-01 --to 2021-03-15", fault);
        await ShouldBeRefusedAsync("nowcast --vintages @in --as-of 2021-03-15", fault);
    }

    [Fact]
    public async Task A_vintage_file_out_of_order_gives_the_same_forecasts_and_a_note()
    {
        var rows = EpidemicFiles.Vintages(100, EpidemicFiles.Wave).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _folder.Write("in", string.Join('\n', rows) + "\n");
        _folder.Write("back", string.Join('\n', rows.Take(1).Concat(rows.Skip(1).Reverse())) + "\n");
        const string line = "backtest --from 2021-03-01 --to 2021-03-08 --vintages ";

        var expected = await _folder.TextOfAsync(line + "@in --out @in.csv");
        var (code, _, error) = await _folder.RunAsync(line + "@back --out @back.csv");

        code.ShouldBe(ExitCode.Done);
        error.ShouldContain("note: the rows are not in the order of as_of");
        (await File.ReadAllTextAsync(_folder.PathOf("back.csv"), TestContext.Current.CancellationToken))
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData("KEN,case,2021-03-13,many", "truth:2:4: found «many», expected a number of persons")]
    [InlineData("KEN,case,2021-03-13,4\nKEN,case,2021-03-13,5", "truth:3:4: found «5», expected each week")]
    [InlineData("KEN,case,2021-13-13,4", "truth:2:3: found «2021-13-13», expected a date such as")]
    [InlineData("KEN,case,2021-03-13,", "truth: found no week to be scored")]
    [InlineData("UGA,case,2021-03-13,4", "ahead: found no target that the outcomes and every reference have")]
    public async Task Outcomes_with_a_fault_score_nothing(string truth, string fault)
    {
        _folder.Write("truth", $"location,target,target_end_date,value\n{truth}\n");
        _folder.Write("ahead", "reference_date,target,horizon,target_end_date,location,output_type,output_type_id,value"
            + "\n" + string.Concat(Epidemics.ForecastQuantiles.Levels.Select(level => FormattableString.Invariant(
                $"2021-03-08,wk inc case,1,2021-03-13,KEN,quantile,{level},10\n"))));
        await ShouldBeRefusedAsync("score --forecasts @ahead --truth @truth", fault);
    }

    [Theory]
    [InlineData("0.25,10", "no whole forecast, expected at least one with 23 quantiles")]
    [InlineData("half,10", "ahead:2:7: found «half», expected a level between 0 and 1")]
    [InlineData("0.5,inf", "ahead:2:8: found «inf», expected a number of persons")]
    public async Task Forecasts_with_a_fault_have_no_score(string cells, string fault)
    {
        _folder.Write("truth", "location,target,target_end_date,value\nKEN,case,2021-03-13,4\n");
        _folder.Write("ahead", "reference_date,target,horizon,target_end_date,location,output_type,output_type_id,value"
            + $"\n2021-03-08,wk inc case,1,2021-03-13,KEN,quantile,{cells}\n");
        await ShouldBeRefusedAsync("score --forecasts @ahead --truth @truth", fault);
    }

    [Theory]
    [InlineData("reproduction --incidence x --mean-si 1 --sd-si 1")]
    [InlineData("reproduction --incidence x --mean-si 0.5 --sd-si 1")]
    [InlineData("forecast --cases x --mean-si 1")]
    [InlineData("backtest --vintages x --from 2021-03-01 --to 2021-03-08 --mean-si 0.9")]
    public async Task A_mean_serial_interval_of_a_day_or_less_is_wrong_usage(string line)
    {
        var (code, _, error) = await _folder.RunAsync(line + " --out @out.csv");

        code.ShouldBe(ExitCode.WrongUsage);
        error.ShouldContain("--mean-si is above 1: the distribution begins one day after the onset.");
    }

    private async Task ShouldBeRefusedAsync(string line, string fault)
    {
        var (code, output, error) = await _folder.RunAsync(line + " --out @out.csv");

        code.ShouldBe(ExitCode.Refused, error);
        output.ShouldBeEmpty();
        error.ShouldContain(fault);
        error.Count(letter => letter == '\n').ShouldBe(1, error);
        _folder.Has("out.csv").ShouldBeFalse();
    }
}
