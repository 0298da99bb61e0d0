using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>Logs and entries are checked in the reader's own browser, in the page's words.</summary>
public sealed class BrowserCheckTests(ExerciseNode node)
{
    private const int Desk = 1280;

    // How the line begins in each language when all holds, and when it does not.
    public static TheoryData<string, string, string> Lines() => new()
    {
        { "en", "Checked in your browser: holds.", "Checked in your browser: does not hold, because an entry" },
        { "fr", "Vérifié dans votre navigateur : le journal est intact.", "Vérifié dans votre navigateur : la v" },
        { "ar", "جرى التحقق في متصفحك: السجل سليم.", "جرى التحقق في متصفحك: التحقق لم ينجح" },
        { "zh-Hans", "已在您的浏览器中核验：成立。", "已在您的浏览器中核验：不成立" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_log_holds_until_a_byte_of_what_is_served_is_changed(string culture, string holds, string fails)
    {
        await using var window = await node.WindowAsync(Desk, script: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/{culture}/record/logs/ken");
        await Assertions.Expect(page.Locator(".browser-check .said")).ToContainTextAsync(holds);

        await page.RouteAsync("**/log/ken/tile/entries/**", async route =>
        {
            var answer = await route.FetchAsync();
            var bytes = await answer.BodyAsync();
            bytes[40] ^= 1;
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, BodyBytes = bytes });
        });
        await page.GotoAsync($"/{culture}/record/logs/ken");

        await Assertions.Expect(page.Locator(".browser-check .said")).ToContainTextAsync(fails);
        (await page.Locator(".browser-check .said").InnerTextAsync()).ShouldContain("tile/entries/000");
    }

    [Fact]
    public async Task An_entry_holds_until_its_file_is_changed()
    {
        await using var window = await node.WindowAsync(Desk, script: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/record");
        await page.GotoAsync((await page.Locator("main table a[href*='/record/entries/']").First
            .GetAttributeAsync("href"))!);
        await Assertions.Expect(page.Locator(".browser-check .said"))
            .ToHaveTextAsync("Checked in your browser: holds. The log contains this entry.");

        await page.RouteAsync("**/entry/*.json", async route =>
        {
            var answer = await route.FetchAsync();
            var text = await answer.TextAsync();
            await route.FulfillAsync(new RouteFulfillOptions
            {
                Response = answer, BodyBytes = Encoding.UTF8.GetBytes(text.Replace("true", "True")),
            });
        });
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator(".browser-check .said"))
            .ToContainTextAsync("does not hold, because an entry is not the one that was signed");
    }

    [Fact]
    public async Task Without_script_the_page_says_nothing_of_it_and_all_else()
    {
        await using var window = await node.WindowAsync(Desk, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/record/logs/ken");

        await Assertions.Expect(page.Locator(".browser-check")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("main pre")).ToContainTextAsync("exercise.sameboat.invalid/log/ken");
    }

    [Fact]
    public async Task Script_is_allowed_on_these_pages_alone_and_only_from_the_node_and_may_be_kept()
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        var cancel = TestContext.Current.CancellationToken;
        using var log = await client.GetAsync("/en/record/logs/ken", cancel);
        using var world = await client.GetAsync("/en", cancel);
        var text = await log.Content.ReadAsStringAsync(cancel);
        var script = Regex.Match(text, "<script type=\"module\" src=\"(/assets/[0-9a-f]{12})/check.mjs\"></script>");
        script.Success.ShouldBeTrue();

        Policy(log).ShouldContain("; script-src 'self'; connect-src 'self'");
        Policy(log).ShouldNotContain("unsafe");
        Policy(world).ShouldNotContain("script-src");
        Regex.Count(text, "<script").ShouldBe(1);
        using var verifier = await client.GetAsync($"{script.Groups[1].Value}/verify.mjs", cancel);
        verifier.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        verifier.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await client.GetByteArrayAsync("/record/verify.mjs", cancel))
            .ShouldBe(await verifier.Content.ReadAsByteArrayAsync(cancel));
    }

    private static string Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single();
}
