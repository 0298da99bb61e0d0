using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Contributions;

/// <summary><c>GET /api/v1/contribution-totals?outbreak=...</c>: money by currency and in dollars.</summary>
internal static class TotalEndpoints
{
    internal static void MapContributionTotals(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/contribution-totals", AnswerAsync).WithTags("contributions");

    private static async Task<IResult> AnswerAsync(
        string? outbreak, NodeDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(outbreak))
        {
            return Problems.Answer(Problems.BadParameter, "outbreak: expected once, with a value.");
        }

        await using var db = database.Open();
        var rows = await db.Set<ContributionRow>().AsNoTracking()
            .Where(row => row.Outbreak == outbreak)
            .ToListAsync(cancellation);
        var subjects = db.Set<ContributionRow>().Where(row => row.Outbreak == outbreak).Select(row => row.Subject);
        var payments = await db.Set<PaymentRow>().AsNoTracking()
            .Where(row => subjects.Contains(row.Subject))
            .ToListAsync(cancellation);
        return Results.Text(Written(ContributionTotals.Of(rows, payments)).ToJsonString(), "application/json");
    }

    private static JsonObject Written(MoneyTotals totals) => new()
    {
        ["currencies"] = new JsonArray(
        [
            .. totals.Currencies.Select(one => new JsonObject
            {
                ["committed"] = one.Committed,
                ["currency"] = one.Currency,
                ["paid"] = one.Paid,
                ["pledged_not_counted"] = one.Pledged,
            }),
        ]),
        ["usd_cents"] = new JsonObject
        {
            ["by_year"] = new JsonObject(totals.CommittedByYear.Select(year =>
                new KeyValuePair<string, JsonNode?>(
                    year.Key.ToString(CultureInfo.InvariantCulture), JsonValue.Create(year.Value)))),
            ["committed"] = totals.CommittedCents,
            ["paid"] = totals.PaidCents,
        },
        ["rates"] = new JsonArray(
        [
            .. totals.Rates.Select(use => new JsonObject
            {
                ["cents"] = use.Cents,
                ["currency"] = use.Currency,
                ["day"] = Days.Written(use.Day),
                ["minor"] = use.Minor,
                ["rate"] = use.Rate,
                ["subject"] = use.Subject,
                ["use"] = use.Use,
            }),
        ]),
        ["without_rate"] = new JsonArray([.. totals.WithoutRate.Select(one => JsonValue.Create(one))]),
    };
}
