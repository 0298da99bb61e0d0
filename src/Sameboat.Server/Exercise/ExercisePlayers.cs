using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Exercise;

/// <summary>
/// Who runs an exercise signs in by a link that the node prints at its start, and then as any of its members. The
/// accounts are made on the way, have no password, and carry a capacity that says what they are.
/// </summary>
internal sealed class ExercisePlayers(NodeDatabase database, TimeProvider time)
{
    /// <summary>The published capacity: whatever they say is marked by it.</summary>
    internal const string Label = "Exercise, played by its director";

    // No name to sign in by holds a space.
    private const string Prefix = "exercise player ";

    /// <summary>The secret of a new link to run the exercise by, for as long as any link holds; an earlier one is void.
    /// </summary>
    internal async Task<string> LinkAsync(CancellationToken cancellation)
    {
        var secret = LogKeys.DrawToken();
        await using var db = database.Open();
        await db.Set<AccountLinkRow>()
            .Where(row => row.Member == ExerciseScript.ConvenerName && row.Label == Label)
            .ExecuteDeleteAsync(cancellation);
        db.Add(new AccountLinkRow
        {
            Hash = SignedIn.HashOf(secret),
            Member = ExerciseScript.ConvenerName,
            Label = Label,
            Roles = AccountDesk.AllRoles.ToString(),
            Expires = SignedIn.Micros(time.GetUtcNow() + AccountLimits.LinkLife),
        });
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>Whether a link holds.</summary>
    internal async Task<bool> HoldsAsync(string secret, CancellationToken cancellation)
    {
        var hash = SignedIn.HashOf(secret);
        var now = SignedIn.Micros(time.GetUtcNow());
        await using var db = database.Open();
        return await db.Set<AccountLinkRow>().AnyAsync(
            row => row.Hash == hash && row.Label == Label && row.Expires > now, cancellation);
    }

    /// <summary>Whether an account is one of those that run the exercise.</summary>
    internal static bool Leads(AccountRow account) => account.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The account that plays a member; made where there is none.</summary>
    internal async Task<AccountRow> AccountAsync(MemberId member, CancellationToken cancellation)
    {
        var name = $"{Prefix}{member}";
        await using var db = database.Open();
        if (await db.Set<AccountRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.Name == name && row.Closed == 0, cancellation) is { } known)
        {
            return known;
        }

        var account = new AccountRow
        {
            Id = LogKeys.DrawId(time.GetUtcNow().ToUnixTimeMilliseconds()).Value,
            Member = member.ToString(),
            Name = name,
            Label = Label,
            Roles = AccountDesk.AllRoles.ToString(),
            PasswordHash = "",
            Authenticator = "",
            AuthenticatorStep = 0,
            Made = SignedIn.Micros(time.GetUtcNow()),
            Closed = 0,
        };
        db.Add(account);
        await db.SaveChangesAsync(cancellation);
        return account;
    }
}
