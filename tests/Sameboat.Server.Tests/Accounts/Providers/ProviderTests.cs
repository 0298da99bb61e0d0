using Microsoft.Data.Sqlite;
using Sameboat.Server.Accounts;
using Sameboat.Server.Accounts.Providers;

namespace Sameboat.Server.Tests.Accounts.Providers;

/// <summary>People who sign in by the provider of their member.</summary>
public sealed class ProviderTests
{
    [Fact]
    public async Task Somebody_invited_makes_an_account_by_the_provider_and_signs_in_by_it_with_the_roles_given_here()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("subject-1", "clerk");
        clerk.Page.ShouldContain("href=\"/en/account\"");
        (await ProviderNode.IsInAsync(clerk)).ShouldBeTrue();
        clerk.Page.ShouldContain("reports the situation");
        clerk.Page.ShouldNotContain("looks after accounts", Case.Insensitive, "roles of a token are not looked at");
        clerk.Page.ShouldNotContain("id=\"present\"", Case.Sensitive, "there is no password to change");

        using var again = node.Node.Visit();
        (await ProviderNode.LeaveAsync(again)).ShouldBe(200);
        again.SetCookies.Single(one => one.StartsWith("sameboat-errand=", StringComparison.Ordinal))
            .ShouldContain("samesite=lax");
        (await again.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(again), "subject-1"))).ShouldBe(200);
        again.SetCookies.Single(one => one.StartsWith("sameboat=", StringComparison.Ordinal))
            .ShouldContain("samesite=strict");
        again.Cookies.ShouldNotContainKey("sameboat-errand");
        (await ProviderNode.IsInAsync(again)).ShouldBeTrue();
        System.Net.WebUtility.HtmlDecode(again.Page).ShouldContain("By the member’s provider");
        (await again.SignInAsync("clerk", "000000")).ShouldBe(403, "no password opens such an account");
        (await again.SignInAsync("clerk", "", "")).ShouldBe(403);
    }

    [Fact]
    public async Task Somebody_signed_in_links_the_account_once_and_ends_the_link()
    {
        await using var node = await ProviderNode.StartAsync();
        await node.Admin.OpenAsync("/en/account");
        (await node.Admin.SubmitAsync("/en/account/provider-link", [], "link")).ShouldBe(200, node.Admin.Page);
        (await node.Admin.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(node.Admin), "boss"))).ShouldBe(200);
        using var browser = node.Node.Visit();
        await ProviderNode.LeaveAsync(browser);
        await browser.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(browser), "boss"));
        (await ProviderNode.IsInAsync(browser)).ShouldBeTrue();
        browser.Page.ShouldContain("Operations officer");

        // Whoever is linked to one account cannot be linked to a second.
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        await clerk.OpenAsync("/en/account");
        (await clerk.SubmitAsync("/en/account/provider-link", [new("do", "link")], "unlink")).ShouldBe(200);
        (await clerk.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(clerk), "boss"))).ShouldBe(403);
        clerk.Page.ShouldContain("provider-linked");

        await browser.OpenAsync("/en/account");
        (await browser.SubmitAsync("/en/account/provider-link", [], "unlink")).ShouldBe(200);
        await ProviderNode.LeaveAsync(browser);
        (await browser.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(browser), "boss"))).ShouldBe(403);
        browser.Page.ShouldContain("provider-unlinked");
    }

    [Fact]
    public async Task The_only_way_into_an_account_is_not_taken_away_and_a_link_needs_a_recent_sign_in()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        await clerk.OpenAsync("/en/account");
        (await clerk.SubmitAsync("/en/account/provider-link", [], "unlink")).ShouldBe(422);
        clerk.Page.ShouldContain("only way into this account");

        node.Node.Clock.Move(AccountLimits.RecentSignIn);
        await clerk.OpenAsync("/en/account");
        (await clerk.SubmitAsync("/en/account/provider-link", [], "unlink")).ShouldBe(403);
        clerk.Page.ShouldContain("Sign in again first");
    }

    [Fact]
    public async Task A_closed_account_is_signed_in_by_no_provider_and_its_person_can_be_invited_again()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        await node.Admin.OpenAsync("/en/account/people");
        var id = IdOf(node.Admin.Page, "clerk");
        (await node.Admin.SubmitAsync("/en/account/people", [new("id", id)], "close")).ShouldBe(200);

        (await ProviderNode.IsInAsync(clerk)).ShouldBeFalse();
        await ProviderNode.LeaveAsync(clerk);
        (await clerk.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(clerk), "clerk"))).ShouldBe(403);
        clerk.Page.ShouldContain("provider-unlinked");
        using var again = await node.InvitedAsync("clerk", "clerk-2");
        (await ProviderNode.IsInAsync(again)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_secret_lies_in_a_file_of_the_node_alone_and_is_sent_to_the_provider_alone()
    {
        await using var node = await ProviderNode.StartAsync();
        node.Provider.ClientSecret = LocalProvider.Secret.Replace(" ", "-", StringComparison.Ordinal);
        (await ProviderNode.RegisterAsync(node.Admin, node.Provider.Issuer, node.Provider.ClientSecret)).ShouldBe(200);
        await node.Admin.OpenAsync(ProviderNode.Page);
        node.Admin.Page.ShouldNotContain(node.Provider.ClientSecret);
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        (await ProviderNode.IsInAsync(clerk)).ShouldBeTrue();

        var file = Path.Combine(node.Node.Folder, "keys", "providers", "ken.secret");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
            .ShouldBe(node.Provider.ClientSecret + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        SqliteConnection.ClearAllPools();
        foreach (var kept in Directory.EnumerateFiles(node.Node.Folder, "*.db*"))
        {
            using var bytes = new FileStream(kept, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(bytes, System.Text.Encoding.Latin1);
            (await text.ReadToEndAsync(TestContext.Current.CancellationToken))
                .ShouldNotContain(node.Provider.ClientSecret);
        }

        // A change that names no secret keeps it; another one is not taken by the provider.
        (await ProviderNode.RegisterAsync(node.Admin, node.Provider.Issuer, "another")).ShouldBe(200);
        await ProviderNode.LeaveAsync(clerk);
        (await clerk.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(clerk), "clerk"))).ShouldBe(403);
        clerk.Page.ShouldContain("provider-code");
    }

    [Fact]
    public async Task A_provider_that_changes_its_key_is_asked_for_it_once_more()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        node.Provider.Rotate();
        await ProviderNode.LeaveAsync(clerk);
        (await clerk.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(clerk), "clerk")))
            .ShouldBe(403, "it was asked a moment ago");
        clerk.Page.ShouldContain("provider-signature");

        node.Node.Clock.Move(ProviderLimits.DocumentAgeMin);
        await ProviderNode.LeaveAsync(clerk);
        (await clerk.OpenAsync(node.Provider.Grant(ProviderNode.SentTo(clerk), "clerk"))).ShouldBe(200);
    }

    internal static string IdOf(string page, string name)
    {
        var from = page.IndexOf($"<summary>{name} ", StringComparison.Ordinal);
        var at = page.IndexOf("name=\"id\" value=\"", from, StringComparison.Ordinal) + "name=\"id\" value=\"".Length;
        return page[at..(at + 36)];
    }
}
