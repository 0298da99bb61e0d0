namespace Sameboat.Rules.Tests;

/// <summary>Each rule on the text of the sources, and beside it the sample that breaks it.</summary>
public class SourceTests
{
    private static readonly IReadOnlyList<TrackedFile> Sources = RepositoryTree.With(".cs", ".razor");

    private static readonly IReadOnlyList<TrackedFile> Texts =
        RepositoryTree.With(".razor", ".css", ".js", ".mjs", ".csproj", ".props", ".md");

    [Fact]
    public void Files_are_short_enough_to_read() => SourceRules.FileLength(Sources).ShouldHold();

    [Fact]
    public void A_file_that_is_too_long_is_noticed() =>
        SourceRules.FileLength([Sample(string.Concat(Enumerable.Repeat("//\n", SourceRules.FileLinesMax + 1)))])
            .ShouldBreakOnce("601 lines");

    [Fact]
    public void A_file_of_exactly_the_limit_passes() =>
        SourceRules.FileLength([Sample(string.Concat(Enumerable.Repeat("//\n", SourceRules.FileLinesMax)))])
            .ShouldHold();

    [Fact]
    public void Lines_fit_the_page() => SourceRules.LineLength(Sources).ShouldHold();

    [Fact]
    public void A_line_that_is_too_long_is_noticed() =>
        SourceRules.LineLength([Sample($"//\n{new string('/', SourceRules.LineColumnsMax + 1)}\n")]).ShouldBreakAt(2);

    [Fact]
    public void No_warning_is_silenced_in_the_code() => SourceRules.SilencedWarnings(Sources).ShouldHold();

    [Fact]
    public void A_silenced_warning_is_noticed() =>
        SourceRules.SilencedWarnings([Sample("class A;\n# pragma  warning disable CA1062\n")]).ShouldBreakAt(2);

    [Fact]
    public void No_comment_leaves_work_for_later()
    {
        CodeRules.LeftoverNotes(Sources.Where(file => file.Is(".cs"))).ShouldHold();
        SourceRules.LeftoverNotes(Texts).ShouldHold();
    }

    [Fact]
    public void A_note_left_in_a_comment_is_noticed() =>
        CodeRules.LeftoverNotes([Sample("""
            /// <summary>Fine.</summary>
            class A
            {
                // Later: TODO think
                string B => "TODO in a string is data";
                /* one
                   FIXME two */
            }
            """)]).ShouldBreakAt(4, 7);

    [Fact]
    public void A_note_left_in_a_style_sheet_is_noticed() =>
        SourceRules.LeftoverNotes([new("src/page.css", $"a {{ }}\n/* {"HAC"}K */\n")]).ShouldBreakAt(2);

    private static TrackedFile Sample(string text) => new("src/Sameboat.Record/Sample.cs", text);
}
