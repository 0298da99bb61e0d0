using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sameboat.Server;

namespace Sameboat.Pages.Tests;

/// <summary>Accounts and the provider of a member, seen by a real browser.</summary>
public sealed class ProviderPageTests(ExerciseNode browser)
{
    private const int Telephone = 360;
    private const int Computer = 1280;

    private static readonly string[] Cultures = ["ar", "en", "es", "fr", "ru", "zh-Hans", "zh-Hant"];

    [Fact]
    public async Task Without_script_somebody_links_the_account_and_signs_in_by_the_provider_and_every_page_fits()
    {
        await using var provider = await BrowserProvider.StartAsync();
        await using var node = await RunningNode.StartAsync(
            new NodeOptions { Port = 0, WebhooksMayBePrivate = true }, TestContext.Current.CancellationToken);

        // For a browser this name and the provider's address are two sites.
        var site = $"http://localhost:{node.Address.Port}";
        await using var window = await browser.WindowAsync(Telephone, script: true, site: new Uri(site));
        var page = await window.NewPageAsync();
        await PasskeyTests.SetUpAsync(page, site + node.SetUp!.PathAndQuery);
        var session = (await window.CookiesAsync([site])).Single(cookie => cookie.Name == "sameboat");

        await using var plain = await browser.WindowAsync(Telephone, script: false, site: new Uri(site));
        await plain.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Url = site }]);
        page = await plain.NewPageAsync();
        await page.GotoAsync("/en/account/provider");
        await page.GetByLabel("Issuer").FillAsync(provider.Issuer);
        await page.GetByLabel("Client id").FillAsync("sameboat-node");
        await page.GetByLabel("A public client").CheckAsync();
        await page.GetByLabel("What the sign-in page calls it").FillAsync("Ministry sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask the provider" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Remove the provider")).ToBeVisibleAsync();

        await page.GotoAsync("/en/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/account$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("This account is linked since");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to its sign-in page" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/account$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("By the member’s provider");
        (await plain.CookiesAsync([site])).ShouldNotContain(cookie => cookie.Name == "sameboat-errand");

        await page.GotoAsync("/en/account/people");
        await FitsAsync(window, plain, page, site);
    }

    private static async Task FitsAsync(IBrowserContext scripted, IBrowserContext plain, IPage own, string site)
    {
        var invite = own.Locator("form").Filter(new() { HasText = "Make a link" });
        await invite.GetByLabel("Capacity").FillAsync("Clerk");
        await invite.Locator("input[value=Reporter]").CheckAsync();
        await invite.GetByRole(AriaRole.Button).ClickAsync();
        var link = new Uri(await own.Locator("pre.once").InnerTextAsync()).AbsolutePath["/en".Length..];
        var session = (await plain.CookiesAsync([site])).Single(cookie => cookie.Name == "sameboat");
        await scripted.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Url = site }]);
        var page = await scripted.NewPageAsync();
        var tools = await scripted.NewCDPSessionAsync(page);
        var noises = PagesInOneLanguage.Listen(page);
        var violations = new List<string>();
        foreach (var culture in Cultures)
        {
            foreach (var path in new[] { "/account", "/account/people", "/account/provider", "/sign-in", link })
            {
                await page.SetViewportSizeAsync(Telephone, 800);
                await page.GotoAsync($"/{culture}{path}");
                (await page.Locator("h1").CountAsync()).ShouldBe(1, path);
                (await PagesInOneLanguage.WidthOfContentAsync(tools))
                    .ShouldBeLessThanOrEqualTo(Telephone, $"{culture}{path}");
                if (culture is "en" or "ar")
                {
                    var found = await page.RunAxe(PagesInOneLanguage.Axe);
                    violations.AddRange(found.Violations.Select(
                        one => $"{culture}{path}: {one.Id}: {string.Join(' ', one.Nodes.Select(node => node.Html))}"));
                }

                await page.SetViewportSizeAsync(Computer, 800);
                (await PagesInOneLanguage.WidthOfContentAsync(tools)).ShouldBeLessThanOrEqualTo(Computer, path);
            }
        }

        // Chromium's hints about forms with passwords are no faults of the page.
        noises.Where(one => !one.StartsWith("[DOM]", StringComparison.Ordinal)).ShouldBeEmpty();
        await page.SetViewportSizeAsync(Telephone, 800);
        await page.GotoAsync("/ar/sign-in");
        await page.GotoAsync("/oidc/ken/return");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("provider-state");
        violations.AddRange((await page.RunAxe(PagesInOneLanguage.Axe)).Violations.Select(one => $"return: {one.Id}"));
        violations.ShouldBeEmpty();
    }
}
