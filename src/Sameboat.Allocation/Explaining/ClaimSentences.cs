using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The sentence about one claim.</summary>
internal sealed class ClaimSentences(PlanFacts facts, ReasonWords words)
{
    private readonly List<long> _sizes =
        [.. facts.Certificate.Lots.Where(lot => lot.Quantity >= lot.PackSize && lot.Quantity > 0)
            .Select(lot => lot.PackSize).Distinct().Order()];

    private readonly string?[] _cuts = new string?[facts.Levels.Length];

    public string For(Claim claim)
    {
        var name = words.Claim(claim.Id);
        if (claim.Received >= claim.Need)
        {
            return $"{name} already has {Phrases.Number(claim.Received)} of the {Phrases.Number(claim.Need)} "
                + $"{words.Unit} it needs, so it receives none of these lots.";
        }

        if (claim.Limit == 0)
        {
            return $"{name} accepts no {words.Unit} from these lots and receives none; {Coverage(claim)}.";
        }

        if (facts.Certificate.Lots.IsEmpty)
        {
            return $"There is no lot to share, so {name} receives no {words.Unit}; {Coverage(claim)}.";
        }

        var level = facts.LevelOf[claim.Id];
        return facts.FairAmountOf(claim.Id) == Rational.Of(claim.Limit) ? AtLimit(claim, name)
            : IsOutOfReach(claim) ? OutOfReach(claim, name)
            : $"{CutOf(level)}; {Outcome(claim, name)}.";
    }

    private bool IsOutOfReach(Claim claim) =>
        facts.FairAmountOf(claim.Id) == Rational.Zero
        && !facts.Certificate.Lots.Any(lot => facts.IsOpen(lot.Id, claim.Id));

    private string CutOf(LevelFacts level) => _cuts[level.Index] ??= Cut(level);

    private string AtLimit(Claim claim, string name)
    {
        var packed = facts.ShareOf(claim.Id).Packed;
        var wish = claim.Limit < claim.Need - claim.Received
            ? $"the {Phrases.Number(claim.Limit)} {words.Unit} it accepts at most"
            : $"the {Phrases.Number(claim.Limit)} {words.Unit} it still needs";
        if (packed == claim.Limit)
        {
            return $"{name} gets all of {wish}, in {PacksOf(claim)}; {Coverage(claim)}.";
        }

        var missing = claim.Limit - packed;
        var why = _sizes.Count == 0 ? "no lot holds a whole pack"
            : missing < _sizes[0] ? $"the other {Phrases.Number(missing)} would not fill a pack of "
                + Phrases.Number(_sizes[0])
            : $"the other {Phrases.Number(missing)} cannot be made up of the whole packs that can reach it";
        return packed == 0
            ? $"{name} gets none of {wish}: {why}; {Coverage(claim)}."
            : $"{name} gets {Phrases.Number(packed)} of {wish}, in {PacksOf(claim)}: {why}; {Coverage(claim)}.";
    }

    private string OutOfReach(Claim claim, string name)
    {
        var lots = facts.Certificate.Lots.Select(lot => lot.Id).ToList();
        var closed = Phrases.List([.. lots.Select((lot, at) => at < Reasons.NamesMax
            ? $"lot {words.Lot(lot)} {Phrases.Because(facts.ReasonOf(lot, claim.Id))}" : "")]);
        return $"No lot can reach {name} ({closed}), so it receives no {words.Unit}; {Coverage(claim)}.";
    }

