using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Conservation;

/// <summary>Entities that have changed, with the rows that they have now and the places that were reported of.
/// </summary>
internal sealed class ChainChange
{
    /// <summary>The nouns whose entities can be taken out of what is kept and put in again one by one.</summary>
    private static readonly FrozenSet<string> Single = new[]
    {
        "need", "request", "offer", "acceptance", "consignment", "deployment", "contribution", SituationNoun,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Those of which nothing is kept.</summary>
    private static readonly FrozenSet<string> Apart =
        new[] { "assessment", "outbreak", "refusal" }.ToFrozenSet(StringComparer.Ordinal);

    private const string SituationNoun = "situation";

    private readonly HashSet<string> _subjects;
    private readonly FrozenSet<string> _nouns;
    private readonly HashSet<(string Outbreak, string Place)> _places;
    private readonly ChainLedger _rows;

    private ChainChange(
        HashSet<string> subjects, HashSet<(string Outbreak, string Place)> places, ChainLedger rows)
    {
        _subjects = subjects;
        _nouns = subjects.Select(NounOf).ToFrozenSet(StringComparer.Ordinal);
        _places = places;
        _rows = rows;
    }

    /// <summary>
    /// Reads what these entities are now; null where one of them may move others, so that all must be read anew.
    /// </summary>
    /// <param name="db">Where to read.</param>
    /// <param name="changed">The entities that somebody spoke of.</param>
    /// <param name="waited">Those that may have changed without that, since they waited for others.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<ChainChange?> ReadAsync(
        NodeContext db, IReadOnlyCollection<string> changed, IEnumerable<string> waited,
        CancellationToken cancellation)
    {
        if (changed.Any(subject => !Single.Contains(NounOf(subject)) && !Apart.Contains(NounOf(subject))))
        {
            return null;
        }

        var subjects = changed.Concat(waited).Where(subject => Single.Contains(NounOf(subject)))
            .ToHashSet(StringComparer.Ordinal);
        var places = await PlacesAsync(
            db, [.. subjects.Where(subject => NounOf(subject) == SituationNoun)], cancellation);
        subjects.RemoveWhere(subject => NounOf(subject) == SituationNoun);
        return places is null
            ? null
            : new ChainChange(
                subjects, places,
                subjects.Count == 0 ? ChainLedger.Empty : await RowsAsync(db, [.. subjects], cancellation));
    }

    /// <summary>The places of an outbreak that one of the changed reports speaks of, or spoke of before.</summary>
    internal IEnumerable<string> PlacesOf(string outbreak) =>
        _places.Where(one => one.Outbreak == outbreak).Select(one => one.Place);

