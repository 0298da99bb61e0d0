using System.Collections.Immutable;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>
/// Which needs a run counts. Vaccine is needed by population and not by cases, and what was received before is not in
/// the counts; so it is counted only where somebody offers it. A run over pooled donations counts nothing else.
/// </summary>
/// <param name="Vaccine">Whether vaccine is counted.</param>
/// <param name="OnlyVaccineFor">Where given, only these places have a need, and only of vaccine.</param>
internal sealed record NeedScope(bool Vaccine, ImmutableHashSet<TerritoryCode>? OnlyVaccineFor = null)
{
    /// <summary>The scope of a run.</summary>
    public static NeedScope Of(ChainInput input, DiseasePack pack) =>
        input.Population is { } pool
            ? new NeedScope(true, [.. pool.Shares.Select(share => share.Place)])
            : new NeedScope(input.Offers.Any(offer => IsVaccine(pack, offer.Item)));

    /// <summary>Whether an item is a vaccine of the pack.</summary>
    public static bool IsVaccine(DiseasePack pack, ItemCode item) =>
        pack.TryFindItem(item.ToString(), out var found) && found.Kind == ItemKind.Vaccine;

    /// <summary>The needs of one place above zero, in the pack's order.</summary>
    /// <param name="pack">The disease.</param>
    /// <param name="place">The place.</param>
    /// <param name="cases">Its weekly cases.</param>
    /// <param name="settings">The weeks planned.</param>
    public ImmutableArray<NeedLine> LinesOf(
        DiseasePack pack, TerritoryCode place, CasePaths cases, NeedSettings settings)
    {
        if (OnlyVaccineFor?.Contains(place) == false)
        {
            return [];
        }

        var capacity = pack.CapacityOf(place, Territories.Get(place).Population);
        return
        [
            .. NeedEstimator.Estimate(pack, capacity, cases, settings).Lines.Where(line => line.Quantity > 0
                && (IsVaccine(pack, line.Item) ? Vaccine : OnlyVaccineFor is null)),
        ];
    }
}
