using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>
/// Somebody of a member before a browser of its own. Everything is done as it would be by hand: by links, fields and
/// buttons of pages, found by the address that a form goes to, so that the language does not matter.
/// </summary>
/// <param name="Page">The browser's one page.</param>
/// <param name="Member">Whom the person acts for.</param>
/// <param name="Culture">In which language.</param>
internal sealed record ChainPerson(IPage Page, string Member, string Culture)
{
    private const string Password = "seven quiet harbours";

    /// <summary>Sets up an account by the link that was handed over.</summary>
    internal async Task SetUpAsync(
        string path, string name, DateTimeOffset now, params (string Field, string Text)[] of)
    {
        await Page.GotoAsync(path);
        foreach (var (field, text) in of)
        {
            await Page.Locator($"#{field}").FillAsync(text);
        }

        await Page.Locator("#name").FillAsync(name);
        await Page.Locator("#password").FillAsync(Password);
        var secret = Regex.Match(await Page.ContentAsync(), "secret=([A-Z2-7]+)").Groups[1].Value;
        await Page.Locator("#code").FillAsync(PasskeyTests.Code(secret, now.ToUnixTimeMilliseconds()));
        await Page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(Page.Locator("pre.once")).ToBeVisibleAsync();
    }

    /// <summary>Makes a link for a colleague; its path.</summary>
    internal async Task<string> InviteAsync(string label, params string[] roles)
    {
        await GoAsync("/account/people");
        var form = Page.Locator("form:has(#invite-label)");
        await form.Locator("#invite-label").FillAsync(label);
        foreach (var role in roles)
        {
            await form.Locator($"input[name=role][value={role}]").CheckAsync();
        }

        await form.Locator("button[type=submit]").ClickAsync();
        return new Uri(await Page.Locator("pre.once").InnerTextAsync()).PathAndQuery;
    }

    /// <summary>Opens a page of the person's language.</summary>
    internal async Task GoAsync(string path) =>
        (await Page.GotoAsync($"/{Culture}{path}"))!.Ok.ShouldBeTrue($"{Culture}{path}");

    /// <summary>Opens the form of something new and fills it in.</summary>
    internal async Task OpenAsync(string noun, params (string Field, string Text)[] fields)
    {
        await GoAsync("/desk");
        await Page.Locator($"main a[href$='/desk/new/{noun}']").ClickAsync();
        await FillAsync(fields);
    }

    /// <summary>Types into fields of the open form.</summary>
    internal async Task FillAsync(params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields)
        {
            var input = Page.Locator($"[id='{field}']");
            if (await input.EvaluateAsync<string>("input => input.tagName") == "SELECT")
            {
                await input.SelectOptionAsync(text);
            }
            else
            {
                await input.FillAsync(text);
            }
        }
    }

    /// <summary>Sends the open form, which the record must take; what it made: noun/owner/name.</summary>
    internal async Task<string> SendAsync()
    {
        await Page.Locator("button.main[name=do][value=send]").ClickAsync();
        await TakenAsync();
        return Regex.Match(Page.Url, "/desk/at/([a-z]+/[a-z0-9-]+/[a-z0-9-]+)").Groups[1].Value;
    }

    /// <summary>Takes a step of an entity whose button stands on its page.</summary>
    internal async Task StepAsync(string entity, string verb, string reason = "")
    {
        await GoAsync($"/desk/at/{entity}");
        var form = Page.Locator($"form[action$='/{entity}/{verb}']");
        if (reason.Length > 0)
        {
            await Page.Locator($"details:has(form[action$='/{entity}/{verb}']) summary").ClickAsync();
            await form.Locator("textarea[name=reason]").FillAsync(reason);
        }

        await form.Locator("button").ClickAsync();
        await TakenAsync();
    }

    /// <summary>Takes a step that has a form of its own.</summary>
    internal async Task StepAsync(string entity, string verb, params (string Field, string Text)[] fields)
    {
        await GoAsync($"/desk/at/{entity}");
        await Page.Locator($"main a[href$='/desk/do/{entity}/{verb}']").ClickAsync();
        await FillAsync(fields);
        await SendAsync();
    }

    /// <summary>Whether the page of an entity offers a step.</summary>
    internal async Task<bool> MayAsync(string entity, string verb)
    {
        await GoAsync($"/desk/at/{entity}");
        return await Page.Locator($"main [action$='/{entity}/{verb}'], main a[href$='/{entity}/{verb}']")
            .CountAsync() > 0;
    }

    /// <summary>What the main part of a page says.</summary>
    internal async Task<string> ReadAsync(string path)
    {
        await GoAsync(path);
        return await Page.Locator("main").InnerTextAsync();
    }

    private async Task TakenAsync() =>
        (await Page.Locator("main [role=alert]").CountAsync()).ShouldBe(
            0, await Page.Locator("main").InnerTextAsync());
}
