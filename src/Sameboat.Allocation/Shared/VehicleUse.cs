using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The vehicles of one limit that serve one member.</summary>
/// <param name="Limit">The limit's id.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Vehicles">Whole vehicles, at least one; the last may be part full.</param>
/// <param name="Load">What they take together, in the unit of the limit's load.</param>
public sealed record VehicleUse(int Limit, int Member, long Vehicles, Rational Load)
{
    /// <summary>The vehicles that lines in whole packs take, in order of limit and member.</summary>
    /// <param name="problem">A problem without refusals.</param>
    /// <param name="lines">Lines on open lanes of the problem, each lane once.</param>
    public static ImmutableArray<VehicleUse> Of(SharedProblem problem, ImmutableArray<PackLine> lines)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var model = LaneModel.Of(problem);
        if (WholeRules.Of(problem, model) is not { } rules)
        {
            return [];
        }

        var given = lines.ToDictionary(line => (line.Lot, line.Claim), line => line.Packs);
        long[] packs = [.. model.LaneLot.Zip(model.LaneClaim, (lot, claim) =>
            given.GetValueOrDefault((model.Lots[lot].Id, model.Claims[claim].Id)))];
        var members = model.Claims.Select(claim => claim.Member).Distinct().Order().ToArray();
        return [.. rules.Vehicles.SelectMany(row => rules.LoadsOf(row, packs).Index()
            .Where(load => load.Item > BigInteger.Zero)
            .Select(load => new VehicleUse(model.Limits[row.Limit].Id, members[load.Index], row.For(load.Item),
                Rational.Of(load.Item, model.Limits[row.Limit].Scale))))];
    }
}
