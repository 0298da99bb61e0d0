using System.Globalization;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>A plausibility test on what was really given in the first round of 2021.</summary>
public sealed class The_first_covax_round
{
    private const long DosesPerPerson = 2;
    private const long Pack = 2_400;
    private const string NotOfTheCommonRate = "SYR";
    private const double ToleranceShare = 0.026;

    [Fact]
    public void Equal_coverage_of_one_product_is_what_nineteen_countries_were_given_within_2_6_per_cent()
    {
        var given = Rows()
            .Where(row => row is { Sii: > 0, Skbio: 0, Pfizer: 0, Code: not NotOfTheCommonRate }).ToList();
        given.Count.ShouldBe(19);
        var problem = new AllocationProblem(
            [.. given.Select((row, id) => new Claim(id, row.Population * DosesPerPerson))],
            [new Lot(0, given.Sum(row => row.Sii), Pack)],
            [],
            Seed: 1);
        var result = Allocator.Allocate(problem);
        PlanChecker.Check(problem, result.ToCertificate(), result.Lines).Proved.ShouldBe(PackGuarantee.Exact);
        foreach (var share in result.Shares)
        {
            var row = given[share.Claim];
            (share.FairAmount / Rational.Of(row.Sii)).ToDouble().ShouldBe(1, ToleranceShare, row.Code);
        }
    }

    [Fact]
    public void Both_products_shared_by_all_would_have_lifted_the_least_covered()
    {
        var rows = Rows().ToList();
        var problem = new AllocationProblem(
            [.. rows.Select((row, id) => new Claim(id, row.Population * DosesPerPerson))],
            [new Lot(0, rows.Sum(row => row.Sii), Pack), new Lot(1, rows.Sum(row => row.Skbio), Pack)],
            [],
            Seed: 1);
        var least = rows.Min(row => Rational.Of(row.Sii + row.Skbio, row.Population * DosesPerPerson));
        Allocator.Allocate(problem).Shares.Min(share => share.PackedCoverage).ShouldBeGreaterThan(least);
    }

    private static IEnumerable<Row> Rows() =>
        File.ReadLines(Repository.Reference("covax/covax_round1_coverage_check.csv")).Skip(1).Select(line =>
        {
            var cells = line.Split(',');
            long Cell(int at) => long.Parse(cells[at], CultureInfo.InvariantCulture);
            return new Row(cells[0], Cell(1), Cell(3), Cell(4), Cell(5));
        });

    private sealed record Row(string Code, long Population, long Sii, long Skbio, long Pfizer);
}
