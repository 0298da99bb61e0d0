using System.Collections.Frozen;
using System.Collections.Immutable;
using Sameboat.Exchange.Chain;
using Sameboat.Server.Members;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Refusals;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// What the record says about a round at one moment: the fold of the entries that the logs held then, without a
/// database. An entity with a body that is not public is left out, since nobody could check it.
/// </summary>
internal sealed class RecordAt
{
    private static readonly FrozenSet<string> Nouns = new[]
    {
        "member", "outbreak", "situation", "offer", "refusal", "round", "plan", "certificate", "acceptance",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly ImmutableArray<IProjectedRow> _rows;

    private RecordAt(ImmutableArray<IProjectedRow> rows) => _rows = rows;

    /// <summary>The kinds of entries that a round stands on.</summary>
    internal static readonly FrozenSet<string> Kinds = RecordKinds.All
        .Where(kind => Nouns.Contains(kind.Noun))
        .Select(kind => kind.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Folds entries of <see cref="Kinds"/>; others are not looked at.</summary>
    internal static RecordAt Of(IEnumerable<EntryRow> entries)
    {
        var rows = entries.Where(row => Kinds.Contains(row.Kind)).ToList();
        var context = new FoldContext();
        context.Show(rows);
        return new RecordAt(
        [
            .. EntityHistory.Of(rows)
                .Where(entity => !entity.HoldsSealed)
                .SelectMany(entity => entity.OwnRows(context)),
        ]);
    }

    /// <summary>The rows of one table.</summary>
    internal IEnumerable<TRow> Rows<TRow>()
        where TRow : IProjectedRow => _rows.OfType<TRow>();

    /// <summary>The round, or null where it has not been opened.</summary>
    internal RoundRow? Round(string subject) => Rows<RoundRow>().FirstOrDefault(row => row.Subject == subject);

    /// <summary>The outbreak of a round, or null.</summary>
    internal OutbreakRow? Outbreak(string subject) =>
        Rows<OutbreakRow>().FirstOrDefault(row => row.Subject == subject);

    /// <summary>What the chain starts from in a round of an outbreak.</summary>
    internal ChainInput Input(RoundRow round) => RoundInput.Of(
        round.Outbreak, SituationReading.Counts(Rows<SituationRow>(), Rows<MemberRow>(), round.Outbreak),
        Rows<OfferRow>(), Rows<RefusalRow>(), Rows<MemberRow>(),
        StandingPromises.Of(round.Outbreak, Rows<RoundRow>(), Rows<PlanLineRow>(), Rows<AcceptanceRow>()),
        (DateOnly.FromDayNumber(round.AsOf), round.Weeks));

    /// <summary>The member that answers for a place, or empty; the first in the order of names where several claim it.
    /// </summary>
    internal Func<TerritoryCode, string> Recipients()
    {
        var members = Rows<MemberRow>()
            .Where(member => member.Territory.Length > 0)
            .GroupBy(member => member.Territory, StringComparer.Ordinal)
            .ToDictionary(
                place => place.Key,
                place => place.Select(member => member.Member).Min(StringComparer.Ordinal)!,
                StringComparer.Ordinal);
        return place => members.GetValueOrDefault(place.ToString(), "");
    }

    /// <summary>The lines of a round's plans with what their parties have answered.</summary>
    /// <param name="round">Subject of the round.</param>
    /// <param name="isOver">True when who has not answered counts as declining.</param>
    internal Settlement Settle(string round, bool isOver) => Settlement.Of(
        Rows<PlanLineRow>().Where(line => line.Round == round), Rows<AcceptanceRow>(), isOver);
}
