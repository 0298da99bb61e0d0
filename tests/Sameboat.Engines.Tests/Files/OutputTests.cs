using System.Text;
using CsCheck;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Files;

public sealed class OutputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-output-");

    private string Target => Path.Combine(_folder.FullName, "run");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_table_is_written_by_the_book()
    {
        using var stream = new MemoryStream();
        using (var table = new CsvTable(stream, "place", "count", "share", "day", "kept"))
        {
            table.Add("KEN").Add(-5).Add(0.1 + 0.2).Add(new DateOnly(2021, 12, 31)).Add(true).EndRow();
            table.Add("a \"b\",\nc").Add((long?)null).Add((double?)null).Add((DateOnly?)null).Add(false).EndRow();
            table.Add("=1+1").Add(1_000_000).Add(1e-300).Add(DateOnly.MinValue).Add((string?)null).EndRow();
        }

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(
            "place,count,share,day,kept\n"
            + "KEN,-5,0.30000000000000004,2021-12-31,yes\n"
            + "\"a \"\"b\"\",\nc\",,,,no\n"
            + "'=1+1,1000000,1E-300,0001-01-01,\n");
    }

    [Fact]
    public void A_row_that_does_not_fit_the_header_is_a_bug()
    {
        using var table = new CsvTable(new MemoryStream(), "a", "b");
        table.Add("x");
        Should.Throw<InvalidOperationException>(table.EndRow);
    }

    [Fact]
    public void A_number_that_is_none_is_a_bug()
    {
        using var table = new CsvTable(new MemoryStream(), "a");
        Should.Throw<ArgumentOutOfRangeException>(() => table.Add(double.NaN));
    }

    [Fact]
    public void Every_text_and_number_reads_back_as_it_was() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.String[Gen.OneOf("\",;=+-@' \nab".ToCharArray()), 0, 8]), Gen.Double)
            .Where(pair => double.IsFinite(pair.Item2) && !pair.Item1.Contains('\0') && IsWellFormed(pair.Item1))
            .Sample((text, number) =>
            {
                using var stream = new MemoryStream();
                using (var table = new CsvTable(stream, "text", "number"))
                {
                    table.Add(text).Add(number).EndRow();
                }

                stream.Position = 0;
                var faults = new FaultList();
                using var rows = CsvRows.Begin(stream, "t.csv", faults);
                return rows!.Read()
                    && CsvTable.OriginalText(rows.Text(0)) == text.Trim(' ', '\t')
                    && double.Parse(rows.Text(1), System.Globalization.CultureInfo.InvariantCulture) == number;
            }, iter: 2_000);

    [Fact]
    public void A_folder_appears_whole()
    {
        using (var folder = OutputFolder.Begin(Target, out var refusal)!)
        {
            refusal.ShouldBeNull();
            folder.Write("log/checkpoint", "x"u8);
            folder.WriteTable("plan.csv", ["a"], table => table.Add("b").EndRow());
            Directory.Exists(Target).ShouldBeFalse();
            folder.Commit();
        }

        File.ReadAllText(Path.Combine(Target, "log", "checkpoint")).ShouldBe("x");
        File.ReadAllText(Path.Combine(Target, "plan.csv")).ShouldBe("a\nb\n");
        _folder.GetFileSystemInfos().Select(entry => entry.Name).ShouldBe(["run"]);
    }

    [Fact]
    public void A_folder_that_is_not_committed_leaves_nothing()
    {
        using (var folder = OutputFolder.Begin(Target, out _)!)
        {
            folder.Write("plan.csv", "x"u8);
        }

        _folder.GetFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public void An_earlier_run_is_replaced_as_a_whole_and_only_by_a_whole_one()
    {
        WriteRun("old.csv");
        using (var folder = OutputFolder.Begin(Target, out _)!)
        {
            folder.Write("half.csv", "x"u8);
        }

        Directory.GetFiles(Target).Select(Path.GetFileName).Order().ShouldBe([OutputFolder.MarkerName, "old.csv"]);
        WriteRun("new.csv");
        Directory.GetFiles(Target).Select(Path.GetFileName).Order().ShouldBe([OutputFolder.MarkerName, "new.csv"]);
        _folder.GetFileSystemInfos().Select(entry => entry.Name).ShouldBe(["run"]);
    }

    [Fact]
    public void A_folder_of_somebody_else_is_not_touched()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.txt"), "x");

        OutputFolder.Begin(Target, out var refusal).ShouldBeNull();

        refusal!.ToString().ShouldBe($"{Target}: found a folder with files of other origin, "
            + "expected an empty or a new folder, or one that Sameboat wrote");
        File.Exists(Path.Combine(Target, "thesis.txt")).ShouldBeTrue();
    }

    [Fact]
    public void A_file_in_the_way_and_a_missing_parent_are_refused()
    {
        File.WriteAllText(Target, "x");
        OutputFolder.Begin(Target, out var file).ShouldBeNull();
        OutputFolder.Begin(Path.Combine(_folder.FullName, "no", "run"), out var parent).ShouldBeNull();

        file!.ToString().ShouldBe($"{Target}: found a file, expected a folder, or a name that is free");
        parent!.ToString()
            .ShouldEndWith($"found no folder {_folder.FullName}/no, expected a parent folder that exists");
    }

    [Fact]
    public void A_name_that_leads_out_of_the_folder_is_a_bug()
    {
        using var folder = OutputFolder.Begin(Target, out _)!;
        Should.Throw<ArgumentException>(() => folder.Create("../x"));
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        var path = Path.Combine(_folder.FullName, "out.csv");
        OutputFile.Write(path, stream => stream.Write("first"u8)).ShouldBeNull();
        OutputFile.Write(path, stream =>
        {
            stream.Write("second"u8);
            throw new IOException("disk full");
        })!.ToString().ShouldBe($"{path}: found disk full, expected a place that can be written to");

        File.ReadAllText(path).ShouldBe("first");
        _folder.GetFileSystemInfos().Length.ShouldBe(1);
    }

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);

    private void WriteRun(string name)
    {
        using var folder = OutputFolder.Begin(Target, out _)!;
        folder.Write(name, "x"u8);
        folder.Commit();
    }
}
