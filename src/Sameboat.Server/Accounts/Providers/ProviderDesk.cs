using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>What an administrator says of its member's provider.</summary>
/// <param name="Issuer">The address under which its document lies.</param>
/// <param name="Client">By which it knows this node.</param>
/// <param name="Secret">Empty keeps the one there is.</param>
/// <param name="IsPublic">True for a client without a secret; an earlier one is forgotten.</param>
/// <param name="Name">What the sign-in page calls it.</param>
internal sealed record AskedProvider(string Issuer, string Client, string Secret, bool IsPublic, string Name);

/// <summary>
/// The providers of members. An administrator touches its own member's alone; accounts see and undo their own links.
/// </summary>
internal sealed class ProviderDesk(
    NodeDatabase database, ProviderSecrets secrets, ProviderClient client, TimeProvider time)
{
    /// <summary>All providers, by member.</summary>
    internal async Task<List<ProviderRow>> AllAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<ProviderRow>().AsNoTracking().OrderBy(row => row.Member).ToListAsync(cancellation);
    }

    /// <summary>The provider of a member, or null.</summary>
    internal async Task<ProviderRow?> FindAsync(string member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<ProviderRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Member == member, cancellation);
    }

    /// <summary>
    /// Registers the provider of a member, or changes it. It is asked first, so that what cannot work is never offered.
    /// </summary>
    internal async Task<AccountFault> KeepAsync(MemberId member, AskedProvider asked, CancellationToken cancellation)
    {
        if (asked.Issuer.Length > ProviderLimits.IssuerMax || !client.Takes(asked.Issuer)
            || new Uri(asked.Issuer).Query.Length > 0)
        {
            return AccountFault.BadIssuer;
        }

        if (!IsWord(asked.Client, ProviderLimits.ClientMax) || asked.Client.Length == 0
            || !IsWord(asked.Secret, ProviderLimits.SecretMax) || (asked.IsPublic && asked.Secret.Length > 0))
        {
            return AccountFault.BadClient;
        }

        if (asked.Name.Length is 0 or > AccountLimits.LabelMax || asked.Name.Any(char.IsControl))
        {
            return AccountFault.BadLabel;
        }

        var name = member.ToString();
        if (!asked.IsPublic && asked.Secret.Length == 0 && await secrets.FindAsync(name, cancellation) is null)
        {
            return AccountFault.BadClient;
        }

        client.Forget(asked.Issuer);
        var (_, fault) = await client.DocumentAsync(asked.Issuer, anew: false, cancellation);
        if (fault != ProviderFault.None)
        {
            return fault == ProviderFault.Unreachable ? AccountFault.IssuerSilent : AccountFault.IssuerOther;
        }

        if (asked.IsPublic)
        {
            secrets.Forget(name);
        }
        else if (asked.Secret.Length > 0)
        {
            await secrets.KeepAsync(name, asked.Secret, cancellation);
        }

        await StoreAsync(name, asked, cancellation);
        return AccountFault.None;
    }

    /// <summary>Removes the provider of a member with its secret; the links of people stay for the same issuer.
    /// </summary>
    internal async Task<AccountFault> RemoveAsync(MemberId member, CancellationToken cancellation)
    {
        var name = member.ToString();
        await using var db = database.Open();
        await db.Set<ErrandRow>().Where(row => row.Member == name).ExecuteDeleteAsync(cancellation);
        var removed = await db.Set<ProviderRow>().Where(row => row.Member == name).ExecuteDeleteAsync(cancellation);
        secrets.Forget(name);
        return removed == 1 ? AccountFault.None : AccountFault.NotFound;
    }

    /// <summary>The link of an account to its member's provider, or null.</summary>
    internal async Task<IdentityRow?> LinkOfAsync(Guid account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<IdentityRow>().AsNoTracking()
            .Where(row => row.Account == account)
            .OrderByDescending(row => row.Made)
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Undoes the links of an account, unless it has no other way to sign in.</summary>
    internal async Task<AccountFault> UnlinkAsync(AccountRow account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (account.PasswordHash.Length == 0
            && !await db.Set<PasskeyRow>().AnyAsync(row => row.Account == account.Id, cancellation))
        {
            return AccountFault.OnlyWay;
        }

        await db.Set<IdentityRow>().Where(row => row.Account == account.Id).ExecuteDeleteAsync(cancellation);
        return AccountFault.None;
    }

    private async Task StoreAsync(string member, AskedProvider asked, CancellationToken cancellation)
    {
        await using var db = database.Open();

        // Whoever was sent away under the earlier terms does not come back under these.
        await db.Set<ErrandRow>().Where(row => row.Member == member).ExecuteDeleteAsync(cancellation);
        var changed = SignedIn.Micros(time.GetUtcNow());
        var row = await db.Set<ProviderRow>().FirstOrDefaultAsync(one => one.Member == member, cancellation);
        if (row is null)
        {
            db.Add(new ProviderRow
            {
                Member = member,
                Issuer = asked.Issuer,
                Client = asked.Client,
                Name = asked.Name,
                HasSecret = !asked.IsPublic,
                Changed = changed,
            });
        }
        else
        {
            (row.Issuer, row.Client, row.Name, row.HasSecret, row.Changed) =
                (asked.Issuer, asked.Client, asked.Name, !asked.IsPublic, changed);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static bool IsWord(string text, int most) =>
        text.Length <= most && text.All(letter => letter is > ' ' and <= '~');
}
