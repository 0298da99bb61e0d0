using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Notifications;

/// <summary>What is news because a day has come, and no entry says so: lateness and stock that expires.</summary>
internal static class NewsOfTime
{
    private static readonly string[] OnTheWay =
    [
        nameof(ConsignmentState.Planned), nameof(ConsignmentState.Packed), nameof(ConsignmentState.Dispatched),
        nameof(ConsignmentState.InTransit), nameof(ConsignmentState.CustomsHold),
    ];

    private static readonly string[] Offered =
        [nameof(OfferState.Open), nameof(OfferState.UnderReview), nameof(OfferState.Accepted)];

    /// <summary>Everything that is news on a day; the same each time that it is asked for on that day.</summary>
    /// <param name="db">Reads the rows of all.</param>
    /// <param name="today">Day number.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal static async Task<IReadOnlyList<News>> OfAsync(NodeContext db, int today, CancellationToken cancellation)
    {
        var earliest = today - (int)NewsLimits.NewsAgeMax.TotalDays;
        var late = await db.Set<ConsignmentRow>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Expected != null && row.Expected < today && row.Expected >= earliest
                && OnTheWay.Contains(row.State))
            .ToListAsync(cancellation);
        var last = today + NewsLimits.ExpiringDays;
        var expiring = await db.Offers.AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Expires != null && row.Expires >= today && row.Expires <= last
                && Offered.Contains(row.State))
            .ToListAsync(cancellation);
        return
        [
            .. late.Select(row => new News(
                string.Create(CultureInfo.InvariantCulture, $"late/{row.Subject}/{row.Expected}"),
                NewsTypes.Late, NewsSeverity.Warning, row.Subject, row.Outbreak, row.Member, [row.Destination])
            {
                Detail = DayOf(row.Expected!.Value),
            }),
            .. expiring.Select(row => new News(
                string.Create(CultureInfo.InvariantCulture, $"expiring/{row.Subject}/{row.Expires}"),
                NewsTypes.Expiring, NewsSeverity.Warning, row.Subject, row.Outbreak, row.Member, [row.Origin])
            {
                Detail = DayOf(row.Expires!.Value),
            }),
        ];
    }

    private static string DayOf(int day) =>
        DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
