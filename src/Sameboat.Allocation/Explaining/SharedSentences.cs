using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The names that the sentences of a plan under limits use.</summary>
/// <param name="Member">By member number.</param>
/// <param name="Lot">By lot id.</param>
/// <param name="Limit">By limit id.</param>
public sealed record SharedWords(Func<int, string> Member, Func<int, string> Lot, Func<int, string> Limit);

/// <summary>Why each claim of a plan under limits gets what it gets: one sentence, from its prices.</summary>
public sealed class SharedSentences
{
    private readonly SharedPlan _plan;
    private readonly SharedWords _words;
    private readonly Dictionary<int, SharedClaim> _claims;
    private readonly Dictionary<int, SharedShare> _shares;
    private readonly Dictionary<int, string> _ofPrices = [];

    /// <summary>For a plan that a checker accepts.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="words">The names.</param>
    public SharedSentences(SharedPlan plan, SharedWords words)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(words);
        (_plan, _words) = (plan, words);
        _claims = plan.Problem.Claims.ToDictionary(claim => claim.Id);
        _shares = plan.Shares.ToDictionary(share => share.Claim);
    }

    /// <summary>The sentence of a claim.</summary>
    public string For(int claim)
    {
        var (one, share) = (_claims[claim], _shares[claim]);
        var name = _words.Member(one.Member);
        if (share.Level is not { } level || share.Prices is not { } prices)
        {
            var cap = one.AcceptsAtMost is { } most && most < one.Need - one.Received
                ? string.Create(CultureInfo.InvariantCulture, $"the {most} that it accepts")
                : string.Create(CultureInfo.InvariantCulture, $"all that is missing to its need of {one.Need}");
            return $"The fair share of {name} is {cap}.";
        }

        return $"The fair coverage of {name} is {share.Fair}: {Because(prices, level)}";
    }

    /// <summary>Why some of a lot is left.</summary>
    /// <param name="lot">The lot's id.</param>
    /// <param name="left">Units left, above zero.</param>
    /// <param name="divisible">Whether packs could be opened; then neither minimum nor vehicles bind.</param>
    public string ForLeft(int lot, Rational left, bool divisible = false)
    {
        var one = _plan.Problem.Lots.First(stock => stock.Id == lot);
        if (!divisible && left >= Rational.Of(one.PackSize)
            && (_plan.Problem.Limits.Any(limit => limit.Load is not null)
                || _plan.Problem.Lots.Any(stock => stock.Minimum > stock.PackSize)))
        {
            return one.Minimum > one.PackSize
                ? string.Create(CultureInfo.InvariantCulture, $"No fairer plan was found that gives more of it: at "
                    + $"least {one.Minimum} must go to a member that gets any.")
                : "No fairer plan within minimum lots and vehicles was found that gives more of it.";
        }

        return left < Rational.Of(one.PackSize) && one.PackSize > 1
            ? string.Create(CultureInfo.InvariantCulture, $"Less than a pack of {one.PackSize} is left.")
            : "Nobody whom an open lane and the limits allow to have it may take more of it.";
    }

    private string Because(int index, Rational level)
    {
        if (_ofPrices.TryGetValue(index, out var known))
        {
            return known;
        }

        var prices = _plan.Prices[index];
        var text = (prices.LotPrices.Count, prices.LimitPrices.Count) switch
        {
            (0, 0) => "no lot with anything in it can reach it.",
            (_, 0) when prices.LotPrices.Values.Distinct().Count() == 1 => Cut(prices, level),
            (0, 1) => $"the limit {Names(prices.LimitPrices.Keys, _words.Limit)} is used up by those who are no better "
                + "off.",
            (_, 0) => $"lots {Names(prices.LotPrices.Keys, _words.Lot)} are used up by those who are no better off.",
            (0, _) => $"limits {Names(prices.LimitPrices.Keys, _words.Limit)} are used up by those who are no better "
                + "off.",
            _ => $"lots {Names(prices.LotPrices.Keys, _words.Lot)} and limits "
                + $"{Names(prices.LimitPrices.Keys, _words.Limit)} are used up by those who are no better off.",
        };
        return _ofPrices[index] = text;
    }

    /// <summary>Lots of one price: their stock, what those worse off take, and what is left for those here.</summary>
    private string Cut(LevelPrices prices, Rational level)
    {
        var stock = _plan.Problem.Lots.Where(lot => prices.LotPrices.ContainsKey(lot.Id))
            .Aggregate(BigInteger.Zero, (sum, lot) => sum + lot.Quantity);
        var here = _plan.Shares.Where(share => share.Level == level && share.Prices is { } own
            && _plan.Prices[own] == prices && share.Fair == level).Select(share => _claims[share.Claim]).ToList();
        var (need, held) = (here.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Need),
            here.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Received));
        var theirs = (level * Rational.Of(need)) - Rational.Of(held);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"only lots {Names(prices.LotPrices.Keys, _words.Lot)} can reach it, which hold {stock}");
        var others = Rational.Of(stock) - theirs;
        return others == Rational.Zero && here.Count > 0
            ? $"{text}; with {held} held before, that is {stock + held} for the {need} needed by "
                + $"{Names(here.Select(claim => claim.Member), _words.Member)}."
            : $"{text}; those no better off use it up.";
    }

    private static string Names(IEnumerable<int> ids, Func<int, string> name)
    {
        var all = ids.Distinct().Select(name).Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(Reasons.NamesMax));
        return all.Count <= Reasons.NamesMax ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {all.Count - Reasons.NamesMax} more");
    }
}
