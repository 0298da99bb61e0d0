using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Whether lines in whole packs keep minimum lots and vehicles: counted from the terms of the limits as the problem
/// has them, claim by claim, with none of the engine's numbers.
/// </summary>
internal static class WholeLineChecks
{
    public static SharedFailure? Check(SharedProblem problem, ImmutableArray<PackLine> lines)
    {
        var lots = problem.Lots.ToDictionary(lot => lot.Id);
        foreach (var line in lines.Where(line => line.Quantity < lots[line.Lot].Minimum))
        {
            return new("minimum", Text($"lot {line.Lot}, claim {line.Claim}"), Text($"{line.Quantity}"),
                Text($"nothing or at least {lots[line.Lot].Minimum}"));
        }

        var memberOf = problem.Claims.ToDictionary(claim => claim.Id, claim => claim.Member);
        foreach (var limit in problem.Limits.Where(limit => limit.Load is not null))
        {
            var load = limit.Load!.Value;
            var most = limit.Most.Numerator * load.Denominator / (limit.Most.Denominator * load.Numerator);
            var used = BigInteger.Zero;
            foreach (var member in lines.GroupBy(line => memberOf[line.Claim]))
            {
                used += Vehicles(LoadOf(limit, member.Key, member), new(load.Numerator, load.Denominator));
            }

            if (used > most)
            {
                return new("vehicles", Text($"limit {limit.Id}"), Text($"{used} vehicles"),
                    Text($"no more than {most}, each for one member"));
            }
        }

        return null;
    }

    private static ExactFraction LoadOf(SharedLimit limit, int member, IEnumerable<PackLine> lines)
    {
        var load = new ExactFraction(0, 1);
        foreach (var line in lines)
        {
            foreach (var term in limit.Terms.Where(term =>
                (term.Lot ?? line.Lot) == line.Lot && (term.Member ?? member) == member))
            {
                load = load.Plus(new(term.Weight.Numerator * line.Quantity, term.Weight.Denominator));
            }
        }

        return load;
    }

    /// <summary>The least whole number of vehicles that take the load.</summary>
    private static BigInteger Vehicles(ExactFraction used, ExactFraction load)
    {
        var full = BigInteger.DivRem(used.Top * load.Bottom, used.Bottom * load.Top, out var rest);
        return rest.IsZero ? full : full + 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
