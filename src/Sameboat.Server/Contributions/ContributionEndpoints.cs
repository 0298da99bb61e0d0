using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Contributions;

/// <summary><c>/api/v1/contributions</c>.</summary>
internal static class ContributionEndpoints
{
    internal static void MapContributionsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<ContributionRow>(
            "contribution",
            "contributions",
            "pledged",
            _ => Roles.Donor,
            new Dictionary<string, Expression<Func<ContributionRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["state"] = row => row.State,
                ["recipient"] = row => row.Recipient,
                ["currency"] = row => row.Currency,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["state"] = row.State,
                ["recipient"] = row.Recipient,
                ["currency"] = row.Currency,
                ["amount"] = row.Amount,
                ["committed"] = row.Committed,
                ["paid"] = row.Paid,
                ["rate"] = row.Rate,
                ["rate_day"] = Days.Written(row.RateDay),
                ["first_year"] = row.FirstYear,
                ["last_year"] = row.LastYear,
                ["by_year"] = row.ByYear,
            },
            PaymentsAsync));

    private static async Task PaymentsAsync(
        NodeContext db, string subject, JsonObject shown, CancellationToken cancellation)
    {
        var payments = await db.Set<PaymentRow>().AsNoTracking()
            .Where(row => row.Subject == subject)
            .OrderBy(row => row.Payment)
            .ToListAsync(cancellation);
        shown["payments"] = new JsonArray(
        [
            .. payments.Select(payment => new JsonObject
            {
                ["amount"] = payment.Amount,
                ["rate"] = payment.Rate,
                ["rate_day"] = Days.Written(payment.RateDay),
                ["reference"] = payment.Reference,
            }),
        ]);
    }
}
