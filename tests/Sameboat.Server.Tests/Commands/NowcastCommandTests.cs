using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

public sealed class NowcastCommandTests : IDisposable
{
    private const string Header = "location,target,week_end,reported,q0.05,q0.5,q0.95";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-nowcast-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_delay_given_by_hand_completes_the_newest_week_and_leaves_a_whole_one()
    {
        var (code, text) = await ByDelayAsync(
            "date,I\n2023-01-07,100\n2023-01-14,100\n",
            "k,cdf\n0,0.5\n1,0.5\n2,0.5\n3,0.5\n4,0.5\n5,0.5\n6,0.5\n7,1\n");

        code.ShouldBe(ExitCode.Done);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe(Header);
        rows[1].ShouldStartWith("series,case,2023-01-14,100,");
        var numbers = rows[1].Split(',')[4..].Select(double.Parse).ToArray();
        numbers[1].ShouldBe(200, 2);
        numbers[0].ShouldBeInRange(165, 190);
        numbers[2].ShouldBeInRange(210, 235);
        rows[2].ShouldBe("series,case,2023-01-07,100,100,100,100");
    }

    [Theory]
    [InlineData("k,w\n0,0.5\n1,0.1\n", "delay.csv: found a delay that ends at 0.6")]
    [InlineData("k,cdf\n0,0.5\n1,0.4\n2,1\n", "delay.csv:3:2: found «0.4», expected a share not below")]
    [InlineData("k,cdf\n1,1\n", "delay.csv:2:1: found «1», expected 0: days from 0 on")]
    [InlineData("k,x\n0,1\n", "delay.csv:1: found a header of «k,x»")]
    public async Task A_delay_that_is_none_is_refused(string delay, string fault)
    {
        var (code, error) = await ByDelayAsync("date,I\n2023-01-07,100\n2023-01-14,100\n", delay);

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain(fault);
        File.Exists(Path.Combine(_folder.FullName, "out.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task Rows_out_of_the_order_of_publication_give_the_same_table()
    {
        const string head = "as_of,location,target,week_end,value\n";
        string[] rows = ["2023-01-12,KEN,death,2023-01-07,100\n", "2023-01-19,KEN,death,2023-01-07,150\n",
            "2023-01-19,KEN,death,2023-01-14,80\n"];
        var inOrder = await ByVintagesAsync(head + string.Concat(rows));
        var reversed = await ByVintagesAsync(head + string.Concat(rows.Reverse()));

        inOrder.ShouldStartWith(Header);
        reversed.ShouldBe(inOrder);
    }

    private async Task<(int Code, string Text)> ByDelayAsync(string series, string delay)
    {
        var target = Path.Combine(_folder.FullName, "out.csv");
        var (code, error) = await RunAsync("nowcast", "--series", Write("series.csv", series),
            "--delay", Write("delay.csv", delay), "--as-of", "2023-01-14", "--out", target);
        return (code, code == ExitCode.Done
            ? await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)
            : error);
    }

    private async Task<string> ByVintagesAsync(string text)
    {
        var target = Path.Combine(_folder.FullName, "out.csv");
        var (code, _) = await RunAsync(
            "nowcast", "--vintages", Write("in.csv", text), "--as-of", "2023-01-20", "--out", target);
        code.ShouldBe(ExitCode.Done);
        return await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        return (code, error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
