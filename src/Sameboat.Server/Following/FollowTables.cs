using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Following;

/// <summary>Where this node stands with a log of another. The numbers are stored.</summary>
internal enum FollowState
{
    /// <summary>It is asked for new entries.</summary>
    Following = 0,

    /// <summary>It has signed two histories, kept as evidence: nothing more is taken from it.</summary>
    Stopped = 1,

    /// <summary>An operator ended it; what was taken stays.</summary>
    Removed = 2,
}

/// <summary>
/// A log that others sign and this node keeps a copy of. Its entries, tree and signed checkpoint lie in the same tables
/// as those of the node's own logs.
/// </summary>
internal sealed class FollowedLogRow
{
    public required string Member { get; init; }

    /// <summary>The C2SP origin, which is also the name of the key.</summary>
    public required string Origin { get; init; }

    /// <summary>
    /// The address of the log's prefix, <c>http(s)://...</c>, or the path of a folder; empty for a log that comes by
    /// <c>log import</c> alone and is never asked for.
    /// </summary>
    public required string Source { get; set; }

    /// <summary>The key as the operator was given it, or the one that it has handed over to.</summary>
    public required string VerifierKey { get; set; }

    /// <summary>The number of a <see cref="FollowState"/>.</summary>
    public required int State { get; set; }

    /// <summary>When the source last answered with a good checkpoint: microseconds since 1970; 0 for never.</summary>
    public required long SeenAt { get; set; }

    /// <summary>What was wrong the last time, or empty.</summary>
    public required string Fault { get; set; }

    /// <summary>
    /// How far the log has been taken where a checkpoint is being taken in parts: entries up to here are held and
    /// folded, and the log is served up to its last checkpoint. 0 where nothing is under way.
    /// </summary>
    public long TakenSize { get; set; }

    /// <summary>The hashes along the right edge of the tree of that size, 32 bytes each; empty for none.</summary>
    public byte[] TakenEdge { get; set; } = [];

    /// <summary>The signed checkpoint that vouches for what was taken; empty where nothing is under way.</summary>
    public string TakenNote { get; set; } = "";
}

/// <summary>Two notes, both signed by the key of one log, that cannot both be of one history.</summary>
internal sealed class LogEvidenceRow
{
    public required string Member { get; init; }

    /// <summary>The size that <see cref="Found"/> names.</summary>
    public required long Size { get; init; }

    /// <summary>The root that <see cref="Found"/> names, in Base64.</summary>
    public required string Root { get; init; }

    /// <summary>The verifier key of both.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>A code of <see cref="EvidenceCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The signed note that this node had accepted.</summary>
    public required string Held { get; init; }

    /// <summary>The signed note that contradicts it.</summary>
    public required string Found { get; init; }

    /// <summary>When it was found, by this node's clock: microseconds since 1970.</summary>
    public required long At { get; init; }
}

/// <summary>How two notes of one log contradict each other: stable codes.</summary>
internal static class EvidenceCodes
{
    /// <summary>Both name the same size, and different roots.</summary>
    internal const string SameSize = "same-size-other-root";

    /// <summary>The later one is of a smaller log that is no beginning of the one held.</summary>
    internal const string Shrunk = "shrunk-to-another-history";

    /// <summary>The later one is of a larger log that does not begin with the one held.</summary>
    internal const string NotAnExtension = "not-an-extension";
}

/// <summary>The tables of following in the model.</summary>
internal static class FollowTables
{
    internal static void Map(ModelBuilder model)
    {
        model.Entity<FollowedLogRow>(table =>
        {
            table.ToTable("followed_log");
            table.HasKey(row => row.Member);
        });
        model.Entity<LogEvidenceRow>(table =>
        {
            table.ToTable("log_evidence");
            table.HasKey(row => new { row.Member, row.Size, row.Root });
        });
    }
}
