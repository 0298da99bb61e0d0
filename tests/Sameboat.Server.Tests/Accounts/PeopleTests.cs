using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Accounts;

public sealed class PeopleTests
{
    private const string People = "/en/account/people";

    [Fact]
    public async Task An_administrator_invites_somebody_whose_link_makes_one_account_with_those_roles()
    {
        await using var node = await AccountNode.StartAsync();
        using var admin = await node.FoundAsync();
        using var second = node.Visit();
        await InviteAsync(admin, second, node, "second", "Reporting clerk", "Reporter");

        await second.OpenAsync("/en/account");
        second.Page.ShouldContain("Reporting clerk");
        second.Page.ShouldContain("reports the situation");
        (await second.OpenAsync(People)).ShouldBe(403);
        using var third = node.Visit();
        (await third.OpenAsync(new Uri(_link).PathAndQuery)).ShouldBe(404, "the link is used up");
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_its_name_signs_in_no_more()
    {
        await using var node = await AccountNode.StartAsync();
        using var admin = await node.FoundAsync();
        using var second = node.Visit();
        await InviteAsync(admin, second, node, "second", "Clerk", "Reporter");
        await admin.OpenAsync(People);
        var id = IdOf(admin.Page, "second");

        (await admin.SubmitAsync(People, [new("id", id)], "close")).ShouldBe(200);

        await second.OpenAsync("/en/account");
        second.Path.ShouldStartWith("/en/sign-in");
        node.Clock.Move(TimeSpan.FromMinutes(1));
        (await second.SignInAsync(
            "second", Totp.Code(second.Authenticator, Totp.StepOf(node.Clock.GetUtcNow())))).ShouldBe(403);
    }

    [Fact]
    public async Task Roles_that_are_taken_away_are_gone_at_the_next_request_and_the_last_administrator_stays()
    {
        await using var node = await AccountNode.StartAsync();
        using var admin = await node.FoundAsync();
        using var second = node.Visit();
        await InviteAsync(admin, second, node, "second", "Deputy", "Administrator");
        (await second.OpenAsync(People)).ShouldBe(200);
        await admin.OpenAsync(People);
        var (first, deputy) = (IdOf(admin.Page, "first"), IdOf(admin.Page, "second"));

        (await admin.SubmitAsync(
            People, [new("id", deputy), new("label", "Deputy"), new("role", "Donor")], "change")).ShouldBe(200);
        (await second.OpenAsync(People)).ShouldBe(403);
        (await admin.SubmitAsync(People, [new("id", first)], "close")).ShouldBe(422);
        admin.Page.ShouldContain("keeps at least one account");
        (await admin.OpenAsync(People)).ShouldBe(200);
    }

    [Fact]
    public async Task An_administrator_touches_no_account_or_token_of_another_member()
    {
        await using var node = await AccountNode.StartAsync();
        using var admin = await node.FoundAsync();
        var options = new NodeOptions { DataFolder = node.Folder, Clock = node.Clock };
        var cancellation = TestContext.Current.CancellationToken;
        await MemberAccess.IssueAsync(
            options, new TokenOrder("per", "donor", "Store", 7, "node.test", "Peru", "per", Exercise: false),
            cancellation);
        var link = await MemberDesk.InviteAsync(options, "per", "Officer", "administrator,donor", cancellation);
        using var other = node.Visit();
        await other.OpenAsync(new Uri(link).PathAndQuery);
        (await other.SetUpAsync("other", node.Clock)).ShouldBe(200, other.Page);
        await admin.OpenAsync(People);
        var first = IdOf(admin.Page, "first");
        var token = (await MemberDesk.TokensAsync(options, "per", cancellation))[..32];

        admin.Page.ShouldNotContain("other");
        admin.Page.ShouldNotContain("Store");
        await other.OpenAsync(People);
        other.Page.ShouldContain("Store");
        (await other.SubmitAsync(
            People, [new("id", first), new("label", "Taken"), new("role", "Donor"), new("do", "change")], "invite"))
            .ShouldBe(422);
        (await other.SubmitAsync(People, [new("id", first), new("do", "close")], "invite")).ShouldBe(422);
        await admin.OpenAsync(People);
        (await admin.SubmitAsync(People, [new("id", token), new("do", "revoke")], "invite")).ShouldBe(422);
        (await MemberDesk.TokensAsync(options, "per", cancellation)).ShouldContain(token);
        (await MemberDesk.RevokeAsync(options, "per", token, cancellation)).ShouldContain(token);
        (await MemberDesk.TokensAsync(options, "per", cancellation)).ShouldBe("per has no token that holds.");
    }

    [Theory]
    [InlineData("name", "x")]
    [InlineData("name", "with space")]
    [InlineData("password", "too short")]
    [InlineData("password", "aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("password", "first first first first")]
    [InlineData("code", "123456")]
    [InlineData("member", "Not A Slug")]
    [InlineData("member-name", "")]
    [InlineData("territory", "zzz")]
    [InlineData("label", "")]
    public async Task A_set_up_that_is_refused_says_so_keeps_the_link_and_makes_nothing(string field, string value)
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = node.Visit();
        await visitor.OpenAsync(node.Node.SetUp!.PathAndQuery);
        (await visitor.SubmitAsync(node.Node.SetUp.PathAndQuery, new Dictionary<string, string>
        {
            ["member"] = "ken", ["member-name"] = "Ministry", ["territory"] = "", ["label"] = "Officer",
            ["name"] = "first", ["password"] = AccountNode.Password, ["code"] = "x",
            [field] = value,
        })).ShouldBe(422);

        visitor.Page.ShouldContain("role=\"alert\"");
        (await visitor.OpenAsync("/en/record/logs/ken")).ShouldBe(404);
        using var first = await node.FoundAsync();
    }

    private string _link = "";

    private async Task InviteAsync(
        Visitor admin, Visitor guest, AccountNode node, string name, string label, string role)
    {
        await admin.OpenAsync(People);
        (await admin.SubmitAsync(People, [new("label", label), new("role", role)], "invite")).ShouldBe(200);
        _link = admin.Once();
        (await guest.OpenAsync(new Uri(_link).PathAndQuery)).ShouldBe(200);
        (await guest.SetUpAsync(name, node.Clock)).ShouldBe(200, guest.Page);
    }

    private static string IdOf(string page, string name)
    {
        var from = page.IndexOf($"<summary>{name} ", StringComparison.Ordinal);
        var at = page.IndexOf("name=\"id\" value=\"", from, StringComparison.Ordinal) + "name=\"id\" value=\"".Length;
        return page[at..(at + 36)];
    }
}
