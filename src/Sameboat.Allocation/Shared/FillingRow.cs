namespace Sameboat.Allocation;

/// <summary>
/// One inequality of the filling: sum of weight times what each claim asks at most capacity plus what the columns add.
/// A cut of one item has weights 1 and adds what its lots send; a limit takes away what its lots send.
/// </summary>
/// <param name="Claims">Claim indices, ascending.</param>
/// <param name="Weights">Weights by claim, above zero.</param>
/// <param name="Capacity">The fixed part of the right side.</param>
/// <param name="Columns">Indices of variable lot parts; empty where the level follows without a program.</param>
/// <param name="Coefficients">Units added by a unit sent from each part; negative in a limit.</param>
/// <param name="Limit">The limit's index, or -1 for a cut or a split lot.</param>
/// <param name="Parts">For a cut, the lot parts that reach its claims; for a split lot, its parts.</param>
internal sealed record FillingRow(
    int[] Claims, double[] Weights, double Capacity, int[] Columns, double[] Coefficients, int Limit, int[] Parts)
{
    /// <summary>The greatest level that the row allows while nothing changes; kept by the filling.</summary>
    public double Level { get; set; } = double.NaN;

    /// <summary>The row's handle in the program; -1 while it is not there.</summary>
    public int Handle { get; set; } = -1;
}

/// <summary>A part of a lot whose lanes all weigh the same in every limit; most lots have one.</summary>
/// <param name="Lot">The lot's index.</param>
/// <param name="Lanes">Lane indices, ascending.</param>
/// <param name="Uses">Limits that count what the part sends, with the weight of a unit.</param>
internal sealed record LotPart(int Lot, int[] Lanes, (int Limit, double Weight)[] Uses);
