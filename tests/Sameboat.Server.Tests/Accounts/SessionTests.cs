using System.Text.RegularExpressions;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Accounts;

/// <summary>What somebody does to its own password, sessions and passkeys.</summary>
public sealed class SessionTests
{
    private const string Next = "nine loud lighthouses";

    [Fact]
    public async Task A_password_is_changed_by_whoever_knows_the_present_one_and_ends_every_other_session()
    {
        await using var node = await AccountNode.StartAsync();
        using var own = await node.FoundAsync();
        node.Clock.Move(TimeSpan.FromMinutes(1));
        using var other = node.Visit();
        (await other.SignInAsync("first", CodeOf(own, node))).ShouldBe(200);
        node.Clock.Move(TimeSpan.FromMinutes(1));

        await own.OpenAsync("/en/account");
        (await ChangeAsync(own, node, AccountNode.Password, Next)).ShouldBe(200, own.Page);
        own.Page.ShouldContain("The password is changed");

        await other.OpenAsync("/en/account");
        other.Path.ShouldStartWith("/en/sign-in");
        await own.OpenAsync("/en/account");
        own.Path.ShouldBe("/en/account", "whoever changed it stays signed in");
        node.Clock.Move(TimeSpan.FromMinutes(1));
        (await other.SignInAsync("first", CodeOf(own, node))).ShouldBe(403, "the old one opens nothing");
        node.Clock.Move(TimeSpan.FromMinutes(1));
        (await other.SignInAsync("first", CodeOf(own, node), Next)).ShouldBe(200);
    }

    [Theory]
    [InlineData("not that password at all", Next, null, "present password or the code is wrong")]
    [InlineData(AccountNode.Password, Next, "000000", "present password or the code is wrong")]
    [InlineData(AccountNode.Password, "too short", null, "At least 15 characters")]
    [InlineData(AccountNode.Password, "sameboat sameboat 1", null, "At least 15 characters")]
    [InlineData(AccountNode.Password, "Ministry of Health first", null, "At least 15 characters")]
    public async Task A_password_is_not_changed_without_the_present_one_and_a_code_or_to_a_plain_one(
        string present, string next, string? code, string sentence)
    {
        await using var node = await AccountNode.StartAsync();
        using var own = await node.FoundAsync();
        node.Clock.Move(TimeSpan.FromMinutes(1));
        await own.OpenAsync("/en/account");

        (await ChangeAsync(own, node, present, next, code)).ShouldBe(422);

        own.Page.ShouldContain(sentence);
        node.Clock.Move(TimeSpan.FromMinutes(1));
        using var other = node.Visit();
        (await other.SignInAsync("first", CodeOf(own, node))).ShouldBe(200);
    }

