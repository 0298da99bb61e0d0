using System.Text;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class TimedCountsReaderTests
{
    [Fact]
    public void Weeks_are_read_by_number_or_by_date()
    {
        var byNumber = Read("week,I\n5,15\n6,50\n", 7).Value.ShouldNotBeNull();
        byNumber.FirstStep.ShouldBe(5);
        byNumber.Counts.ShouldBe([15, 50]);
        var byDate = Read("date,cases\n2021-03-01,15\n2021-03-08,50\n", null).Value.ShouldNotBeNull();
        byDate.First.ShouldBe(new DateOnly(2021, 3, 1));
        byDate.Counts.ShouldBe([15, 50]);
    }

    [Theory]
    [InlineData("week,I\n1,15\n3,50\n", "in.csv:3:1: found «3», expected 2, the one after the row before")]
    [InlineData("date,I\n2021-03-01,15\n2021-03-08,50\n2021-03-16,2\n",
        "in.csv:4:1: found «2021-03-16», expected 2021-03-15, 7 days after the row before")]
    [InlineData("week,I\n1,-1\n", "in.csv:2:2: found «-1», expected a number of cases, 0 to 1,000,000,000,000")]
    [InlineData("week,I\n1,x\n", "in.csv:2:2: found «x», expected a number of cases, 0 to 1,000,000,000,000")]
    [InlineData("I\n1\n", "in.csv:1: found a header of «I», expected a header with t, week or date, and with I, "
        + "observed or cases")]
    [InlineData("week,I\n", "in.csv: found no row of counts, expected at least one row below the header")]
    public void Uneven_time_and_what_is_no_count_is_refused(string text, string fault) =>
        Read(text, null).Faults.Lines().ShouldContain(fault);

    private static Reading<TimedCounts> Read(string text, int? stepDays) =>
        TimedCountsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "in.csv", stepDays);
}
