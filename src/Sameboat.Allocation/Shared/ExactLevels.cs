using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Exact levels from prices found in floating point: prices become whole numbers, and each level is the exact t at
/// which what is asked, priced, is what the priced lots and limits hold.
/// </summary>
/// <remarks>
/// Any prices of zero or more give a level that no plan passes, so rounding can only raise a level, never make it
/// wrong (the safe bound of Neumaier and Shcherbina 2004, 10.1007/s10107-003-0433-3).
/// </remarks>
internal sealed class ExactLevels
{
    /// <summary>With more levels than this, levels are rounded up to multiples of 1 / <see cref="Grid"/>.</summary>
    public const int ExactLevelsMax = 64;

    private const int DenominatorMax = 1_000_000;
    private const double FractionTolerance = 1e-10;

    private readonly LaneModel _model;
    private readonly List<(int Limit, BigInteger Weight)>[] _usesOf;
    private readonly bool _onGrid;

    public ExactLevels(LaneModel model, int levels)
    {
        _model = model;
        _onGrid = levels > ExactLevelsMax;
        Level = new Rational?[model.GroupCount];
        PricesOf = new int?[model.GroupCount];
        _usesOf = [.. Enumerable.Range(0, model.LaneLot.Length).Select(_ => new List<(int, BigInteger)>(0))];
        for (var limit = 0; limit < model.Limits.Length; limit++)
        {
            foreach (var use in model.Limits[limit].Uses)
            {
                _usesOf[use.Lane].Add((limit, use.Weight));
            }
        }
    }

    /// <summary>One part in 2^60: what rounding may add to a level.</summary>
    public static BigInteger Grid { get; } = BigInteger.One << 60;

    /// <summary>By group: the level; null where it reaches its own limit.</summary>
    public Rational?[] Level { get; }

    /// <summary>By group: the index of its prices.</summary>
    public int?[] PricesOf { get; }

    public List<LevelPrices> Prices { get; } = [];

    /// <summary>Adds the levels of a filling, in rising order.</summary>
    public void Add(IEnumerable<FilledLevel> levels)
    {
        var known = new Dictionary<int, Rational>();
        var least = Rational.Zero;
        foreach (var level in levels.Where(level => !double.IsPositiveInfinity(level.Level)))
        {
            var (lots, limits, scale) = Whole(level);
            var worth = lots.Aggregate(BigInteger.Zero, (sum, lot) => sum + (lot.Value * _model.Lots[lot.Key].Quantity))
                + limits.Aggregate(BigInteger.Zero,
                    (sum, limit) => sum + (limit.Value * _model.Limits[limit.Key].Most));
            var exact = lots.Count + limits.Count == 0
                ? UnreachedLevel(level.Groups)
                : LevelOf(ValuesOf(lots, limits), worth, known);
            if (exact is not { } reached)
            {
                continue;
            }

            least = reached > least ? reached : least;
            foreach (var group in level.Groups)
            {
                known[group] = least;
                Level[group] = least;
                PricesOf[group] = Prices.Count;
            }

            Prices.Add(new LevelPrices(
                lots.Where(lot => !lot.Value.IsZero).ToImmutableSortedDictionary(
                    lot => _model.Lots[lot.Key].Id, lot => Rational.Of(lot.Value, scale)),
                limits.Where(limit => !limit.Value.IsZero).ToImmutableSortedDictionary(
                    limit => _model.Limits[limit.Key].Id,
                    limit => Rational.Of(limit.Value * _model.Limits[limit.Key].Scale, scale))));
        }
    }

    /// <summary>The least coverage in groups with a claim that no goods can reach.</summary>
    private Rational? UnreachedLevel(List<int> groups) => Enumerable.Range(0, _model.Claims.Length)
        .Where(claim => groups.Contains(_model.GroupOf[claim]) && _model.Claims[claim].Limit > 0
            && !_model.LanesInto(claim).ToArray().Any(lane => _model.Lots[_model.LaneLot[lane]].Quantity > 0))
        .Select(claim => (Rational?)Rational.Of(_model.Claims[claim].Received, _model.Claims[claim].Need))
        .Min();

