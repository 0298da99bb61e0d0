using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts.Providers;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>What somebody says who makes an account by a link.</summary>
/// <param name="Member">The member's id; looked at on the first start alone, as the two after it.</param>
/// <param name="MemberName">By which it introduces itself; empty where it has done so.</param>
/// <param name="Territory">ISO 3166-1 alpha-3 of what it answers for; empty for an organisation.</param>
/// <param name="Label">The published capacity of the account.</param>
/// <param name="Name">To sign in by.</param>
/// <param name="Password">In clear.</param>
/// <param name="Code">Of the authenticator that was given the secret.</param>
internal sealed record NewAccount(
    string Member, string MemberName, string Territory, string Label, string Name, string Password, string Code);

/// <summary>Makes accounts by links, and tells by name, password and code whose request it is.</summary>
internal sealed partial class SigningIn(
    NodeDatabase database, LogStore store, TimeProvider time, Passwords passwords, IDataProtectionProvider protection,
    KeyDeclaration declaration, NodeOptions options)
{
    private readonly IDataProtector _secrets = protection.CreateProtector("sameboat.authenticator");

    private readonly ITimeLimitedDataProtector _forms =
        protection.CreateProtector("sameboat.enrolment").ToTimeLimitedDataProtector();

    /// <summary>The link of a secret, while it can be used.</summary>
    internal async Task<AccountLinkRow?> LinkAsync(string secret, CancellationToken cancellation)
    {
        var hash = SignedIn.HashOf(secret);
        var now = SignedIn.Micros(time.GetUtcNow());
        await using var db = database.Open();
        return await db.Set<AccountLinkRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Hash == hash && row.Expires > now, cancellation);
    }

    /// <summary>A new secret for an authenticator, and the same sealed for the form that brings it back.</summary>
    internal (string Written, string Sealed) Enrol(AccountLinkRow link)
    {
        var secret = LogKeys.DrawSalt()[..Totp.SecretLength];
        return (Totp.Written(secret), Seal(link, secret));
    }

    /// <summary>The secret that a form brings back; null when it was not given out for this link, or too long ago.
    /// </summary>
    internal byte[]? Enrolled(AccountLinkRow link, string sealedSecret)
    {
        try
        {
            var parts = _forms.Unprotect(sealedSecret).Split('|');
            return parts is [var hash, var secret] && hash == link.Hash ? Convert.FromHexString(secret) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Altered, of another node, or too old: all the same to whoever sent it.
            return null;
        }
    }

    /// <summary>Makes the account of a link, and uses the link up.</summary>
    /// <returns>The account and its recovery codes; or why there is none, and the link holds.</returns>
    internal async Task<(AccountRow? Account, string[] Codes, AccountFault Fault)> MakeAsync(
        AccountLinkRow link, byte[] secret, NewAccount asked, string host, CancellationToken cancellation)
    {
        var isFirst = link.Member.Length == 0;
        var name = asked.Name.ToLowerInvariant();
        var step = Totp.Match(secret, asked.Code, time.GetUtcNow());
        var label = isFirst ? asked.Label.Trim() : link.Label;
        if (await FaultOfAsync(asked, name, label, link.Member, cancellation) is var fault and not AccountFault.None)
        {
            return (null, [], fault);
        }

        if (step is null)
        {
            return (null, [], AccountFault.BadCode);
        }

        var member = MemberId.Parse(isFirst ? asked.Member : link.Member);
        if (isFirst)
        {
            await OpenMemberAsync(member, asked, host, cancellation);
        }

        var codes = Enumerable.Range(0, AccountLimits.RecoveryCodes).Select(_ => DrawCode()).ToArray();
        var account = NewRow(link, member.ToString(), name, label);
        account.PasswordHash = passwords.Hash(asked.Password);
        account.Authenticator = _secrets.Protect(Convert.ToHexString(secret));
        account.AuthenticatorStep = step.Value;
        return await StoreAsync(link, account, codes, null, cancellation) is var stored and not AccountFault.None
            ? (null, [], stored)
            : (account, codes, AccountFault.None);
    }

    /// <summary>
    /// Makes the account of an invitation without a password: it signs in by its member's provider. Uses the link up.
    /// </summary>
    /// <param name="hash">Of the link.</param>
    /// <param name="asked">The name to sign in by, as it was asked for.</param>
    /// <param name="linking">Makes the link to the person of the provider.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<(AccountRow? Account, AccountFault Fault)> MakeLinkedAsync(
        string hash, string asked, Func<Guid, IdentityRow> linking, CancellationToken cancellation)
    {
        var now = SignedIn.Micros(time.GetUtcNow());
        await using var db = database.Open();
        var link = await db.Set<AccountLinkRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Hash == hash && row.Expires > now && row.Member != "", cancellation);
        if (link is null)
        {
            return (null, AccountFault.LinkSpent);
        }

        var name = asked.ToLowerInvariant();
        if (await NameFaultAsync(name, cancellation) is var fault and not AccountFault.None)
        {
            return (null, fault);
        }

        var account = NewRow(link, link.Member, name, link.Label);
        return await StoreAsync(link, account, [], linking(account.Id), cancellation) is var stored
            and not AccountFault.None
                ? (null, stored)
                : (account, AccountFault.None);
    }

    /// <summary>What is wrong with a name to sign in by.</summary>
    internal async Task<AccountFault> NameFaultAsync(string name, CancellationToken cancellation)
    {
        if (!NameForm().IsMatch(name))
        {
            return AccountFault.BadName;
        }

        await using var db = database.Open();
        return await db.Set<AccountRow>().AnyAsync(row => row.Name == name, cancellation)
            ? AccountFault.NameTaken
            : AccountFault.None;
    }

    /// <summary>
    /// Gives an account another password; the present one and a code are asked for. All its other sessions end.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="present">Its password.</param>
    /// <param name="code">Of its authenticator, or a recovery code.</param>
    /// <param name="next">The new one.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<AccountFault> ChangePasswordAsync(
        AccountRow account, string present, string code, string next, CancellationToken cancellation)
    {
        if (!Passwords.IsGood(next, await ContextAsync(account.Member, account.Name, cancellation)))
        {
            return AccountFault.BadPassword;
        }

        if (await CheckAsync(account.Name, present, code, cancellation) is not { } known || known.Id != account.Id)
        {
            return AccountFault.WrongPassword;
        }

        var hash = passwords.Hash(next);
        await using var db = database.Open();
        await db.Set<AccountRow>()
            .Where(row => row.Id == account.Id && row.Closed == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), cancellation);
        return AccountFault.None;
    }

    // The words that somebody who knows the account would try first.
    private async Task<IEnumerable<string>> ContextAsync(
        string member, string name, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var called = await db.Members.AsNoTracking()
            .Where(row => row.Member == member).Select(row => row.Name).FirstOrDefaultAsync(cancellation) ?? "";
        return [name, member, .. Passwords.WordsOf(name), .. Passwords.WordsOf(member), .. Passwords.WordsOf(called)];
    }

    private AccountRow NewRow(AccountLinkRow link, string member, string name, string label) => new()
    {
        Id = LogKeys.DrawId(time.GetUtcNow().ToUnixTimeMilliseconds()).Value,
        Member = member,
        Name = name,
        Label = label,
        Roles = link.Roles,
        PasswordHash = "",
        Authenticator = "",
        AuthenticatorStep = 0,
        Made = SignedIn.Micros(time.GetUtcNow()),
        Closed = 0,
    };

    /// <summary>
    /// The account of a name, password and code; null when any of them is wrong, and nobody is told which. A code is
    /// taken once, and a recovery code ever once.
    /// </summary>
    internal async Task<AccountRow?> CheckAsync(
        string name, string password, string code, CancellationToken cancellation)
    {
        var wanted = name.Trim().ToLowerInvariant();
        await using var db = database.Open();
        var row = await db.Set<AccountRow>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.Name == wanted && one.Closed == 0, cancellation);
        var isPassword = password.Length <= AccountLimits.PasswordMax
            && passwords.Matches(row?.PasswordHash, password);
        if (row is null || !isPassword)
        {
            return null;
        }

        var given = code.Replace(" ", "", StringComparison.Ordinal);
        if (StepOf(row, given) is { } step)
        {
            // Whoever moves the step first has used the code.
            var moved = await db.Set<AccountRow>()
                .Where(one => one.Id == row.Id && one.AuthenticatorStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.AuthenticatorStep, step), cancellation);
            return moved == 1 ? row : null;
        }

        var hash = SignedIn.HashOf(Plain(given));
        var used = await db.Set<RecoveryCodeRow>()
            .Where(one => one.Account == row.Id && one.Hash == hash)
            .ExecuteDeleteAsync(cancellation);
        return used == 1 ? row : null;
    }

    // Where keys/pages was lost no code of an authenticator can be told; a recovery code still can.
    private long? StepOf(AccountRow row, string given)
    {
        try
        {
            return Totp.Match(Convert.FromHexString(_secrets.Unprotect(row.Authenticator)), given, time.GetUtcNow());
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>How many recovery codes an account has left.</summary>
    internal async Task<int> CodesLeftAsync(Guid account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<RecoveryCodeRow>().CountAsync(row => row.Account == account, cancellation);
    }

    private async Task<AccountFault> FaultOfAsync(
        NewAccount asked, string name, string label, string member, CancellationToken cancellation)
    {
        var isFirst = member.Length == 0;
        if (isFirst && (!MemberId.TryParse(asked.Member, out _)
            || asked.MemberName.Trim().Length is 0 or > AccountLimits.LabelMax
            || asked.MemberName.Any(char.IsControl)))
        {
            return AccountFault.BadMember;
        }

        if (isFirst && asked.Territory.Length > 0
            && !(TerritoryCode.TryParse(asked.Territory, out var place) && Territories.TryGet(place, out _)))
        {
            return AccountFault.BadTerritory;
        }

        if (AccountDesk.FaultOf(label, AccountDesk.AllRoles) is var fault and not AccountFault.None)
        {
            return fault;
        }

        var words = (await ContextAsync(member, name, cancellation))
            .Concat([asked.Member, .. Passwords.WordsOf(asked.MemberName)]);
        return !NameForm().IsMatch(name) ? AccountFault.BadName
            : !Passwords.IsGood(asked.Password, words) ? AccountFault.BadPassword
            : await NameFaultAsync(name, cancellation);
    }

    private async Task OpenMemberAsync(
        MemberId member, NewAccount asked, string host, CancellationToken cancellation)
    {
        await store.OpenLogsAsync([(member, $"{host}/log/{member}")], cancellation);
        await using var db = database.Open();
        var subject = MemberFold.Subject(member);
        if (!await db.Members.AnyAsync(row => row.Subject == subject, cancellation))
        {
            TerritoryCode? place = TerritoryCode.TryParse(asked.Territory, out var code) ? code : null;
            await MemberAccess.IntroduceAsync(
                store, member, (asked.MemberName.Trim(), place, false), time, cancellation);
        }

        await declaration.DeclareAsync(options.Operator, member, cancellation);
    }

    private async Task<AccountFault> StoreAsync(
        AccountLinkRow link, AccountRow account, string[] codes, IdentityRow? identity, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Set<AccountLinkRow>().Where(row => row.Hash == link.Hash).ExecuteDeleteAsync(cancellation) != 1)
        {
            return AccountFault.LinkSpent;
        }

        db.Add(account);
        if (identity is not null)
        {
            db.Add(identity);
        }

        db.AddRange(codes.Select(code =>
            new RecoveryCodeRow { Account = account.Id, Hash = SignedIn.HashOf(Plain(code)) }));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException fault) when (StoreFault.Of(fault) is { Kind: StoreFaultKind.Raced })
        {
            return AccountFault.NameTaken;
        }

        await transaction.CommitAsync(cancellation);
        return AccountFault.None;
    }

    private string Seal(AccountLinkRow link, byte[] secret) =>
        _forms.Protect($"{link.Hash}|{Convert.ToHexString(secret)}", AccountLimits.EnrolmentLife);

    // 80 bits in four groups that can be read out.
    private static string DrawCode()
    {
        var drawn = LogKeys.DrawToken();
        return $"{drawn[..5]}-{drawn[5..10]}-{drawn[10..15]}-{drawn[15..20]}";
    }

    private static string Plain(string code) =>
        code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{2,31}\z")]
    private static partial Regex NameForm();
}
