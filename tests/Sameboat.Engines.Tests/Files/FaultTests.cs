using Sameboat.Exchange.Files;
using Shouldly;
using Xunit;

namespace Sameboat.Engines.Tests.Files;

public sealed class FaultTests
{
    [Fact]
    public void A_fault_is_one_line_with_file_line_column_found_and_expected() =>
        new Fault("cases.csv", 17, 3, "2021-13-01", "a date such as 2021-12-31").ToString()
            .ShouldBe("cases.csv:17:3: found «2021-13-01», expected a date such as 2021-12-31");

    [Fact]
    public void Zero_line_and_column_are_not_shown() =>
        Fault.Describe("cases.csv", 0, 0, "an empty file", "a header").ToString()
            .ShouldBe("cases.csv: found an empty file, expected a header");

    [Fact]
    public void A_found_text_is_cut_and_its_control_characters_are_harmless()
    {
        var fault = new Fault("a.csv", 1, 1, "\u001b[31mred\r\n\t\u202e" + new string('x', 60), "nothing").ToString();

        fault.ShouldBe(
            "a.csv:1:1: found «\\u001B[31mred\\r\\n\\t\\u202E" + new string('x', 28) + "…», expected nothing");
        fault.ShouldNotContain('\u001b');
    }

    [Fact]
    public void A_file_name_cannot_bring_a_line_end_into_the_message() =>
        new Fault("a\nb.csv", 1, 1, "x", "y").ToString().ShouldBe("a\\nb.csv:1:1: found «x», expected y");

    [Fact]
    public void Fifty_faults_are_kept_and_the_others_counted()
    {
        var faults = new FaultList();
        for (var line = 1; line <= 1284; line++)
        {
            faults.Add(new Fault("a.csv", line, 1, "x", "y"));
        }

        var lines = faults.Lines().ToList();
        lines.Count.ShouldBe(51);
        lines[^2].ShouldBe("a.csv:50:1: found «x», expected y");
        lines[^1].ShouldBe("and 1,234 more faults");
        faults.Total.ShouldBe(1284);
    }

    [Fact]
    public void Lists_of_faults_add_up()
    {
        var (first, second) = (new FaultList(), new FaultList());
        Enumerable.Range(1, 49).ToList().ForEach(line => first.Add(new Fault("a", line, 1, "x", "y")));
        Enumerable.Range(1, 3).ToList().ForEach(line => second.Add(new Fault("b", line, 1, "x", "y")));

        first.AddAll(second);

        first.Total.ShouldBe(52);
        first.Kept.Count.ShouldBe(50);
        first.Lines().Last().ShouldBe("and 2 more faults");
    }
}
