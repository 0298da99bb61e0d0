using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>One allocation round.</summary>
internal sealed class RoundRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Outbreak { get; init; }

    /// <summary>The convener.</summary>
    public required string Member { get; init; }

    /// <summary>A name of <see cref="RoundState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Day number the round looks from.</summary>
    public required int AsOf { get; init; }

    /// <summary>Weeks the plan covers.</summary>
    public required int Weeks { get; init; }

    /// <summary>Seed of the lottery between equal claims, in decimal.</summary>
    public required string Seed { get; init; }

    /// <summary>How many logs were frozen as inputs.</summary>
    public required int Inputs { get; init; }

    /// <summary>Day number after which a party that has not answered counts as declining, or null.</summary>
    public int? AnswerBy { get; init; }
}

/// <summary>One line of a plan: so much of one lot to one place.</summary>
internal sealed class PlanLineRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>Position in the plan of its item, from 0.</summary>
    public required int Line { get; init; }

    public required string Round { get; init; }

    public required string Item { get; init; }

    public required string Lot { get; init; }

    public required string Donor { get; init; }

    /// <summary>The member that answers for the place and so accepts for it, or empty where none does.</summary>
    public string Recipient { get; init; } = "";

    public required string Place { get; init; }

    public required long Quantity { get; init; }
}

/// <summary>How far one place's need of one item is met by the plan, whether it receives anything or not.</summary>
internal sealed class CoverageRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required int Line { get; init; }

    public required string Round { get; init; }

    public required string Item { get; init; }

    public required string Place { get; init; }

    public required long Need { get; init; }

    public required long Allocated { get; init; }

    /// <summary>The coverage the fair division reaches before packs are rounded, as <c>n/d</c>.</summary>
    public required string FairCoverage { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The certificate of one item's allocation, as its checker reads it.</summary>
internal sealed class CertificateRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Round { get; init; }

    public required string Item { get; init; }

    public required string Json { get; init; }
}
