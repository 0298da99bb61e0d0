using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts.Providers;

namespace Sameboat.Server.Accounts;

/// <summary>The tables of accounts: none of them is a fold, and none leaves the node.</summary>
internal static class AccountTables
{
    /// <summary>Maps them all.</summary>
    internal static void Map(ModelBuilder model)
    {
        model.Entity<AccountRow>(table =>
        {
            table.ToTable("account");
            table.HasKey(row => row.Id);
            table.HasIndex(row => row.Name).IsUnique();
            table.HasIndex(row => row.Member);
        });
        model.Entity<RecoveryCodeRow>(table =>
        {
            table.ToTable("account_code");
            table.HasKey(row => new { row.Account, row.Hash });
        });
        model.Entity<AccountLinkRow>(table =>
        {
            table.ToTable("account_link");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.Member);
        });
        model.Entity<SessionRow>(table =>
        {
            table.ToTable("account_session");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.Account);
            table.HasIndex(row => row.Expires);
        });
        model.Entity<PasskeyRow>(table =>
        {
            table.ToTable("account_passkey");
            table.HasKey(row => row.Credential);
            table.HasIndex(row => row.Account);
        });
        model.Entity<ProviderRow>(table =>
        {
            table.ToTable("account_provider");
            table.HasKey(row => row.Member);
        });
        model.Entity<IdentityRow>(table =>
        {
            table.ToTable("account_identity");
            table.HasKey(row => new { row.Member, row.Issuer, row.Subject });
            table.HasIndex(row => row.Account);
        });
        model.Entity<ErrandRow>(table =>
        {
            table.ToTable("account_errand");
            table.HasKey(row => row.State);
            table.HasIndex(row => row.Expires);
        });
        model.Entity<ActedRow>(table =>
        {
            table.ToTable("acted");
            table.HasKey(row => new { row.Subject, row.Version });
        });
    }
}