    /// <summary>The prices as whole numbers of one common scale.</summary>
    private static (Dictionary<int, BigInteger> Lots, Dictionary<int, BigInteger> Limits, BigInteger Scale) Whole(
        FilledLevel level)
    {
        var unit = level.LotPrices.Values.DefaultIfEmpty(level.LimitPrices.Values.DefaultIfEmpty(1).Max()).Max();
        var all = level.LotPrices.Values.Concat(level.LimitPrices.Values).Select(price => price / unit).ToList();
        var scale = BigInteger.One;
        foreach (var price in all)
        {
            var bottom = Denominator(price);
            scale = scale / BigInteger.GreatestCommonDivisor(scale, bottom) * bottom;
            if (scale > long.MaxValue >> 8)
            {
                scale = Grid;
                break;
            }
        }

        BigInteger Rounded(double price) => new(Math.Round(price / unit * (double)scale));
        return (
            level.LotPrices.ToDictionary(lot => lot.Key, lot => Rounded(lot.Value)),
            level.LimitPrices.ToDictionary(limit => limit.Key, limit => Rounded(limit.Value)), scale);
    }

    /// <summary>The denominator of the nearest simple fraction, by continued fractions.</summary>
    private static BigInteger Denominator(double value)
    {
        var (before, bottom, rest) = (0.0, 1.0, value);
        while (Math.Abs((value * bottom) - Math.Round(value * bottom)) > FractionTolerance * bottom
            * Math.Max(value, FractionTolerance))
        {
            rest = 1 / (rest - Math.Floor(rest));
            (before, bottom) = (bottom, (Math.Floor(rest) * bottom) + before);
            if (!(bottom < DenominatorMax))
            {
                return Grid;
            }
        }

        return new BigInteger(bottom);
    }

    /// <summary>What a unit given to each claim costs at least, where that is more than nothing.</summary>
    private List<(int Claim, BigInteger Value)> ValuesOf(
        Dictionary<int, BigInteger> lots, Dictionary<int, BigInteger> limits)
    {
        var touched = lots.Keys.SelectMany(lot => Enumerable.Range(
                _model.LotStart[lot], _model.LotStart[lot + 1] - _model.LotStart[lot]))
            .Concat(limits.Keys.SelectMany(limit => _model.Limits[limit].Uses.Select(use => use.Lane)));
        var values = new List<(int, BigInteger)>();
        foreach (var claim in touched.Select(lane => _model.LaneClaim[lane]).Distinct())
        {
            BigInteger? least = null;
            foreach (var lane in _model.LanesInto(claim))
            {
                if (_model.Lots[_model.LaneLot[lane]].Quantity == 0)
                {
                    continue;
                }

                var price = lots.GetValueOrDefault(_model.LaneLot[lane]);
                foreach (var (limit, weight) in _usesOf[lane])
                {
                    if (limits.TryGetValue(limit, out var own))
                    {
                        price += own * weight;
                    }
                }

                least = least is null || price < least ? price : least;
            }

            if (least is { IsZero: false } value)
            {
                values.Add((claim, value));
            }
        }

        return values;
    }

    /// <summary>
    /// The greatest t at which the priced claims, the known ones held at their level, ask no more
    /// than is there.
    /// </summary>
    private Rational? LevelOf(
        List<(int Claim, BigInteger Value)> values, BigInteger worth, Dictionary<int, Rational> known)
    {
        var turns = new List<(Rational Level, BigInteger Slope)>();
        foreach (var (index, value) in values)
        {
            var claim = _model.Claims[index];
            var (start, full) = (Rational.Of(claim.Received, claim.Need), FullOf(claim));
            if (known.TryGetValue(_model.GroupOf[index], out var own) && own < full)
            {
                full = own;
            }

            if (full > start)
            {
                turns.Add((start, value * claim.Need));
                turns.Add((full, -value * claim.Need));
            }
        }

        turns.Sort((one, other) => one.Level.CompareTo(other.Level));
        var (used, slope, level) = (Rational.Zero, BigInteger.Zero, Rational.Zero);
        var target = Rational.Of(worth);
        foreach (var turn in turns)
        {
            var reached = used + (Rational.Of(slope) * (turn.Level - level));
            if (reached > target)
            {
                return Rounded(level + ((target - used) / Rational.Of(slope)));
            }

            (used, level, slope) = (reached, turn.Level, slope + turn.Slope);
        }

        return null;
    }

    private Rational Rounded(Rational level) => _onGrid && level.Denominator > Grid
        ? Rational.Of(-Rational.Of(-level.Numerator * Grid, level.Denominator).Floor(), Grid)
        : level;

    private static Rational FullOf(SharedClaim claim) =>
        Rational.Of(claim.Received + (BigInteger)claim.Limit, claim.Need);
}
