using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>The page by which an administrator looks after the accounts and tokens of its member.</summary>
internal sealed class PeoplePages(
    PageRenderer pages, SignedIn signedIn, AccountDesk desk, MemberTokens tokens, NodeOptions options)
{
    private const string Path = "/account/people";

    /// <summary>The page.</summary>
    internal Task<IResult> ShowAsync(HttpContext http, string culture) =>
        ShowAsync(http, culture, _ => Task.FromResult(new Done(null, AccountFault.None)));

    /// <summary>Does what the form of a button asks for, and shows the page anew.</summary>
    internal Task<IResult> DoAsync(PageForm form) => ShowAsync(form.Http, form.Culture, own => form.Text("do") switch
    {
        "invite" => InviteAsync(form, own),
        "change" => ChangeAsync(form, own),
        "close" => CloseAsync(form, own),
        "token" => TokenAsync(form, own),
        "revoke" => RevokeAsync(form, own),
        _ => Task.FromResult(new Done(null, AccountFault.NotFound)),
    });

    private async Task<IResult> ShowAsync(HttpContext http, string culture, Func<MemberId, Task<Done>> act)
    {
        if (await signedIn.AccountAsync(http) is not { } own)
        {
            return AccountPages.ToSignIn(culture, Path);
        }

        if (!AccountPages.IsAdministrator(own))
        {
            return await pages.ShowPersonalAsync<NotTakenPage>(
                http, culture, new object(), StatusCodes.Status403Forbidden);
        }

        var member = MemberId.Parse(own.Member);
        var done = await act(member);
        return await pages.ShowPersonalAsync<PeoplePage>(
            http, culture,
            new PeopleView(
                own, await desk.AccountsAsync(member, http.RequestAborted),
                await tokens.ListAsync(member, http.RequestAborted), done.Once,
                done.Fault == AccountFault.None ? null : RoleWords.KeyOf(done.Fault)),
            done.Fault == AccountFault.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<Done> InviteAsync(PageForm form, MemberId member)
    {
        var (secret, fault) = await desk.InviteAsync(
            member, form.Line("label"), form.Roles("role"), form.Http.RequestAborted);
        var site = options.PublicAddress ?? new Uri($"{form.Http.Request.Scheme}://{form.Http.Request.Host}");
        return fault == AccountFault.None
            ? new Done(
                new OnceView("people.link.once", new Uri(site, $"/{form.Culture}/set-up/{secret}").ToString()), fault)
            : new Done(null, fault);
    }

    private async Task<Done> ChangeAsync(PageForm form, MemberId member) => new(null, await desk.ChangeAsync(
        member, IdIn(form), form.Line("label"), form.Roles("role"), form.Http.RequestAborted));

    private async Task<Done> CloseAsync(PageForm form, MemberId member) =>
        new(null, await desk.CloseAsync(member, IdIn(form), form.Http.RequestAborted));

    private async Task<Done> TokenAsync(PageForm form, MemberId member)
    {
        _ = int.TryParse(form.Line("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        var (token, _, fault) = await tokens.AskAsync(
            member, form.Line("label"), form.Roles("role"), days, form.Http.RequestAborted);
        return new Done(fault == AccountFault.None ? new OnceView("people.token.once", token) : null, fault);
    }

    private async Task<Done> RevokeAsync(PageForm form, MemberId member) => new(
        null, await tokens.RevokeAsync(member, IdIn(form), form.Http.RequestAborted)
            ? AccountFault.None
            : AccountFault.NotFound);

    private static Guid IdIn(PageForm form) => Guid.TryParse(form.Line("id"), out var id) ? id : Guid.Empty;

    private sealed record Done(OnceView? Once, AccountFault Fault);
}
