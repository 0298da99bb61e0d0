using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>The estimated need of one place, with the tables that led to it.</summary>
public sealed record NeedEstimate
{
    /// <summary>Whose need.</summary>
    public required TerritoryCode Place { get; init; }

    /// <summary>One line per item with a need above zero, in the pack's order; empty where not computable.</summary>
    public required ImmutableArray<NeedLine> Lines { get; init; }

    /// <summary>
    /// Why WHO's tool gives no result for this input, in parity mode; null otherwise. The tables are then empty.
    /// </summary>
    public string? NotComputable { get; init; }

    /// <summary>The tables of the median run of cases; null where not computable.</summary>
    public NeedTables? Tables { get; init; }
}

/// <summary>Every table behind an estimate.</summary>
public sealed record NeedTables
{
    /// <summary>Cases by week, from the weeks before the start that patients may still stem from.</summary>
    public required ImmutableArray<CaseWeek> Cases { get; init; }

    /// <summary>Beds of the place.</summary>
    public required BedCapacity Capacity { get; init; }

    /// <summary>Patients by planned week.</summary>
    public required ImmutableArray<PatientWeek> Patients { get; init; }

    /// <summary>Limits of staff and tests.</summary>
    public required StaffCaps Caps { get; init; }

    /// <summary>Staff by planned week.</summary>
    public required ImmutableArray<StaffWeek> Staff { get; init; }

    /// <summary>Screening staff by planned week.</summary>
    public required ImmutableArray<ScreeningWeek> Screening { get; init; }

    /// <summary>Tests of patients by planned week.</summary>
    public required ImmutableArray<TestWeek> Tests { get; init; }

    /// <summary>Tests of workers and contacts by planned week.</summary>
    public required ImmutableArray<AdditionalTestWeek> AdditionalTests { get; init; }

    /// <summary>All tests by planned week.</summary>
    public required ImmutableArray<TotalTestWeek> TotalTests { get; init; }

    /// <summary>Shares of the kinds of test.</summary>
    public required ImmutableArray<TestShare> TestShares { get; init; }

    /// <summary>Goods by item and planned week, items in the pack's order.</summary>
    public required ImmutableArray<GoodsWeek> Goods { get; init; }

    /// <summary>Medicines over the horizon.</summary>
    public required ImmutableArray<MedicineTotal> Medicines { get; init; }

    /// <summary>Protection in other care over the horizon; in no line of the estimate.</summary>
    public required ImmutableArray<OtherCareTotal> OtherCare { get; init; }

    /// <summary>Oxygen by planned week; empty where it is not estimated.</summary>
    public required ImmutableArray<OxygenWeek> Oxygen { get; init; }
}
