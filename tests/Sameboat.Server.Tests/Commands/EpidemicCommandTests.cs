using System.Diagnostics;
using System.Globalization;
using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

/// <summary>The epidemic commands on good input: columns, repetition, help.</summary>
public sealed class EpidemicCommandTests : IDisposable
{
    internal const string Reproduction =
        "t_start,t_end,mean,std,q0.025,q0.05,q0.25,q0.5,q0.75,q0.95,q0.975";

    private const string Alerts = "t,observed,expected,upper,alarm";
    private const string Ahead = "forecast_date,location,target,horizon,target_end_date,q0.01,q0.025,q0.05,q0.1,q0.15,"
        + "q0.2,q0.25,q0.3,q0.35,q0.4,q0.45,q0.5,q0.55,q0.6,q0.65,q0.7,q0.75,q0.8,q0.85,q0.9,q0.95,q0.975,q0.99";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("reproduction --incidence @daily --mean-si 2.6 --sd-si 1.5", Reproduction)]
    [InlineData("reproduction --incidence @daily --mean-si 2.6 --sd-si 1.5 --window 1 --prior-mean 2 --prior-sd 1",
        Reproduction)]
    [InlineData("reproduction --incidence @daily --si-distribution @si", Reproduction)]
    [InlineData("reproduction --incidence @daily --mean-si 4 --sd-si 2 --sd-mean-si 1 --sd-sd-si 0.5", Reproduction)]
    [InlineData("reproduction --incidence @parted --mean-si 2.6 --sd-si 1.5", Reproduction)]
    [InlineData("reproduction --incidence @daily --mean-si 2.6 --sd-si 1.5 --method renewal", Reproduction)]
    [InlineData("reproduction --incidence @daily --mean-si 2.6 --sd-si 1.5 --method wallinga-teunis", Reproduction)]
    [InlineData("reproduction --incidence @weekly --mean-si 2.6 --sd-si 1.5 --weekly", Reproduction)]
    [InlineData("reproduction --incidence @weekly --mean-si 2.6 --sd-si 1.5 --weekly --method renewal", Reproduction)]
    [InlineData("alerts --series @weekly --method farrington", Alerts)]
    [InlineData("alerts --series @weekly --method farrington --threshold nb-plugin", Alerts)]
    [InlineData("alerts --series @weekly --method ears-c1", Alerts)]
    [InlineData("alerts --series @weekly --method ears-c2", Alerts)]
    [InlineData("alerts --series @weekly --method ears-c3", Alerts)]
    [InlineData("alerts --series @dated --method growth", Alerts)]
    [InlineData("alerts --cases @cases --method growth", "iso3,date,observed,expected,upper,alarm")]
    [InlineData("forecast --cases @cases", Ahead)]
    [InlineData("forecast --cases @cases --format hubverse",
        "reference_date,target,horizon,target_end_date,location,output_type,output_type_id,value")]
    [InlineData("backtest --vintages @vintages --from 2021-06-01 --to 2021-06-21", Ahead)]
    [InlineData("nowcast --vintages @revised --as-of 2021-06-30", "location,target,week_end,reported,q0.05,q0.5,q0.95")]
    public async Task Two_runs_give_the_same_bytes_under_the_header_and_every_number_is_finite(
        string line, string header)
    {
        WriteInputs();
        var first = await _folder.TextOfAsync(line + " --out @first.csv");
        var second = await _folder.TextOfAsync(line + " --out @second.csv");

        second.ShouldBe(first);
        first.Split('\n')[0].ShouldBe(header);
        first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(1);
        ShouldBeNumbers(first, mayBeEmpty: line.Contains("growth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reproduction")]
    [InlineData("alerts")]
    [InlineData("forecast")]
    [InlineData("backtest")]
    [InlineData("score")]
    [InlineData("nowcast")]
    public async Task Help_has_an_example_of_the_command(string command)
    {
        var (code, output, error) = await _folder.RunAsync(command + " --help");

        code.ShouldBe(ExitCode.Done);
        error.ShouldBeEmpty();
        output.ShouldContain($"Example:\n  sameboat {command} --");
        output.ShouldContain("--out <FILE> (REQUIRED)");
    }

    [Theory]
    [InlineData("reproduction --incidence @daily --mean-si 2.6 --sd-si 1.5")]
    [InlineData("alerts --series @weekly --method ears-c1")]
    [InlineData("forecast --cases @cases")]
    [InlineData("backtest --vintages @vintages --from 2021-06-07 --to 2021-06-07")]
    [InlineData("nowcast --vintages @revised --as-of 2021-06-30")]
    public async Task A_hyphen_gives_the_same_bytes_on_standard_output(string line)
    {
        WriteInputs();
        var file = await _folder.TextOfAsync(line + " --out @out.csv");

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(SameboatProgram).Assembly.Location);
        foreach (var word in (line + " --out -").Split(' '))
        {
            start.ArgumentList.Add(word.StartsWith('@') ? _folder.PathOf(word[1..]) : word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var written = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(ExitCode.Done, await errors);
        written.ShouldBe(file);
    }

    [Fact]
    public async Task A_reporting_delay_keeps_R_of_level_counts_at_one_while_the_newest_days_still_come_in()
    {
        double[] reported = [0.01, 0.3, 0.5, 0.7, 0.85, 0.95, 1];
        const int Days = 80;
        _folder.Write("daily", EpidemicFiles.Daily(
            Days, day => (long)(1000 * reported[Math.Min(Days - 1 - day, reported.Length - 1)])));
        _folder.Write("delay", "k,cdf\n" + string.Concat(
            reported.Select((share, k) => string.Create(CultureInfo.InvariantCulture, $"{k},{share}\n"))));
        const string Line = "reproduction --incidence @daily --mean-si 5 --sd-si 2 --method renewal";

        var (code, _, error) = await _folder.RunAsync(Line + " --delay @delay --out @with.csv");
        code.ShouldBe(ExitCode.Done, error);
        error.ShouldContain("days left out at the end, less than 5 % of them reported: 1");
        var with = Rows(await File.ReadAllTextAsync(_folder.PathOf("with.csv"), TestContext.Current.CancellationToken));
        var without = Rows(await _folder.TextOfAsync(Line + " --out @without.csv"));

        with[^1][1].ShouldBe(Days - 1);
        with[^1][2].ShouldBe(1, 0.05);
        without[^2][2].ShouldBeLessThan(0.7);
        without[^1][1].ShouldBe(Days);
        (code, _, error) = await _folder.RunAsync(
            "reproduction --incidence @daily --mean-si 5 --sd-si 2 --delay @delay --out @cori.csv");
        code.ShouldNotBe(ExitCode.Done);
        error.ShouldContain("--delay goes with --method renewal and daily counts.");
        _folder.Has("cori.csv").ShouldBeFalse();
    }

    private static double[][] Rows(string csv) =>
    [
        .. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
    ];

    [Fact]
    public async Task Both_forms_of_forecasts_are_read_back_with_the_same_scores()
    {
        WriteInputs();
        await _folder.TextOfAsync("forecast --cases @cases --out @wide.csv");
        await _folder.TextOfAsync("forecast --cases @cases --format hubverse --out @hubverse.csv");
        var weeks = (await File.ReadAllLinesAsync(_folder.PathOf("wide.csv"), TestContext.Current.CancellationToken))
            .Skip(1).Select(row => row.Split(',')).Select(row => $"{row[1]},{row[2]},{row[4]},2000\n");
        _folder.Write("truth.csv", "location,target,target_end_date,value\n" + string.Concat(weeks));

        var scores = await _folder.TextOfAsync(
            "score --forecasts @wide.csv --truth @truth.csv --reference @hubverse.csv --out @scores.csv");

        scores.ShouldStartWith("model,target,horizon,targets,wis,dispersion,underprediction,overprediction,log_wis,"
            + "coverage_50,coverage_95,relative_skill,relative_skill_0.025,relative_skill_0.975,pit_1,");
        var rows = scores.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToLookup(
            row => row[..row.IndexOf(',')], row => row[(row.IndexOf(',') + 1)..]);
        rows["wide"].Count().ShouldBe(5);
        rows["wide"].ShouldBe(rows["hubverse"]);
        rows["wide"].ShouldAllBe(row => row.Split(',')[10] == "1");
    }

    [Fact]
    public async Task A_file_of_several_models_is_scored_for_the_one_asked_for()
    {
        WriteInputs();
        var one = await _folder.TextOfAsync("forecast --cases @cases --format hubverse --out @one.csv");
        var rows = one.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _folder.Write("two.csv", string.Join('\n', rows.Select((row, at) => (at == 0 ? "model_id," : "a,") + row)
            .Concat(rows.Skip(1).Select(row => "b," + row[..row.LastIndexOf(',')] + ",5"))) + "\n");
        _folder.Write("truth.csv", "location,target,target_end_date,value\n"
            + string.Join('\n', rows.Skip(1).Select(row => row.Split(',')).Select(row => $"{row[4]},case,{row[3]},9")
                .Distinct()) + "\n");

        var (code, _, error) = await _folder.RunAsync("score --forecasts @two.csv --truth @truth.csv --out @s.csv");
        code.ShouldBe(ExitCode.Refused);
        error.ShouldBe("two.csv: found several models in model_id (a, b), expected one, or --model with the one of "
            + "--forecasts to score\n");
        (code, _, error) = await _folder.RunAsync(
            "score --forecasts @two.csv --model c --truth @truth.csv --out @s.csv");
        code.ShouldBe(ExitCode.Refused);
        error.ShouldBe("two.csv: found no row of «c» in model_id (a, b), expected one of its models\n");
        (code, _, error) = await _folder.RunAsync(
            "score --forecasts @one.csv --model a --truth @truth.csv --out @s.csv");
        code.ShouldBe(ExitCode.Refused);
        error.ShouldBe("one.csv:1: found no column model_id, expected one with a row of «a»\n");
        _folder.Has("s.csv").ShouldBeFalse();

        var b = await _folder.TextOfAsync(
            "score --forecasts @two.csv --model b --truth @truth.csv --out @s.csv");
        b.Split('\n')[1].ShouldStartWith("b,case,all,8,4,0,4,0,");
    }

    /// <summary>Every cell that is no date or name is a finite number; bounds may be empty where it is said.</summary>
    internal static void ShouldBeNumbers(string table, bool mayBeEmpty = false)
    {
        foreach (var row in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            foreach (var cell in row.Split(','))
            {
                (mayBeEmpty || cell.Length > 0).ShouldBeTrue(row);
                cell.ShouldNotBeOneOf("NaN", "Infinity", "-Infinity", "∞", "-∞");
                if (double.TryParse(cell, CultureInfo.InvariantCulture, out var number))
                {
                    double.IsFinite(number).ShouldBeTrue(row);
                }
            }
        }
    }

    private void WriteInputs()
    {
        _folder.Write("daily", EpidemicFiles.Daily(60, EpidemicFiles.Wave));
        _folder.Write("parted", "t,local,imported\n" + string.Concat(
            Enumerable.Range(1, 60).Select(day => $"{day},{EpidemicFiles.Wave(day)},{day % 3}\n")));
        _folder.Write("si", "k,w\n0,0\n1,0.25\n2,0.5\n3,0.25\n");
        _folder.Write("dated", EpidemicFiles.Dated("date,I", 80, 1, EpidemicFiles.Wave));
        _folder.Write("weekly", EpidemicFiles.Daily(260, week => EpidemicFiles.Wave(week) / 10)
            .Replace("t,I", "week,observed", StringComparison.Ordinal));
        _folder.Write("cases", EpidemicFiles.Cases(140, EpidemicFiles.Wave));
        _folder.Write("vintages", EpidemicFiles.Vintages(170, EpidemicFiles.Wave));
        _folder.Write("revised", EpidemicFiles.WeeklyVintages(24, EpidemicFiles.Wave));
    }
}
