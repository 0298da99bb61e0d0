namespace Sameboat.Supplies;

/// <summary>How much of one item a place needs over the planned weeks.</summary>
/// <param name="Item">The item of the pack.</param>
/// <param name="Unit">The item's unit.</param>
/// <param name="Quantity">Units, rounded up, zero or more.</param>
/// <param name="Basis">One plain sentence with the numbers that made the quantity.</param>
public sealed record NeedLine(ItemCode Item, string Unit, long Quantity, string Basis)
{
    /// <summary>
    /// The quantity under the lower run of cases, or its lower quantile over many runs; never above
    /// <see cref="Quantity"/>: full beds can make fewer cases need more later on. Equal to it where there is one run.
    /// </summary>
    public long QuantityLow { get; init; } = Quantity;

    /// <summary>The same under the higher run, or its upper quantile; never below <see cref="Quantity"/>.</summary>
    public long QuantityHigh { get; init; } = Quantity;
}
