using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// <c>key.rotated</c>: a log's key hands over to the next. The subject is <c>key/ken/1</c> for the first of the log.
/// What it does lies in the handover, the checkpoint that both keys signed; the fold keeps no row.
/// </summary>
internal sealed class KeyFold : LatestStatementFold
{
    private const string Noun = "key";

    /// <summary>The subject of a log's handover of that number.</summary>
    internal static string SubjectOf(MemberId member, int number) =>
        EntityName.Of(Noun, member, number.ToString(CultureInfo.InvariantCulture)).ToString();

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        VerifierKey.TryParse(body.Text("next"), out _) ? [] : null;
}
