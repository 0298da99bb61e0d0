using Microsoft.AspNetCore.Http;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>What the pages of providers answer: registering one, leaving for it, coming back.</summary>
internal sealed class ProviderPages(
    PageRenderer pages, SignedIn signedIn, SigningIn signing, ProviderDesk desk, ProviderSignIn provider,
    SignInAttempts attempts, AccountEvents events)
{
    /// <summary>The page on which an administrator registers its member's provider.</summary>
    internal const string Path = "/account/provider";

    private const string Home = "/account";
    private const string SignIn = "/sign-in";

    /// <summary>The page.</summary>
    internal Task<IResult> ShowAsync(HttpContext http, string culture) =>
        AsAdministratorAsync(http, culture, own => PageAsync(http, culture, own, null, AccountFault.None));

    /// <summary>Registers, changes or removes.</summary>
    internal Task<IResult> DoAsync(PageForm form) => AsAdministratorAsync(form.Http, form.Culture, async own =>
    {
        var member = MemberId.Parse(own.Member);
        var asked = new AskedProvider(
            form.Line("issuer"), form.Line("client"), form.Line("secret"), form.Text("public").Length > 0,
            form.Line("name"));
        var fault = !signedIn.IsRecent(form.Http) ? AccountFault.NotRecent : form.Text("do") switch
        {
            "keep" => await desk.KeepAsync(member, asked, form.Http.RequestAborted),
            "remove" => await desk.RemoveAsync(member, form.Http.RequestAborted),
            _ => AccountFault.NotFound,
        };
        if (fault != AccountFault.None)
        {
            return await PageAsync(form.Http, form.Culture, own, asked, fault);
        }

        events.Changed(form.Http, own, form.Text("do") == "keep" ? "provider registered" : "provider removed");
        return TypedResults.LocalRedirect($"/{form.Culture}{Path}");
    });

    /// <summary>Sends a browser to the provider of a member, to sign in.</summary>
    internal async Task<IResult> SignInAsync(PageForm form)
    {
        var address = $"{form.Http.Connection.RemoteIpAddress}";
        if (!attempts.Allows($"provider {address}", address))
        {
            form.Http.Response.Headers.RetryAfter = AccountPages.RetryAfter;
            return await SaidAsync(
                form.Http, form.Culture, "sign-in.often", "", StatusCodes.Status429TooManyRequests);
        }

        return await LeaveAsync(
            form, form.Line("member"), new ErrandTerms(null, "", "", AccountPages.Local(form.Text("to"))));
    }

    /// <summary>Sends somebody who is signed in to the provider, to link the account.</summary>
    internal async Task<IResult> LinkAsync(PageForm form)
    {
        if (await signedIn.AccountAsync(form.Http) is not { } own)
        {
            return AccountPages.ToSignIn(form.Culture, Home);
        }

        if (!signedIn.IsRecent(form.Http))
        {
            return await SaidAsync(
                form.Http, form.Culture, RoleWords.KeyOf(AccountFault.NotRecent), "",
                StatusCodes.Status403Forbidden);
        }

        if (form.Text("do") != "unlink")
        {
            return await LeaveAsync(form, own.Member, new ErrandTerms(own.Id, "", "", Home));
        }

        if (await desk.UnlinkAsync(own, form.Http.RequestAborted) is var fault and not AccountFault.None)
        {
            return await SaidAsync(
                form.Http, form.Culture, RoleWords.KeyOf(fault), "", StatusCodes.Status422UnprocessableEntity);
        }

        events.Changed(form.Http, own, "provider unlinked");
        return TypedResults.LocalRedirect($"/{form.Culture}{Home}");
    }

    /// <summary>Sends somebody who was invited to the provider, to make an account by it.</summary>
    internal async Task<IResult> InvitedAsync(PageForm form)
    {
        var link = await signing.LinkAsync(form.Http.PathPart("secret"), form.Http.RequestAborted);
        var name = form.Line("name").ToLowerInvariant();
        var fault = link is not { Member.Length: > 0 }
            ? AccountFault.LinkSpent
            : await signing.NameFaultAsync(name, form.Http.RequestAborted);
        return fault == AccountFault.None
            ? await LeaveAsync(form, link!.Member, new ErrandTerms(null, link.Hash, name, Home))
            : await SaidAsync(
                form.Http, form.Culture, RoleWords.KeyOf(fault), "", StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Takes a browser that comes back.</summary>
    internal async Task<IResult> ReturnedAsync(HttpContext http, string member)
    {
        var answer = await provider.FinishAsync(http, member);
        var culture = answer.Errand?.Culture ?? ReaderCulture.Of(http.Request);
        if (answer.Account is { } account)
        {
            await signedIn.BeginAsync(http, account, SessionWay.Provider);
            events.SignedIn(http, account, SessionWay.Provider);

            // The session's cookie is strict: it goes with a step that begins here, and not with a redirect.
            return await GoOnAsync(http, culture, $"/{culture}{answer.Errand!.To}", "provider.done");
        }

        if (answer.Fault == ProviderFault.None)
        {
            events.NotSignedIn(http, SessionWay.Provider, $"{answer.Refused}", member);
            return await SaidAsync(
                http, culture, RoleWords.KeyOf(answer.Refused), "", StatusCodes.Status422UnprocessableEntity);
        }

        return await FaultAsync(http, culture, member, answer.Fault);
    }

    private async Task<IResult> LeaveAsync(PageForm form, string member, ErrandTerms terms)
    {
        var (site, fault) = await provider.BeginAsync(form.Http, form.Culture, member, terms);
        return site is null
            ? await FaultAsync(form.Http, form.Culture, member, fault)
            : await GoOnAsync(form.Http, form.Culture, site.AbsoluteUri, "provider.leave");
    }

    // The policy of the page lets no form lead to another site; the header does, and so does the link.
    private Task<IResult> GoOnAsync(HttpContext http, string culture, string to, string key)
    {
        http.Response.Headers["Refresh"] = $"0;url={to}";
        return pages.ShowPersonalAsync<GoOnPage>(http, culture, new GoOnView(key, to), path: SignIn);
    }

    private Task<IResult> FaultAsync(HttpContext http, string culture, string member, ProviderFault fault)
    {
        events.NotSignedIn(
            http, SessionWay.Provider, ProviderFaults.CodeOf(fault),
            MemberId.TryParse(member, out var known) ? known.ToString() : "-");
        return SaidAsync(
            http, culture, ProviderFaults.KeyOf(fault), ProviderFaults.CodeOf(fault), fault switch
            {
                ProviderFault.Unreachable or ProviderFault.Document => StatusCodes.Status503ServiceUnavailable,
                ProviderFault.Absent => StatusCodes.Status404NotFound,
                _ => StatusCodes.Status403Forbidden,
            });
    }

    private Task<IResult> SaidAsync(HttpContext http, string culture, string key, string code, int status) =>
        pages.ShowPersonalAsync<ProviderFaultPage>(http, culture, new ProviderFaultView(key, code), status, SignIn);

    private async Task<IResult> PageAsync(
        HttpContext http, string culture, AccountRow own, AskedProvider? asked, AccountFault fault) =>
        await pages.ShowPersonalAsync<ProviderPage>(
            http, culture,
            new ProviderView(
                own, await desk.FindAsync(own.Member, http.RequestAborted), asked,
                provider.BackOf(http, own.Member), fault == AccountFault.None ? null : RoleWords.KeyOf(fault)),
            fault == AccountFault.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> AsAdministratorAsync(
        HttpContext http, string culture, Func<AccountRow, Task<IResult>> show) =>
        await signedIn.AccountAsync(http) is not { } own ? AccountPages.ToSignIn(culture, Path)
        : AccountPages.IsAdministrator(own) ? await show(own)
        : await pages.ShowPersonalAsync<NotTakenPage>(
            http, culture, new object(), StatusCodes.Status403Forbidden);
}
