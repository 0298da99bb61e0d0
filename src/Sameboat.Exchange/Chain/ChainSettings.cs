using Sameboat.Epidemics;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>What a run of the chain is made with.</summary>
/// <param name="AsOf">Last day whose counts are used, inclusive.</param>
/// <param name="Weeks">Weeks forecast and planned for, from the day after; 1 to <see cref="WeeksMax"/>.</param>
/// <param name="Seed">The seed of every lottery and of the entries' ids.</param>
/// <param name="Pack">The disease.</param>
public sealed record ChainSettings(DateOnly AsOf, int Weeks, ulong Seed, DiseasePack Pack)
{
    /// <summary>The most weeks planned for.</summary>
    public const int WeeksMax = DampedGrowthForecaster.WeeksMax;

    /// <summary>The first day planned for.</summary>
    public DateOnly FirstDay => AsOf.AddDays(1);

    /// <summary>The last day planned for.</summary>
    public DateOnly LastDay => AsOf.AddDays(Sameboat.Weeks.Days * Weeks);
}
