using Sameboat.Commands;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-commands-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Help_shows_an_example()
    {
        var (code, output, error) = await RunAsync("reproduction", "--help");

        code.ShouldBe(ExitCode.Done);
        output.ShouldContain("--incidence <FILE> (REQUIRED)");
        output.ShouldContain("Example:\n  sameboat reproduction --incidence ");
        error.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_version_is_told()
    {
        var (code, output, _) = await RunAsync("--version");

        code.ShouldBe(ExitCode.Done);
        output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    [Theory]
    [InlineData("", "Required command was not provided.")]
    [InlineData("swim", "Unrecognized command or argument 'swim'.")]
    [InlineData("reproduction --out x --incidence y --mean-si 2 --sd-si 1 --bogus",
        "Unrecognized command or argument '--bogus'.")]
    [InlineData("reproduction --out x --mean-si 2 --sd-si 1", "Option '--incidence' is required.")]
    [InlineData("reproduction --out x --incidence y --mean-si 2",
        "The serial interval is given by --mean-si and --sd-si, or by --si-distribution.")]
    [InlineData("reproduction --out x --incidence y --mean-si 2 --sd-si x",
        "--sd-si: found «x», expected a number above 0, such as 2.5")]
    [InlineData("reproduction --out x --incidence y --mean-si 1 --sd-si 1",
        "--mean-si is above 1: the distribution begins one day after the onset.")]
    [InlineData("reproduction --out x --incidence y --mean-si 2 --sd-si 1 --window 0",
        "--window: found «0», expected a whole number from 1 to 10000")]
    [InlineData("reproduction --out x --incidence y --mean-si 2 --sd-si NaN",
        "--sd-si: found «NaN», expected a number above 0, such as 2.5")]
    public async Task Wrong_usage_says_what_is_wrong_and_where_the_help_is(string line, string message)
    {
        var (code, output, error) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        code.ShouldBe(ExitCode.WrongUsage);
        output.ShouldBeEmpty();
        error.Split('\n').ShouldContain(message);
        error.ShouldContain("--help");
    }

    [Fact]
    public async Task A_refused_file_is_told_line_by_line_and_nothing_is_written()
    {
        var input = Write("in.csv", "t,I\n1,3\n3,-2\n");
        var target = Path.Combine(_folder.FullName, "out.csv");

        var (code, output, error) = await RunAsync(
            "reproduction", "--incidence", input, "--mean-si", "2", "--sd-si", "1", "--out", target);

        code.ShouldBe(ExitCode.Refused);
        output.ShouldBeEmpty();
        error.ShouldBe($"{input}:3:1: found «3», expected 2, the day after the row before\n"
            + $"{input}:3:2: found «-2», expected a number of cases, 0 or more\n");
        Directory.GetFiles(_folder.FullName).ShouldBe([input]);
    }

    [Theory]
    [InlineData("k,w\n0,0\n1,0.5\n", "si.csv: found weights that sum to 0.5, expected a sum of 1, within 0.01")]
    [InlineData("k,w\n0,0.1\n1,0.9\n",
        "si.csv:2:2: found «0.1», expected 0 for day 0: nobody infects on the day of their own onset")]
    [InlineData("k,w\n0,0\n2,1\n", "si.csv:3:1: found «2», expected 1: days from 0 on, none left out")]
    [InlineData("k,w\n0,0\n1,-1\n", "si.csv:3:2: found «-1», expected a weight from 0 to 1")]
    [InlineData("k,weight\n0,0\n", "si.csv:1: found a header of «k,weight», expected a header with k and w")]
    public async Task A_serial_interval_that_is_none_is_refused(string text, string fault)
    {
        var (code, _, error) = await RunAsync("reproduction", "--incidence", Write("in.csv", "t,I\n1,3\n2,2\n3,4\n"),
            "--window", "1", "--si-distribution", Write("si.csv", text), "--out", Path.Combine(_folder.FullName, "o"));

        code.ShouldBe(ExitCode.Refused);
        error.ShouldBe(Path.Combine(_folder.FullName, fault) + "\n");
    }

    [Fact]
    public async Task A_series_shorter_than_the_window_is_refused()
    {
        var (code, _, error) = await RunAsync("reproduction", "--incidence", Write("in.csv", "t,I\n1,3\n2,2\n"),
            "--mean-si", "2", "--sd-si", "1", "--out", Path.Combine(_folder.FullName, "o"));

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain(
            "in.csv: found a series of length 2, expected a window of 7 days from the second day on that ends after");
    }

    [Theory]
    [InlineData("Flu2009_incidence.csv", "Flu2009_parametric_w7.csv", "--mean-si 2.6 --sd-si 1.5 --window 7")]
    [InlineData("Flu2009_incidence.csv", "Flu2009_parametric_w7_prior2_1.csv",
        "--mean-si 2.6 --sd-si 1.5 --prior-mean 2 --prior-sd 1")]
    [InlineData("SARS2003_incidence.csv", "SARS2003_parametric_w14.csv", "--mean-si 8.4 --sd-si 3.8 --window 14")]
    [InlineData("mers_2014_15_incidence.csv", "mers_2014_15_parametric_w7_imported.csv", "--mean-si 6.8 --sd-si 4.1")]
    public async Task The_table_holds_the_rows_of_EpiEstim(string incidence, string reference, string options)
    {
        var target = Path.Combine(_folder.FullName, "out.csv");
        string[] args =
        [
            "reproduction", "--incidence", Repository.Reference($"epiestim/{incidence}"), "--out", target,
            .. options.Split(' '),
        ];

        (await RunAsync(args)).Code.ShouldBe(ExitCode.Done);

        var cancel = TestContext.Current.CancellationToken;
        var expected = (await File.ReadAllLinesAsync(Repository.Reference($"epiestim/{reference}"), cancel))
            .Skip(1).Where(row => !row.Contains("NA")).Select(Numbers).ToList();
        var written = await File.ReadAllLinesAsync(target, cancel);
        written[0].ShouldBe("t_start,t_end,mean,std,q0.025,q0.05,q0.25,q0.5,q0.75,q0.95,q0.975");
        var rows = written.Skip(1).Select(Numbers).ToList();
        rows.Select(row => row[..2]).ShouldBe(expected.Select(row => row[..2]));
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 2; column < 11; column++)
            {
                var tolerance = Math.Max(1e-9 * Math.Abs(expected[row][column]), 1e-7);
                rows[row][column].ShouldBe(expected[row][column], tolerance);
            }
        }
    }

    private static double[] Numbers(string row) =>
        [.. row.Split(',').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
