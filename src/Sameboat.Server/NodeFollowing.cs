using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Storage;

namespace Sameboat.Server;

/// <summary>
/// Following as commands do it, on a running node or a stopped one: each answers with what was done, or throws
/// <see cref="IOException"/> with one sentence of why nothing was.
/// </summary>
public static class NodeFollowing
{
    /// <summary>Begins to follow a log; a running node takes it up within a second.</summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store; made where it does not exist.</param>
    /// <param name="source">The address of the log's prefix, <c>http(s)://...</c>, or a folder.</param>
    /// <param name="key">The log's verifier key, from a place that is trusted.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">The key is none, the log is this node's own, or its evidence stands.</exception>
    public static async Task<string> AddAsync(
        string? database, string dataFolder, string source, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var place = LogFollowing.IsAddress(source) ? source.TrimEnd('/') : Path.GetFullPath(source);
        if (!LogFollowing.IsAddress(source) && !Directory.Exists(place))
        {
            throw new IOException($"found «{source}», expected an address that begins with http or a folder");
        }

        return await DoAsync(database, dataFolder, async target =>
        {
            var member = await FollowAsync(target, key, place, cancellation);
            return $"following the log of {member} at {place}";
        }, cancellation);
    }

    /// <summary>One line for each log that is followed, or one that says there is none.</summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">The database does not answer.</exception>
    public static Task<string> ListAsync(string? database, string dataFolder, CancellationToken cancellation) =>
        DoAsync(database, dataFolder, async target =>
        {
            await using var db = target.Open();
            var rows = await db.FollowedLogs.AsNoTracking()
                .Where(row => row.State != (int)FollowState.Removed)
                .OrderBy(row => row.Member)
                .ToListAsync(cancellation);
            var sizes = await db.Logs.AsNoTracking()
                .ToDictionaryAsync(log => log.Member, log => log.Size, cancellation);
            return rows.Count == 0
                ? "no log is followed"
                : string.Join('\n', rows.Select(row => Line(row, sizes.GetValueOrDefault(row.Member))));
        }, cancellation);

