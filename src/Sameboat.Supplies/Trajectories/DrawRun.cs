using System.Runtime.InteropServices;

namespace Sameboat.Supplies;

/// <summary>Beds, staff and tests of one week of one draw.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DrawWeek
{
    internal double Cases;
    internal double NewMild;
    internal double NewModerate;
    internal double NewSevere;
    internal double NewCritical;
    internal double SevereBeds;
    internal double CriticalBeds;
    internal double AdmittedSevere;
    internal double AdmittedCritical;
    internal double WithoutBed;
    internal double Facilities;
    internal double TestsMild;
    internal double TestsModerate;
    internal double HealthWorkers;
    internal double Cleaners;
    internal double Caregivers;
    internal double AmbulanceWorkers;
    internal double Engineers;
    internal double IsolationCaregivers;
    internal double Screeners;
    internal double OutpatientsLeft;
    internal double TestsRun;
    internal double TestsLeftPerDay;

    internal readonly double Beds => SevereBeds + CriticalBeds;
}

/// <summary>The weeks of one draw, computed anew for each draw into the same memory.</summary>
internal sealed class DrawRun
{
    private readonly DiseasePack _pack;
    private readonly CountryCapacity _place;
    private readonly DiseaseParameters _figures;
    private readonly BedCapacity _beds;
    private readonly TestCapacity _capacity;
    private readonly double _testedShare;
    private readonly double[] _history;
    private readonly double[] _cases;
    private readonly DrawWard _severe;
    private readonly DrawWard _critical;

    internal DrawRun(DiseasePack pack, CountryCapacity place, CaseDraws draws, NeedSettings settings)
    {
        (_pack, _place, _figures) = (pack, place, pack.Figures.Parameters);
        _beds = PatientSteps.Beds(_figures, place, unknownStaysUnknown: false);
        _capacity = TestCapacity.Of(pack, place);
        Shares = [.. _capacity.Shares(_figures.Testing.AntigenShare).Select(one => one.Ratio ?? 0)];
        _testedShare = _figures.Testing.PerDiagnosisMild
            * (settings.Testing == TestingStrategy.All ? 1 : _figures.Testing.TargetedShare);

        // The table of cases begins 1 + longest stay weeks before the start, as CaseSteps has it.
        var before = Math.Min(draws.History.Length, 1 + _figures.StayLongest);
        _history = [.. draws.History[^before..]];
        _cases = new double[before + settings.TableWeeks];
        _severe = new DrawWard(_figures.StaySevere, _beds.SevereBeds, _cases.Length);
        _critical = new DrawWard(_figures.StayCritical, _beds.CriticalBeds, _cases.Length);
        Weeks = new DrawWeek[settings.TableWeeks];
    }

    internal DrawWeek[] Weeks { get; }

    /// <summary>High-throughput, near-patient, manual, antigen.</summary>
    internal double[] Shares { get; }

    internal double LaboratoryStaff { get; private set; }

    internal double LaboratoryCleaners { get; private set; }

    internal void Take(ReadOnlySpan<double> cases)
    {
        _history.CopyTo(_cases, 0);
        cases[..Weeks.Length].CopyTo(_cases.AsSpan(_history.Length));
        _severe.Fill(_cases, _figures.ShareSevere);
        _critical.Fill(_cases, _figures.ShareCritical);
        var inUse = default(BedWeeks);
        for (var week = 0; week < Weeks.Length; week++)
        {
            TakeBeds(ref Weeks[week], _history.Length + week);
            inUse = new BedWeeks(
                inUse.Severe + Weeks[week].SevereBeds,
                inUse.Critical + Weeks[week].CriticalBeds,
                inUse.All + Weeks[week].Beds);
        }

        var caps = StaffSteps.Caps(_pack, _place, _beds, inUse, _capacity);
        LaboratoryStaff = Math.Ceiling(Math.Min(
            caps.Laboratories * _figures.Testing.StaffPerLaboratory, caps.LaboratoryStaffCap ?? 0));
        LaboratoryCleaners = Math.Ceiling(caps.Laboratories * _figures.Testing.CleanersPerLaboratory);
        for (var week = 0; week < Weeks.Length; week++)
        {
            TakeStaff(ref Weeks[week], caps);
            TakeTests(ref Weeks[week], _history.Length + week);
        }
    }

