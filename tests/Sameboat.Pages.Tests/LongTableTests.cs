using Deque.AxeCore.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>
/// The longest tables to their last row. Elsewhere the first rows stand for all, since one line of code makes them:
/// here it is seen that they do.
/// </summary>
public sealed class LongTableTests(ExerciseNode node)
{
    private const int Telephone = 360;

    [Theory]
    [InlineData("/places")]
    [InlineData("/members")]
    [InlineData("/plan/gown")]
    [InlineData("/consignments")]
    public async Task Every_row_shuts_nobody_out(string path)
    {
        await using var window = await node.WindowAsync(Telephone, script: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/en{path}");

        var found = await page.RunAxe(PagesInOneLanguage.Axe);

        found.Violations.Select(one => $"{one.Id}: {one.Nodes[0].Html}").ShouldBeEmpty();
        (await page.Locator("tbody tr").CountAsync()).ShouldBeGreaterThan(24, "a table that is long");
    }
}
