using Sameboat.Server.Storage;

namespace Sameboat.Server.Needs;

/// <summary>What one place lacks of one item, and the sentence that says where the number comes from.</summary>
internal sealed class NeedLineRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>Position in the estimate, from 0.</summary>
    public required int Line { get; init; }

    public required string Outbreak { get; init; }

    public required string Member { get; init; }

    public required string Place { get; init; }

    public required string Item { get; init; }

    public required string Unit { get; init; }

    public required long Quantity { get; init; }

    public required string Basis { get; init; }
}
