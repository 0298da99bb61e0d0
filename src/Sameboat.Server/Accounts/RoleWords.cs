using System.Collections.Immutable;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>What roles and refusals are called on pages.</summary>
internal static class RoleWords
{
    /// <summary>Each single role with the key of its name, in the order in which they are offered.</summary>
    internal static readonly ImmutableArray<(Roles Role, string Key)> All =
    [
        (Roles.Reporter, "role.reporter"),
        (Roles.Requester, "role.requester"),
        (Roles.Donor, "role.donor"),
        (Roles.Logistics, "role.logistics"),
        (Roles.Publisher, "role.publisher"),
        (Roles.Administrator, "role.administrator"),
    ];

    /// <summary>The names of the roles that are kept as a text.</summary>
    internal static string Of(Words words, string kept) => Enum.TryParse<Roles>(kept, out var roles)
        ? string.Join(words["list.comma"], All.Where(one => roles.HasFlag(one.Role)).Select(one => words[one.Key]))
        : "";

    /// <summary>The key of the sentence that says why a change was refused.</summary>
    internal static string KeyOf(AccountFault fault) => fault switch
    {
        AccountFault.BadName => "account.fault.name",
        AccountFault.NameTaken => "account.fault.taken",
        AccountFault.BadPassword => "account.fault.password",
        AccountFault.BadCode => "account.fault.code",
        AccountFault.LinkSpent => "account.fault.link",
        AccountFault.BadMember => "account.fault.member",
        AccountFault.BadTerritory => "account.fault.territory",
        AccountFault.BadLabel => "account.fault.label",
        AccountFault.BadRoles => "account.fault.roles",
        AccountFault.BadDays => "account.fault.days",
        AccountFault.LastAdministrator => "account.fault.last",
        AccountFault.NotFound => "account.fault.absent",
        AccountFault.TooMany => "account.fault.full",
        AccountFault.BadIssuer => "account.fault.issuer",
        AccountFault.BadClient => "account.fault.client",
        AccountFault.IssuerSilent => "account.fault.silent",
        AccountFault.IssuerOther => "account.fault.document",
        AccountFault.OnlyWay => "account.fault.only-way",
        AccountFault.NotRecent => "account.fault.recent",
        AccountFault.WrongPassword => "account.fault.present",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Nothing was refused."),
    };
}
