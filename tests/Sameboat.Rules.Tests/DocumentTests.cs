namespace Sameboat.Rules.Tests;

public class DocumentTests
{
    private static readonly HashSet<string> Paths = [.. RepositoryTree.Paths];
    private static readonly HashSet<string> PathsToCome = [.. RepositoryTree.Paths, .. DocumentRules.Awaited];
    private static readonly IReadOnlyList<TrackedFile> Documents = RepositoryTree.With(".md");

    [Fact]
    public void Root_documents_are_there() =>
        DocumentRules.Missing(DocumentRules.RootDocuments, Paths).ShouldHold();

    [Fact]
    public void A_missing_root_document_is_noticed() =>
        DocumentRules.Missing(DocumentRules.RootDocuments, [.. DocumentRules.RootDocuments.Where(d => d != "LICENSE")])
            .ShouldHaveSingleItem().File.ShouldBe("LICENSE");

    [Fact]
    public void Nothing_is_awaited_that_has_come() =>
        DocumentRules.NoLongerAwaited(DocumentRules.Awaited, Paths).ShouldHold();

    [Fact]
    public void A_page_that_has_come_is_noticed() =>
        DocumentRules.NoLongerAwaited(["docs/methods", "docs/guide/a.md"], ["docs/methods/leximin.md"])
            .ShouldBreakOnce("is there now");

    [Fact]
    public void Carried_data_says_where_it_is_from()
    {
        DocumentRules.UnsourcedData(Paths).ShouldHold();
        DocumentRules.SourceNotes(Documents).ShouldHold();
    }

    [Fact]
    public void Data_without_a_source_is_noticed() =>
        DocumentRules.UnsourcedData(["data/places/SOURCE.md", "data/places/maps/a.csv", "data/teams/b.csv"])
            .ShouldHaveSingleItem().File.ShouldBe("data/teams");

    [Fact]
    public void A_source_note_without_licence_or_date_is_noticed() =>
        DocumentRules.SourceNotes([new("data/a/SOURCE.md", "From a colleague.\n")])
            .Select(violation => violation.What).ShouldBe(["names no licence", "names no date"]);

    [Fact]
    public void Method_pages_name_source_units_and_limits() => DocumentRules.MethodPages(Documents).ShouldHold();

    [Fact]
    public void A_method_page_without_its_parts_is_noticed()
    {
        DocumentRules.MethodPages([new("docs/methods/a.md", "# A\n\nIt works.\n")]).Count().ShouldBe(3);
        DocumentRules.MethodPages([new("docs/methods/b.md", "# B\n\nUnits: days. 10.1093/aje/kwt133\n\n## Limits\n")])
            .ShouldHold();
    }

    [Fact]
    public void Decisions_have_their_three_parts() => DocumentRules.Decisions(Documents).ShouldHold();

    [Fact]
    public void A_decision_without_its_parts_or_own_number_is_noticed() =>
        DocumentRules.Decisions([
            new("docs/decisions/0001-a.md", "# 0001 A\n**Context.** **Decision.** **Consequences.**"),
            new("docs/decisions/0001-b.md", "# 0002 B\n**Context.** **Decision.**"),
        ]).Select(violation => violation.What).ShouldBe([
            "the title begins with the number of the decision", "has no part **Consequences.**",
            "number 0001 is taken"]);

    [Fact]
    public void Links_between_documents_lead_somewhere() =>
        DocumentRules.BrokenLinks(Documents, PathsToCome).ShouldHold();

    [Fact]
    public void A_broken_link_is_noticed() =>
        DocumentRules.BrokenLinks(
            [new("docs/guide/a.md", "[b](b.md) [c](../c.md#part) [web](https://example.org)\n[d](../../../d.md)\n")],
            ["docs/guide/b.md", "docs/other.md"])
            .ShouldBreakAt(1, 2);

    [Fact]
    public void Paths_that_documents_name_exist() =>
        DocumentRules.BrokenPaths(Documents, PathsToCome).ShouldHold();

    [Fact]
    public void A_path_that_is_not_there_is_noticed() =>
        DocumentRules.BrokenPaths(
            [new("ARCHITECTURE.md", "`src/Gone/` and src/There\n`data/diseases/<code>/` and other/src/Gone\n")],
            ["src/There/A.cs", "data/diseases/covid-19/pack.json"])
            .ShouldBreakAt(1);
}
