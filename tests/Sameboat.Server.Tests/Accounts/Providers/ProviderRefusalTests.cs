using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Sameboat.Server.Accounts;
using Sameboat.Server.Accounts.Providers;
using Sameboat.Server.Web;

namespace Sameboat.Server.Tests.Accounts.Providers;

/// <summary>Whatever a provider, or somebody in its name, says wrongly signs nobody in, and says why.</summary>
public sealed class ProviderRefusalTests
{
    [Theory]
    [InlineData("issuer", "provider-issuer")]
    [InlineData("audience", "provider-audience")]
    [InlineData("nonce", "provider-nonce")]
    [InlineData("no nonce", "provider-nonce")]
    [InlineData("expired", "provider-expired")]
    [InlineData("altered", "provider-signature")]
    [InlineData("other key", "provider-signature")]
    [InlineData("alg none", "provider-signature")]
    [InlineData("hmac by the public key", "provider-signature")]
    [InlineData("no subject", "provider-token")]
    [InlineData("no token", "provider-token")]
    public async Task A_token_that_is_not_right_signs_nobody_in(string what, string code)
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        using var browser = node.Node.Visit();
        await ProviderNode.LeaveAsync(browser);

        var status = await browser.OpenAsync(
            node.Provider.Grant(ProviderNode.SentTo(browser), "clerk", token => Spoil(token, what)));

        status.ShouldBe(403, browser.Page);
        browser.Page.ShouldContain($"<code>{code}</code>");
        browser.Page.ShouldContain(Words.Of("en")![$"refused.{code}"]);
        (await ProviderNode.IsInAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_browser_comes_back_once_and_a_code_is_given_back_once()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        using var browser = node.Node.Visit();
        await ProviderNode.LeaveAsync(browser);
        var back = node.Provider.Grant(ProviderNode.SentTo(browser), "clerk");
        var errand = browser.Cookies["sameboat-errand"];
        (await browser.OpenAsync(back)).ShouldBe(200);
        var exchanges = node.Provider.Exchanges;

        browser.Cookies["sameboat-errand"] = errand;
        (await browser.OpenAsync(back)).ShouldBe(403);
        browser.Page.ShouldContain("provider-state");
        node.Provider.Exchanges.ShouldBe(exchanges, "the provider is not even asked");

        using var other = node.Node.Visit();
        await ProviderNode.LeaveAsync(other);
        var state = new Uri(ProviderNode.SentTo(other).AbsoluteUri).Query.Split("state=")[1].Split('&')[0];
        (await other.OpenAsync(back.Split("state=")[0] + $"state={state}")).ShouldBe(403);
        other.Page.ShouldContain("provider-code");
    }

    [Fact]
    public async Task The_state_of_another_browser_and_one_that_is_too_old_are_refused()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        using var thief = node.Node.Visit();
        using var victim = node.Node.Visit();
        await ProviderNode.LeaveAsync(thief);
        var back = node.Provider.Grant(ProviderNode.SentTo(thief), "clerk");

        await ProviderNode.LeaveAsync(victim);
        (await victim.OpenAsync(back)).ShouldBe(403);
        victim.Page.ShouldContain("provider-state");
        (await ProviderNode.IsInAsync(victim)).ShouldBeFalse();
        (await thief.OpenAsync(back)).ShouldBe(403, "a state that another browser brought is spent");

