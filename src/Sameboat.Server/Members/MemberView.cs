using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Exchange.Drawing;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Scoreboard;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Members;

/// <summary>An earlier forecast beside what was reported later.</summary>
/// <param name="AsOf">The last day that it saw.</param>
/// <param name="Weeks">The forecast.</param>
/// <param name="Came">The weeks of the forecast that have been reported since.</param>
internal sealed record ForecastLookBack(
    DateOnly AsOf, ImmutableArray<BandPoint> Weeks, ImmutableArray<ReportedWeek> Came);

/// <summary>One member: its situation, what it asks for, gives and receives, and its log.</summary>
internal sealed record MemberView(
    MemberRow Member,
    LogRow Log,
    string? Host,
    OutbreakRow? Outbreak,
    PlaceView? Place,
    ForecastLookBack? LookBack,
    ImmutableArray<RequestSummary> Requests,
    ImmutableArray<OfferRow> Offers,
    ImmutableArray<ConsignmentSummary> Given,
    ImmutableArray<ConsignmentSummary> Received,
    ImmutableArray<DeploymentRow> Teams,
    ImmutableArray<ContributionRow> Funds,
    PromiseScore? Promises,
    ImmutableArray<ChronicleLine> Chronicle,
    MemberNames Names)
{
    private const int ChronicleMax = 12;
    private const int EntriesMax = 400;

    internal static async Task<MemberView?> ReadAsync(NodeContext db, string id, CancellationToken cancellation)
    {
        var names = await MemberNames.ReadAsync(db, cancellation);
        if (!names.All.TryGetValue(id, out var member)
            || await db.Logs.AsNoTracking().FirstOrDefaultAsync(log => log.Member == id, cancellation) is not { } log)
        {
            return null;
        }

        var outbreak = await CurrentOutbreak.ReadAsync(db, cancellation);
        var place = member.Territory.Length == 0
            ? null
            : await PlaceView.ReadAsync(db, member.Territory, cancellation);
        var chain = (await db.NowAsync(outbreak?.Subject ?? "", cancellation)).Chain;
        var ledger = chain.Ledger;
        return new MemberView(
            member,
            log,
            await db.HostAsync(id, cancellation),
            outbreak,
            place,
            place is null ? null : await LookBackAsync(db, place, cancellation),
            RequestAnswers.Of(ledger.AskedBy(id)),
            [.. ledger.Offers.Where(offer => offer.Member == id)],
            [.. chain.Consignments.Where(one => one.Row.Member == id)],
            [.. chain.Consignments.Where(one => one.Row.Consignee == id)],
            [.. ledger.Deployments.Where(row => row.Member == id || row.Sender == id)],
            [.. ledger.Contributions.Where(row => row.Member == id || row.Recipient == id)],
            chain.Promises.FirstOrDefault(one => one.Donor == id),
            await Record.Chronicle.ReadAsync(
                db, NewestOf(db, id), null, ChronicleMax, cancellation),
            names);
    }

    // By their place in the log, which is found without looking at all of it.
    private static IQueryable<EntryRow> NewestOf(NodeContext db, string member) => db.Entries
        .Where(entry => entry.Member == member)
        .OrderByDescending(entry => entry.Position)
        .Take(EntriesMax);

    // The latest forecast of which at least one week has been reported since.
    private static async Task<ForecastLookBack?> LookBackAsync(
        NodeContext db, PlaceView place, CancellationToken cancellation)
    {
        if (place.Weeks.IsEmpty)
        {
            return null;
        }

        var last = place.Weeks[^1].End;
        var code = place.Territory.Code.ToString();
        var limit = last.DayNumber;
        var earlier = await db.Assessments.AsNoTracking()
            .Where(row => row.Outbreak == place.Outbreak.Subject && row.Place == code
                && row.Member == place.Member.Member && row.AsOf < limit)
            .OrderByDescending(row => row.AsOf)
            .FirstOrDefaultAsync(cancellation);
        if (earlier is null || QuantileText.Read(earlier.Forecast) is not { Count: > 0 } weeks)
        {
            return null;
        }

        var made = DateOnly.FromDayNumber(earlier.AsOf);
        return new ForecastLookBack(
            made,
            [
                .. weeks.Select(week => BandPoint.Of(
                    week.End, ForecastQuantiles.Levels.AsSpan(), [.. week.Quantiles])),
            ],
            [.. place.Weeks.Where(week => week.End > made && week.End <= weeks[^1].End)]);
    }
}