    /// <summary>The ledger with these entities as they are now; itself where nothing of it changes.</summary>
    internal ChainLedger Renew(ChainLedger ledger, string outbreak)
    {
        var plans = ledger.Plan.Select(line => line.Subject).ToHashSet(StringComparer.Ordinal);
        var renewed = ledger with
        {
            Needs = Renew("need", ledger.Needs, _rows.Needs.Where(row => row.Outbreak == outbreak)),
            Requests = Renew("request", ledger.Requests, _rows.Requests.Where(row => row.Outbreak == outbreak)),
            RequestLines = Renew(
                "request", ledger.RequestLines, _rows.RequestLines.Where(row => row.Outbreak == outbreak)),
            Offers = Renew("offer", ledger.Offers, _rows.Offers.Where(row => row.Outbreak == outbreak)),
            Acceptances = Renew(
                "acceptance", ledger.Acceptances, _rows.Acceptances.Where(row => plans.Contains(row.Plan))),
            Consignments = Renew(
                "consignment", ledger.Consignments, _rows.Consignments.Where(row => row.Outbreak == outbreak)),
            Deployments = Renew(
                "deployment", ledger.Deployments, _rows.Deployments.Where(row => row.Outbreak == outbreak)),
            Contributions = Renew(
                "contribution", ledger.Contributions, _rows.Contributions.Where(row => row.Outbreak == outbreak)),
        };
        var own = _rows.Requests.Where(row => row.Outbreak == outbreak).Select(row => row.Subject)
            .Concat(_rows.Offers.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .Concat(_rows.Consignments.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .Concat(_rows.Deployments.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .Concat(_rows.Contributions.Where(row => row.Outbreak == outbreak).Select(row => row.Subject))
            .ToHashSet(StringComparer.Ordinal);
        renewed = renewed with
        {
            ConsignmentLines = Renew(
                "consignment", ledger.ConsignmentLines,
                _rows.ConsignmentLines.Where(line => own.Contains(line.Subject))),
        };
        if (own.Count > 0 || _subjects.Any(ledger.Steps.Contains))
        {
            renewed = renewed with
            {
                Steps = StepsBySubject.Of(ledger.Steps)
                    .With(_subjects, _rows.Steps.Where(steps => own.Contains(steps.Key))),
            };
        }

        return renewed == ledger ? ledger : renewed;
    }

    private static string NounOf(string subject) => subject.Split('/', 2)[0];

    // Both are in the order of the subject, so that they need only be put between each other.
    private ImmutableArray<TRow> Renew<TRow>(string noun, ImmutableArray<TRow> kept, IEnumerable<TRow> rows)
        where TRow : IProjectedRow
    {
        if (!_nouns.Contains(noun))
        {
            return kept;
        }

        var fresh = rows.ToList();
        if (fresh.Count == 0 && !kept.Any(row => _subjects.Contains(row.Subject)))
        {
            return kept;
        }

        var renewed = ImmutableArray.CreateBuilder<TRow>(kept.Length + fresh.Count);
        var next = 0;
        foreach (var row in kept.Where(row => !_subjects.Contains(row.Subject)))
        {
            while (next < fresh.Count && string.CompareOrdinal(fresh[next].Subject, row.Subject) < 0)
            {
                renewed.Add(fresh[next++]);
            }

            renewed.Add(row);
        }

        renewed.AddRange(fresh[next..]);
        return renewed.ToImmutable();
    }

    // Of the tables that hold such entities, and of no others.
    private static async Task<ChainLedger> RowsAsync(
        NodeContext db, string[] names, CancellationToken cancellation)
    {
        var nouns = names.Select(NounOf).ToHashSet(StringComparer.Ordinal);
        async Task<ImmutableArray<TRow>> Of<TRow>(string noun)
            where TRow : class, IProjectedRow =>
            nouns.Contains(noun)
                ? [.. await db.Set<TRow>().AsNoTracking().Where(row => names.Contains(row.Subject))
                    .ToListAsync(cancellation)]
                : [];
        return new ChainLedger(
            await Of<NeedLineRow>("need"),
            await Of<RequestRow>("request"),
            await Of<RequestLineRow>("request"),
            await Of<OfferRow>("offer"),
            [],
            await Of<AcceptanceRow>("acceptance"),
            await Of<ConsignmentRow>("consignment"),
            await Of<ConsignmentLineRow>("consignment"),
            await Of<DeploymentRow>("deployment"),
            await Of<ContributionRow>("contribution"),
            (await db.Set<StepRow>().AsNoTracking().Where(step => names.Contains(step.Subject))
                .OrderBy(step => step.Subject).ThenBy(step => step.Step).ToListAsync(cancellation))
                .ToLookup(step => step.Subject, StringComparer.Ordinal)).InOrder();
    }

    // A report may be revised and name another place: both are of interest, and what cannot be read may be any.
    private static async Task<HashSet<(string Outbreak, string Place)>?> PlacesAsync(
        NodeContext db, string[] reports, CancellationToken cancellation)
    {
        var places = new HashSet<(string Outbreak, string Place)>();
        foreach (var row in reports.Length == 0 ? [] : await Projections.HistoryAsync(db, reports, cancellation))
        {
            if (!Entry.TryParse(row.Bytes, out var entry, out _)
                || entry.Body.Text("outbreak") is not { } outbreak || entry.Body.Place("place") is not { } place)
            {
                return null;
            }

            places.Add((outbreak, place.ToString()));
        }

        return places;
    }
}