        await ProviderNode.LeaveAsync(victim);
        back = node.Provider.Grant(ProviderNode.SentTo(victim), "clerk");
        node.Node.Clock.Move(ProviderLimits.ErrandLife);
        (await victim.OpenAsync(back)).ShouldBe(403);
        victim.Page.ShouldContain("provider-state");
        (await victim.OpenAsync("/oidc/ken/return")).ShouldBe(403);
        (await victim.OpenAsync("/oidc/ken/return?error=access_denied&state=x")).ShouldBe(403);
    }

    [Fact]
    public async Task A_provider_that_declines_says_so_and_one_that_names_another_issuer_is_refused()
    {
        await using var node = await ProviderNode.StartAsync();
        using var browser = node.Node.Visit();
        await ProviderNode.LeaveAsync(browser);
        var back = node.Provider.Grant(ProviderNode.SentTo(browser), "clerk");
        var state = back.Split("state=")[1];
        (await browser.OpenAsync($"/oidc/ken/return?error=access_denied&state={state}")).ShouldBe(403);
        browser.Page.ShouldContain("provider-declined");

        await ProviderNode.LeaveAsync(browser);
        back = node.Provider.Grant(ProviderNode.SentTo(browser), "clerk");
        (await browser.OpenAsync(back + "&iss=" + Uri.EscapeDataString("https://other.example"))).ShouldBe(403);
        browser.Page.ShouldContain("provider-issuer");
    }

    [Fact]
    public async Task The_provider_of_one_member_signs_in_nobody_of_another()
    {
        await using var node = await ProviderNode.StartAsync();
        using var clerk = await node.InvitedAsync("clerk", "clerk");
        var options = new NodeOptions { DataFolder = node.Node.Folder, Clock = node.Node.Clock };
        var cancellation = TestContext.Current.CancellationToken;
        await MemberAccess.IssueAsync(
            options, new TokenOrder("per", "donor", "Store", 7, "node.test", "Peru", "per", Exercise: false),
            cancellation);
        var link = await MemberDesk.InviteAsync(options, "per", "Officer", "administrator", cancellation);
        using var other = node.Node.Visit();
        await other.OpenAsync(new Uri(link).PathAndQuery);
        (await other.SetUpAsync("other", node.Node.Clock)).ShouldBe(200, other.Page);

        // The same issuer, and the same subject: it speaks for per alone.
        (await ProviderNode.RegisterAsync(other, node.Provider.Issuer)).ShouldBe(200, other.Page);
        using var browser = node.Node.Visit();
        (await ProviderNode.LeaveAsync(browser, "per")).ShouldBe(200);
        var sent = ProviderNode.SentTo(browser);
        (await browser.OpenAsync(node.Provider.Grant(sent, "clerk"))).ShouldBe(403);
        browser.Page.ShouldContain("provider-unlinked");

        // What was begun for ken does not end at per.
        await ProviderNode.LeaveAsync(browser);
        var back = node.Provider.Grant(ProviderNode.SentTo(browser), "clerk");
        (await browser.OpenAsync(back.Replace("/oidc/ken/", "/oidc/per/", StringComparison.Ordinal))).ShouldBe(403);
        browser.Page.ShouldContain("provider-state");

        // An administrator of per sees and changes its own provider alone.
        await other.OpenAsync(ProviderNode.Page);
        other.Page.ShouldContain("/oidc/per/return");
        (await other.SubmitAsync(ProviderNode.Page, [], "remove")).ShouldBe(200);
        (await ProviderNode.LeaveAsync(browser)).ShouldBe(200, "that of ken is still there");
        (await ProviderNode.LeaveAsync(browser, "per")).ShouldBe(404);
        browser.Page.ShouldContain("provider-absent");
    }

    [Fact]
    public async Task A_provider_that_is_down_is_said_to_be_and_other_ways_stay_open()
    {
        await using var node = await ProviderNode.StartAsync();
        node.Node.Clock.Move(ProviderLimits.DocumentAge);
        await node.Provider.DisposeAsync();
        using var browser = node.Node.Visit();

        (await ProviderNode.LeaveAsync(browser)).ShouldBe(503);

        browser.Page.ShouldContain("provider-unreachable");
        (await browser.SignInAsync("first", Totp.Code(
            node.Admin.Authenticator, Totp.StepOf(node.Node.Clock.GetUtcNow())))).ShouldBe(200);
    }

    [Theory]
    [InlineData("/elsewhere")]
    [InlineData("/long")]
    [InlineData("/slow")]
    [InlineData("/nothing")]
    public async Task An_answer_that_leads_elsewhere_is_too_long_or_too_slow_is_none(string path)
    {
        var time = new MovedTime();
        await using var provider = await LocalProvider.StartAsync(time);
        using var client = new ProviderClient(new NodeOptions { WebhooksMayBePrivate = true }, time)
        {
            AnswerTimeout = TimeSpan.FromMilliseconds(500),
        };

        (await client.DocumentAsync(provider.Issuer + path, anew: false, TestContext.Current.CancellationToken))
            .ShouldBe((null, ProviderFault.Unreachable));
    }

    [Theory]
    [InlineData("http://node.example", "account.fault.issuer")]
    [InlineData("ftp://127.0.0.1", "account.fault.issuer")]
    [InlineData("https://a:b@node.example", "account.fault.issuer")]
    [InlineData("nothing", "account.fault.issuer")]
    [InlineData("http://127.0.0.1:1", "account.fault.silent")]
    public async Task An_issuer_that_cannot_be_asked_is_not_registered(string issuer, string fault)
    {
        await using var node = await ProviderNode.StartAsync();
        (await ProviderNode.RegisterAsync(node.Admin, issuer)).ShouldBe(422);
        node.Admin.Page.ShouldContain(System.Net.WebUtility.HtmlEncode(Words.Of("en")![fault]));
        await node.Admin.OpenAsync(ProviderNode.Page);
        node.Admin.Page.ShouldContain(node.Provider.Issuer, Case.Sensitive, "the one before stays");
    }

    [Fact]
    public async Task A_document_that_names_another_issuer_or_leads_to_plain_http_is_not_taken()
    {
        await using var node = await ProviderNode.StartAsync();
        var issuer = node.Provider.Issuer;
        foreach (var document in new[]
        {
            "{\"issuer\":\"https://other.example\"}",
            $$"""
            {"issuer":"{{issuer}}","authorization_endpoint":"http://node.example/a","token_endpoint":"{{issuer}}/t",
            "jwks_uri":"{{issuer}}/keys"}
            """,
            "no json",
            "[]",
        })
        {
            node.Provider.Document = () => document;
            (await ProviderNode.RegisterAsync(node.Admin, issuer)).ShouldBe(422, document);
            node.Admin.Page.ShouldContain("no document of this issuer");
        }
    }

    [Fact]
    public async Task Without_leave_the_node_asks_no_address_of_its_own_network()
    {
        await using var node = await AccountNode.StartAsync();
        await using var provider = await LocalProvider.StartAsync(node.Clock);
        using var admin = await node.FoundAsync();
        await admin.OpenAsync(ProviderNode.Page);
        (await admin.SubmitAsync(ProviderNode.Page, new Dictionary<string, string>
        {
            ["issuer"] = provider.Issuer, ["client"] = "x", ["public"] = "yes", ["name"] = "x",
        }, "keep")).ShouldBe(422);
    }

    [Fact]
    public void Every_fault_has_its_own_code_and_sentence()
    {
        var faults = Enum.GetValues<ProviderFault>().Where(fault => fault != ProviderFault.None).ToList();

        faults.Select(ProviderFaults.CodeOf).ShouldBeUnique();
        faults.ShouldAllBe(fault => Words.Of("en")!.Find(ProviderFaults.KeyOf(fault)) != null);
    }

    private static void Spoil(Minted token, string what)
    {
        switch (what)
        {
            case "issuer":
                token.Issuer = "https://other.example";
                break;
            case "audience":
                token.Audience = "another-client";
                break;
            case "nonce":
                token.Nonce = new string('0', 64);
                break;
            case "no nonce":
                token.Nonce = "";
                break;
            case "expired":
                token.Expires -= TimeSpan.FromMinutes(8);
                break;
            case "altered":
                token.Finish = text => $"{text.Split('.')[0]}.{Encoded("""{"sub":"clerk"}""")}.{text.Split('.')[2]}";
                break;
            case "other key":
                token.Key = new SigningCredentials(
                    new RsaSecurityKey(RSA.Create(2048)) { KeyId = "one" }, SecurityAlgorithms.RsaSha256);
                break;
            case "alg none":
                token.Finish = text => $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{text.Split('.')[1]}.";
                break;
            case "hmac by the public key":
                token.Key = new SigningCredentials(
                    new SymmetricSecurityKey(new byte[64]) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);
                break;
            case "no subject":
                token.Subject = "";
                break;
            default:
                token.Finish = _ => "";
                break;
        }
    }

    private static string Encoded(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));
}
