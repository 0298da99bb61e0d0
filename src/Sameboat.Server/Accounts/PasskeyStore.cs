using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>The passkeys of accounts as ASP.NET's own handler of WebAuthn wants to be given them.</summary>
internal sealed class PasskeyStore(NodeDatabase database) : IUserPasskeyStore<AccountRow>
{
    public async Task AddOrUpdatePasskeyAsync(
        AccountRow user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var credential = Convert.ToHexStringLower(passkey.CredentialId);
        await using var db = database.Open();
        var kept = await db.Set<PasskeyRow>().FirstOrDefaultAsync(
            row => row.Credential == credential && row.Account == user.Id, cancellationToken);
        if (kept is null)
        {
            db.Add(new PasskeyRow
            {
                Credential = credential,
                Account = user.Id,
                Name = passkey.Name ?? "",
                PublicKey = passkey.PublicKey,
                Made = SignedIn.Micros(passkey.CreatedAt),
                SignCount = passkey.SignCount,
                Transports = string.Join(',', passkey.Transports ?? []),
                IsUserVerified = passkey.IsUserVerified,
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
                Attestation = passkey.AttestationObject,
                ClientData = passkey.ClientDataJson,
            });
        }
        else
        {
            (kept.SignCount, kept.IsUserVerified, kept.IsBackedUp) =
                (passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountRow user, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<PasskeyRow>().AsNoTracking()
            .Where(row => row.Account == user.Id)
            .OrderBy(row => row.Made)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(InfoOf)];
    }

    public async Task<AccountRow?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var credential = Convert.ToHexStringLower(credentialId);
        await using var db = database.Open();
        return await db.Set<PasskeyRow>().AsNoTracking()
            .Where(row => row.Credential == credential)
            .Join(
                db.Set<AccountRow>().Where(row => row.Closed == 0), key => key.Account, row => row.Id, (_, row) => row)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        AccountRow user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var credential = Convert.ToHexStringLower(credentialId);
        await using var db = database.Open();
        return await db.Set<PasskeyRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.Credential == credential && row.Account == user.Id, cancellationToken) is { } row
                ? InfoOf(row)
                : null;
    }

    public async Task RemovePasskeyAsync(AccountRow user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var credential = Convert.ToHexStringLower(credentialId);
        await using var db = database.Open();
        await db.Set<PasskeyRow>()
            .Where(row => row.Credential == credential && row.Account == user.Id)
            .ExecuteDeleteAsync(cancellationToken);
    }

    public Task<string> GetUserIdAsync(AccountRow user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountRow user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(AccountRow user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public async Task<AccountRow?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return Guid.TryParse(userId, out var id)
            ? await db.Set<AccountRow>().AsNoTracking()
                .FirstOrDefaultAsync(row => row.Id == id && row.Closed == 0, cancellationToken)
            : null;
    }

    public async Task<AccountRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<AccountRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Name == normalizedUserName && row.Closed == 0, cancellationToken);
    }

    // Accounts are made, changed and closed by their own desk and never through Identity.
    public Task SetUserNameAsync(AccountRow user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A name never changes.");

    public Task SetNormalizedUserNameAsync(
        AccountRow user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A name never changes.");

    public Task<IdentityResult> CreateAsync(AccountRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is made by a link.");

    public Task<IdentityResult> UpdateAsync(AccountRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is changed by its administrator.");

    public Task<IdentityResult> DeleteAsync(AccountRow user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is closed and never deleted.");

    public void Dispose()
    {
        // Every call opens and closes its own context.
    }

    private static UserPasskeyInfo InfoOf(PasskeyRow row) => new(
        Convert.FromHexString(row.Credential), row.PublicKey,
        DateTimeOffset.UnixEpoch.AddTicks(row.Made * TimeSpan.TicksPerMicrosecond), (uint)row.SignCount,
        row.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), row.IsUserVerified, row.IsBackupEligible,
        row.IsBackedUp, row.Attestation, row.ClientData)
    {
        Name = row.Name,
    };
}
