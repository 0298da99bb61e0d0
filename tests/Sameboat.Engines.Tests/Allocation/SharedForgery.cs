using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>One change to a plan under shared limits that was accepted.</summary>
/// <param name="What">What was changed.</param>
/// <param name="Plan">The plan after the change.</param>
/// <param name="IsLie">True where the change cannot leave a true statement, so that it must be refused.</param>
internal sealed record SharedForgery(string What, SharedPlan Plan, bool IsLie)
{
    private static readonly ImmutableArray<Func<SharedPlan, SeededRandom, SharedForgery?>> Statements =
    [
        (plan, random) => InShares(plan, random, "claim",
            (share, by) => share with { Claim = share.Claim + by.Step() }),
        (plan, random) => InShares(plan, random, "fair", (share, by) => share with { Fair = Other(share.Fair, by) }),
        (plan, random) => InShares(plan, random, "coverage",
            (share, by) => share with { Coverage = Other(share.Coverage, by) }),
        (plan, random) => InShares(plan, random, "gap", (share, by) => share with { Gap = Other(share.Gap, by) }),
        (plan, random) => InShares(plan, random, "packed",
            (share, by) => share with { Packed = share.Packed + by.Huge() }),
        (plan, random) => InShares(plan, random, "pack gap",
            (share, by) => share with { PackGap = Other(share.PackGap, by) }),
        (plan, random) => InShares(plan, random, "level", (share, by) => share with
        {
            Level = share.Level is { } level && by.NextBelow(4) > 0 ? Other(level, by)
                : share.Level is null ? Rational.Of(by.NextBelow(5), 1 + by.NextBelow(4)) : null,
        }),
        (plan, random) => InShares(plan, random, "index", (share, by) => share with
        {
            Prices = share.Prices is null ? by.NextBelow(3) : by.NextBelow(3) switch
            {
                0 => null,
                1 => -1 - by.NextBelow(2),
                _ => plan.Prices.Length + by.NextBelow(2),
            },
        }),
        (plan, random) => Lie("no share", plan with { Shares = Without(plan.Shares, random) }),
        (plan, random) => Lie("share twice", plan with { Shares = Twice(plan.Shares, random) }),
        (plan, random) => plan.Shares.Length < 2 ? null
            : Lie("claims swapped", plan with
            {
                Shares = plan.Shares.SetItem(0, plan.Shares[0] with { Claim = plan.Shares[1].Claim })
                    .SetItem(1, plan.Shares[1] with { Claim = plan.Shares[0].Claim }),
            }),
        (plan, random) => In("flow's lot", plan, plan.Flows, random,
            (flow, by) => flow with { Lot = flow.Lot + 50 }, (own, list) => own with { Flows = list }),
        (plan, random) => In("flow's claim", plan, plan.Flows, random,
            (flow, by) => flow with { Claim = flow.Claim + by.Step() }, (own, list) => own with { Flows = list }),
        (plan, random) => In("flow's amount", plan, plan.Flows, random,
            (flow, by) => flow with { Amount = Other(flow.Amount, by) }, (own, list) => own with { Flows = list }),
        (plan, random) => plan.Flows.IsEmpty ? null
            : Lie("no flow", plan with { Flows = Without(plan.Flows, random) }),
        (plan, random) => plan.Flows.IsEmpty ? null
            : Lie("flow twice", plan with { Flows = Twice(plan.Flows, random) }),
        (plan, random) => In("line's lot", plan, plan.Lines, random,
            (line, by) => line with { Lot = line.Lot + 50 }, (own, list) => own with { Lines = list }),
        (plan, random) => In("line's claim", plan, plan.Lines, random,
            (line, by) => line with { Claim = line.Claim + by.Step() }, (own, list) => own with { Lines = list }),
        (plan, random) => In("line's packs", plan, plan.Lines, random,
            (line, by) => line with { Packs = line.Packs + by.Huge() }, (own, list) => own with { Lines = list }),
        (plan, random) => In("line's quantity", plan, plan.Lines, random,
            (line, by) => line with { Quantity = line.Quantity + by.Huge() }, (own, list) => own with { Lines = list }),
        (plan, random) => plan.Lines.IsEmpty ? null
            : Lie("no line", plan with { Lines = Without(plan.Lines, random) }),
        (plan, random) => plan.Lines.IsEmpty ? null
            : Lie("line twice", plan with { Lines = Twice(plan.Lines, random) }),
        (plan, random) => plan.Prices.IsEmpty ? null
            : Lie("prices left out", plan with { Prices = plan.Prices.RemoveAt(plan.Prices.Length - 1) }),
        (plan, random) => Lie("prices of nothing", plan with
        {
            Prices = plan.Prices.Add(new LevelPrices(
                ImmutableSortedDictionary<int, Rational>.Empty, ImmutableSortedDictionary<int, Rational>.Empty)),
        }),
    ];