    /// <summary>Ends the following of a log; what was taken from it stays.</summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store.</param>
    /// <param name="member">Whose log.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">The log is not followed.</exception>
    public static Task<string> RemoveAsync(
        string? database, string dataFolder, string member, CancellationToken cancellation) =>
        DoAsync(database, dataFolder, async target =>
        {
            await using var db = target.Open();
            var changed = await db.FollowedLogs
                .Where(row => row.Member == member && row.State != (int)FollowState.Removed)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, (int)FollowState.Removed), cancellation);
            return changed > 0
                ? $"the log of {member} is followed no more; what was taken from it stays"
                : throw new IOException($"The log of {member} is not followed. See: sameboat follow list");
        }, cancellation);

    /// <summary>
    /// Takes what is new from a folder that holds a log's files, such as a memory stick, and checks it as if it came
    /// over the network.
    /// </summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store; made where it does not exist.</param>
    /// <param name="folder">The folder with the log's <c>checkpoint</c>.</param>
    /// <param name="key">The log's verifier key, from a place that is trusted.</param>
    /// <param name="clock">Says when it was taken; null is the machine's.</param>
    /// <param name="cancellation">Breaks it off; nothing of it is taken.</param>
    /// <exception cref="IOException">What is in the folder does not hold.</exception>
    public static Task<string> ImportAsync(
        string? database, string dataFolder, string folder, string key, TimeProvider clock,
        CancellationToken cancellation) =>
        DoAsync(database, dataFolder, async target =>
        {
            if (!File.Exists(Path.Combine(folder, TilePath.Checkpoint)))
            {
                throw new IOException(
                    $"found no checkpoint in {folder}, expected the folder of one log, such as DIR/log/MEMBER");
            }

            var member = await FollowAsync(target, key, null, cancellation);
            var logs = new FollowedLogs(target, dataFolder, clock);
            var outcome = await logs.PollAsync(member, new FolderLogSource(folder), cancellation);

            // A poll ends where the log's key was handed over; the next goes on with the new key.
            for (var more = 0; outcome == PollOutcome.Applied && more <= KeyHandover.CountMax; more++)
            {
                var next = await logs.PollAsync(member, new FolderLogSource(folder), cancellation);
                if (next != PollOutcome.Applied)
                {
                    outcome = next is PollOutcome.Nothing ? PollOutcome.Applied : next;
                    break;
                }
            }

            await using var db = target.Open();
            var size = await db.Logs.Where(log => log.Member == member).Select(log => log.Size)
                .FirstOrDefaultAsync(cancellation);
            var fault = await db.FollowedLogs.Where(row => row.Member == member).Select(row => row.Fault)
                .FirstOrDefaultAsync(cancellation);
            return outcome switch
            {
                PollOutcome.Applied => string.Create(CultureInfo.InvariantCulture,
                    $"the log of {member} is verified and held up to {size:N0} entries"),
                PollOutcome.Nothing or PollOutcome.Stale => string.Create(CultureInfo.InvariantCulture,
                    $"nothing new: {size:N0} entries of the log of {member} are held"),
                PollOutcome.Busy => throw new IOException(
                    $"{target.Description} did not complete the work, or a file changed on the way. Try again."),
                _ => throw new IOException($"Nothing was taken from {folder}: {fault}"),
            };
        }, cancellation);

    /// <summary>Writes logs as their C2SP files below <c>log/MEMBER/</c> of a folder, which appears when it is whole.
    /// </summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the embedded store.</param>
    /// <param name="folder">The folder to make, or one that an earlier export made.</param>
    /// <param name="member">Whose log; null for all.</param>
    /// <param name="cancellation">Breaks it off; nothing is left behind.</param>
    /// <exception cref="IOException">There is no such log, or the folder cannot be written.</exception>
    public static Task<string> ExportAsync(
        string? database, string dataFolder, string folder, string? member, CancellationToken cancellation) =>
        DoAsync(database, dataFolder, target => LogExport.WriteAsync(target, folder, member, cancellation),
            cancellation);

    // The operator may name a key that has handed over since.
    private static bool Signed(HandoverRow handover, VerifierKey key) =>
        Checkpoint.Open(Encoding.UTF8.GetBytes(handover.Note), key, out _) is not null;

    private static string Line(FollowedLogRow row, long size)
    {
        var state = (FollowState)row.State == FollowState.Stopped ? "stopped" : "following";
        var source = row.Source.Length == 0 ? "by import alone" : row.Source;
        var seen = row.SeenAt == 0 ? "never" : new HybridTime(row.SeenAt).ToString();
        var fault = row.Fault.Length == 0 ? "" : $"; {row.Fault}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{row.Member}: {state}, {size:N0} entries, {source}, last seen {seen}{fault}");
    }

    private static async Task<string> DoAsync(
        string? database, string dataFolder, Func<NodeDatabase, Task<string>> work, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(database))
        {
            Directory.CreateDirectory(dataFolder);
        }

        var target = NodeDatabase.Of(database, dataFolder);
        try
        {
            await target.PrepareAsync(cancellation);
            return await work(target);
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{target.Description} did not complete the work: {known.Found}", fault);
        }
        finally
        {
            NodeDatabase.CloseFiles();
        }
    }

    // Null as the place leaves the one that stands, or none.
    private static async Task<string> FollowAsync(
        NodeDatabase target, string text, string? place, CancellationToken cancellation)
    {
        if (!VerifierKey.TryParse(text, out var key) || key.Kind != KeyKind.Log
            || !MemberId.TryParse(key.Name[(key.Name.LastIndexOf('/') + 1)..], out var id))
        {
            throw new IOException(
                $"--key: found «{text}», expected the verifier key of a member's log, such as "
                + "node.example/log/MEMBER+8 digits+44 letters");
        }

        var member = id.ToString();
        await using var db = target.Open();
        var followed = await db.FollowedLogs.FirstOrDefaultAsync(row => row.Member == member, cancellation);
        if (followed is null && await db.Logs.AnyAsync(log => log.Member == member, cancellation))
        {
            throw new IOException($"The log of {member} is written by this node; another's of that name is refused.");
        }

        if (followed is not null && followed.VerifierKey != key.ToString()
            && !(await db.HandoversAsync(member, cancellation)).Exists(row => Signed(row, key)))
        {
            throw new IOException(
                $"The log of {member} is held with the key {followed.VerifierKey}: another key is another log.");
        }

        if (await db.LogEvidence.AnyAsync(row => row.Member == member, cancellation))
        {
            throw new IOException(
                $"The log of {member} has signed two histories; the evidence stands, and it is followed no more.");
        }

        if (followed is null)
        {
            db.FollowedLogs.Add(new FollowedLogRow
            {
                Member = member, Origin = key.Name, Source = place ?? "", VerifierKey = key.ToString(),
                State = (int)FollowState.Following, SeenAt = 0, Fault = "",
            });
        }
        else
        {
            followed.Source = place ?? followed.Source;
            followed.State = (int)FollowState.Following;
        }

        await db.SaveChangesAsync(cancellation);
        return member;
    }
}
