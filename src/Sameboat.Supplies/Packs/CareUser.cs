using System.Collections.Frozen;

namespace Sameboat.Supplies;

/// <summary>
/// Who or what a piece of equipment serves; the rates of an item are per one of these and day, but of a case once.
/// </summary>
internal enum CareUser
{
    InpatientHealthWorker,
    InpatientCleaner,
    InpatientCaregiver,
    AmbulanceWorker,
    BiomedicalEngineer,
    SeverePatient,
    CriticalPatient,
    Inpatient,
    SevereBed,
    CriticalBed,
    Bed,
    IsolationCaregiver,
    IsolationPatient,
    ScreeningHealthWorker,
    ScreeningPatient,
    LaboratoryWorker,
    LaboratoryCleaner,
    MildCase,
    ModerateCase,
    SevereCase,
    CriticalCase,
}

internal static class CareUsers
{
    internal static FrozenDictionary<string, CareUser> ByWord { get; } = new Dictionary<string, CareUser>
    {
        ["inpatient-health-worker"] = CareUser.InpatientHealthWorker,
        ["inpatient-cleaner"] = CareUser.InpatientCleaner,
        ["inpatient-caregiver"] = CareUser.InpatientCaregiver,
        ["ambulance-worker"] = CareUser.AmbulanceWorker,
        ["biomedical-engineer"] = CareUser.BiomedicalEngineer,
        ["severe-patient"] = CareUser.SeverePatient,
        ["critical-patient"] = CareUser.CriticalPatient,
        ["inpatient"] = CareUser.Inpatient,
        ["severe-bed"] = CareUser.SevereBed,
        ["critical-bed"] = CareUser.CriticalBed,
        ["bed"] = CareUser.Bed,
        ["isolation-caregiver"] = CareUser.IsolationCaregiver,
        ["isolation-patient"] = CareUser.IsolationPatient,
        ["screening-health-worker"] = CareUser.ScreeningHealthWorker,
        ["screening-patient"] = CareUser.ScreeningPatient,
        ["laboratory-worker"] = CareUser.LaboratoryWorker,
        ["laboratory-cleaner"] = CareUser.LaboratoryCleaner,
        ["mild-case"] = CareUser.MildCase,
        ["moderate-case"] = CareUser.ModerateCase,
        ["severe-case"] = CareUser.SevereCase,
        ["critical-case"] = CareUser.CriticalCase,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

/// <summary>Amount of one item per user and day; zero where the pack gives no rate.</summary>
internal sealed class UseRates
{
    private readonly double[] _perDay = new double[CareUsers.ByWord.Count];

    internal static UseRates None { get; } = new();

    internal double this[CareUser user]
    {
        get => _perDay[(int)user];
        set => _perDay[(int)user] = value;
    }

    internal UseRates Times(double factor)
    {
        var rates = new UseRates();
        for (var user = 0; user < _perDay.Length; user++)
        {
            rates._perDay[user] = _perDay[user] * factor;
        }

        return rates;
    }
}
