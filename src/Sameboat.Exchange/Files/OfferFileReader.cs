namespace Sameboat.Exchange.Files;

/// <summary>Reads files of offers.</summary>
public static partial class OfferFileReader
{
    /// <summary>The largest quantity of one lot.</summary>
    public const long QuantityMax = 1_000_000_000_000;
}