    private void TakeBeds(ref DrawWeek week, int at)
    {
        var cases = _cases[at];
        week.Cases = cases;
        week.NewCritical = cases * _figures.ShareCritical;
        week.NewSevere = cases * _figures.ShareSevere;
        var admitted = _figures.ShareSevere + _figures.ShareCritical;
        week.NewMild = (week.NewSevere + week.NewCritical) * _figures.ShareMild / admitted;
        week.NewModerate = (week.NewSevere + week.NewCritical) * _figures.ShareModerate / admitted;
        (week.SevereBeds, week.CriticalBeds) = (_severe.InUse[at], _critical.InUse[at]);
        (week.AdmittedSevere, week.AdmittedCritical) = (_severe.Admitted[at], _critical.Admitted[at]);
        week.WithoutBed = Math.Max(0, _severe.Uncapped[at] + _critical.Uncapped[at] - week.Beds);
        week.Facilities = Math.Ceiling(week.Beds / _figures.BedsPerFacility);
        week.TestsMild = week.NewMild * _testedShare;
        week.TestsModerate = week.NewModerate * _testedShare;
    }

    private void TakeStaff(ref DrawWeek week, StaffCaps caps)
    {
        var suspected = (week.NewMild + week.NewModerate + week.NewSevere + week.NewCritical)
            * _figures.Testing.NegativesPerPositive * _testedShare;
        week.HealthWorkers = Math.Min(week.Beds * caps.WorkersPerBed, caps.InpatientWorkersCap ?? 0);
        week.Cleaners = Math.Min(week.Beds * caps.CleanersPerBed, caps.CleanersCap);
        week.Caregivers = week.Beds * _figures.CaregiversPerInpatient;
        week.AmbulanceWorkers = Math.Round(week.Beds * _figures.AmbulanceWorkersPerBed);
        week.Engineers = Math.Round(week.Beds * _figures.BiomedicalEngineersPerBed);
        week.IsolationCaregivers = (week.TestsMild + week.TestsModerate) * _figures.CaregiversPerIsolated;
        var screened = caps.ScreenedPerWorkerDay;
        var persons = suspected + week.TestsMild + week.TestsModerate;
        var wanted = screened > 0 ? persons / (Sameboat.Weeks.Days * screened) : 0;
        week.Screeners = Math.Min(wanted, caps.ScreeningWorkersCap ?? 0);
        week.OutpatientsLeft = (wanted - week.Screeners) * screened;
        week.TestsRun = suspected;
    }

    private void TakeTests(ref DrawWeek week, int at)
    {
        var testing = _figures.Testing;
        double Released(double severe, double critical) =>
            ((severe * (1 - _figures.FatalitySevere)) + (critical * (1 - _figures.FatalityCritical)))
            * testing.PerReleaseSevere;
        var workers = testing.PerWorkerWeek * (week.HealthWorkers + week.Cleaners + week.AmbulanceWorkers
            + week.Engineers + week.Screeners + LaboratoryStaff + LaboratoryCleaners);
        var diagnosis = (week.NewSevere + week.NewCritical) * testing.PerDiagnosisSevere;
        var contacts = testing.ContactsTestedShare * testing.ContactsPerCase * (diagnosis
            + Released(_severe.Removed[at], _critical.Removed[at]) + week.TestsMild + week.TestsModerate);
        var wanted = ((week.AdmittedSevere + week.AdmittedCritical) * testing.PerDiagnosisSevere)
            + Released(_severe.Discharged[at], _critical.Discharged[at])
            + week.TestsMild + week.TestsModerate + week.TestsRun + workers + contacts;
        week.TestsRun = Math.Min(wanted, _capacity.Weekly);
        week.TestsLeftPerDay = (wanted - week.TestsRun) / Sameboat.Weeks.Days;
    }
}

/// <summary>One ward in balance, as <see cref="Ward.FillConserved"/>, into the same memory each time.</summary>
internal sealed class DrawWard(int stay, double beds, int weeks)
{
    internal double[] Uncapped { get; } = new double[weeks];

    internal double[] InUse { get; } = new double[weeks];

    internal double[] Removed { get; } = new double[weeks];

    internal double[] Discharged { get; } = new double[weeks];

    internal double[] Admitted { get; } = new double[weeks];

    internal void Fill(ReadOnlySpan<double> cases, double share)
    {
        var uncapped = 0.0;
        for (var week = 0; week < weeks; week++)
        {
            var coming = cases[week] * share;
            Removed[week] = week >= stay ? cases[week - stay] * share : 0;
            uncapped += coming - Removed[week];
            Uncapped[week] = uncapped;
            Discharged[week] = week >= stay ? Admitted[week - stay] : 0;
            var staying = (week > 0 ? InUse[week - 1] : 0) - Discharged[week];
            Admitted[week] = Math.Min(coming, Math.Max(0, beds - staying));
            InUse[week] = Math.Max(0, staying + Admitted[week]);
        }
    }
}