    [Fact]
    public async Task Somebody_sees_its_sessions_and_ends_one_or_all_others_and_none_of_another_account()
    {
        await using var node = await AccountNode.StartAsync();
        using var own = await node.FoundAsync();
        using var second = node.Visit();
        using var third = node.Visit();
        foreach (var browser in new[] { second, third })
        {
            node.Clock.Move(TimeSpan.FromMinutes(1));
            (await browser.SignInAsync("first", CodeOf(own, node))).ShouldBe(200);
        }

        await own.OpenAsync("/en/account");
        var listed = Hashes(own.Page);
        listed.Count.ShouldBe(2, "its own is marked and has no button");
        own.Page.ShouldContain("this browser");
        (await own.SubmitAsync("/en/account/sessions", [new("session", listed[0])], listed[0])).ShouldBe(200);
        Hashes(own.Page).ShouldBe([listed[1]]);
        (await IsInAsync(second) ^ await IsInAsync(third)).ShouldBeTrue();

        // That of another account is not touched.
        await own.OpenAsync("/en/account/people");
        (await own.SubmitAsync("/en/account/people", [new("label", "Clerk"), new("role", "Donor")], "invite"))
            .ShouldBe(200);
        using var clerk = node.Visit();
        await clerk.OpenAsync(new Uri(own.Once()).PathAndQuery);
        (await clerk.SetUpAsync("clerk", node.Clock)).ShouldBe(200, clerk.Page);
        await clerk.OpenAsync("/en/account");
        (await clerk.SubmitAsync("/en/account/sessions", [new("session", listed[1])], "password")).ShouldBe(200);
        await own.OpenAsync("/en/account");
        Hashes(own.Page).ShouldBe([listed[1]]);

        (await own.SubmitAsync("/en/account/sessions", [new("session", "")], listed[1])).ShouldBe(200);
        Hashes(own.Page).ShouldBeEmpty();
        (await IsInAsync(second)).ShouldBeFalse();
        (await IsInAsync(third)).ShouldBeFalse();
        (await IsInAsync(clerk)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_has_so_many_sessions_and_the_one_used_longest_ago_ends_for_the_next()
    {
        await using var node = await AccountNode.StartAsync();
        using var own = await node.FoundAsync();
        var browsers = new List<Visitor>();
        for (var number = 0; number < AccountLimits.SessionsMax; number++)
        {
            node.Clock.Move(TimeSpan.FromMinutes(1));
            browsers.Add(node.Visit());
            (await browsers[^1].SignInAsync("first", CodeOf(own, node))).ShouldBe(200);
        }

        (await IsInAsync(own)).ShouldBeFalse("it was the oldest");
        foreach (var browser in browsers)
        {
            (await IsInAsync(browser)).ShouldBeTrue();
            browser.Dispose();
        }
    }

    [Fact]
    public async Task Passkeys_are_added_and_removed_soon_after_signing_in_alone()
    {
        await using var node = await AccountNode.StartAsync();
        using var own = await node.FoundAsync();
        await own.OpenAsync("/en/account");
        own.Page.ShouldContain("Add a passkey");
        node.Clock.Move(AccountLimits.RecentSignIn);

        await own.OpenAsync("/en/account");
        own.Page.ShouldNotContain("Add a passkey");
        own.Page.ShouldContain("sign in again first");
        (await own.SubmitAsync("/en/account/passkey", [new("remove", "00")], "password")).ShouldBe(422);
        own.Page.ShouldContain("Sign in again first");
        await own.OpenAsync("/en/account");
        (await own.SubmitAsync("/en/account/sessions", [new("session", "")], "password")).ShouldBe(422);

        (await own.SignInAsync("first", CodeOf(own, node))).ShouldBe(200);
        own.Page.ShouldContain("Add a passkey");
    }

    [Theory]
    [InlineData("seven quiet harbours", true)]
    [InlineData("Kf3!mRz9#qLw2&vT", true)]
    [InlineData("短い言葉をいくつも並べた長い合言葉です", true)]
    [InlineData("passwordpassword", false)]
    [InlineData("PasswordPassword1", false)]
    [InlineData("qwertyuiopasdfgh", false)]
    [InlineData("123456789012345678", false)]
    [InlineData("abcdefghijklmnopqrst", false)]
    [InlineData("xyxyxyxyxyxyxyxyxy", false)]
    [InlineData("Sameboat-ken-officer", false)]
    [InlineData("operations officer 1", false)]
    [InlineData("fourteen chars", false)]
    public void A_password_says_enough_beside_what_anybody_would_try_first(string password, bool isGood) =>
        Passwords.IsGood(password, "officer", "ken", "operations", "kenya").ShouldBe(isGood);

    private static Task<int> ChangeAsync(
        Visitor own, AccountNode node, string present, string next, string? code = null) =>
        own.SubmitAsync("/en/account/password", new Dictionary<string, string>
        {
            ["present"] = present, ["password"] = next, ["code"] = code ?? CodeOf(own, node),
        }, "password");

    private static async Task<bool> IsInAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/en/account");
        return visitor.Path == "/en/account";
    }

    private static string CodeOf(Visitor owner, AccountNode node) =>
        Totp.Code(owner.Authenticator, Totp.StepOf(node.Clock.GetUtcNow()));

    private static List<string> Hashes(string page) =>
        [.. Regex.Matches(page, "name=\"session\" value=\"([0-9a-f]{64})\"").Select(match => match.Groups[1].Value)];
}
