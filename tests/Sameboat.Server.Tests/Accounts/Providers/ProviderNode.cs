using System.Net;
using System.Text.RegularExpressions;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Accounts.Providers;

/// <summary>A node whose member ken has a provider, and people who come to it.</summary>
internal sealed partial class ProviderNode : IAsyncDisposable
{
    internal const string Page = "/en/account/provider";

    private ProviderNode(AccountNode node, LocalProvider provider, Visitor admin)
    {
        Node = node;
        Provider = provider;
        Admin = admin;
    }

    internal AccountNode Node { get; }

    internal LocalProvider Provider { get; }

    internal Visitor Admin { get; }

    internal static async Task<ProviderNode> StartAsync()
    {
        var node = await AccountNode.StartAsync(options => options with { WebhooksMayBePrivate = true });
        var provider = await LocalProvider.StartAsync(node.Clock);
        var found = new ProviderNode(node, provider, await node.FoundAsync());
        (await RegisterAsync(found.Admin, provider.Issuer)).ShouldBe(200, found.Admin.Page);
        return found;
    }

    /// <summary>Registers a provider as an administrator does; a public client where no secret is given.</summary>
    internal static async Task<int> RegisterAsync(Visitor admin, string issuer, string secret = "")
    {
        await admin.OpenAsync(Page);
        var fields = new Dictionary<string, string>
        {
            ["issuer"] = issuer, ["client"] = LocalProvider.Client, ["secret"] = secret, ["name"] = "Ministry sign-in",
        };
        if (secret.Length == 0)
        {
            fields["public"] = "yes";
        }

        return await admin.SubmitAsync(Page, fields, "keep");
    }

    /// <summary>A link for somebody, made by the first administrator.</summary>
    internal async Task<string> InviteAsync(string role = "Reporter")
    {
        await Admin.OpenAsync("/en/account/people");
        (await Admin.SubmitAsync(
            "/en/account/people", [new("label", "Clerk"), new("role", role)], "invite")).ShouldBe(200);
        return new Uri(Admin.Once()).PathAndQuery;
    }

    /// <summary>An account that was made by the provider for this subject, and its browser.</summary>
    internal async Task<Visitor> InvitedAsync(string subject, string name)
    {
        var visitor = Node.Visit();
        var link = await InviteAsync();
        await visitor.OpenAsync(link);
        (await visitor.SubmitAsync($"{link}/provider", [new("name", name)], "provider")).ShouldBe(200, visitor.Page);
        (await visitor.OpenAsync(Provider.Grant(SentTo(visitor), subject))).ShouldBe(200, visitor.Page);
        return visitor;
    }

    /// <summary>Leaves for the provider of a member from the sign-in page.</summary>
    internal static async Task<int> LeaveAsync(Visitor visitor, string member = "ken")
    {
        await visitor.OpenAsync("/en/sign-in");
        return await visitor.SubmitAsync("/en/sign-in/provider", [new("member", member)], "/account");
    }

    /// <summary>Where the open page leads on to.</summary>
    internal static Uri SentTo(Visitor visitor) =>
        new(WebUtility.HtmlDecode(Link().Match(visitor.Page).Groups[1].Value));

    /// <summary>Whether the visitor is signed in.</summary>
    internal static async Task<bool> IsInAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/en/account");
        return visitor.Path == "/en/account";
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Provider.DisposeAsync();
        await Node.DisposeAsync();
    }

    [GeneratedRegex("<a href=\"(http[^\"]+/authorize[^\"]*)\"")]
    private static partial Regex Link();
}
