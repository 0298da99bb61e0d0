namespace Sameboat.Supplies;

/// <summary>The defects of WHO's tool that can be mended, each by itself; docs/methods/need-corrected.md.</summary>
[Flags]
public enum Corrections
{
    /// <summary>None: the tool as it is.</summary>
    None = 0,

    /// <summary>Medicines for the cases of the planned weeks, not of every week in the table.</summary>
    MedicineHorizon = 1,

    /// <summary>Protection in other care for the place's own workforce, not for one default workforce.</summary>
    NationalWorkforce = 2,

    /// <summary>Beds in use tomorrow are those of today, less the discharged, plus the admitted.</summary>
    BedBalance = 4,

    /// <summary>Reusable protection is issued once, as equipment is, not anew each week.</summary>
    ReusableIssuedOnce = 8,

    /// <summary>Daily amounts of care consumables are multiplied by the days that patients stay.</summary>
    ConsumablesPerDay = 16,

    /// <summary>A screened person uses goods on the day of screening, not for a stay of two weeks.</summary>
    ScreenedOnce = 32,

    /// <summary>Oxygen is estimated as a volume.</summary>
    OxygenVolume = 64,

    /// <summary>A manual test is one test plus its wastage, not a ninetieth.</summary>
    ManualKitFactor = 128,

    /// <summary>Stock, pipeline, wastage and lead time count.</summary>
    StockAndWaste = 256,

    /// <summary>Contacts are tested in the week of their case, not every week as many as in the first.</summary>
    ContactsByWeek = 512,

    /// <summary>All of them.</summary>
    All = MedicineHorizon | NationalWorkforce | BedBalance | ReusableIssuedOnce | ConsumablesPerDay | ScreenedOnce
        | OxygenVolume | ManualKitFactor | StockAndWaste | ContactsByWeek,
}
