using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sameboat.Record;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Accounts.Providers;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>What the pages of accounts answer.</summary>
internal sealed class AccountPages(
    PageRenderer pages, SignedIn signedIn, SigningIn signing, SignInAttempts attempts, Passkeys passkeys,
    ProviderDesk providers, AccountEvents events, NodeOptions options)
{
    private const string Home = "/account";

    /// <summary>What somebody is told who tries too often, in seconds.</summary>
    internal static readonly string RetryAfter =
        AccountLimits.AttemptWindow.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The form to sign in.</summary>
    internal async Task<IResult> SignInAsync(HttpContext http, string culture)
    {
        // The form's proof is made for whoever is signed in, if anybody is.
        await signedIn.AccountAsync(http);
        return await SignInPageAsync(http, culture, "", Local(http.Request.Query["to"]), null, StatusCodes.Status200OK);
    }

    /// <summary>Signs in, or says in one sentence, the same for every reason, that it did not.</summary>
    internal async Task<IResult> SignedInAsync(PageForm form)
    {
        var (http, name, to) = (form.Http, form.Line("name"), Local(form.Text("to")));
        if (!attempts.Allows(name.ToLowerInvariant(), $"{http.Connection.RemoteIpAddress}"))
        {
            return await TooOftenAsync(form, name, to);
        }

        if (await signing.CheckAsync(name, form.Text("password"), form.Line("code"), http.RequestAborted)
            is not { } account)
        {
            events.NotSignedIn(http, SessionWay.Password, "sign-in-wrong");
            return await SignInPageAsync(
                http, form.Culture, name, to, "sign-in.wrong", StatusCodes.Status403Forbidden);
        }

        await BeginAsync(http, account, SessionWay.Password);
        return TypedResults.LocalRedirect($"/{form.Culture}{to}");
    }

    /// <summary>Signs in by a passkey.</summary>
    internal async Task<IResult> SignedInByPasskeyAsync(PageForm form)
    {
        var (http, to) = (form.Http, Local(form.Text("to")));
        if (!attempts.Allows($"passkey {http.Connection.RemoteIpAddress}", $"{http.Connection.RemoteIpAddress}"))
        {
            return await TooOftenAsync(form, "", to);
        }

        if (await passkeys.AnsweredAsync(http, form.Text("state"), form.Text("credential")) is not { } account)
        {
            events.NotSignedIn(http, SessionWay.Passkey, "passkey-unable");
            return await SignInPageAsync(
                http, form.Culture, "", to, "passkey.unable", StatusCodes.Status403Forbidden);
        }

        await BeginAsync(http, account, SessionWay.Passkey);
        return TypedResults.LocalRedirect($"/{form.Culture}{to}");
    }

    /// <summary>Adds a passkey to one's own account, or removes one.</summary>
    internal async Task<IResult> PasskeyAsync(PageForm form)
    {
        if (await signedIn.AccountAsync(form.Http) is not { } account)
        {
            return ToSignIn(form.Culture, Home);
        }

        // Whoever finds a browser open must not make it their own.
        if (!signedIn.IsRecent(form.Http))
        {
            return await AccountPageAsync(
                form.Http, form.Culture, account, RoleWords.KeyOf(AccountFault.NotRecent));
        }

        if (form.Text("remove") is { Length: > 0 } credential)
        {
            await passkeys.RemoveAsync(account, credential, form.Http.RequestAborted);
            events.Changed(form.Http, account, "passkey removed");
            return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
        }

        if (!await passkeys.AddedAsync(
            form.Http, account, form.Text("state"), form.Text("credential"), form.Line("name")))
        {
            return await AccountPageAsync(form.Http, form.Culture, account, "passkey.unable");
        }

        events.Changed(form.Http, account, "passkey added");
        return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
    }

    /// <summary>Changes one's own password; the other sessions of the account end.</summary>
    internal async Task<IResult> PasswordAsync(PageForm form)
    {
        var http = form.Http;
        if (await signedIn.AccountAsync(http) is not { } account)
        {
            return ToSignIn(form.Culture, Home);
        }

        if (!attempts.Allows(account.Name, $"{http.Connection.RemoteIpAddress}"))
        {
            http.Response.Headers.RetryAfter = RetryAfter;
            return await AccountPageAsync(
                http, form.Culture, account, "sign-in.often", StatusCodes.Status429TooManyRequests);
        }

        var fault = await signing.ChangePasswordAsync(
            account, form.Text("present"), form.Line("code"), form.Text("password"), http.RequestAborted);
        if (fault != AccountFault.None)
        {
            events.NotSignedIn(http, SessionWay.Password, "password-not-changed");
            return await AccountPageAsync(http, form.Culture, account, RoleWords.KeyOf(fault));
        }

        await signedIn.EndAsync(account.Id, "", SignedIn.SessionOf(http), http.RequestAborted);
        events.Changed(http, account, "password changed");
        return await AccountPageAsync(http, form.Culture, account, null, said: "account.password.changed");
    }

    /// <summary>Ends one of one's own other sessions, or all of them.</summary>
    internal async Task<IResult> SessionsAsync(PageForm form)
    {
        if (await signedIn.AccountAsync(form.Http) is not { } account)
        {
            return ToSignIn(form.Culture, Home);
        }

        if (!signedIn.IsRecent(form.Http))
        {
            return await AccountPageAsync(
                form.Http, form.Culture, account, RoleWords.KeyOf(AccountFault.NotRecent));
        }

        await signedIn.EndAsync(
            account.Id, form.Line("session"), SignedIn.SessionOf(form.Http), form.Http.RequestAborted);
        events.Changed(form.Http, account, "sessions ended");
        return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
    }

    /// <summary>Ends the session.</summary>
    internal async Task<IResult> SignOutAsync(PageForm form)
    {
        await signedIn.EndAsync(form.Http);
        return TypedResults.LocalRedirect($"/{form.Culture}/sign-in");
    }

    /// <summary>The form by which a link makes an account.</summary>
    internal async Task<IResult> SetUpAsync(HttpContext http, string culture)
    {
        var secret = http.PathPart("secret");
        await signedIn.AccountAsync(http);
        return await SetUpPageAsync(
            http, culture, secret, await signing.LinkAsync(secret, http.RequestAborted),
            new NewAccount("", "", "", "", "", "", ""), null);
    }

    /// <summary>Makes the account, signs it in and shows its recovery codes; or says why not.</summary>
    internal async Task<IResult> MadeAsync(PageForm form)
    {
        var http = form.Http;
        var secret = http.PathPart("secret");
        var link = await signing.LinkAsync(secret, http.RequestAborted);
        var asked = new NewAccount(
            form.Line("member").ToLowerInvariant(), form.Line("member-name"), form.Line("territory").ToLowerInvariant(),
            form.Line("label"), form.Line("name"), form.Text("password"),
            form.Line("code").Replace(" ", "", StringComparison.Ordinal));
        if (link is null || signing.Enrolled(link, form.Text("enrolment")) is not { } authenticator)
        {
            return await SetUpPageAsync(http, form.Culture, secret, link, asked, "account.fault.link");
        }

        var host = options.PublicAddress?.Host ?? http.Request.Host.Host;
        var (account, codes, fault) =
            await signing.MakeAsync(link, authenticator, asked, host, http.RequestAborted);
        if (account is null)
        {
            return await SetUpPageAsync(
                http, form.Culture, secret, link, asked, RoleWords.KeyOf(fault), form.Text("enrolment"));
        }

        await BeginAsync(http, account, SessionWay.Link);
        return await pages.ShowPersonalAsync<CodesPage>(http, form.Culture, new CodesView(account, codes));
    }

    /// <summary>One's own account, or the way to sign in.</summary>
    internal async Task<IResult> AccountAsync(HttpContext http, string culture) =>
        await signedIn.AccountAsync(http) is { } account
            ? await AccountPageAsync(http, culture, account, null)
            : ToSignIn(culture, Home);

    /// <summary>Where a reader is sent who must sign in first.</summary>
    /// <param name="culture">As the path has it.</param>
    /// <param name="to">The address below the culture to come back to.</param>
    internal static IResult ToSignIn(string culture, string to) =>
        Words.Of(culture) is null
            ? TypedResults.NotFound()
            : TypedResults.LocalRedirect($"/{culture}/sign-in?to={Uri.EscapeDataString(to)}");

    /// <summary>Whether an account may do what is an administrator's.</summary>
    internal static bool IsAdministrator(AccountRow account) =>
        Enum.TryParse<Roles>(account.Roles, out var roles) && roles.HasFlag(Roles.Administrator);

    private async Task BeginAsync(HttpContext http, AccountRow account, SessionWay way)
    {
        await signedIn.BeginAsync(http, account, way);
        events.SignedIn(http, account, way);
    }

    private async Task<IResult> AccountPageAsync(
        HttpContext http, string culture, AccountRow account, string? fault,
        int refused = StatusCodes.Status422UnprocessableEntity, string? said = null)
    {
        var held = await passkeys.ListAsync(account, http.RequestAborted);
        var sessions = await signedIn.SessionsAsync(account.Id, http.RequestAborted);
        return await pages.ShowPersonalAsync<AccountPage>(
            http, culture,
            new AccountView(
                account, await signing.CodesLeftAsync(account.Id, http.RequestAborted), IsAdministrator(account),
                [
                    .. held.Select(one => new PasskeyView(
                        Convert.ToHexStringLower(one.CredentialId), one.Name ?? "", one.CreatedAt)),
                ],
                await passkeys.AddAsync(http, account), fault)
            {
                Said = said,
                IsRecent = signedIn.IsRecent(http),
                Provider = await providers.FindAsync(account.Member, http.RequestAborted),
                Identity = await providers.LinkOfAsync(account.Id, http.RequestAborted),
                Sessions =
                [
                    .. sessions.Select(one => new SessionView(
                        one.Hash, one.Way, one.Hash == SignedIn.SessionOf(http),
                        new HybridTime(one.Expires).Instant - AccountLimits.SessionLife,
                        new HybridTime(one.Seen).Instant)),
                ],
            },
            fault is null ? StatusCodes.Status200OK : refused);
    }

    private async Task<IResult> SignInPageAsync(
        HttpContext http, string culture, string name, string to, string? fault, int status) =>
        await pages.ShowPersonalAsync<SignInPage>(
            http, culture,
            new SignInView(
                name, to, fault, await passkeys.AskAsync(http), await providers.AllAsync(http.RequestAborted)),
            status);

    private Task<IResult> TooOftenAsync(PageForm form, string name, string to)
    {
        form.Http.Response.Headers.RetryAfter = RetryAfter;
        events.NotSignedIn(form.Http, SessionWay.Password, "sign-in-often");
        return SignInPageAsync(
            form.Http, form.Culture, name, to, "sign-in.often", StatusCodes.Status429TooManyRequests);
    }

    private async Task<IResult> SetUpPageAsync(
        HttpContext http, string culture, string secret, AccountLinkRow? link, NewAccount given, string? fault,
        string enrolment = "")
    {
        if (link is null)
        {
            return await pages.ShowPersonalAsync<SetUpPage>(
                http, culture, new SetUpView(secret, null, "", "", given, fault, null),
                StatusCodes.Status404NotFound);
        }

        // The secret that an authenticator holds already stays while the form is mended.
        var (written, made) = signing.Enrolled(link, enrolment) is { } kept
            ? (Totp.Written(kept), enrolment)
            : signing.Enrol(link);
        return await pages.ShowPersonalAsync<SetUpPage>(
            http, culture,
            new SetUpView(
                secret, link, written, made, given, fault,
                link.Member.Length == 0 ? null : await providers.FindAsync(link.Member, http.RequestAborted)),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>An address on this node below the culture, and nothing that a browser could take for another place.
    /// </summary>
    internal static string Local(string? to) =>
        to is ['/', not ('/' or '\\'), ..] && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl)
            ? to
            : Home;
}
