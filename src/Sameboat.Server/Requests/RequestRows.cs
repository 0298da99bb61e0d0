using Sameboat.Server.Storage;

namespace Sameboat.Server.Requests;

/// <summary>A formal ask.</summary>
internal sealed class RequestRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The requester.</summary>
    public required string Member { get; init; }

    public required string Outbreak { get; init; }

    /// <summary>A name of <see cref="RequestState"/>.</summary>
    public required string State { get; init; }

    /// <summary>In how many parts its lines are said.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>How many of them are there.</summary>
    public int PartsHere { get; init; } = 1;
}

/// <summary>One line of a request.</summary>
internal sealed class RequestLineRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>From 0.</summary>
    public required int Line { get; init; }

    public required string Outbreak { get; init; }

    public required string Member { get; init; }

    /// <summary>Where it is needed: ISO 3166-1 alpha-3.</summary>
    public required string Place { get; init; }

    public required string Item { get; init; }

    public required string Unit { get; init; }

    public required long Quantity { get; init; }

    /// <summary>Day number by which it is needed, or null.</summary>
    public required int? NeededBy { get; init; }

    /// <summary>The need that it stands on, or empty where the requester states its own.</summary>
    public required string Need { get; init; }

    internal RequestLineRow Numbered(int line) => new()
    {
        Subject = Subject,
        Line = line,
        Outbreak = Outbreak,
        Member = Member,
        Place = Place,
        Item = Item,
        Unit = Unit,
        Quantity = Quantity,
        NeededBy = NeededBy,
        Need = Need,
    };
}
