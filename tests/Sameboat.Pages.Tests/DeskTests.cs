using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>What somebody at work does with the desk, seen by a real browser.</summary>
public sealed class DeskTests(ExerciseNode browser, DeskSite desk)
{
    private const int Telephone = 360;
    private const int Computer = 1280;

    internal static readonly string[] All =
    [
        "/desk", "/desk/new/request", "/desk/new/situation", "/desk/new/offer", "/desk/new/consignment",
        "/desk/answers", "/desk/at/round/ken/one", "/desk/at/request/ken/spring",
        "/desk/do/request/ken/spring/submitted", "/import", "/desk/at/request/ken/none",
    ];

    [Theory]
    [InlineData("ar")]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("zh-Hans")]
    [InlineData("zh-Hant")]
    public async Task Signed_in_every_page_of_the_desk_fits_is_silent_and_shuts_nobody_out(string culture)
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: true);
        var page = await window.NewPageAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        var noises = PagesInOneLanguage.Listen(page);
        var violations = new List<string>();
        foreach (var path in All)
        {
            await page.SetViewportSizeAsync(Telephone, 800);
            await page.GotoAsync($"/{culture}{path}");
            (await page.Locator("h1").CountAsync()).ShouldBe(1, path);
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(culture);
            (await PagesInOneLanguage.WidthOfContentAsync(session)).ShouldBeLessThanOrEqualTo(Telephone, path);
            if (culture is "en" or "ar")
            {
                // One language of each direction: the elements are the same in the others.
                var found = await page.RunAxe(PagesInOneLanguage.Axe);
                violations.AddRange(found.Violations.Select(one => $"{path}: {one.Id}: {one.Nodes[0].Html}"));
            }

            await page.SetViewportSizeAsync(Computer, 800);
            (await PagesInOneLanguage.WidthOfContentAsync(session)).ShouldBeLessThanOrEqualTo(Computer, path);
            noises.ShouldBeEmpty(path);
        }

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task By_the_keyboard_alone_and_without_script_somebody_asks_for_two_items()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/desk/new/request");
        await TabToAsync(page, "lines.0.place");
        foreach (var cell in new[] { "KEN", "gown", "each", "120" })
        {
            await page.Keyboard.TypeAsync(cell);
            await page.Keyboard.PressAsync("Tab");
        }

        await TabToAsync(page, "lines.1.place");
        foreach (var cell in new[] { "Kenya", "ors", "sachet" })
        {
            await page.Keyboard.TypeAsync(cell);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.TypeAsync("40");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/desk/at/request/ken/request-"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("ors");
    }

    [Fact]
    public async Task By_the_keyboard_alone_and_without_script_somebody_accepts_a_line()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/desk");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("waits for your answer");
        await page.GotoAsync("/en/desk/answers");
        var before = await page.Locator("main form").CountAsync();
        before.ShouldBeGreaterThan(0);

        await TabUntilAsync(page, "main td button:focus");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/desk/answers\\?sent="));
        (await page.Locator("main form").CountAsync()).ShouldBe(before - 1);
    }

    [Fact]
    public async Task What_was_typed_before_the_connection_was_lost_is_offered_again()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/desk/new/offer");
        await page.Locator("#lot").FillAsync("shelf-3");
        await KeptAsync(page);
        await window.SetOfflineAsync(true);
        await Should.ThrowAsync<PlaywrightException>(() => page.GotoAsync("/en/desk/new/offer"));
        await window.SetOfflineAsync(false);

        await page.GotoAsync("/en/desk/new/offer");
        (await page.Locator("#lot").InputValueAsync()).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it up" }).ClickAsync();
        (await page.Locator("#lot").InputValueAsync()).ShouldBe("shelf-3");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task A_picture_is_taken_of_each_page(string culture)
    {
        var folder = Environment.GetEnvironmentVariable("SAMEBOAT_DESK_PICTURES");
        Assert.SkipWhen(folder is null, "pictures are taken only with SAMEBOAT_DESK_PICTURES=folder");
        foreach (var width in new[] { Telephone, Computer })
        {
            await using var window = await desk.WindowAsync(browser, width, script: true);
            var page = await window.NewPageAsync();
            foreach (var path in All)
            {
                await page.GotoAsync($"/{culture}{path}");
                await page.ScreenshotAsync(new PageScreenshotOptions
                {
                    Path = Path.Combine(folder!, $"{culture}-{width}{path.Replace('/', '-')}.png"), FullPage = true,
                });
            }
        }
    }

    // The page's own rules let nothing be evaluated in it again and again, so it is asked from outside.
    private static async Task KeptAsync(IPage page)
    {
        for (var asked = 0; asked < 50; asked++)
        {
            if (await page.EvaluateAsync<int>("() => localStorage.length") > 0)
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("The browser kept nothing.");
    }

    private static Task TabToAsync(IPage page, string id) =>
        TabUntilAsync(page, $"[id='{id}']:focus");

    private static async Task TabUntilAsync(IPage page, string focused)
    {
        for (var pressed = 0; pressed < 120; pressed++)
        {
            if (await page.Locator(focused).CountAsync() > 0)
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The keyboard does not reach {focused}.");
    }
}
