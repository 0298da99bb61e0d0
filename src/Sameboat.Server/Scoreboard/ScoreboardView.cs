using Sameboat.Server.Conservation;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Scoreboard;

/// <summary>The scoreboard of the outbreak declared last.</summary>
internal sealed record ScoreboardView(OutbreakRow Outbreak, Scores Scores, MemberNames Members)
{
    internal static async Task<ScoreboardView?> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        await CurrentOutbreak.ReadAsync(db, cancellation) is { } outbreak
            ? new ScoreboardView(
                outbreak,
                (await db.NowAsync(outbreak.Subject, cancellation)).Chain.Scores,
                await MemberNames.ReadAsync(db, cancellation))
            : null;
}
