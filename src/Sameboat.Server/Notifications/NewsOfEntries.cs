using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Notifications;

/// <summary>What an entry that counts is news of. It reads the rows of all; who may see them is looked at apart.
/// </summary>
internal static class NewsOfEntries
{
    /// <summary>Cases grow with at least this probability that R is above one: an alarm.</summary>
    internal const double AlarmProbability = 0.95;

    /// <summary>Cases that double within so many days make the alarm urgent.</summary>
    internal const double UrgentDoublingDays = 7;

    /// <summary>Whether an entry of the kind can be news.</summary>
    internal static bool Concerns(string kind) => kind is SituationFold.Kind or AssessmentFold.Kind or OfferFold.Kind
        or "request.published" or "round.submitted" or "consignment.arrived" or "consignment.held";

    /// <summary>The news of one entry; none where its entity says nothing.</summary>
    internal static async Task<IReadOnlyList<News>> OfAsync(
        NodeContext db, EntryRow entry, CancellationToken cancellation)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"{entry.Member}/{entry.Position}");
        return entry.Kind switch
        {
            SituationFold.Kind => await RowsOf<SituationRow>(db, entry.Subject)
                .Select(row => new News(
                    source, NewsTypes.Report, NewsSeverity.Information, row.Subject, row.Outbreak, row.Member,
                    ImmutableArray.Create(row.Place)))
                .Take(1).ToListAsync(cancellation),
            OfferFold.Kind => await RowsOf<OfferRow>(db, entry.Subject)
                .Select(row => new News(
                    source, NewsTypes.Offer, NewsSeverity.Information, row.Subject, row.Outbreak, row.Member,
                    ImmutableArray.Create(row.Origin)) { Detail = row.Item })
                .Take(1).ToListAsync(cancellation),
            AssessmentFold.Kind => await AlarmAsync(db, entry.Subject, source, cancellation),
            "request.published" => await RequestAsync(db, entry.Subject, source, cancellation),
            "round.submitted" => await LinesAsync(db, entry.Subject, source, cancellation),
            "consignment.arrived" => await ConsignmentAsync(
                db, entry, (source, NewsTypes.Arrived, NewsSeverity.Information), cancellation),
            "consignment.held" => await ConsignmentAsync(
                db, entry, (source, NewsTypes.Held, NewsSeverity.Warning), cancellation),
            _ => [],
        };
    }

    // The alarm is raised when a place begins to grow, not again with each assessment that finds it still growing.
    private static async Task<IReadOnlyList<News>> AlarmAsync(
        NodeContext db, string subject, string source, CancellationToken cancellation)
    {
        if (await RowsOf<AssessmentRow>(db, subject).FirstOrDefaultAsync(cancellation) is not { } now || !IsAlarm(now))
        {
            return [];
        }

        var before = await db.Assessments.AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Outbreak == now.Outbreak && row.Place == now.Place && row.Member == now.Member
                && row.AsOf < now.AsOf)
            .OrderByDescending(row => row.AsOf)
            .FirstOrDefaultAsync(cancellation);
        return before is not null && IsAlarm(before)
            ? []
            :
            [
                new News(
                    source, NewsTypes.Alert,
                    now.DoublingDays is > 0 and <= UrgentDoublingDays ? NewsSeverity.Urgent : NewsSeverity.Warning,
                    subject, now.Outbreak, now.Member, [now.Place]),
            ];
    }

    private static bool IsAlarm(AssessmentRow row) =>
        row.Trend == nameof(Trend.Growing) && row.ProbabilityAboveOne >= AlarmProbability;

    private static async Task<IReadOnlyList<News>> RequestAsync(
        NodeContext db, string subject, string source, CancellationToken cancellation)
    {
        var lines = await RowsOf<RequestLineRow>(db, subject)
            .Select(row => new { row.Outbreak, row.Member, row.Place })
            .Distinct()
            .ToListAsync(cancellation);
        return lines.Count == 0
            ? []
            :
            [
                new News(
                    source, NewsTypes.Request, NewsSeverity.Action, subject, lines[0].Outbreak, lines[0].Member,
                    [.. lines.Select(line => line.Place).Order(StringComparer.Ordinal)]),
            ];
    }

    // Each party is told once how many lines of the round wait for it, and of which places.
    private static async Task<IReadOnlyList<News>> LinesAsync(
        NodeContext db, string round, string source, CancellationToken cancellation)
    {
        if (await RowsOf<RoundRow>(db, round).FirstOrDefaultAsync(cancellation) is not { } row)
        {
            return [];
        }

        var lines = await db.PlanLines.AsNoTracking().Where(line => line.Round == round).ToListAsync(cancellation);
        return
        [
            .. lines
                .SelectMany(line => new[] { line.Donor, line.Recipient }
                    .Where(party => party.Length > 0).Distinct().Select(party => (Party: party, line.Place)))
                .GroupBy(one => one.Party, StringComparer.Ordinal)
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(party => new News(
                    $"{source}/{party.Key}", NewsTypes.PlanLine, NewsSeverity.Action, round, row.Outbreak, row.Member,
                    [.. party.Select(one => one.Place).Distinct().Order(StringComparer.Ordinal)])
                {
                    For = party.Key,
                    Detail = party.Count().ToString(CultureInfo.InvariantCulture),
                }),
        ];
    }

    private static async Task<IReadOnlyList<News>> ConsignmentAsync(
        NodeContext db, EntryRow entry, (string Source, string Type, NewsSeverity Severity) what,
        CancellationToken cancellation) =>
        await RowsOf<ConsignmentRow>(db, entry.Subject).FirstOrDefaultAsync(cancellation) is { } row
            ?
            [
                new News(
                    what.Source, what.Type, what.Severity, row.Subject, row.Outbreak, row.Member, [row.Destination])
                {
                    Detail = what.Type == NewsTypes.Held ? entry.ToEntry().Body.Text("reason") ?? "" : "",
                },
            ]
            : [];

    private static IQueryable<TRow> RowsOf<TRow>(NodeContext db, string subject)
        where TRow : class, IProjectedRow =>
        db.Set<TRow>().AsNoTracking().IgnoreQueryFilters().Where(row => row.Subject == subject);
}
