using System.Collections.Immutable;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>What one way of giving out the pool comes to.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Coverage">By recipient: (bought + given) / need.</param>
/// <param name="Doses">Doses sent, in doses and not in equivalents.</param>
/// <param name="DoseKm">Dose-kilometres of all of them.</param>
/// <param name="StatedDoseKm">Those of the lots whose donors are territories.</param>
/// <param name="KmOf">By recipient: mean kilometres of a dose that it is given; zero where it is given none.</param>
/// <param name="IsShortest">
/// Whether the checker proved that no plan which gives everybody the same has fewer dose-kilometres; null where
/// distance was not asked for.
/// </param>
public sealed record DonationOutcome(
    string Id,
    ImmutableArray<Rational> Coverage,
    Rational Doses,
    Rational DoseKm,
    Rational StatedDoseKm,
    ImmutableArray<Rational> KmOf,
    bool? IsShortest)
{
    /// <summary>The coverages from the lowest.</summary>
    public ImmutableArray<Rational> Sorted { get; } = Coverage.Sort();

    /// <summary>The lowest coverage.</summary>
    public Rational Lowest => Sorted[0];

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public Rational Median =>
        (Sorted[(Sorted.Length - 1) / 2] + Sorted[Sorted.Length / 2]) / Rational.Of(2);

    /// <summary>Mean kilometres of a dose.</summary>
    public Rational KmPerDose => Doses == Rational.Zero ? Rational.Zero : DoseKm / Doses;

    /// <summary>Adds up what is sent.</summary>
    internal static DonationOutcome Of(
        string id, DonatedPool pool, DonationRoutes routes, IEnumerable<DonationFlow> flows, bool? isShortest = null)
    {
        var given = new Rational[pool.Recipients.Length];
        var (doses, far) = (new Rational[given.Length], new Rational[given.Length]);
        var stated = Rational.Zero;
        foreach (var (lot, recipient, units) in flows)
        {
            var doseKm = units * routes.CostOf(lot, recipient);
            given[recipient] += units;
            doses[recipient] += units * pool.Lots[lot].DosesPerUnit;
            far[recipient] += doseKm;
            stated += pool.Lots[lot].Origin is null ? Rational.Zero : doseKm;
        }

        return new DonationOutcome(
            id,
            [.. pool.Recipients.Select((recipient, at) =>
                (Rational.Of(recipient.Bought) + given[at]) / Rational.Of(recipient.Need))],
            doses.Aggregate(Rational.Zero, (sum, one) => sum + one),
            far.Aggregate(Rational.Zero, (sum, one) => sum + one),
            stated,
            [.. doses.Select((own, at) => own == Rational.Zero ? Rational.Zero : far[at] / own)],
            isShortest);
    }
}

/// <summary>What one donor's choice of recipients costs the others.</summary>
/// <param name="Donor">The donor.</param>
/// <param name="Doses">Doses of its lots.</param>
/// <param name="Recipients">How many recipients it gave to.</param>
/// <param name="Freed">The fair plan where it alone gives to anybody and all others keep to their own.</param>
/// <param name="Bound">The fair plan where it alone keeps to its own and all others give to anybody.</param>
public sealed record EarmarkPrice(
    string Donor, Rational Doses, int Recipients, DonationOutcome Freed, DonationOutcome Bound);
