using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>The plan of the round, item by item.</summary>
internal sealed record PlanView(
    OutbreakRow Outbreak, RoundRow? Round, ImmutableArray<ItemSummary> Items, ImmutableArray<OfferRow> Idle)
{
    /// <summary>Why the settlement of the round does not follow from the answers; empty where it does, or where there
    /// is none.</summary>
    internal string Difference { get; init; } = "";

    internal static async Task<PlanView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var round = await CurrentOutbreak.RoundAsync(db, outbreak, cancellation);
        var used = (await db.PlanLines
            .Where(line => line.Round == (round == null ? "" : round.Subject) && line.Quantity > 0)
            .Select(line => new { line.Donor, line.Lot })
            .Distinct()
            .ToListAsync(cancellation)).Select(lot => (lot.Donor, lot.Lot)).ToHashSet();
        var offers = await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == outbreak.Subject)
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation);
        return new PlanView(
            outbreak,
            round,
            await ItemSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation),
            [.. offers.Where(offer => !used.Contains((offer.Member, offer.Lot)))])
        {
            Difference = round is null ? ""
                : await SettlementCheck.OfAsync(db, round.Subject, cancellation) ?? "",
        };
    }
}

/// <summary>The plan of one item: every line, every reason, and the certificate.</summary>
internal sealed record PlanItemView(
    OutbreakRow Outbreak,
    RoundRow Round,
    ItemSummary Summary,
    ImmutableArray<CoverageRow> Places,
    ILookup<string, PlanLineRow> Lines,
    ItemCertificate? Certificate,
    string? CheckFailure)
{
    internal static async Task<PlanItemView?> ReadAsync(NodeContext db, string item, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak
            || await CurrentOutbreak.RoundAsync(db, outbreak, cancellation) is not { } round)
        {
            return null;
        }

        var summary = (await ItemSummaries.ReadAsync(db, outbreak, round.Subject, cancellation))
            .FirstOrDefault(one => one.Item == item);
        if (summary is null)
        {
            return null;
        }

        var places = await db.Coverages.AsNoTracking()
            .Where(row => row.Round == round.Subject && row.Item == item)
            .OrderBy(row => row.Line)
            .ToListAsync(cancellation);
        var lines = await db.PlanLines.AsNoTracking()
            .Where(line => line.Round == round.Subject && line.Item == item && line.Quantity > 0)
            .OrderBy(line => line.Line)
            .ToListAsync(cancellation);
        var certificate = await db.Certificates.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Round == round.Subject && row.Item == item, cancellation);
        var proof = certificate is null ? null : CertificateJson.FromText(certificate.Json).Items.FirstOrDefault();
        return new PlanItemView(
            outbreak,
            round,
            summary,
            [.. places],
            lines.ToLookup(line => line.Place),
            proof,
            proof is null ? null : Check(proof.Certificate, places));
    }

    // The certificate proves itself; that it is about this plan is seen by its claims, which are the rows shown.
    private static string? Check(AllocationCertificate certificate, List<CoverageRow> places)
    {
        var outcome = PlanChecker.Check(certificate.ToProblem(), certificate, certificate.Lines);
        if (outcome.Failure is { } failure)
        {
            return failure.ToString();
        }

        // A plan made anew counts what was accepted before as received.
        var before = certificate.Claims.ToDictionary(claim => claim.Id, claim => claim.Received);
        var packed = certificate.Shares.ToDictionary(
            share => share.Claim, share => before[share.Claim] + share.Packed);
        var other = certificate.Claims.Length != places.Count
            ? places.FirstOrDefault()
            : certificate.Claims.Zip(places)
                .FirstOrDefault(pair => pair.First.Need != pair.Second.Need
                    || packed.GetValueOrDefault(pair.First.Id) != pair.Second.Allocated)
                .Second;
        return other is null ? null : $"it states other figures than the plan for {other.Place}";
    }
}
