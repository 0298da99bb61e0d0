using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
using Sameboat.Exchange.Chain.Tables;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>
/// Makes the allocation problem of every item again from coverage.csv and lots.csv, and has the independent checker
/// prove the plan of plan.csv for it by its certificate.
/// </summary>
internal static class CertificateCheck
{
    /// <summary>The first plan that is not proved; null when all are.</summary>
    public static string? FirstFailure(RunFolder files, RunHeader header)
    {
        var certificates = files.Certificates.ToDictionary(one => one.Item, one => one.Certificate);
        if (certificates.Count < files.Certificates.Length)
        {
            return "certificates.json: found an item twice, expected one certificate an item";
        }

        var needs = files.Tables.Coverage.ToLookup(row => row.Item);
        var lines = files.Tables.Plan.ToLookup(row => row.Item);
        var lastDay = header.AsOf.AddDays(Weeks.Days * header.Weeks);
        foreach (var lots in files.Tables.Lots
            .Where(lot => !(lot.Available > lastDay) && needs.Contains(lot.Item))
            .GroupBy(lot => lot.Item))
        {
            if (!certificates.Remove(lots.Key, out var certificate))
            {
                return $"certificates.json: found none for {lots.Key}, which is offered and needed";
            }

            var failure = Prove(certificate, [.. needs[lots.Key].OrderBy(row => row.Place)], [.. lots],
                [.. lines[lots.Key]], header);
            if (failure is not null)
            {
                return $"certificates.json: {lots.Key}: {failure}";
            }
        }

        return certificates.Keys
            .Select(item => $"certificates.json: found one for {item}, which is not both offered and needed")
            .FirstOrDefault();
    }

    private static string? Prove(
        AllocationCertificate certificate,
        ImmutableArray<CoverageRow> needs,
        ImmutableArray<LotRow> lots,
        ImmutableArray<PlanRow> rows,
        RunHeader header)
    {
        ImmutableArray<TerritoryCode> claims = [.. needs.Select(need => need.Place)];
        var problem = Rounds.ProblemOf(
            [.. needs.Select(need => new PlaceNeed(need.Place, need.Need, need.Before))],
            [.. lots.Select(lot => new RoundLot(lot.Quantity, lot.Pack, lot.Available, lot.Expires, lot.OnlyFor))],
            header.AsOf.AddDays(1),
            header.Seed);
        var idOfLot = lots.Select((lot, id) => (lot.Lot, id)).ToDictionary();
        ImmutableArray<PackLine> lines =
        [
            .. rows.Select(row => new PackLine(
                    idOfLot[row.Lot], claims.BinarySearch(row.Recipient),
                    row.Quantity / lots[idOfLot[row.Lot]].Pack, row.Quantity))
                .OrderBy(line => line.Lot).ThenBy(line => line.Claim),
        ];
        return PlanChecker.Check(problem, certificate, lines).Failure?.ToString();
    }
}
