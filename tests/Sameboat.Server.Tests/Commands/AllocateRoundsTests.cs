using System.Text.Json.Nodes;
using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

/// <summary>Rounds with credit, the promised seed and compared rules, as a user asks for them.</summary>
public sealed class AllocateRoundsTests : IDisposable
{
    private const string Instance = """
        {"id":"round","claims":[{"member":"A","item":"kits","need":10},{"member":"B","item":"kits","need":20}],
        "lots":[{"lot":"L","item":"kits","quantity":5,"pack":5}],
        "populations":[{"member":"A","population":300},{"member":"B","population":100}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-rounds-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_round_cannot_give_is_owed_in_the_next_and_the_check_holds_it_to_the_file()
    {
        var instance = Write("instance.json", Instance);
        (await RunAsync("allocate", "--instance", instance, "--out", At("1.json"), "--credit-out", At("1.csv"),
            "--seed", "7", "--round", "0")).ShouldBe((ExitCode.Done, "", ""));
        (await ReadAsync("1.csv")).ShouldBe("member,item,owed\nA,kits," + await OwedAsync("1.json", 0)
            + "\nB,kits," + await OwedAsync("1.json", 1) + "\n");
        (await RunAsync("allocate", "--instance", instance, "--out", At("2.json"), "--credit", At("1.csv"),
            "--credit-out", At("2.csv"), "--seed", "7", "--round", "1")).ShouldBe((ExitCode.Done, "", ""));
        JsonNode.Parse(await ReadAsync("1.json"))!["lines"]![0]!["member"]!.GetValue<string>().ShouldBe("A");
        JsonNode.Parse(await ReadAsync("2.json"))!["lines"]![0]!["member"]!.GetValue<string>().ShouldBe("B");

        string[] check = ["check", "--instance", instance, "--plan"];
        (await RunAsync([.. check, At("1.json"), "--seed", "7", "--round", "0"])).ShouldBe((ExitCode.Done,
            "the plan holds, by each item of each member, drawn by the seed promised\n", ""));
        (await RunAsync([.. check, At("2.json"), "--credit", At("1.csv")])).Code.ShouldBe(ExitCode.Done);
        (await RunAsync([.. check, At("2.json")])).Error.ShouldContain("at credit[0].owed");
        (await RunAsync([.. check, At("2.json"), "--credit", At("2.csv")])).Error.ShouldContain("at credit[0].owed");
        (await RunAsync([.. check, At("2.json"), "--credit", At("1.csv"), "--seed", "7", "--round", "0"])).Error
            .ShouldContain("at lottery.seed");
        (await RunAsync([.. check, At("1.json"), "--seed", "7"])).Error
            .ShouldContain("expected \"7\", which follows from the seed promised");
    }

    [Fact]
    public async Task A_member_that_a_round_does_not_have_keeps_what_it_is_owed()
    {
        var credit = Write("before.csv", "member,item,owed\n=C,kits,-7/2\nA,masks,3\n");
        (await RunAsync("allocate", "--instance", Write("instance.json", Instance), "--out", At("p.json"),
            "--credit", credit, "--credit-out", At("after.csv"))).ShouldBe((ExitCode.Done, "", ""));
        var after = await ReadAsync("after.csv");
        after.ShouldContain("\n'=C,kits,-7/2\n");
        after.ShouldContain("\nA,masks,3\n");
        after.Split('\n').Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("member,item\nA,kits\n", "expected the columns member,item,owed")]
    [InlineData("member,item,owed\nA,kits,x\n", "expected units as a fraction such as 7/2 or -3")]
    [InlineData("member,item,owed\nA,kits,1/0\n", "expected units as a fraction such as 7/2 or -3")]
    [InlineData("member,item,owed\nA,kits,9000000000000000\n", "no more than 10^15 either way")]
    [InlineData("member,item,owed\nA,kits,1\nA,kits,1\n", "expected each item of a member once")]
    public async Task Bad_credit_is_refused_by_its_place_and_nothing_is_written(string text, string message)
    {
        var (instance, credit) = (Write("instance.json", Instance), Write("credit.csv", text));
        var (code, _, error) = await RunAsync("allocate", "--instance", instance, "--out", At("plan.json"),
            "--credit", credit, "--credit-out", At("next.csv"));
        code.ShouldBe(ExitCode.Refused);
        error.ShouldStartWith(credit);
        error.ShouldContain(message);
        Directory.GetFiles(_folder.FullName).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("--divisible")]
    [InlineData("--by member")]
    [InlineData("--round -1")]
    [InlineData("--what-if prices")]
    public async Task What_does_not_go_with_credit_is_wrong_usage(string option) =>
        (await RunAsync(["allocate", "--instance", "x", "--out", "y", "--credit-out", "z", .. option.Split(' ')]))
            .Code.ShouldBe(ExitCode.WrongUsage);

    [Theory]
    [InlineData("check --instance x --plan y --round 1", "--round goes with --seed")]
    [InlineData("check out --seed 1", "--seed and --credit go with --instance")]
    [InlineData("allocate --instance x --out y --credit-out y", "name the same file")]
    public async Task Options_that_need_another_say_so(string line, string message)
    {
        var (code, _, error) = await RunAsync(line.Split(' '));
        code.ShouldBe(ExitCode.WrongUsage);
        error.ShouldContain(message);
    }

    [Fact]
    public async Task Credit_of_several_instances_in_one_file_is_refused()
    {
        var one = Instance.ReplaceLineEndings("");
        (await RunAsync("allocate", "--instance", Write("two.json", $"{one}\n{one}\n"), "--out", At("p.json"),
            "--credit-out", At("c.csv"))).Error.ShouldContain("found 2 instances, expected one instance");
    }

    [Fact]
    public async Task Rules_are_compared_in_a_table_that_the_check_works_out_again()
    {
        var instance = Write("instance.json", Instance.Replace("\"pack\":5", "\"pack\":1"));
        (await RunAsync("allocate", "--instance", instance, "--out", At("p.json"), "--what-if", "rules"))
            .ShouldBe((ExitCode.Done, "", ""));
        (await RunAsync("check", "--instance", instance, "--plan", At("p.json"))).Code.ShouldBe(ExitCode.Done);
        var plan = JsonNode.Parse(await ReadAsync("p.json"))!;
        plan["what_if"]!["rules"]!.AsArray().Select(rule => (rule!["rule"]!.GetValue<string>(),
                rule["lowest"]!.GetValue<string>(), rule["given"]!.GetValue<string>(), rule["gains"]!.AsArray().Count))
            .ShouldBe([("leximin", "1/6", "5", 0), ("equal-coverage", "1/6", "5", 0), ("proportional", "1/10", "4", 0),
                ("first-come", "0", "5", 1), ("leximin-by-population", "1/16", "5", 1)]);
        plan["what_if"]!["rules"]![3]!["gains"]![0]!["without"] = "1";
        (await RunAsync("check", "--instance", instance, "--plan", Write("q.json", plan.ToJsonString()))).Error
            .ShouldContain("at what_if.rules[3].gains[0].without");
    }

    [Fact]
    public async Task Without_populations_four_rules_are_compared_and_the_fifth_says_why_not()
    {
        var text = Instance[..Instance.IndexOf(",\n\"populations", StringComparison.Ordinal)] + "}";
        (await RunAsync("allocate", "--instance", Write("i.json", text), "--out", At("p.json"), "--what-if", "rules"))
            .Code.ShouldBe(ExitCode.Done);
        var asked = JsonNode.Parse(await ReadAsync("p.json"))!["what_if"]!;
        asked["rules"]!.AsArray().Count.ShouldBe(4);
        asked["not_compared"]![0]!["reason"]!.GetValue<string>().ShouldContain("does not give the population");
    }

    [Theory]
    [InlineData("\"population\":300", "\"population\":0", "at populations[0].population 0, expected a whole number of")]
    [InlineData("\"member\":\"B\",\"population\"", "\"member\":\"A\",\"population\"",
        "at populations[1] this member a second time, expected each member once")]
    [InlineData("\"member\":\"B\",\"population\"", "\"member\":\"Z\",\"population\"", "the unknown member «Z»")]
    public async Task Bad_populations_are_refused_by_their_place(string good, string bad, string message) =>
        (await RunAsync("allocate", "--instance", Write("i.json", Instance.Replace(good, bad)), "--out", "-")).Error
            .ShouldContain(message);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> OwedAsync(string plan, int at) => JsonNode.Parse(await ReadAsync(plan))!
        ["credit"]![at]!["owed_next"]!.GetValue<string>();

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(At(name), TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        return (code, output.ToString(), error.ToString());
    }
}