    private string Cut(LevelFacts level)
    {
        var claims = Phrases.List(level.Level.Claims, words.Claim);
        if (level.Level.Lots.IsEmpty)
        {
            return $"Every lot that can reach {claims} is used up by recipients with lower coverage";
        }

        var one = level.Level.Claims.Length == 1;
        var apart = level.Index == 0 ? "" : " (apart from lots that recipients with lower coverage use up)";
        var hold = level.Level.Lots.Length == 1 ? "the lot holds" : "together the lots hold";
        var limited = level.LimitedClaims == 0 ? ""
            : $", of which {Phrases.Number(level.LimitedUnits)} bring "
                + (level.LimitedClaims == 1 ? "one recipient to its own limit"
                    : $"{Phrases.Number(level.LimitedClaims)} recipients to their own limit");
        var had = level.SharingReceived.IsZero ? ""
            : $", of which {Phrases.Number(level.SharingReceived)} are already there";
        var need = one ? "it needs" : level.LimitedClaims == 0 ? "together they need"
            : level.SharingClaims == 1 ? "the other needs" : "the others together need";
        var bound = Bound(level);
        return $"{claims} can be reached only by {Phrases.Lots(level.Level.Lots, words)}{apart}; {hold} "
            + $"{Phrases.Number(level.Stock)} {words.Unit}{limited} and {need} "
            + $"{Phrases.Number(level.SharingNeed)}{had}, {bound}";
    }

    private static string Bound(LevelFacts level)
    {
        var available = level.Stock - level.LimitedUnits + level.SharingReceived;
        var more = Phrases.MoreThan(available, level.SharingNeed);
        return level.SharingClaims == 1
            ? $"so it cannot have {more} without another having less"
            : $"so none can have {more} without another having less";
    }

    private string Outcome(Claim claim, string name)
    {
        var packed = facts.ShareOf(claim.Id).Packed;
        if (packed > 0)
        {
            return $"{name} gets {Phrases.Number(packed)} in {PacksOf(claim)}, {Coverage(claim)}{Draw(claim)}";
        }

        var fair = facts.FairAmountOf(claim.Id);
        if (fair == Rational.Zero)
        {
            return $"{name} gets none, {Coverage(claim)}";
        }

        var why = _sizes.Count == 0 ? "and no lot holds a whole pack"
            : claim.Limit < _sizes[0] ? $"and the {Phrases.Number(claim.Limit)} it may receive would not fill a pack "
                + $"of {Phrases.Number(_sizes[0])}"
            : "and the whole packs go first where they lift the worst off furthest";
        return $"{name} gets none: its even share would be {Phrases.Number(fair)} {words.Unit}, {why}, "
            + $"{Coverage(claim)}{Draw(claim)}";
    }

    private string Coverage(Claim claim)
    {
        var held = facts.HeldAfter(claim.Id);
        var percent = Phrases.Percent(held, claim.Need);
        return claim.Received > 0
            ? $"with the {Phrases.Number(claim.Received)} it has, {percent} of its need"
            : $"{percent} of its need";
    }

    private string PacksOf(Claim claim) => Phrases.Packs(
        facts.LinesTo[claim.Id].Select(line => (line.Packs, facts.LotOf(line.Lot).PackSize)), words.Unit);

    /// <summary>
    /// Named where a recipient of equal need ended exactly one pack apart, so that only the draw parts them.
    /// </summary>
    private string Draw(Claim claim)
    {
        var level = facts.LevelOf[claim.Id];
        var held = facts.HeldAfter(claim.Id);
        var rank = facts.Ranks[claim.Id];
        var before = _sizes.SelectMany(size => level.Standing(claim.Need, held + size))
            .Count(other => facts.Ranks[other] < rank);
        var after = _sizes.SelectMany(size => level.Standing(claim.Need, held - size))
            .Count(other => facts.Ranks[other] > rank);
        if (before + after == 0)
        {
            return "";
        }

        var seed = facts.Certificate.Seed.ToString(CultureInfo.InvariantCulture);
        return before > 0
            ? $"; between equals the draw from seed {seed} put {Others(before)} first"
            : $"; between equals the draw from seed {seed} put it before {Others(after)}";
    }

    private static string Others(BigInteger count) =>
        count.IsOne ? "one other" : $"{Phrases.Number(count)} others";
}
