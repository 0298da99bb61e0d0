using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// What a log says of its own key. <c>key.rotated</c>, with the subject <c>key/ken/1</c> for the first of the log: what
/// it does lies in the handover, the checkpoint that both keys signed, and the fold keeps no row. <c>key.held</c>, with
/// the subject <c>key/ken/host</c>: who holds the key, of which the latest statement is the row.
/// </summary>
internal sealed class KeyFold : SubjectFold
{
    private const string Noun = "key";

    /// <summary>The subject of a log's handover of that number.</summary>
    internal static string SubjectOf(MemberId member, int number) =>
        EntityName.Of(Noun, member, number.ToString(CultureInfo.InvariantCulture)).ToString();

    internal override FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history)
    {
        ImmutableArray<IProjectedRow> rows = [];
        var effects = ImmutableArray.CreateBuilder<EntryEffect>(history.Count);
        foreach (var entry in history)
        {
            if (KeyHolding.TryRead(entry, out var held))
            {
                rows = [KeyHoldingRow.Of(subject, held)];
            }

            effects.Add(held is not null || IsHandover(entry)
                ? EntryEffect.Applied(entry)
                : EntryEffect.Without(entry, FoldReasons.Unreadable));
        }

        return new FoldOutcome(rows, effects.MoveToImmutable());
    }

    private static bool IsHandover(Entry entry) =>
        entry.Kind == KeyHandover.Kind && VerifierKey.TryParse(entry.Body.Text("next"), out _);
}
