using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>What the pages of accounts answer.</summary>
internal sealed class AccountPages(
    PageRenderer pages, SignedIn signedIn, SigningIn signing, SignInAttempts attempts, Passkeys passkeys,
    NodeOptions options)
{
    private const string Home = "/account";

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
            return await SignInPageAsync(
                http, form.Culture, name, to, "sign-in.wrong", StatusCodes.Status403Forbidden);
        }

        await signedIn.BeginAsync(http, account);
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
            return await SignInPageAsync(
                http, form.Culture, "", to, "passkey.unable", StatusCodes.Status403Forbidden);
        }

        await signedIn.BeginAsync(http, account);
        return TypedResults.LocalRedirect($"/{form.Culture}{to}");
    }

    /// <summary>Adds a passkey to one's own account, or removes one.</summary>
    internal async Task<IResult> PasskeyAsync(PageForm form)
    {
        if (await signedIn.AccountAsync(form.Http) is not { } account)
        {
            return ToSignIn(form.Culture, Home);
        }

        if (form.Text("remove") is { Length: > 0 } credential)
        {
            await passkeys.RemoveAsync(account, credential, form.Http.RequestAborted);
            return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
        }

        return await passkeys.AddedAsync(
            form.Http, account, form.Text("state"), form.Text("credential"), form.Line("name"))
            ? TypedResults.LocalRedirect($"/{form.Culture}{Home}")
            : await AccountPageAsync(form.Http, form.Culture, account, "passkey.unable");
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

        await signedIn.BeginAsync(http, account);
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

    private async Task<IResult> AccountPageAsync(
        HttpContext http, string culture, AccountRow account, string? fault)
    {
        var held = await passkeys.ListAsync(account, http.RequestAborted);
        return await pages.ShowPersonalAsync<AccountPage>(
            http, culture,
            new AccountView(
                account, await signing.CodesLeftAsync(account.Id, http.RequestAborted), IsAdministrator(account),
                [
                    .. held.Select(one => new PasskeyView(
                        Convert.ToHexStringLower(one.CredentialId), one.Name ?? "", one.CreatedAt)),
                ],
                await passkeys.AddAsync(http, account), fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> SignInPageAsync(
        HttpContext http, string culture, string name, string to, string? fault, int status) =>
        await pages.ShowPersonalAsync<SignInPage>(
            http, culture, new SignInView(name, to, fault, await passkeys.AskAsync(http)), status);

    private Task<IResult> TooOftenAsync(PageForm form, string name, string to)
    {
        form.Http.Response.Headers.RetryAfter =
            AccountLimits.AttemptWindow.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
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
                http, culture, new SetUpView(secret, null, "", "", given, fault), StatusCodes.Status404NotFound);
        }

        // The secret that an authenticator holds already stays while the form is mended.
        var (written, made) = signing.Enrolled(link, enrolment) is { } kept
            ? (Totp.Written(kept), enrolment)
            : signing.Enrol(link);
        return await pages.ShowPersonalAsync<SetUpPage>(
            http, culture, new SetUpView(secret, link, written, made, given, fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    // An address on this node below the culture, and nothing that a browser could take for another place.
    private static string Local(string? to) =>
        to is ['/', not ('/' or '\\'), ..] && !to.Contains('\\', StringComparison.Ordinal) && !to.Any(char.IsControl)
            ? to
            : Home;
}