    /// <summary>One field of one statement changed, everything else as it was.</summary>
    public static SharedForgery OfOneStatement(SharedPlan plan, SeededRandom random)
    {
        while (true)
        {
            if (Statements[random.NextBelow(Statements.Length)](plan, random) is { } forged)
            {
                return forged;
            }
        }
    }

    /// <summary>Every field list that <see cref="OfOneStatement"/> may change, once each.</summary>
    public static IEnumerable<SharedForgery> OfEachStatement(SharedPlan plan, SeededRandom random) =>
        Statements.Select(change => change(plan, random)).OfType<SharedForgery>();

    /// <summary>A price changed, dropped, added or moved: another proof, sound or not.</summary>
    public static SharedForgery? OfPrices(SharedPlan plan, SeededRandom random)
    {
        if (plan.Prices.IsEmpty)
        {
            return null;
        }

        var at = random.NextBelow(plan.Prices.Length);
        var prices = plan.Prices[at];
        var forged = random.NextBelow(7) switch
        {
            0 => prices with { LotPrices = Changed(prices.LotPrices, random) },
            1 => prices with { LimitPrices = Changed(prices.LimitPrices, random) },
            2 => prices with { LotPrices = prices.LotPrices.SetItem(random.NextBelow(7) - 1, Price(random)) },
            3 => prices with { LimitPrices = prices.LimitPrices.SetItem(random.NextBelow(5) - 1, Price(random)) },
            4 => prices with { LotPrices = prices.LotPrices.Clear() },
            5 => prices with { LimitPrices = prices.LimitPrices.Clear() },
            _ => plan.Prices[random.NextBelow(plan.Prices.Length)],
        };
        return new("prices", plan with { Prices = plan.Prices.SetItem(at, forged) }, IsLie: false);
    }

    /// <summary>Levels that say something else, with every number that follows from them made to fit.</summary>
    public static SharedForgery? OfLevels(SharedPlan plan, SeededRandom random)
    {
        if (plan.Prices.IsEmpty)
        {
            return null;
        }

        var chosen = plan.Shares[random.NextBelow(plan.Shares.Length)];
        Rational? level = random.NextBelow(6) == 0 ? null : Other(chosen.Level ?? Rational.One, random);
        int? index = level is null ? null : chosen.Prices ?? random.NextBelow(plan.Prices.Length);
        var all = random.NextBelow(2) == 0;
        var member = plan.Problem.Claims.First(claim => claim.Id == chosen.Claim).Member;
        return new("levels", plan with
        {
            Shares = [.. plan.Shares.Select(share =>
            {
                var claim = plan.Problem.Claims.First(claim => claim.Id == share.Claim);
                var isMoved = share.Claim == chosen.Claim || (all && share.Level == chosen.Level)
                    || (plan.Problem.By == CoverageBy.Member && claim.Member == member);
                return isMoved ? Fitted(share with { Level = level, Prices = index }, claim) : share;
            })],
        }, IsLie: false);
    }

    /// <summary>Other flows, with coverages and gaps made to fit: only fairness or a rule can be missing.</summary>
    public static SharedForgery? OfFlows(SharedPlan plan, SeededRandom random)
    {
        if (plan.Flows.IsEmpty)
        {
            return null;
        }

        var at = random.NextBelow(plan.Flows.Length);
        var flow = plan.Flows[at];
        var moved = Rational.Of(1 + random.NextBelow(3), 1 + random.NextBelow(3));
        var to = plan.Problem.Claims[random.NextBelow(plan.Problem.Claims.Length)].Id;
        var flows = plan.Flows.RemoveAt(at);
        flows = moved < flow.Amount ? flows.Add(flow with { Amount = flow.Amount - moved }) : flows;
        var same = flows.FirstOrDefault(other => other.Lot == flow.Lot && other.Claim == to);
        flows = random.NextBelow(3) == 0 ? flows
            : same is null ? flows.Add(new FairFlow(flow.Lot, to, moved))
            : flows.Replace(same, same with { Amount = same.Amount + moved });
        return new("flows", plan with { Flows = flows, Shares = Given(plan, flows, plan.Lines) }, IsLie: false);
    }

