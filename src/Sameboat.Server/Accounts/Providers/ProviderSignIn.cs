using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>For what a browser is sent to a provider.</summary>
/// <param name="Account">The account that is to be linked, or null.</param>
/// <param name="Link">The hash of the invitation by which an account is to be made, or empty.</param>
/// <param name="Name">The name of that account, or empty.</param>
/// <param name="To">The address below the culture to go to afterwards.</param>
internal sealed record ErrandTerms(Guid? Account, string Link, string Name, string To);

/// <summary>What came of it.</summary>
/// <param name="Account">Who was signed in; null with a fault.</param>
/// <param name="Errand">For which it was sent; null where nobody knows.</param>
/// <param name="Fault">Why nobody was.</param>
/// <param name="Refused">Why no account could be made; none where the provider itself is at fault.</param>
internal readonly record struct ProviderAnswer(
    AccountRow? Account, ErrandRow? Errand, ProviderFault Fault, AccountFault Refused = AccountFault.None);

/// <summary>
/// The code flow of OpenID Connect with PKCE, for the provider of one member. Roles stay the account's own; of the
/// token the subject alone is used.
/// </summary>
internal sealed class ProviderSignIn(
    NodeDatabase database, ProviderDesk desk, ProviderClient client, ProviderSecrets secrets, SigningIn signing,
    NodeOptions options, TimeProvider time)
{
    private const string PlainName = "sameboat-errand";
    private const string SecureName = "__Host-sameboat-errand";

    private readonly IdentityTokens _tokens = new(time);

    /// <summary>The address to which a member's provider sends browsers back.</summary>
    internal Uri BackOf(HttpContext http, string member) => new(
        options.PublicAddress ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}"), $"/oidc/{member}/return");

    /// <summary>Notes why the browser leaves, and says where it goes.</summary>
    internal async Task<(Uri? Site, ProviderFault Fault)> BeginAsync(
        HttpContext http, string culture, string member, ErrandTerms terms)
    {
        if (await desk.FindAsync(member, http.RequestAborted) is not { } provider)
        {
            return (null, ProviderFault.Absent);
        }

        var (document, fault) = await client.DocumentAsync(provider.Issuer, anew: false, http.RequestAborted);
        if (document is null)
        {
            return (null, fault);
        }

        var (state, browser) = (LogKeys.DrawToken(), LogKeys.DrawToken());
        var errand = new ErrandRow
        {
            State = SignedIn.HashOf(state),
            Browser = SignedIn.HashOf(browser),
            Member = member,
            Issuer = provider.Issuer,
            Nonce = LogKeys.DrawToken(),
            Verifier = LogKeys.DrawToken(),
            Account = terms.Account,
            Link = terms.Link,
            Name = terms.Name,
            Culture = culture,
            To = terms.To,
            Expires = SignedIn.Micros(time.GetUtcNow() + ProviderLimits.ErrandLife),
        };
        if (!await NoteAsync(errand, http.RequestAborted))
        {
            return (null, ProviderFault.Unreachable);
        }

        http.Response.Cookies.Append(NameFor(http), browser, Terms(http));
        return (new Uri(QueryHelpers.AddQueryString(
            document.Sites.AuthorizationEndpoint,
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["scope"] = "openid",
                ["client_id"] = provider.Client,
                ["redirect_uri"] = BackOf(http, member).AbsoluteUri,
                ["state"] = state,
                ["nonce"] = errand.Nonce,
                ["code_challenge"] = Base64UrlEncoder.Encode(
                    SHA256.HashData(Encoding.ASCII.GetBytes(errand.Verifier))),
                ["code_challenge_method"] = "S256",
            })), ProviderFault.None);
    }

    /// <summary>Looks at what a browser brings back, and finds or makes the account.</summary>
    internal async Task<ProviderAnswer> FinishAsync(HttpContext http, string member)
    {
        var (query, cancellation) = (http.Request.Query, http.RequestAborted);
        var browser = http.Request.Cookies[NameFor(http)];
        http.Response.Cookies.Delete(NameFor(http), Terms(http));
        if (await TakeAsync(One(query, "state"), browser, member, cancellation) is not { } errand)
        {
            return new ProviderAnswer(null, null, ProviderFault.State);
        }

        if (await desk.FindAsync(member, cancellation) is not { } provider || provider.Issuer != errand.Issuer)
        {
            return new ProviderAnswer(null, errand, ProviderFault.Absent);
        }

        // RFC 9207: an answer that names its issuer must name this one.
        if (query.ContainsKey("iss") && One(query, "iss") != errand.Issuer)
        {
            return new ProviderAnswer(null, errand, ProviderFault.Issuer);
        }

        if (One(query, "code") is not { } code)
        {
            return new ProviderAnswer(null, errand, ProviderFault.Declined);
        }

        var (subject, fault) = await SubjectAsync(
            provider, errand, (code, errand.Verifier, BackOf(http, member)), cancellation);
        return subject is null
            ? new ProviderAnswer(null, errand, fault)
            : await AccountAsync(errand, subject, cancellation);
    }

    private async Task<(string? Subject, ProviderFault Fault)> SubjectAsync(
        ProviderRow provider, ErrandRow errand, (string Code, string Verifier, Uri Back) sent,
        CancellationToken cancellation)
    {
        var (document, fault) = await client.DocumentAsync(provider.Issuer, anew: false, cancellation);
        if (document is null)
        {
            return (null, fault);
        }

        var secret = provider.HasSecret ? await secrets.FindAsync(provider.Member, cancellation) : null;
        if (provider.HasSecret && secret is null)
        {
            return (null, ProviderFault.Code);
        }

        var (token, refusal) = await client.ExchangeAsync(document, provider, secret, sent, cancellation);
        if (token is null)
        {
            return (null, refusal);
        }

        var found = await _tokens.SubjectAsync(token, document.Keys, errand, provider.Client);
        if (found.Fault != ProviderFault.Signature)
        {
            return found;
        }

        // A provider changes its keys when it likes: one more look at them, and no more than one a while.
        var (newer, _) = await client.DocumentAsync(provider.Issuer, anew: true, cancellation);
        return newer is null || newer.Read == document.Read
            ? found
            : await _tokens.SubjectAsync(token, newer.Keys, errand, provider.Client);
    }

    // Members are kept apart by the first column of the key: whatever an issuer says, it speaks for its member alone.
    private async Task<ProviderAnswer> AccountAsync(ErrandRow errand, string subject, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var linked = await db.Set<IdentityRow>().AsNoTracking()
            .Where(row => row.Member == errand.Member && row.Issuer == errand.Issuer && row.Subject == subject)
            .Join(
                db.Set<AccountRow>().Where(row => row.Closed == 0 && row.Member == errand.Member),
                row => row.Account, row => row.Id, (_, account) => account)
            .FirstOrDefaultAsync(cancellation);
        if (errand is { Account: null, Link: "" })
        {
            return new ProviderAnswer(linked, errand, linked is null ? ProviderFault.Unlinked : ProviderFault.None);
        }

        if (linked is not null && linked.Id != errand.Account)
        {
            return new ProviderAnswer(null, errand, ProviderFault.Linked);
        }

        IdentityRow Linking(Guid account) => new()
        {
            Member = errand.Member,
            Issuer = errand.Issuer,
            Subject = subject,
            Account = account,
            Made = SignedIn.Micros(time.GetUtcNow()),
        };
        if (errand.Account is null)
        {
            var (made, refused) = await signing.MakeLinkedAsync(errand.Link, errand.Name, Linking, cancellation);
            return new ProviderAnswer(made, errand, ProviderFault.None, refused);
        }

        return await LinkAsync(errand, linked, Linking, cancellation);
    }

    private async Task<ProviderAnswer> LinkAsync(
        ErrandRow errand, AccountRow? linked, Func<Guid, IdentityRow> linking, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var own = linked ?? await db.Set<AccountRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == errand.Account && row.Closed == 0 && row.Member == errand.Member, cancellation);
        if (own is null)
        {
            return new ProviderAnswer(null, errand, ProviderFault.State);
        }

        if (linked is null)
        {
            // One person of the provider for one account: a new link takes the place of the old one.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Set<IdentityRow>().Where(row => row.Account == own.Id).ExecuteDeleteAsync(cancellation);
            db.Add(linking(own.Id));
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException fault) when (StoreFault.Of(fault) is { Kind: StoreFaultKind.Raced })
            {
                return new ProviderAnswer(null, errand, ProviderFault.Linked);
            }

            await transaction.CommitAsync(cancellation);
        }

        return new ProviderAnswer(own, errand, ProviderFault.None);
    }

    private async Task<bool> NoteAsync(ErrandRow errand, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = SignedIn.Micros(time.GetUtcNow());
        await db.Set<ErrandRow>().Where(row => row.Expires <= now).ExecuteDeleteAsync(cancellation);
        if (await db.Set<ErrandRow>().CountAsync(cancellation) >= ProviderLimits.ErrandsMax)
        {
            return false;
        }

        db.Add(errand);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    // Whoever deletes the row has it: no state is taken twice, and one that another browser brings is spent by it.
    private async Task<ErrandRow?> TakeAsync(
        string? state, string? browser, string member, CancellationToken cancellation)
    {
        if (state is null)
        {
            return null;
        }

        var hash = SignedIn.HashOf(state);
        await using var db = database.Open();
        var row = await db.Set<ErrandRow>().AsNoTracking().FirstOrDefaultAsync(one => one.State == hash, cancellation);
        var taken = await db.Set<ErrandRow>().Where(one => one.State == hash).ExecuteDeleteAsync(cancellation);
        return row is not null && taken == 1
            && row.Member == member
            && row.Expires > SignedIn.Micros(time.GetUtcNow())
            && browser is { Length: > 0 } && SignedIn.HashOf(browser) == row.Browser
                ? row
                : null;
    }

    private static string? One(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 and <= ProviderLimits.ParameterMax } only] ? only : null;

    // Lax: the browser comes back from another site, and a strict cookie would stay behind.
    private static CookieOptions Terms(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = ProviderLimits.ErrandLife,
    };

    private static string NameFor(HttpContext http) => http.Request.IsHttps ? SecureName : PlainName;
}
