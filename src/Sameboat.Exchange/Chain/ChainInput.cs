using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain;

/// <summary>What a run of the chain starts from.</summary>
/// <param name="Cases">Daily cases, one series a place.</param>
/// <param name="Deaths">Daily deaths of some of these places.</param>
/// <param name="Offers">Lots of goods, teams and funds, their items known to the disease pack.</param>
/// <param name="Population">Shares by population in place of needs by cases; null in an ordinary run.</param>
public sealed record ChainInput(
    ImmutableArray<CountSeries> Cases,
    ImmutableArray<CountSeries> Deaths,
    ImmutableArray<Offer> Offers,
    DeliveryPool? Population = null);
