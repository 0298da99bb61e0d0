using System.Globalization;
using System.Text;
using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

public sealed class PlanCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-plan-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_plan_is_written_and_its_check_holds()
    {
        var (code, output, error) = await PlanAsync(Counts(), Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"));

        error.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
        output.ShouldContain("2 places as of 2022-02-28");
        Directory.GetFiles(Out).Select(Path.GetFileName).Order().ShouldBe(
        [
            ".sameboat", "assessment.csv", "certificates.json", "cleaning.csv", "coverage.csv", "forecast.csv",
            "lots.csv", "need.csv", "plan.csv", "report.html", "weeks.csv",
        ]);
        var (checkedCode, checkedOutput, _) = await RunAsync("check", Out);
        checkedCode.ShouldBe(ExitCode.Done);
        checkedOutput.ShouldContain("holds: certificates: 1 plans proved in exact arithmetic");
    }

    [Fact]
    public async Task The_key_that_plan_prints_is_the_key_that_check_takes()
    {
        var (_, output, _) = await PlanAsync(Counts(), Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"));
        var key = output.Split('\n').Single(line => line.StartsWith("signed by ", StringComparison.Ordinal))[10..];

        (await RunAsync("check", Out, "--key", key)).Output.ShouldContain("the key you named signed it");
        (await RunAsync("check", Out, "--key", "nonsense")).Code.ShouldBe(ExitCode.WrongUsage);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_second_run_replaces_the_first_and_keeps_its_key()
    {
        var offers = Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n");
        var (_, first, _) = await PlanAsync(Counts(), offers);
        var (code, second, _) = await PlanAsync(Counts(), offers);

        code.ShouldBe(ExitCode.Done);
        second.ShouldBe(first);
    }

    [Theory]
    [InlineData("KEN,2022-13-01,5", "cases.csv:202:2: found «2022-13-01», expected a date such as 2021-12-31")]
    [InlineData("KEN,2022-03-01,1.5", "cases.csv:202:3: found «1.5»")]
    [InlineData("QQQ,2022-03-01,5", "cases.csv:202:1: found «QQQ»")]
    [InlineData("KEN,2022-02-28,5", "cases.csv:202:2: found «2022-02-28»")]
    [InlineData("KEN,2022-03-03,5", "cases.csv:202:2: found «2022-03-03»")]
    public async Task A_fault_in_the_counts_is_one_line_and_leaves_no_folder(string row, string message)
    {
        var cases = Counts(row + "\n");
        var (code, output, error) = await PlanAsync(cases, Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"));

        code.ShouldBe(ExitCode.Refused);
        output.ShouldBeEmpty();
        error.ShouldContain(message);
        error.TrimEnd().Split('\n').Length.ShouldBe(1);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Faults_of_both_files_are_told_together()
    {
        var (code, _, error) = await PlanAsync(
            Counts("KEN,2022-13-01,5\n"), Offers("gowns,Donor 01,gown,-5,each,50,,,,no,\nx,y,unicorn,5,,,,,,,\n"));

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain("cases.csv:202:2");
        error.ShouldContain("offers.csv:2:4: found «-5»");
        error.ShouldContain("offers.csv:3:3: found «unicorn»");
    }

    [Theory]
    [InlineData("2023-01-01")]
    [InlineData("2019-01-01")]
    public async Task A_day_that_the_counts_do_not_cover_is_refused(string asOf)
    {
        var (code, _, error) = await PlanAsync(
            Counts(), Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"), "--as-of", asOf);

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain($"--as-of: found {asOf}, expected a day that");
        error.ShouldContain("2021-11-21 to 2022-02-28");
    }

    [Fact]
    public async Task A_folder_of_other_origin_is_not_replaced()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "mine.txt"), "mine", TestContext.Current.CancellationToken);

        var (code, _, error) = await PlanAsync(Counts(), Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"));

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain("a folder with files of other origin");
        File.Exists(Path.Combine(Out, "mine.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_changed_by_hand_does_not_hold()
    {
        await PlanAsync(Counts(), Offers("gowns,Donor 01,gown,6000,each,50,,,,no,\n"));
        var path = Path.Combine(Out, "plan.csv");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var quantity = text.Split('\n')[1].Split(',')[4];
        var more = (long.Parse(quantity, CultureInfo.InvariantCulture) + 50).ToString(CultureInfo.InvariantCulture);
        var changed = text.Replace($",gown,{quantity},", $",gown,{more},", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, changed, TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync("check", Out);

        code.ShouldBe(ExitCode.Refused);
        error.ShouldStartWith("does not hold: conservation: plan.csv: lot «gowns» hands out");
    }

    private string Out => Path.Combine(_folder.FullName, "out");

    private string Key => Path.Combine(_folder.FullName, "keys", "planner.key");

    private string Counts(string more = "")
    {
        var text = new StringBuilder("iso3,date,cases\n");
        foreach (var (place, level) in new[] { ("NPL", 700), ("KEN", 400) })
        {
            for (var day = 0; day < 100; day++)
            {
                var date = new DateOnly(2021, 11, 21).AddDays(day);
                text.Append(CultureInfo.InvariantCulture, $"{place},{date:yyyy-MM-dd},{level + (3 * day)}\n");
            }
        }

        return Write("cases.csv", text + more);
    }

    private string Offers(string rows) => Write("offers.csv",
        "lot,donor,item,quantity,unit,pack,origin,available,expires,cold_chain,only_for\n" + rows);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<(int Code, string Output, string Error)> PlanAsync(
        string cases, string offers, params string[] more) =>
        RunAsync(["plan", "--cases", cases, "--offers", offers, "--key", Key, "--out", Out, .. more]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        return (code, output.ToString(), error.ToString());
    }
}
