using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A node that writes the log of one member and follows those of others.</summary>
internal sealed class FollowNode : IAsyncDisposable
{
    private readonly LogKeys _keys;

    private FollowNode(MemberId member, string folder, string? connection)
    {
        Member = member;
        Folder = folder;
        _keys = new LogKeys(folder);
        Database = NodeDatabase.Of(connection, folder);
        Store = new LogStore(Database, _keys, Clock);
        Reader = new LogReader(Database);
        Followed = new FollowedLogs(Database, folder, Clock);
    }

    internal MovedClock Clock { get; } = new();

    internal MemberId Member { get; }

    internal string Folder { get; }

    internal NodeDatabase Database { get; }

    internal LogStore Store { get; }

    internal LogReader Reader { get; }

    internal FollowedLogs Followed { get; }

    internal string Origin => TestNode.OriginOf(Member);

    internal SigningKey SigningKey => _keys.KeyOf(Member, Origin);

    internal string Key => SigningKey.VerifierKey.ToString();

    internal static async Task<FollowNode> StartAsync(string member, string? connection = null)
    {
        var node = new FollowNode(
            MemberId.Parse(member), Directory.CreateTempSubdirectory("sameboat-follow-").FullName, connection);
        await node.Database.MigrateAsync(CancellationToken.None);
        await node.Store.OpenLogsAsync([(node.Member, node.Origin)], CancellationToken.None);
        return node;
    }

    internal async Task AppendAsync(params IReadOnlyList<Entry> entries) =>
        (await Store.AppendAsync(entries, CancellationToken.None)).ShouldBeOfType<AppendOutcome.Done>();

    /// <summary>Follows the log that a key signs, for questions that a test asks itself.</summary>
    internal async Task FollowAsync(string key)
    {
        var read = VerifierKey.Parse(key);
        await using var db = Database.Open();
        db.FollowedLogs.Add(new FollowedLogRow
        {
            Member = read.Name[(read.Name.LastIndexOf('/') + 1)..], Origin = read.Name, Source = "", VerifierKey = key,
            State = (int)FollowState.Following, SeenAt = 0, Fault = "",
        });
        await db.SaveChangesAsync();
    }

    /// <summary>Asks a source once for the log of a member.</summary>
    internal Task<PollOutcome> PollAsync(string member, ILogSource source) =>
        Followed.PollAsync(member, source, CancellationToken.None);

    /// <summary>The files of this node's own log.</summary>
    internal NodeSource Source() => new(Database, Reader, Member);

    /// <summary>How many entries of a log are held here.</summary>
    internal async Task<long> SizeAsync(string member) => (await Reader.LogAsync(member, default))?.Size ?? -1;

    internal async Task<FollowedLogRow> RowAsync(string member)
    {
        await using var db = Database.Open();
        return await db.FollowedLogs.AsNoTracking().SingleAsync(row => row.Member == member);
    }

    internal async Task<IReadOnlyList<LogEvidenceRow>> EvidenceAsync()
    {
        await using var db = Database.Open();
        return await Evidence.ReadAsync(db, default);
    }

    /// <summary>A log that is held here, checked as a stranger would.</summary>
    internal LogVerification Verify(string member, string key) => LogVerifier.Verify(
        path => TestNode.ReadFile(Reader, MemberId.Parse(member), path), VerifierKey.Parse(key));

    /// <summary>The projections that are held, and that a rebuild gives the same.</summary>
    internal async Task<List<string>> StateAsync()
    {
        var state = await PureFold.StoredAsync(Database);
        await Projections.RebuildAsync(Database, CancellationToken.None);
        (await PureFold.StoredAsync(Database)).ShouldBe(state);
        return state;
    }

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The log of a node as its follower reads it.</summary>
internal sealed class NodeSource(NodeDatabase database, LogReader reader, MemberId member) : ILogSource
{
    public string? Folder => null;

    public async Task<SourceAnswer> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path == TilePath.Checkpoint)
        {
            var log = await reader.LogAsync(member.ToString(), cancellation);
            return new SourceAnswer(log is null ? null : Encoding.UTF8.GetBytes(log.Checkpoint), null);
        }

        if (KeyHandover.TryParsePath(path, out var number))
        {
            await using var db = database.Open();
            return new SourceAnswer(await db.HandoverAsync(member.ToString(), number, cancellation), null);
        }

        return TilePath.TryParse(path, out var tile)
            ? new SourceAnswer(await reader.TileAsync(member.ToString(), tile, cancellation), null)
            : SourceAnswer.Absent;
    }
}

/// <summary>A log made of files that a test may lie with, and a line that it may cut.</summary>
internal sealed class FileSource : ILogSource
{
    internal FileSource(string origin, SigningKey key, IEnumerable<byte[]> entries)
    {
        foreach (var file in LogFiles.Build(origin, key, entries))
        {
            Files[file.Path] = file.Bytes.ToArray();
        }
    }

    internal ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How many files are answered before the line is cut.</summary>
    internal int AnswersLeft { get; set; } = int.MaxValue;

    internal ConcurrentBag<string> Asked { get; } = [];

    public string? Folder => null;

    public Task<SourceAnswer> ReadAsync(string path, CancellationToken cancellation)
    {
        Asked.Add(path);
        lock (Asked)
        {
            if (AnswersLeft == 0)
            {
                return Task.FromResult(new SourceAnswer(null, "cut"));
            }

            AnswersLeft--;
        }

        return Task.FromResult(new SourceAnswer(Files.GetValueOrDefault(path), null));
    }
}
