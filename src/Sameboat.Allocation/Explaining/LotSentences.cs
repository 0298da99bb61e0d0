namespace Sameboat.Allocation;

/// <summary>The sentence about one lot.</summary>
internal sealed class LotSentences(PlanFacts facts, ReasonWords words)
{
    public string For(Lot lot)
    {
        var lines = facts.LinesFrom[lot.Id].ToList();
        var given = lines.Sum(line => line.Quantity);
        var left = lot.Quantity - given;
        var name = $"Lot {words.Lot(lot.Id)}";
        if (lot.Quantity == 0)
        {
            return $"{name} is empty.";
        }

        var stays = $"{Phrases.Number(left)} {words.Unit} stay in stock";
        var why = left == 0 ? "" : left < lot.PackSize
            ? $", less than a pack of {Phrases.Number(lot.PackSize)}"
            : facts.Certificate.Guarantee == PackGuarantee.GapsOnly ? ""
            : facts.Certificate.Claims.Any(claim => facts.IsOpen(lot.Id, claim.Id))
                ? ", because no recipient that it can reach has room for another whole pack"
                : ", because no recipient can be reached";
        if (given == 0)
        {
            return $"All {Phrases.Number(left)} {words.Unit} of lot {words.Lot(lot.Id)} stay in stock{why}.";
        }

        var where = Phrases.List([.. lines.OrderByDescending(line => line.Quantity).ThenBy(line => line.Claim)
            .Select((line, at) => at < Reasons.NamesMax
                ? $"{words.Claim(line.Claim)} ({Phrases.Number(line.Quantity)})" : "")]);
        return left == 0
            ? $"{name} goes whole, {Phrases.Number(given)} {words.Unit}, to {where}."
            : $"{name} gives {Phrases.Number(given)} of {Phrases.Number(lot.Quantity)} {words.Unit} to {where}; "
                + $"{stays}{why}.";
    }
}
