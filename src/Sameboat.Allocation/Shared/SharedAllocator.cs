using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The fair division of several items under limits that they share.</summary>
/// <remarks>Leximin over claims or members; see docs/methods/shared-limits.md.</remarks>
public static class SharedAllocator
{
    /// <summary>Divides the lots; the same problem, in any order of its lists, gives the same plan.</summary>
    /// <exception cref="ArgumentException">The problem has <see cref="SharedProblem.Refusals"/>.</exception>
    /// <exception cref="SharedNotSolvedException">The linear solver found no optimum.</exception>
    public static SharedPlan Allocate(SharedProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var refusals = problem.Refusals();
        if (!refusals.IsEmpty)
        {
            throw new ArgumentException($"A refused problem cannot be allocated: {refusals[0]}", nameof(problem));
        }

        var model = LaneModel.Of(problem);
        var binding = Array.ConvertAll(model.Limits, limit => CanBind(model, limit));
        var filled = PartsOf(model, binding)
            .Select(part => Filling.Of(model, part.Binding, part.Claims)
                ?? throw new SharedNotSolvedException("The linear solver found no optimum."))
            .ToList();
        var exact = new ExactLevels(model, filled.Sum(part => part.Levels.Count));
        foreach (var part in filled)
        {
            exact.Add(part.Levels);
        }

        var asked = model.Claims.Select((claim, at) => AskedAt(claim, exact.Level[model.GroupOf[at]])).ToArray();
        var flows = filled.SelectMany(part => part.Flows).ToDictionary();
        var amounts = SharedAmounts.Of(model, flows, asked)
            .Select(parts => Rational.Of(parts, SharedAmounts.UnitParts)).ToArray();
        if (ExactFlows.Find(model, asked) is { } exactAmounts)
        {
            amounts = exactAmounts;
            TieBreak.CheapenUntied(model, binding, asked, amounts);
        }
        else
        {
            TieBreak.Cheapen(model, binding, asked, amounts);
        }

        var packs = binding.Contains(true) || problem.By == CoverageBy.Member
            ? SharedPacks.Of(model, amounts, asked, problem.Owed)
            : ExactPacks.Of(model, problem.Seed, problem.Owed);
        packs = WholeRules.Of(problem, model) is { } rules
            ? WholeParts.Of(problem, model, rules, binding, amounts, packs)
            : TieBreak.CheapenPacks(model, binding, packs);
        return PlanOf(problem, model, exact, asked, amounts, packs, filled.Sum(part => part.Programs));
    }

    /// <summary>Whether any limit could bind at all; where none can, items divide by the single-item rule.</summary>
    /// <param name="problem">A problem without refusals.</param>
    public static bool HasBindingLimit(SharedProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var model = LaneModel.Of(problem);
        return Array.Exists(model.Limits, limit => CanBind(model, limit));
    }

    private static SharedPlan PlanOf(SharedProblem problem, LaneModel model, ExactLevels exact, Rational[] asked,
        Rational[] amounts, long[] packs, int programs)
    {
        var lines = ImmutableArray.CreateBuilder<PackLine>();
        var flows = ImmutableArray.CreateBuilder<FairFlow>();
        var given = new Rational[model.Claims.Length];
        var packed = new long[model.Claims.Length];
        for (var lane = 0; lane < amounts.Length; lane++)
        {
            var (lot, claim) = (model.Lots[model.LaneLot[lane]], model.LaneClaim[lane]);
            if (amounts[lane] > Rational.Zero)
            {
                flows.Add(new FairFlow(lot.Id, model.Claims[claim].Id, amounts[lane]));
                given[claim] += amounts[lane];
            }

            if (packs[lane] > 0)
            {
                lines.Add(new PackLine(lot.Id, model.Claims[claim].Id, packs[lane], packs[lane] * lot.PackSize));
                packed[claim] += packs[lane] * lot.PackSize;
            }
        }

        return new SharedPlan(problem, [.. exact.Prices], flows.ToImmutable(), lines.ToImmutable(),
            [.. model.Claims.Select((claim, at) =>
            {
                var (fair, coverage) = (CoverageOf(claim, asked[at]), CoverageOf(claim, given[at]));
                return new SharedShare(claim.Id, exact.Level[model.GroupOf[at]], exact.PricesOf[model.GroupOf[at]],
                    fair, coverage, fair - coverage, packed[at], fair - CoverageOf(claim, Rational.Of(packed[at])));
            })],
            programs);
    }

    private static Rational CoverageOf(SharedClaim claim, Rational given) =>
        (Rational.Of(claim.Received) + given) / Rational.Of(claim.Need);

    /// <summary>min(limit, max(0, t need - received)); the limit where there is no level.</summary>
    private static Rational AskedAt(SharedClaim claim, Rational? level)
    {
        var limit = Rational.Of(claim.Limit);
        if (level is not { } reached)
        {
            return limit;
        }

        var asked = (reached * Rational.Of(claim.Need)) - Rational.Of(claim.Received);
        return asked < Rational.Zero ? Rational.Zero : asked > limit ? limit : asked;
    }

    /// <summary>Whether a limit could be passed if every claim took all it may from its heaviest lane.</summary>
    private static bool CanBind(LaneModel model, LaneLimit limit)
    {
        var most = BigInteger.Zero;
        foreach (var claim in limit.Uses.GroupBy(use => model.LaneClaim[use.Lane]))
        {
            most += claim.Max(use => use.Weight) * model.Claims[claim.Key].Limit;
        }

        return most > limit.Most;
    }

    /// <summary>Items tied by limits or, by member, by a member that needs both, are one part; parts are strangers.
    /// </summary>
    internal static List<(bool[] Claims, bool[] Binding)> PartsOf(LaneModel model, bool[] binding)
    {
        var root = Enumerable.Range(0, model.ItemCount).ToArray();
        int Root(int item)
        {
            while (root[item] != item)
            {
                item = root[item] = root[root[item]];
            }

            return item;
        }

        var firstOfGroup = new Dictionary<int, int>();
        for (var claim = 0; claim < model.Claims.Length; claim++)
        {
            var item = model.ItemOfClaim[claim];
            root[Root(item)] = Root(firstOfGroup.TryGetValue(model.GroupOf[claim], out var first) ? first : item);
            firstOfGroup.TryAdd(model.GroupOf[claim], item);
        }

        foreach (var limit in model.Limits.Where((_, at) => binding[at]))
        {
            foreach (var use in limit.Uses)
            {
                root[Root(model.ItemOfLot[model.LaneLot[use.Lane]])] =
                    Root(model.ItemOfLot[model.LaneLot[limit.Uses[0].Lane]]);
            }
        }

        return [.. Enumerable.Range(0, model.Claims.Length).GroupBy(claim => Root(model.ItemOfClaim[claim]))
            .Select(part =>
            {
                var claims = new bool[model.Claims.Length];
                foreach (var claim in part)
                {
                    claims[claim] = true;
                }

                return (claims, model.Limits.Select((limit, at) => binding[at]
                    && Root(model.ItemOfLot[model.LaneLot[limit.Uses[0].Lane]]) == part.Key).ToArray());
            })];
    }
}

/// <summary>The linear solver gave up; nothing was planned.</summary>
public sealed class SharedNotSolvedException : Exception
{
    /// <summary>Without a message.</summary>
    public SharedNotSolvedException()
    {
    }

    /// <summary>With a message.</summary>
    public SharedNotSolvedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what led to it.</summary>
    public SharedNotSolvedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
