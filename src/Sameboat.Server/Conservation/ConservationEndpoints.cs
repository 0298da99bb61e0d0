using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Conservation;

/// <summary><c>GET /api/v1/conservation?outbreak=...</c>: where the quantity chain of an outbreak does not add up.
/// </summary>
internal static class ConservationEndpoints
{
    internal static void MapConservation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/conservation", AnswerAsync);

    /// <summary><c>GET /api/v1/honesty?outbreak=...</c>: promises kept and not kept.</summary>
    internal static void MapHonesty(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/honesty", HonestyAsync);

    private static async Task<IResult> AnswerAsync(
        string? outbreak, NodeDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(outbreak))
        {
            return Problems.Answer(Problems.BadParameter, "outbreak: expected once, with a value.");
        }

        await using var db = database.Open();
        var rows = await ReadAsync(db, outbreak, cancellation);
        return Results.Text(
            new JsonObject
            {
                ["findings"] = new JsonArray(
                [
                    .. QuantityChain.Check(rows).Select(Written),
                ]),
                ["lines"] = rows.Lines.Count,
            }.ToJsonString(),
            "application/json");
    }

    // Where promises are not kept, or will not be: what is counted here names donors, and judges nobody.
    private static async Task<IResult> HonestyAsync(
        string? outbreak, NodeDatabase database, TimeProvider time, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(outbreak))
        {
            return Problems.Answer(Problems.BadParameter, "outbreak: expected once, with a value.");
        }

        await using var db = database.Open();
        var rows = await ReadAsync(db, outbreak, cancellation);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        return Results.Text(
            new JsonObject
            {
                ["donors"] = new JsonArray([.. HonestyLists.Donors(rows).Select(Written)]),
                ["double_promises"] = new JsonArray([.. HonestyLists.DoublePromises(rows).Select(Written)]),
                ["expiry_ahead"] = new JsonArray([.. HonestyLists.Expiries(rows, today).Select(Written)]),
                ["expiry_days"] = HonestyLists.ExpiryDays,
                ["outbreak"] = outbreak,
            }.ToJsonString(),
            "application/json");
    }

    private static async Task<ChainRows> ReadAsync(NodeContext db, string outbreak, CancellationToken cancellation)
    {
        var ledger = (await db.NowAsync(outbreak, cancellation)).Chain.Ledger;
        var sent = db.Set<ConsignmentRow>().Where(row => row.Outbreak == outbreak).Select(row => row.Subject);
        return new ChainRows(
            ledger.RequestLines, ledger.Offers, ledger.Plan, ledger.Consignments, ledger.ConsignmentLines,
            await db.Set<ReceiptLineRow>().AsNoTracking()
                .Where(row => sent.Contains(row.Subject)).ToListAsync(cancellation))
        {
            Needs = ledger.Needs,
            Published = ledger.Requests
                .Where(row => row.State is nameof(RequestState.Published) or nameof(RequestState.Closed))
                .Select(row => row.Subject)
                .ToHashSet(StringComparer.Ordinal),
            DeclinedRounds = await db.Rounds
                .Where(row => row.Outbreak == outbreak && row.State == nameof(RoundState.Declined))
                .Select(row => row.Subject)
                .ToHashSetAsync(StringComparer.Ordinal, cancellation),
        };
    }

    private static JsonObject Written(ChainFinding finding) => new()
    {
        ["allowed"] = finding.Allowed,
        ["code"] = finding.Code,
        ["found"] = finding.Found,
        ["line"] = finding.Line,
        ["subject"] = finding.Subject,
    };

    private static JsonObject Written(DonorRecord donor) => new()
    {
        ["arrived"] = donor.Arrived,
        ["dated"] = donor.Dated,
        ["donor"] = donor.Donor,
        ["lapsed"] = donor.Lapsed,
        ["lapsed_units"] = donor.LapsedUnits,
        ["late"] = donor.Late,
        ["median_late_days"] = donor.MedianLateDays,
        ["offers"] = donor.Offers,
        ["sent"] = donor.Sent,
        ["sent_units"] = donor.SentUnits,
        ["short_units"] = donor.ShortUnits,
    };

    private static JsonObject Written(ExpiryAhead one) => new()
    {
        ["before_arrival"] = one.BeforeArrival,
        ["days_left"] = one.DaysLeft,
        ["expires"] = Days.Written(one.Expires),
        ["item"] = one.Item,
        ["line"] = one.Line < 0 ? null : one.Line,
        ["lot"] = one.Lot,
        ["subject"] = one.Subject,
        ["units"] = one.Units,
    };
}
