using System.Collections.Immutable;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>How far a unit of a lot travels to a recipient, from the centre of the donor's territory.</summary>
/// <remarks>
/// A lot whose donor is no territory starts nowhere that is known. For each recipient it counts the mean distance of
/// the doses whose donors are territories: they are as far from remote recipients as the others, and draw nobody.
/// </remarks>
public sealed class DonationRoutes
{
    private readonly ImmutableArray<ImmutableArray<long>> _kilometres;
    private readonly DonatedPool _pool;

    /// <summary>The distances of a pool.</summary>
    public DonationRoutes(DonatedPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        ImmutableArray<long> unstated = [.. pool.Recipients.Select(recipient => MeanTo(pool, recipient.Territory))];
        _kilometres = [.. pool.Lots.Select(lot => lot.Origin is not { } origin
            ? unstated
            : [.. pool.Recipients.Select(recipient => GreatCircle.Kilometres(origin, recipient.Territory))])];
    }

    /// <summary>Whole kilometres.</summary>
    /// <param name="lot">Its place in the pool.</param>
    /// <param name="recipient">Its place in the pool.</param>
    public long Kilometres(int lot, int recipient) => _kilometres[lot][recipient];

    /// <summary>Dose-kilometres of one dose-equivalent.</summary>
    /// <inheritdoc cref="Kilometres"/>
    public Rational CostOf(int lot, int recipient) =>
        Rational.Of(_kilometres[lot][recipient]) * _pool.Lots[lot].DosesPerUnit;

    private static long MeanTo(DonatedPool pool, Territory place)
    {
        var (far, doses) = (Rational.Zero, Rational.Zero);
        foreach (var lot in pool.Lots.Where(lot => lot.Origin is not null))
        {
            var own = Rational.Of(lot.Quantity) * lot.DosesPerUnit;
            far += own * Rational.Of(GreatCircle.Kilometres(lot.Origin!, place));
            doses += own;
        }

        return doses == Rational.Zero ? 0 : (long)((far / doses) + Rational.Of(1, 2)).Floor();
    }
}
