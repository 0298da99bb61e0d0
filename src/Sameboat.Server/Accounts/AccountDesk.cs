using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts.Providers;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>What comes of a change to accounts that is refused: the closed list.</summary>
internal enum AccountFault
{
    /// <summary>Nothing: it was done.</summary>
    None,

    /// <summary>The name to sign in by is not of the expected form.</summary>
    BadName,

    /// <summary>Somebody has the name.</summary>
    NameTaken,

    /// <summary>The password is too short, too long or too plain.</summary>
    BadPassword,

    /// <summary>The code is not the authenticator's, or was used.</summary>
    BadCode,

    /// <summary>The link was used, has run out, or never was.</summary>
    LinkSpent,

    /// <summary>The member's id is not of the expected form, or its name is empty or too long.</summary>
    BadMember,

    /// <summary>No such territory.</summary>
    BadTerritory,

    /// <summary>The capacity is empty or too long.</summary>
    BadLabel,

    /// <summary>No role is chosen.</summary>
    BadRoles,

    /// <summary>A token holds 1 to 366 days.</summary>
    BadDays,

    /// <summary>A member keeps one administrator at least.</summary>
    LastAdministrator,

    /// <summary>There is no such account or token of this member.</summary>
    NotFound,

    /// <summary>The member has as many as it may have.</summary>
    TooMany,

    /// <summary>The issuer is not an address that may be asked.</summary>
    BadIssuer,

    /// <summary>The client's id or secret is missing or not of the expected form.</summary>
    BadClient,

    /// <summary>The issuer does not answer in time.</summary>
    IssuerSilent,

    /// <summary>What the issuer says of itself is not what it should be.</summary>
    IssuerOther,

    /// <summary>It would leave the account without a way to sign in.</summary>
    OnlyWay,

    /// <summary>Too long ago since the person signed in.</summary>
    NotRecent,

    /// <summary>The present password or the code is wrong.</summary>
    WrongPassword,
}

/// <summary>
/// What administrators do to the accounts of their own member. Every method takes the administrator's member and
/// touches no other.
/// </summary>
internal sealed class AccountDesk(NodeDatabase database, TimeProvider time)
{
    /// <summary>Everything an account of a first start may do.</summary>
    internal const Roles AllRoles = Roles.Reporter | Roles.Requester | Roles.Donor | Roles.Logistics
        | Roles.Publisher | Roles.Administrator;

    /// <summary>
    /// The secret of a new link for the first account of the node; null when there is an account. An earlier such link
    /// is void.
    /// </summary>
    internal async Task<string?> FoundAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Set<AccountRow>().AnyAsync(cancellation))
        {
            return null;
        }

        await db.Set<AccountLinkRow>().Where(row => row.Member == "").ExecuteDeleteAsync(cancellation);
        return await LinkAsync(db, "", "", AllRoles, cancellation);
    }

    /// <summary>The secret of a new link by which somebody makes an account of the member.</summary>
    internal async Task<(string Secret, AccountFault Fault)> InviteAsync(
        MemberId member, string label, Roles roles, CancellationToken cancellation)
    {
        if (FaultOf(label, roles) is var fault and not AccountFault.None)
        {
            return ("", fault);
        }

        await using var db = database.Open();
        var name = member.ToString();
        await db.Set<AccountLinkRow>()
            .Where(row => row.Expires <= SignedIn.Micros(time.GetUtcNow()))
            .ExecuteDeleteAsync(cancellation);
        return await db.Set<AccountRow>().CountAsync(row => row.Member == name && row.Closed == 0, cancellation)
                >= AccountLimits.AccountsMax
            || await db.Set<AccountLinkRow>().CountAsync(row => row.Member == name, cancellation)
                >= AccountLimits.TokensMax
            ? ("", AccountFault.TooMany)
            : (await LinkAsync(db, name, label.Trim(), roles, cancellation), AccountFault.None);
    }

    /// <summary>The open accounts of a member, by name.</summary>
    internal async Task<List<AccountRow>> AccountsAsync(MemberId member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var name = member.ToString();
        return await db.Set<AccountRow>().AsNoTracking()
            .Where(row => row.Member == name && row.Closed == 0)
            .OrderBy(row => row.Name)
            .ToListAsync(cancellation);
    }

    /// <summary>Gives an account of the member other roles; they hold from its next request.</summary>
    internal async Task<AccountFault> ChangeAsync(
        MemberId member, Guid account, string label, Roles roles, CancellationToken cancellation)
    {
        if (FaultOf(label, roles) is var fault and not AccountFault.None)
        {
            return fault;
        }

        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(db, member, account, cancellation) is not { } row)
        {
            return AccountFault.NotFound;
        }

        (row.Label, row.Roles) = (label.Trim(), roles.ToString());
        return await SaveAsync(db, member, cancellation);
    }

    /// <summary>Closes an account of the member: its sessions, passkeys and codes end at once, its name stays taken.
    /// </summary>
    internal async Task<AccountFault> CloseAsync(MemberId member, Guid account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(db, member, account, cancellation) is not { } row)
        {
            return AccountFault.NotFound;
        }

        row.Closed = SignedIn.Micros(time.GetUtcNow());
        await db.Set<SessionRow>().Where(one => one.Account == account).ExecuteDeleteAsync(cancellation);
        await db.Set<PasskeyRow>().Where(one => one.Account == account).ExecuteDeleteAsync(cancellation);
        await db.Set<RecoveryCodeRow>().Where(one => one.Account == account).ExecuteDeleteAsync(cancellation);
        await db.Set<IdentityRow>().Where(one => one.Account == account).ExecuteDeleteAsync(cancellation);
        return await SaveAsync(db, member, cancellation);
    }

    /// <summary>What is wrong with a capacity and roles.</summary>
    internal static AccountFault FaultOf(string label, Roles roles) =>
        label.Trim().Length is 0 or > AccountLimits.LabelMax || label.Any(char.IsControl) ? AccountFault.BadLabel
        : roles == Roles.None || (roles & ~AllRoles) != Roles.None ? AccountFault.BadRoles
        : AccountFault.None;

    private async Task<string> LinkAsync(
        NodeContext db, string member, string label, Roles roles, CancellationToken cancellation)
    {
        var secret = LogKeys.DrawToken();
        db.Add(new AccountLinkRow
        {
            Hash = SignedIn.HashOf(secret),
            Member = member,
            Label = label,
            Roles = roles.ToString(),
            Expires = SignedIn.Micros(time.GetUtcNow() + AccountLimits.LinkLife),
        });
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    private static Task<AccountRow?> FindAsync(
        NodeContext db, MemberId member, Guid account, CancellationToken cancellation)
    {
        var name = member.ToString();
        return db.Set<AccountRow>().FirstOrDefaultAsync(
            row => row.Id == account && row.Member == name && row.Closed == 0, cancellation);
    }

    // Undone where it would leave the member without anybody who can invite.
    private static async Task<AccountFault> SaveAsync(
        NodeContext db, MemberId member, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var name = member.ToString();
        var roles = await db.Set<AccountRow>()
            .Where(row => row.Member == name && row.Closed == 0)
            .Select(row => row.Roles)
            .ToListAsync(cancellation);
        if (!roles.Any(text => Enum.Parse<Roles>(text).HasFlag(Roles.Administrator)))
        {
            return AccountFault.LastAdministrator;
        }

        await db.Database.CurrentTransaction!.CommitAsync(cancellation);
        return AccountFault.None;
    }
}
