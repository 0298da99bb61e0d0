namespace Sameboat.Epidemics;

/// <summary>What a daily count counts. Persons in every case, by the day they were reported.</summary>
public enum Indicator
{
    /// <summary>New cases.</summary>
    Cases,

    /// <summary>New deaths.</summary>
    Deaths,

    /// <summary>New admissions to hospital.</summary>
    HospitalAdmissions,
}
