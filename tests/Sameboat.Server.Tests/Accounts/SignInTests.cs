using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public async Task The_first_start_gives_a_link_that_makes_one_account_and_no_second()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();

        first.Once().Split('\n').Length.ShouldBe(AccountLimits.RecoveryCodes);
        (await first.OpenAsync("/en/account")).ShouldBe(200);
        first.Page.ShouldContain("Operations officer");
        (await first.Client.GetStringAsync("/en/record/logs/ken", TestContext.Current.CancellationToken))
            .ShouldContain("Ministry of Health");

        using var second = node.Visit();
        (await second.OpenAsync(node.Node.SetUp!.PathAndQuery)).ShouldBe(404);
        await node.RestartAsync();
        node.Node.SetUp.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_start_before_any_account_voids_the_link_of_the_last_one()
    {
        await using var node = await AccountNode.StartAsync();
        var old = node.Node.SetUp!.PathAndQuery;
        await node.RestartAsync();
        using var visitor = node.Visit();

        (await visitor.OpenAsync(old)).ShouldBe(404);
        (await visitor.OpenAsync(node.Node.SetUp!.PathAndQuery)).ShouldBe(200);
        node.Clock.Move(AccountLimits.LinkLife);
        (await visitor.OpenAsync(node.Node.SetUp!.PathAndQuery)).ShouldBe(404);
    }

    [Fact]
    public async Task Somebody_signs_in_and_out_without_a_script_and_stays_signed_in_over_a_restart()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        node.Clock.Move(TimeSpan.FromSeconds(Totp.StepSeconds * 2));
        using var browser = node.Visit();

        (await browser.SignInAsync("First", CodeOf(first, node))).ShouldBe(200);
        browser.Path.ShouldBe("/en/account");
        browser.Page.ShouldNotContain("<script>", Case.Insensitive, "no script stands in a page itself");
        await browser.OpenAsync("/en/record");
        browser.Page.ShouldContain(">Desk<");

        await node.RestartAsync();
        using var again = node.Visit();
        again.Cookies["sameboat"] = browser.Cookies["sameboat"];
        (await again.OpenAsync("/en/account")).ShouldBe(200);
        again.Path.ShouldBe("/en/account");

        await again.SubmitAsync("/en/sign-out", []);
        again.Path.ShouldBe("/en/sign-in");
        using var thief = node.Visit();
        thief.Cookies["sameboat"] = browser.Cookies["sameboat"];
        await thief.OpenAsync("/en/account");
        thief.Path.ShouldStartWith("/en/sign-in", Case.Sensitive, "the node has forgotten the session");
    }

    [Fact]
    public async Task A_wrong_password_a_wrong_code_and_an_unknown_name_get_the_same_answer()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        node.Clock.Move(TimeSpan.FromSeconds(Totp.StepSeconds * 2));
        using var browser = node.Visit();
        var pages = new List<string>();
        foreach (var (name, password, code) in new[]
        {
            ("first", "not that password at all", CodeOf(first, node)), ("first", AccountNode.Password, "000000x"),
            ("nobody", AccountNode.Password, CodeOf(first, node)),
        })
        {
            (await browser.SignInAsync(name, code, password)).ShouldBe(403);
            pages.Add(System.Text.RegularExpressions.Regex.Replace(
                browser.Page.Replace($"value=\"{name}\"", "", StringComparison.Ordinal),
                "(value|data-options)=\"[^\"]{60,}\"", ""));
        }

        pages.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_code_is_taken_once_and_so_is_a_recovery_code()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        var recovery = first.Once().Split('\n')[0];
        using var browser = node.Visit();

        (await browser.SignInAsync("first", CodeOf(first, node))).ShouldBe(403, "the code made the account");
        node.Clock.Move(TimeSpan.FromSeconds(Totp.StepSeconds * 2));
        (await browser.SignInAsync("first", CodeOf(first, node))).ShouldBe(200);
        (await browser.SignInAsync("first", CodeOf(first, node))).ShouldBe(403);
        (await browser.SignInAsync("first", recovery.ToUpperInvariant())).ShouldBe(200);
        browser.Page.ShouldContain($">{AccountLimits.RecoveryCodes - 1}<");
        (await browser.SignInAsync("first", recovery)).ShouldBe(403);
    }

    [Fact]
    public async Task Too_many_attempts_by_one_name_are_refused_whether_or_not_it_is_known()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        foreach (var name in new[] { "first", "nobody" })
        {
            using var browser = node.Visit();
            for (var attempt = 0; attempt < AccountLimits.AttemptsPerName; attempt++)
            {
                (await browser.SignInAsync(name, "000000", "wrong wrong wrong")).ShouldBe(403);
            }

            (await browser.SignInAsync(name, "000000")).ShouldBe(429, name);
        }
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_at_the_latest_after_its_life()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        for (var passed = TimeSpan.Zero; passed < AccountLimits.SessionLife - AccountLimits.SessionIdle;
            passed += AccountLimits.SessionIdle / 2)
        {
            node.Clock.Move(AccountLimits.SessionIdle / 2);
            await first.OpenAsync("/en/account");
            first.Path.ShouldBe("/en/account");
        }

        node.Clock.Move(AccountLimits.SessionIdle);
        await first.OpenAsync("/en/account");
        first.Path.ShouldStartWith("/en/sign-in");
    }

    [Fact]
    public async Task A_form_without_its_proof_or_with_that_of_another_browser_is_not_taken()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        var invitation = new Dictionary<string, string> { ["do"] = "invite", ["label"] = "Clerk", ["role"] = "Donor" };

        (await first.PostAsync("/en/account/people", invitation)).ShouldBe(400);
        using var stranger = node.Visit();
        await stranger.OpenAsync("/en/sign-in");
        var proof = System.Text.RegularExpressions.Regex
            .Match(stranger.Page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        (await first.PostAsync(
            "/en/account/people",
            new Dictionary<string, string>(invitation) { ["__RequestVerificationToken"] = proof })).ShouldBe(400);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        await using var node = await AccountNode.StartAsync();
        using var browser = node.Visit();

        await browser.OpenAsync($"/en/sign-in?to={Uri.EscapeDataString(to)}");

        browser.Page.ShouldContain("name=\"to\" value=\"/account\"");
    }

    [Fact]
    public async Task The_cookie_of_a_session_is_never_taken_by_the_interface_and_is_kept_from_scripts()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        var set = first.SetCookies;
        (await first.PostAsync("/api/v1/outbreaks", [])).ShouldBe(401);
        var cookie = set.Single(one => one.StartsWith("sameboat=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain("secure", Case.Insensitive, "this node speaks http");
        var keys = Directory.GetFiles(Path.Combine(node.Folder, "keys", "pages"), "*.xml");
        keys.ShouldNotBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in keys)
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }
    }

    [Fact]
    public async Task With_https_before_it_the_cookie_is_secure_and_strict()
    {
        await using var node = await AccountNode.StartAsync(
            options => options with { PublicAddress = new Uri("https://node.test") });
        using var visitor = node.Visit();
        node.Node.SetUp!.Host.ShouldBe("node.test");
        await visitor.OpenAsync(node.Node.SetUp.PathAndQuery);
        await visitor.SetUpAsync("first", node.Clock, new Dictionary<string, string>
        {
            ["member"] = "ken", ["member-name"] = "Ministry", ["label"] = "Officer",
        });

        var cookie = visitor.SetCookies.Single(one => one.StartsWith("__Host-sameboat=", StringComparison.Ordinal));
        cookie.ShouldContain("secure");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("httponly");
    }

    [Fact]
    public void The_codes_are_those_of_rfc_6238()
    {
        var secret = "12345678901234567890"u8;

        // Appendix B, the last six of its eight digits.
        Totp.Code(secret, 59 / Totp.StepSeconds).ShouldBe("287082");
        Totp.Code(secret, 1111111109 / Totp.StepSeconds).ShouldBe("081804");
        Totp.Code(secret, 20000000000 / Totp.StepSeconds).ShouldBe("353130");
        Totp.Written(secret).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    private static string CodeOf(Visitor owner, AccountNode node) =>
        Totp.Code(owner.Authenticator, Totp.StepOf(node.Clock.GetUtcNow()));
}