    /// <summary>Other lines, with quantities and gaps made to fit.</summary>
    public static SharedForgery? OfLines(SharedPlan plan, SeededRandom random)
    {
        if (plan.Lines.IsEmpty)
        {
            return null;
        }

        var at = random.NextBelow(plan.Lines.Length);
        var line = plan.Lines[at];
        var size = line.Quantity / line.Packs;
        var to = plan.Problem.Claims[random.NextBelow(plan.Problem.Claims.Length)].Id;
        var lines = line.Packs == 1 ? plan.Lines.RemoveAt(at)
            : plan.Lines.SetItem(at, line with { Packs = line.Packs - 1, Quantity = line.Quantity - size });
        var same = lines.FirstOrDefault(other => other.Lot == line.Lot && other.Claim == to);
        lines = random.NextBelow(3) == 0 ? lines
            : same is null ? lines.Add(new PackLine(line.Lot, to, 1, size))
            : lines.Replace(same, same with { Packs = same.Packs + 1, Quantity = same.Quantity + size });
        return new("lines", plan with { Lines = lines, Shares = Given(plan, plan.Flows, lines) }, IsLie: false);
    }

    private static ImmutableArray<SharedShare> Given(
        SharedPlan plan, ImmutableArray<FairFlow> flows, ImmutableArray<PackLine> lines) =>
        [.. plan.Shares.Select(share =>
        {
            var claim = plan.Problem.Claims.First(claim => claim.Id == share.Claim);
            var given = flows.Where(flow => flow.Claim == claim.Id)
                .Aggregate(Rational.Of(claim.Received), (sum, flow) => sum + flow.Amount);
            return Fitted(share with
            {
                Coverage = given / Rational.Of(claim.Need),
                Packed = lines.Where(line => line.Claim == claim.Id).Sum(line => line.Quantity),
            }, claim);
        })];

    private static SharedShare Fitted(SharedShare share, SharedClaim claim)
    {
        var start = Rational.Of(claim.Received, claim.Need);
        var full = Rational.Of(claim.Received + claim.Limit, claim.Need);
        var fair = share.Level is not { } level || level > full ? full : level < start ? start : level;
        return share with
        {
            Fair = fair,
            Gap = fair - share.Coverage,
            PackGap = fair - Rational.Of(claim.Received + share.Packed, claim.Need),
        };
    }

    private static SharedForgery Lie(string what, SharedPlan plan) => new(what, plan, IsLie: true);

    private static SharedForgery? InShares(
        SharedPlan plan, SeededRandom random, string what, Func<SharedShare, SeededRandom, SharedShare> change) =>
        In("share's " + what, plan, plan.Shares, random, change, (own, list) => own with { Shares = list });

    private static SharedForgery? In<T>(string what, SharedPlan plan, ImmutableArray<T> list, SeededRandom random,
        Func<T, SeededRandom, T> change, Func<SharedPlan, ImmutableArray<T>, SharedPlan> with)
    {
        if (list.IsEmpty)
        {
            return null;
        }

        var at = random.NextBelow(list.Length);
        return Lie(what, with(plan, list.SetItem(at, change(list[at], random))));
    }

    private static ImmutableArray<T> Without<T>(ImmutableArray<T> list, SeededRandom random) =>
        list.RemoveAt(random.NextBelow(list.Length));

    private static ImmutableArray<T> Twice<T>(ImmutableArray<T> list, SeededRandom random) =>
        list.Add(list[random.NextBelow(list.Length)]);

    private static ImmutableSortedDictionary<int, Rational> Changed(
        ImmutableSortedDictionary<int, Rational> prices, SeededRandom random)
    {
        if (prices.IsEmpty)
        {
            return prices;
        }

        var (id, price) = prices.ElementAt(random.NextBelow(prices.Count));
        return random.NextBelow(3) == 0 ? prices.Remove(id) : prices.SetItem(id, Other(price, random));
    }

    private static Rational Price(SeededRandom random) => Rational.Of(random.NextBelow(6) - 1, 1 + random.NextBelow(3));

    private static Rational Other(Rational value, SeededRandom random) => random.NextBelow(6) switch
    {
        0 => value + Rational.Of(1, 1_000_000_007),
        1 => value - Rational.Of(1, 1_000_000_007),
        2 => value + Rational.Of(random.Huge()),
        3 when value != Rational.Zero => Rational.Zero - value,
        4 when value != Rational.Zero => value * Rational.Of(1 + random.NextBelow(2), 3),
        _ => value + Rational.Of(random.Step(), 1 + random.NextBelow(4)),
    };

}
