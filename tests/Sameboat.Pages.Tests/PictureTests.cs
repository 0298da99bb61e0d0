using Microsoft.Playwright;
using Sameboat.Tests;

namespace Sameboat.Pages.Tests;

/// <summary>Takes the pictures of the README and the guide, when SAMEBOAT_PICTURES asks for it.</summary>
public sealed class PictureTests(ExerciseNode node)
{
    private const string Asked = "SAMEBOAT_PICTURES";
    private const int Telephone = 360;
    private const int Desk = 1280;

    [Theory]
    [InlineData("/en", "demo-world", Desk, ColorScheme.Light, 1500)]
    [InlineData("/en", "demo-world-dark", Desk, ColorScheme.Dark, 1500)]
    [InlineData("/en/places/VNM", "demo-place", Desk, ColorScheme.Light, 1700)]
    [InlineData("/en/places/VNM", "demo-place-telephone", Telephone, ColorScheme.Light, 1500)]
    [InlineData("/en/plan/gown", "demo-plan", Desk, ColorScheme.Light, 1500)]
    [InlineData("/ar", "tour-world-ar", Desk, ColorScheme.Light, 1100)]
    [InlineData("/zh-Hans", "tour-world-zh-dark", Desk, ColorScheme.Dark, 1100)]
    [InlineData("/zh-Hans", "tour-world-zh-telephone", Telephone, ColorScheme.Light, 1100)]
    [InlineData(PublicPageList.FirstRequester, "tour-member", Desk, ColorScheme.Light, 1400)]
    [InlineData(PublicPageList.FirstRequest, "tour-request", Desk, ColorScheme.Light, 1100)]
    [InlineData("/ar/consignments", "tour-consignments-ar", Telephone, ColorScheme.Light, 1100)]
    [InlineData(PublicPageList.Outbreak, "tour-outbreak", Desk, ColorScheme.Light, 1400)]
    [InlineData("/zh-Hans/scoreboard", "tour-scoreboard-zh", Desk, ColorScheme.Light, 1100)]
    [InlineData("/en/report?from=2025-03-08&to=2025-03-14&place=VNM", "tour-report", Desk, ColorScheme.Light, 1400)]
    [InlineData("/ar/record", "tour-record-ar-dark", Desk, ColorScheme.Dark, 1000)]
    public async Task A_picture_is_taken_for_the_guide(
        string path, string name, int width, ColorScheme scheme, int height)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable(Asked) is "1", $"pictures are taken only with {Asked}=1");
        var folder = Path.Combine(Repository.Root, "docs", "guide", "pictures");
        Directory.CreateDirectory(folder);
        await using var window = await node.WindowAsync(width, script: false, scheme);
        var page = await window.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);

        await page.GotoAsync(path[0] == '/' ? path : $"/en{await node.FindAsync(path)}");

        var file = Path.Combine(folder, $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
        new FileInfo(file).Length.ShouldBeGreaterThan(10_000);
    }
}
