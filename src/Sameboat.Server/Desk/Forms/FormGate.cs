using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sameboat.Server.Accounts;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>A form of the desk that its own account sent back.</summary>
/// <param name="Form">The form.</param>
/// <param name="Account">Whose.</param>
/// <param name="Actor">The same as the record knows it.</param>
internal sealed record DeskForm(PageForm Form, AccountRow Account, Actor Actor);

/// <summary>
/// The way in for forms of the desk. One whose session has ended in the meantime is not lost: it carries a seal that
/// says to which account it was given, and what it says becomes a draft of that account.
/// </summary>
internal sealed class FormGate(
    IAntiforgery antiforgery, SignedIn signedIn, Drafts drafts, PageRenderer pages,
    IDataProtectionProvider protection)
{
    /// <summary>The longest a form of the desk may be, in bytes: 300 lines in a script of three bytes a letter.
    /// </summary>
    internal const long FormBytesMax = 512 * 1024;

    /// <summary>The hidden field with the seal.</summary>
    internal const string Seat = "seat";

    /// <summary>How long a form may lie open before its seal is worth nothing.</summary>
    private static readonly TimeSpan SeatLife = TimeSpan.FromDays(7);

    private readonly ITimeLimitedDataProtector _seats =
        protection.CreateProtector("sameboat.desk.seat").ToTimeLimitedDataProtector();

    /// <summary>The seal that a form of the account carries.</summary>
    internal string SealFor(AccountRow account) => _seats.Protect($"{account.Id:N}", SeatLife);

    /// <summary>The form, or where the reader is sent instead.</summary>
    /// <param name="http">The request.</param>
    /// <param name="culture">As the path has it.</param>
    /// <param name="kind">What the form is; null for one of which no draft can be kept.</param>
    /// <param name="bytesMax">The longest it may be.</param>
    internal async Task<(DeskForm? Form, IResult? Refusal)> ReadAsync(
        HttpContext http, string culture, FormKind? kind, long bytesMax = FormBytesMax)
    {
        if (Words.Of(culture) is null)
        {
            return (null, TypedResults.NotFound());
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytesMax;
        }

        var account = await signedIn.AccountAsync(http);
        try
        {
            if (http.Request.HasFormContentType)
            {
                var fields = await http.Request.ReadFormAsync(http.RequestAborted);
                if (account is not null && await signedIn.ActorAsync(http) is { } actor
                    && await antiforgery.IsRequestValidAsync(http))
                {
                    return (new DeskForm(new PageForm(http, culture, fields), account, actor), null);
                }

                if (kind is not null && AccountOf(fields[Seat]) is { } owner)
                {
                    return (null, await KeepAsync(http, culture, kind, fields, owner));
                }
            }
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            // Too long, or no form: the same answer as for one that is not ours.
        }

        return (null, await pages.ShowPersonalAsync<NotTakenPage>(
            http, culture, new object(), StatusCodes.Status400BadRequest));
    }

    private async Task<IResult> KeepAsync(
        HttpContext http, string culture, FormKind kind, IFormCollection fields, Guid owner)
    {
        var path = http.Request.Path.Value![(culture.Length + 1)..];
        var draft = await drafts.SaveAsync(
            owner, $"{fields["draft"]}", (path, kind.Name), FormValues.Of(kind, fields), http.RequestAborted);
        return AccountPages.ToSignIn(culture, $"{path}?draft={draft}");
    }

    private Guid? AccountOf(string? seal)
    {
        try
        {
            return string.IsNullOrEmpty(seal) ? null : Guid.ParseExact(_seats.Unprotect(seal), "N");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Altered, of another node, or too old: all the same to whoever sent it.
            return null;
        }
    }
}
