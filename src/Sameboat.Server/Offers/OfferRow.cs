using Sameboat.Server.Storage;

namespace Sameboat.Server.Offers;

/// <summary>What a donor puts on the table: goods, a team or funds.</summary>
internal sealed class OfferRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Outbreak { get; init; }

    public required string Member { get; init; }

    /// <summary>goods, team or funds.</summary>
    public required string Kind { get; init; }

    /// <summary>The donor's own name for the lot.</summary>
    public required string Lot { get; init; }

    public required string Item { get; init; }

    public required string Unit { get; init; }

    public required long Quantity { get; init; }

    /// <summary>Units that travel together, at least 1.</summary>
    public required long Pack { get; init; }

    /// <summary>ISO 3166-1 alpha-3 of where it lies, or empty.</summary>
    public required string Origin { get; init; }

    /// <summary>Day number from which it can leave, or null for at once.</summary>
    public required int? Available { get; init; }

    /// <summary>Day number of its last day of use, or null.</summary>
    public required int? Expires { get; init; }

    public required bool ColdChain { get; init; }

    /// <summary>The declared earmark: territories, space-separated, or empty for everyone.</summary>
    public required string OnlyFor { get; init; }

    /// <summary>A name of <see cref="OfferState"/>.</summary>
    public string State { get; init; } = nameof(OfferState.Open);

    internal OfferRow In(OfferState state) => new()
    {
        Subject = Subject,
        Outbreak = Outbreak,
        Member = Member,
        Kind = Kind,
        Lot = Lot,
        Item = Item,
        Unit = Unit,
        Quantity = Quantity,
        Pack = Pack,
        Origin = Origin,
        Available = Available,
        Expires = Expires,
        ColdChain = ColdChain,
        OnlyFor = OnlyFor,
        State = state.ToString(),
    };
}
