using System.Globalization;
using System.Text;
using Sameboat.Exchange.Files;
using Shouldly;
using Xunit;

namespace Sameboat.Engines.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "cases.csv: found an empty file, expected a header and at least one row")]
    [InlineData("\uFEFF", "cases.csv: found an empty file, expected a header and at least one row")]
    [InlineData("\n\n", "cases.csv:1: found an empty line, expected a header naming the columns")]
    [InlineData("iso3,date,cases,deaths\n",
        "cases.csv: found no row of counts, expected at least one row below the header")]
    [InlineData("<!DOCTYPE html><html>",
        "cases.csv: found a web page or XML, expected a text file of comma-separated values")]
    [InlineData("{\"a\":1}", "cases.csv: found JSON, expected a text file of comma-separated values")]
    [InlineData("PK\u0003\u0004xxxx",
        "cases.csv: found a zip archive or an Excel workbook, expected a text file of comma-separated values")]
    [InlineData("iso3,date,cases\nKEN,\0\n",
        "cases.csv: found binary content (a zero byte), expected a text file of comma-separated values")]
    public void A_file_that_is_no_table_of_counts_is_refused_in_one_line(string text, string fault) =>
        Written.FaultsOf(Written.Cases(text)).ShouldBe([fault]);

    [Fact]
    public void A_missing_column_is_named_with_the_forms_that_are_read()
    {
        var fault = Written.FaultsOf(Written.Cases("iso3,day,cases\nKEN,2021-12-31,1\n")).Single();

        fault.ShouldStartWith("cases.csv:1: found no column «date», expected a header with the columns of one of: "
            + "long (iso3,date,cases); JHU CSSE wide (Province/State,Country/Region); WHO (");
        fault.ShouldContain("OWID (");
        fault.ShouldContain("ECDC weekly (");
    }

    [Fact]
    public void A_header_without_any_known_column_shows_its_first() =>
        Written.FaultsOf(Written.Cases("foo,bar\n1,2\n")).Single()
            .ShouldStartWith("cases.csv:1: found a header of «foo», expected a header with the columns of one of:");

    [Fact]
    public void A_column_that_stands_twice_is_refused() =>
        Written.FaultsOf(Written.Cases("iso3,date,cases,cases\nKEN,2021-12-31,1,2\n"))
            .ShouldBe(["cases.csv:1: found the column «cases» more than once, expected each column once"]);

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        var missing = Path.Combine(_folder.FullName, "none.csv");
        Written.FaultsOf(CaseFileReader.Read(missing))
            .ShouldBe([$"{missing}: found no such file, expected a text file of comma-separated values"]);
        Written.FaultsOf(CaseFileReader.Read(_folder.FullName))
            .ShouldBe([$"{_folder.FullName}: found a folder, expected a text file of comma-separated values"]);
    }

    [Fact]
    public void A_file_of_two_hundred_megabytes_is_refused_by_its_size_alone()
    {
        var path = Path.Combine(_folder.FullName, "large.csv");
        using (var file = File.Create(path))
        {
            file.SetLength(200_000_000);
        }

        Written.FaultsOf(CaseFileReader.Read(path))
            .ShouldBe([$"{path}: found a file of 200,000,000 bytes, expected at most 134,217,728 bytes"]);
    }

    [Fact]
    public void A_stream_without_a_length_is_cut_off_at_the_limit()
    {
        using var stream = new EndlessRows();

        Written.FaultsOf(CaseFileReader.Read(stream, "standard input"))
            .ShouldBe(["standard input: found more than 134,217,728 bytes, expected at most 134,217,728 bytes"]);
    }

    [Fact]
    public void A_line_that_does_not_end_is_refused()
    {
        var text = "iso3,date,cases\nKEN,2021-12-31,\"" + new string('x', 1_200_000) + "\n";

        Written.FaultsOf(Written.Cases(text)).ShouldBe(
            ["cases.csv:2:3: found a line that does not end, "
                + "expected a line of at most 1,048,576 bytes; is a quote left open?"]);
    }

    [Fact]
    public void More_than_fifty_faults_are_counted()
    {
        var text = new StringBuilder("iso3,date,cases\n");
        for (var row = 0; row < 120_000; row++)
        {
            text.Append("KEN,never,1\n");
        }

        var lines = Written.FaultsOf(Written.Cases(text.ToString()));

        lines.Length.ShouldBe(51);
        lines[^1].ShouldBe("and 119,950 more faults");
    }

    [Fact]
    public void A_row_across_the_edge_of_the_buffer_is_read_whole()
    {
        var text = new StringBuilder("iso3,date,cases,note\n");
        var day = new DateOnly(2000, 1, 1);
        for (var row = 0; row < 9_000; row++)
        {
            var note = new string('x', row % 97);
            text.Append(CultureInfo.InvariantCulture, $"KEN,{day.AddDays(row):yyyy-MM-dd},{row},\"{note}\"\"\"\n");
        }

        var reading = Written.Cases(text.ToString());

        Written.FaultsOf(reading).ShouldBeEmpty();
        reading.Value!.Cases.Single().Counts.ShouldBe(Enumerable.Range(0, 9_000).Select(row => (long?)row));
    }

    /// <summary>Long rows for ever, without a length.</summary>
    private sealed class EndlessRows : Stream
    {
        private readonly byte[] _rows = Encoding.UTF8.GetBytes("KEN,2021-01-01,1," + new string('x', 4000) + "\n");
        private int _at = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at < 0)
            {
                _at = 0;
                var header = "iso3,date,cases,note\n"u8;
                header.CopyTo(buffer.AsSpan(offset));
                return header.Length;
            }

            var length = Math.Min(count, _rows.Length - _at);
            _rows.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at = (_at + length) % _rows.Length;
            return length;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
