using System.Net.Http.Headers;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>
/// What every page owes its reader, seen by a real browser: one class a language, so that they run beside each other.
/// A page is loaded once with and once without script; the other width is a window that is made wider.
/// </summary>
public abstract class PagesInOneLanguage(ExerciseNode node, string culture)
{
    private const int Telephone = 360;
    private const int Desk = 1280;
    private const int Height = 800;
    private const int WireBytesMax = 50 * 1024;

    internal static readonly AxeRunOptions Axe = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
        ResultTypes = [ResultType.Violations],
    };

    // Rows of one table are made by one line of code: the first ones stand for all, which makes long tables ten times
    // quicker to judge.
    private static readonly AxeRunContext FirstRows = new() { Exclude = [new AxeSelector("tbody tr:nth-child(n+13)")] };

    // What the dark can change: the elements are the same, the colours are not.
    private static readonly AxeRunOptions AxeOfColours = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    // One language of each direction is looked at in the dark and at both widths; the colours and the frame are the
    // same in the others, which are seen narrow.
    private bool IsSeenInAllWays => culture is "en" or "ar";

    [Fact]
    public async Task With_script_every_page_is_marked_fits_is_silent_asks_nobody_else_and_shuts_nobody_out()
    {
        var violations = new List<string>();
        await EachPageAsync(script: true, async (page, path) =>
        {
            await AskAxeAsync(page, $"{path} at {Telephone}", violations);
            if (IsSeenInAllWays)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
                await AskAxeAsync(page, $"{path} at {Telephone} in the dark", violations, AxeOfColours);
            }
        }, async (page, path) =>
        {
            if (IsSeenInAllWays)
            {
                await AskAxeAsync(page, $"{path} at {Desk} in the dark", violations, AxeOfColours);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
                await AskAxeAsync(page, $"{path} at {Desk}", violations);
            }
        });

        violations.ShouldBeEmpty();
    }

    [Fact]
    public Task Without_script_every_page_is_marked_fits_and_is_silent() =>
        EachPageAsync(script: false, Nothing, Nothing);

    [Fact]
    public async Task No_page_weighs_more_than_fifty_kilobytes_on_the_wire()
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        foreach (var path in PublicPageList.All)
        {
            var address = $"/{culture}{await node.FindAsync(path)}";
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            body.Length.ShouldBeLessThanOrEqualTo(WireBytesMax, address);
        }
    }

    private static Task Nothing(IPage page, string path) => Task.CompletedTask;

    private async Task EachPageAsync(
        bool script, Func<IPage, string, Task> narrow, Func<IPage, string, Task> wide)
    {
        await using var window = await node.WindowAsync(Telephone, script);
        var page = await window.NewPageAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        var noises = Listen(page);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        foreach (var path in PublicPageList.All)
        {
            await page.SetViewportSizeAsync(Telephone, Height);
            await page.GotoAsync($"/{culture}{await node.FindAsync(path)}");

            await Assertions.Expect(page.Locator(".exercise")).ToBeVisibleAsync();
            (await page.Locator(".exercise").InnerTextAsync()).ShouldStartWith(PublicPageList.Marks[culture]);
            (await page.TitleAsync()).ShouldStartWith(PublicPageList.Marks[culture]);
            (await page.Locator("h1").CountAsync()).ShouldBe(1);
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(culture);
            (await WidthOfContentAsync(session)).ShouldBeLessThanOrEqualTo(Telephone, path);
            await narrow(page, path);

            await page.SetViewportSizeAsync(Desk, Height);
            (await WidthOfContentAsync(session)).ShouldBeLessThanOrEqualTo(Desk, path);
            await wide(page, path);
            noises.ShouldBeEmpty(path);
        }

        asked.Where(url => !url.StartsWith(node.Address.ToString(), StringComparison.Ordinal)
            && !url.StartsWith("data:", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task AskAxeAsync(
        IPage page, string where, List<string> violations, AxeRunOptions? options = null)
    {
        var found = await page.RunAxe(FirstRows, options ?? Axe);
        violations.AddRange(found.Violations.Select(one => $"{where}: {one.Id}: {one.Help}: {one.Nodes[0].Html}"));
    }

    internal static List<string> Listen(IPage page)
    {
        var noises = new List<string>();
        page.Console += (_, message) =>
        {
            // A page that is missing is told to the console by the browser itself.
            if (!message.Text.Contains("404", StringComparison.Ordinal))
            {
                noises.Add(message.Text);
            }
        };
        page.PageError += (_, error) => noises.Add(error);
        return noises;
    }

    // Asked of the browser and not of a script in the page, so that it works without JavaScript too.
    internal static async Task<double> WidthOfContentAsync(ICDPSession session) =>
        (await session.SendAsync("Page.getLayoutMetrics"))!.Value
            .GetProperty("cssContentSize").GetProperty("width").GetDouble();
}

/// <summary>The pages in Arabic, from right to left.</summary>
public sealed class PagesInArabic(ExerciseNode node) : PagesInOneLanguage(node, "ar");

/// <summary>The pages in English.</summary>
public sealed class PagesInEnglish(ExerciseNode node) : PagesInOneLanguage(node, "en");

/// <summary>The pages in Spanish.</summary>
public sealed class PagesInSpanish(ExerciseNode node) : PagesInOneLanguage(node, "es");

/// <summary>The pages in French.</summary>
public sealed class PagesInFrench(ExerciseNode node) : PagesInOneLanguage(node, "fr");

/// <summary>The pages in Russian.</summary>
public sealed class PagesInRussian(ExerciseNode node) : PagesInOneLanguage(node, "ru");

/// <summary>The pages in Chinese, simplified script.</summary>
public sealed class PagesInSimplifiedChinese(ExerciseNode node) : PagesInOneLanguage(node, "zh-Hans");

/// <summary>The pages in Chinese, traditional script.</summary>
public sealed class PagesInTraditionalChinese(ExerciseNode node) : PagesInOneLanguage(node, "zh-Hant");
