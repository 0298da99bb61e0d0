using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>Who is said to hold the key of a log, by the log itself.</summary>
internal sealed class KeyHoldingRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>Whose log it is.</summary>
    public required string Member { get; init; }

    /// <summary>Who holds the secret; the member's own id where it does so itself.</summary>
    public required string Host { get; init; }

    /// <summary>The verifier key that the statement is about; another one than the log's has ended.</summary>
    public required string Key { get; init; }

    internal static KeyHoldingRow Of(EntityName subject, KeyHolding held) => new()
    {
        Subject = subject.ToString(),
        Member = held.Member.ToString(),
        Host = held.Host,
        Key = held.Key.ToString(),
    };
}

/// <summary>Reads who signs for whom.</summary>
internal static class KeyHoldings
{
    internal static void Map(ModelBuilder model) => model.Entity<KeyHoldingRow>(table =>
    {
        table.ToTable("key_holding");
        table.HasKey(row => row.Subject);
    });

    /// <summary>The host that signs for each member, where the log says of its present key that one does.</summary>
    internal static Task<Dictionary<string, string>> HostsAsync(
        this NodeContext db, CancellationToken cancellation) =>
        Current(db).ToDictionaryAsync(row => row.Member, row => row.Host, StringComparer.Ordinal, cancellation);

    /// <summary>The host that signs for one member; null where the log says of none.</summary>
    internal static async Task<string?> HostAsync(
        this NodeContext db, string member, CancellationToken cancellation)
    {
        if (!MemberId.TryParse(member, out var id))
        {
            return null;
        }

        var subject = KeyHolding.SubjectOf(id).ToString();
        return await Current(db).Where(row => row.Subject == subject).Select(row => row.Host)
            .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
    }

    // The subject names its owner and there is one a log, so that a member has one row at most.
    private static IQueryable<KeyHoldingRow> Current(NodeContext db) => db.Set<KeyHoldingRow>().AsNoTracking()
        .Where(row => row.Host != row.Member
            && db.Logs.Any(log => log.Member == row.Member && log.VerifierKey == row.Key));
}
