using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>
/// What a form owes to whoever fills it in, in a real browser: the keyboard is enough, pressed twice is sent once, and
/// going back, a second window or an ended session lose nothing.
/// </summary>
public sealed class FormTests(ExerciseNode browser, DeskSite desk)
{
    private const int Telephone = 360;
    private const int TabsMax = 400;
    private const string Send = "button.main[name=do][value=send]";

    // Every form that somebody at work fills in, and the pages from which steps are taken.
    private static readonly string[] Forms =
    [
        "/desk", "/desk/new/outbreak", "/desk/new/situation", "/desk/new/request", "/desk/new/offer",
        "/desk/new/refusal", "/desk/new/round", "/desk/new/consignment", "/desk/new/deployment",
        "/desk/new/contribution", "/desk/answers", "/desk/at/round/ken/one", "/desk/at/request/ken/spring",
        "/desk/do/request/ken/spring/submitted", "/import", "/account", "/account/people", "/inbox",
    ];

    [Fact]
    public async Task The_keyboard_reaches_every_control_of_every_form_and_shows_where_it_is()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: true);
        var page = await window.NewPageAsync();
        foreach (var path in Forms)
        {
            await page.GotoAsync($"/en{path}");
            var controls = await page.EvaluateAsync<int>(
                """
                () => {
                  document.querySelectorAll('main details').forEach(one => { one.open = true; });
                  const all = [...document.querySelectorAll(
                    'main :is(a[href], button, input, select, textarea, summary, [tabindex])')]
                    .filter(one => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden'
                      && one.checkVisibility());
                  all.forEach((one, at) => one.dataset.at = at);
                  window.reached = new Map();
                  document.addEventListener('focusin', ({ target }) => {
                    const style = getComputedStyle(target);
                    window.reached.set(target.dataset.at,
                      style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
                    window.last = target.closest('footer') !== null;
                  });
                  return all.length;
                }
                """);
            controls.ShouldBeGreaterThan(0, path);
            for (var pressed = 0; pressed < TabsMax; pressed++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (pressed % 10 == 9 && await page.EvaluateAsync<bool>("() => window.last === true"))
                {
                    break;
                }
            }

            (await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('[data-at]')]
                  .filter(one => window.reached.get(one.dataset.at) !== true)
                  .map(one => one.outerHTML.slice(0, 120))
                """)).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_and_going_back_send_once(bool script)
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script);
        var page = await window.NewPageAsync();
        var lot = $"twice-{script}";
        await page.GotoAsync("/en/desk/new/offer");
        await OfferAsync(page, lot);
        await page.Locator(Send).DblClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/desk/at/offer/ken/"));
        var made = page.Url.Split('?')[0];

        // The form is there as it was sent, with its key, or empty as a new one: the button makes no second offer.
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/desk/new/offer$"));
        await page.Locator(Send).ClickAsync();
        await page.GotoAsync("/en/members/ken");
        (await page.Locator("main").GetByText(lot, new() { Exact = true }).CountAsync()).ShouldBe(1, made);
    }

    [Fact]
    public async Task Two_windows_on_one_request_see_both_versions_and_what_was_typed_is_kept()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: false);
        var (first, second) = (await window.NewPageAsync(), await window.NewPageAsync());
        await first.GotoAsync("/en/desk/new/request");
        await FillAsync(
            first, ("lines.0.place", "KEN"), ("lines.0.item", "ors"), ("lines.0.unit", "sachet"),
            ("lines.0.quantity", "70"));
        await first.Locator(Send).ClickAsync();
        var edit = first.Url.Split('?')[0].Replace("/desk/at/", "/desk/do/") + "/submitted";
        await first.GotoAsync(edit);
        await second.GotoAsync(edit);
        await FillAsync(first, ("lines.0.quantity", "71"));
        await first.Locator(Send).ClickAsync();
        await FillAsync(second, ("lines.0.quantity", "72"));
        await second.Locator(Send).ClickAsync();

        await Assertions.Expect(second.Locator("section[aria-labelledby=theirs]")).ToContainTextAsync("71");
        await Assertions.Expect(second.Locator("section[aria-labelledby=mine]")).ToContainTextAsync("72");
        await second.Locator("button[value=again]").ClickAsync();
        (await second.Locator("[id='lines.0.quantity']").InputValueAsync()).ShouldBe("72");
    }

    [Fact]
    public async Task What_was_typed_while_the_session_ended_is_a_draft_that_stands_after_signing_in()
    {
        await using var window = await desk.WindowAsync(browser, Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/desk/new/offer");
        await OfferAsync(page, "kept-1");
        var cookies = await window.CookiesAsync();
        await window.ClearCookiesAsync();

        await page.Locator(Send).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/sign-in\\?to="));
        var back = Uri.UnescapeDataString(page.Url[(page.Url.IndexOf("to=", StringComparison.Ordinal) + 3)..]);
        await window.AddCookiesAsync(cookies.Select(cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Url = desk.Address.ToString(),
        }));
        await page.GotoAsync($"/en{back}");

        (await page.Locator("#lot").InputValueAsync()).ShouldBe("kept-1");
        await page.ReloadAsync();
        (await page.Locator("#lot").InputValueAsync()).ShouldBe("kept-1");
    }

    private static Task OfferAsync(IPage page, string lot) => FillAsync(
        page, ("kind", "Goods"), ("lot", lot), ("item", "ors"), ("unit", "sachet"), ("quantity", "500"));

    private static async Task FillAsync(IPage page, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields)
        {
            var input = page.Locator($"[id='{field}']");
            if (field == "kind")
            {
                await input.SelectOptionAsync(text);
            }
            else
            {
                await input.FillAsync(text);
            }
        }
    }
}
