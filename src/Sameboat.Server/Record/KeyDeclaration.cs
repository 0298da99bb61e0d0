using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// Lets a node that holds members' keys say so in their logs. What the logs say already is not said again.
/// </summary>
internal sealed class KeyDeclaration(NodeDatabase database, LogStore store, LogKeys keys, TimeProvider clock)
{
    private const string LogPart = "/log/";

    /// <summary>Declares what is not declared of the logs whose keys lie in the node's folder.</summary>
    /// <param name="operatorName">
    /// Who runs the node: a name, or the id of a member, which then holds its own key itself. Null takes the host in
    /// the log's origin, and leaves a log alone that names anybody for its present key.
    /// </param>
    /// <param name="only">The one member whose log is looked at; null for all.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>How many logs were added to.</returns>
    internal async Task<int> DeclareAsync(string? operatorName, MemberId? only, CancellationToken cancellation)
    {
        var declared = 0;
        foreach (var (log, said) in await LogsAsync(only, cancellation))
        {
            var member = MemberId.Parse(log.Member);
            var host = operatorName ?? HostOf(log.Origin);
            var isSaid = said?.Key == log.VerifierKey;

            // A member that takes its key back from a host says so; one that never gave it away need not.
            var isDue = isSaid
                ? operatorName is not null && said!.Host != host
                : host != log.Member || said is not null;
            if (!isDue || keys.FindOf(member, log.VerifierKey) is not { } key
                || key.VerifierKey.ToString() != log.VerifierKey)
            {
                continue;
            }

            // A log that may not be extended now says why to whoever appends; it is looked at again at the next start.
            var outcome = await store.AppendAsync([EntryOf(member, host, key.VerifierKey, clock)], cancellation);
            declared += outcome is AppendOutcome.Done ? 1 : 0;
        }

        return declared;
    }

    /// <summary>The host in a log's origin: what stands before <c>/log/</c>.</summary>
    internal static string HostOf(string origin)
    {
        var end = origin.IndexOf(LogPart, StringComparison.Ordinal);
        return end > 0 ? origin[..end] : origin;
    }

    /// <summary>The entry, of the clock's present time.</summary>
    internal static Entry EntryOf(MemberId member, string host, VerifierKey key, TimeProvider clock)
    {
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new Entry(
            LogKeys.DrawId(milliseconds), KeyHolding.Kind, member, KeyHolding.SubjectOf(member).ToString(),
            new HybridTime(milliseconds * 1000), KeyHolding.Statement(host, key));
    }

    private async Task<List<(LogRow Log, KeyHoldingRow? Said)>> LogsAsync(
        MemberId? only, CancellationToken cancellation)
    {
        var name = only?.ToString();
        await using var db = database.Open();
        var said = await db.Set<KeyHoldingRow>().AsNoTracking()
            .ToDictionaryAsync(row => row.Member, StringComparer.Ordinal, cancellation);
        var logs = await db.Logs.AsNoTracking()
            .Where(log => (name == null || log.Member == name)
                && !db.FollowedLogs.Any(row => row.Member == log.Member))
            .OrderBy(log => log.Member)
            .ToListAsync(cancellation);
        return logs.ConvertAll(log => (log, said.GetValueOrDefault(log.Member)));
    }
}
