namespace Sameboat.Allocation;

/// <summary>A quantity of one item in one place, handed out in whole packs of one size.</summary>
/// <param name="Id">Any whole number, unique among the lots.</param>
/// <param name="Quantity">Whole units, zero or more.</param>
/// <param name="PackSize">
/// Whole units in a pack, at least one and, unless the lot is empty, no more than the quantity. What is left beyond
/// the last whole pack stays in the lot.
/// </param>
public sealed record Lot(int Id, long Quantity, long PackSize = 1);
