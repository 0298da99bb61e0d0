using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>What a page hands to the browser before it is asked for a passkey, and gets back with the answer.</summary>
/// <param name="Options">JSON of WebAuthn.</param>
/// <param name="State">What the node needs to check the answer, sealed.</param>
internal sealed record PasskeyQuestion(string Options, string State);

/// <summary>
/// Passkeys: an enhancement for browsers that run scripts and know them. WebAuthn itself is ASP.NET Identity's.
/// </summary>
internal sealed class Passkeys(NodeDatabase database, NodeOptions options, IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _states =
        protection.CreateProtector("sameboat.passkey").ToTimeLimitedDataProtector();

    /// <summary>The question by which an account adds a passkey.</summary>
    internal async Task<PasskeyQuestion> AddAsync(HttpContext http, AccountRow account)
    {
        using var users = Users(http);
        var made = await HandlerOf(users).MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = account.Id.ToString(), Name = account.Name, DisplayName = $"{account.Name}, {account.Label}",
            },
            http);
        return new PasskeyQuestion(made.CreationOptionsJson, Seal(made.AttestationState));
    }

    /// <summary>Keeps the passkey that answers; false where it does not answer, or the account has too many.</summary>
    internal async Task<bool> AddedAsync(
        HttpContext http, AccountRow account, string state, string credential, string name)
    {
        using var users = Users(http);
        if (Open(state) is not { } known
            || (await users.GetPasskeysAsync(account)).Count >= AccountLimits.PasskeysMax)
        {
            return false;
        }

        var result = await HandlerOf(users).PerformAttestationAsync(new PasskeyAttestationContext
        {
            CredentialJson = credential, AttestationState = known, HttpContext = http,
        });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString())
        {
            return false;
        }

        result.Passkey.Name = name.Length > AccountLimits.LabelMax ? name[..AccountLimits.LabelMax] : name;
        await KeepAsync(account, result.Passkey, http.RequestAborted);
        return true;
    }

    /// <summary>The question by which somebody signs in; it names nobody.</summary>
    internal async Task<PasskeyQuestion> AskAsync(HttpContext http)
    {
        using var users = Users(http);
        var made = await HandlerOf(users).MakeRequestOptionsAsync(null, http);
        return new PasskeyQuestion(made.RequestOptionsJson, Seal(made.AssertionState));
    }

    /// <summary>The account whose passkey answers, or null.</summary>
    internal async Task<AccountRow?> AnsweredAsync(HttpContext http, string state, string credential)
    {
        if (Open(state) is not { } known)
        {
            return null;
        }

        using var users = Users(http);
        var result = await HandlerOf(users).PerformAssertionAsync(new PasskeyAssertionContext
        {
            CredentialJson = credential, AssertionState = known, HttpContext = http,
        });
        if (!result.Succeeded)
        {
            return null;
        }

        await KeepAsync(result.User, result.Passkey, http.RequestAborted);
        return result.User;
    }

    /// <summary>The passkeys of an account, oldest first.</summary>
    internal async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(AccountRow account, CancellationToken cancellation)
    {
        using var store = new PasskeyStore(database);
        return [.. await store.GetPasskeysAsync(account, cancellation)];
    }

    /// <summary>Removes a passkey of an account; nothing where it has none of that id.</summary>
    internal async Task RemoveAsync(AccountRow account, string credential, CancellationToken cancellation)
    {
        using var store = new PasskeyStore(database);
        if (credential.Length % 2 == 0 && credential.All(char.IsAsciiHexDigit))
        {
            await store.RemovePasskeyAsync(account, Convert.FromHexString(credential), cancellation);
        }
    }

    // Past Identity, which would write the account anew with it.
    private async Task KeepAsync(AccountRow account, UserPasskeyInfo passkey, CancellationToken cancellation)
    {
        using var store = new PasskeyStore(database);
        await store.AddOrUpdatePasskeyAsync(account, passkey, cancellation);
    }

    private PasskeyHandler<AccountRow> HandlerOf(UserManager<AccountRow> users) => new(
        users,
        Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = options.PublicAddress?.Host,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            ValidateOrigin = origin => ValueTask.FromResult(
                !origin.CrossOrigin
                && Uri.TryCreate(origin.Origin, UriKind.Absolute, out var from)
                && from == SiteOf(origin.HttpContext)),
        }));

    // Without a public address the site is what the browser asked for.
    private Uri SiteOf(HttpContext http) =>
        options.PublicAddress ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");

    private UserManager<AccountRow> Users(HttpContext http) => new(
        new PasskeyStore(database), Options.Create(new IdentityOptions()), new PasswordHasher<AccountRow>(), [], [],
        new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), http.RequestServices,
        NullLogger<UserManager<AccountRow>>.Instance);

    private string Seal(string? state) => _states.Protect(state ?? "", AccountLimits.EnrolmentLife);

    private string? Open(string state)
    {
        try
        {
            return _states.Unprotect(state);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Altered, of another node, or too old: all the same to whoever sent it.
            return null;
        }
    }
}
