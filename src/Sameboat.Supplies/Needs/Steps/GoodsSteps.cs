using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Units of one item by week, with the uses that made them where consumables of staff and patients.</summary>
internal sealed record ItemWeeks(PackItem Item, double?[] Weekly, UseWeek[] Uses);

/// <summary>Units of one week by where they are used.</summary>
internal readonly record struct UseWeek(
    double Wards, double Inpatients, double Isolation, double Screening, double Laboratories);

/// <summary>The weeks that goods are computed from.</summary>
internal sealed record GoodsInput(
    DiseaseParameters Figures,
    NeedSettings Settings,
    ImmutableArray<PatientWeek> Patients,
    ImmutableArray<StaffWeek> Staff,
    ImmutableArray<ScreeningWeek> Screening,
    ImmutableArray<TestWeek> Tests,
    ImmutableArray<TotalTestWeek> TotalTests,
    ImmutableArray<TestShare> TestShares,
    ImmutableArray<CaseWeek> Cases);

/// <summary>From patients, staff and tests to goods.</summary>
/// <remarks>Equations in docs/methods/need-parity.md, section Goods. Source: WHO ESFT.</remarks>
internal static class GoodsSteps
{
    private const double WholeKit = 100;

    internal static ItemWeeks Weeks(PackItem item, UseRates rates, GoodsInput input)
    {
        var uses = item.Rule == ItemRule.Staff && !item.Reusable ? new UseWeek[input.Patients.Length] : [];
        var weekly = item.Rule switch
        {
            ItemRule.Staff => StaffUse(item, rates, input, uses),
            ItemRule.Care => CareUse(item, rates, input),
            ItemRule.Cases => CaseUse(item, rates, input),
            ItemRule.TriplePackaging => Issued([.. input.Patients.Select(
                one => (double?)(one.Facilities * input.Figures.Testing.TriplePackagingPerFacility))]),
            ItemRule.TestsSwab => Tests(input, 1),
            ItemRule.TestsManual => ManualTests(input),
            ItemRule.TestsHighThroughput => Tests(input, input.TestShares[0].Ratio),
            ItemRule.TestsNearPatient => Tests(input, input.TestShares[1].Ratio),
            ItemRule.TestsAntigen => Tests(input, input.TestShares[3].Ratio),
            _ => new double?[input.Patients.Length],
        };
        return new ItemWeeks(item, weekly, uses);
    }

    private static double?[] Tests(GoodsInput input, double? ratio) =>
        [.. input.TotalTests.Select(one => one.Capped * ratio)];

    private static double?[] ManualTests(GoodsInput input)
    {
        var testing = input.Figures.Testing;
        var divisor = input.Settings.Mends(Corrections.ManualKitFactor)
            ? 1 - testing.ManualKitWastage
            : WholeKit - (testing.ManualKitWastage * testing.ManualKitTests);
        return [.. input.TotalTests.Select(one => one.Capped * input.TestShares[2].Ratio / divisor)];
    }

    private static double?[] StaffUse(PackItem item, UseRates rates, GoodsInput input, UseWeek[] uses)
    {
        var weekly = new double?[input.Patients.Length];
        for (var week = 0; week < weekly.Length; week++)
        {
            weekly[week] = item.Reusable
                ? HeadCount(rates, input, week)
                : Consumed(rates, input, week, out uses[week]);
        }

        return item.Reusable && input.Settings.Mends(Corrections.ReusableIssuedOnce) ? Issued(weekly) : weekly;
    }

    /// <summary>Reusable protection: one piece for everybody who uses it at all.</summary>
    private static double? HeadCount(UseRates rates, GoodsInput input, int week)
    {
        var (staff, beds, tests) = (input.Staff[week], input.Patients[week], input.Tests[week]);
        double? If(CareUser user, double? heads) => rates[user] > 0 ? heads : 0;
        var isolation = If(CareUser.IsolationCaregiver, staff.IsolationCaregivers)
            + If(CareUser.IsolationPatient, tests.Mild + tests.Moderate);
        var screening = If(CareUser.ScreeningHealthWorker, input.Screening[week].Workers)
            + If(CareUser.ScreeningPatient, tests.Mild + tests.Moderate);
        var laboratories = If(CareUser.LaboratoryWorker, staff.LaboratoryStaff)
            + If(CareUser.LaboratoryCleaner, staff.LaboratoryCleaners);
        var wards = If(CareUser.InpatientHealthWorker, staff.InpatientWorkers)
            + If(CareUser.InpatientCleaner, staff.InpatientCleaners)
            + If(CareUser.InpatientCaregiver, staff.InpatientCaregivers)
            + If(CareUser.AmbulanceWorker, staff.AmbulanceWorkers)
            + If(CareUser.BiomedicalEngineer, staff.BiomedicalEngineers);
        var patients = (beds.Beds * rates[CareUser.Inpatient])
            + (beds.SevereBeds * rates[CareUser.SeverePatient])
            + (beds.CriticalBeds * rates[CareUser.CriticalPatient]);
        return isolation + laboratories + screening + patients + wards;
    }

    private static double? Consumed(UseRates rates, GoodsInput input, int week, out UseWeek uses)
    {
        var (staff, beds, tests) = (input.Staff[week], input.Patients[week], input.Tests[week]);
        double Weekly(CareUser user) => rates[user] * Sameboat.Weeks.Days;
        var (mild, moderate) = (input.Figures.StayMild, input.Figures.StayModerate);
        var isolation = (staff.IsolationCaregivers * Weekly(CareUser.IsolationCaregiver) * mild)
            + (tests.Mild * mild * Weekly(CareUser.IsolationPatient))
            + (tests.Moderate * moderate * Weekly(CareUser.IsolationPatient));
        var screened = input.Settings.Mends(Corrections.ScreenedOnce)
            ? (tests.Moderate + tests.Mild) * rates[CareUser.ScreeningPatient]
            : (tests.Moderate * Weekly(CareUser.ScreeningPatient) * moderate)
                + (tests.Mild * Weekly(CareUser.ScreeningPatient) * mild);
        var screening = (input.Screening[week].Workers * Weekly(CareUser.ScreeningHealthWorker)) + screened;
        var laboratories = (staff.LaboratoryStaff * Weekly(CareUser.LaboratoryWorker))
            + (staff.LaboratoryCleaners * Weekly(CareUser.LaboratoryCleaner));
        var wards = (staff.InpatientWorkers * Weekly(CareUser.InpatientHealthWorker))
            + (staff.InpatientCleaners * Weekly(CareUser.InpatientCleaner))
            + (staff.InpatientCaregivers * Weekly(CareUser.InpatientCaregiver))
            + (staff.AmbulanceWorkers * Weekly(CareUser.AmbulanceWorker))
            + (staff.BiomedicalEngineers * Weekly(CareUser.BiomedicalEngineer));
        var patients = (beds.Beds * Weekly(CareUser.Inpatient))
            + (beds.SevereBeds * Weekly(CareUser.SeverePatient))
            + (beds.CriticalBeds * Weekly(CareUser.CriticalPatient));
        uses = new UseWeek(wards ?? 0, patients, isolation, screening ?? 0, laboratories ?? 0);
        return isolation + laboratories + screening + patients + wards;
    }

    /// <summary>What each new case takes once, by severity; rates of such an item are per case.</summary>
    private static double?[] CaseUse(PackItem item, UseRates rates, GoodsInput input)
    {
        double?[] weekly = [.. input.Cases.Select(one => (double?)((one.NewMild * rates[CareUser.MildCase])
            + (one.NewModerate * rates[CareUser.ModerateCase])
            + (one.NewSevere * rates[CareUser.SevereCase])
            + (one.NewCritical * rates[CareUser.CriticalCase])))];
        return item.Reusable ? Issued(weekly) : weekly;
    }

    /// <summary>Equipment and consumables of the wards, in three parts that are rounded each by itself.</summary>
    private static double?[] CareUse(PackItem item, UseRates rates, GoodsInput input)
    {
        var perDay = !item.Reusable && input.Settings.Mends(Corrections.ConsumablesPerDay);
        double Severe(PatientWeek one) => perDay
            ? one.SevereBeds * (rates[CareUser.SeverePatient] + rates[CareUser.SevereBed]) * Sameboat.Weeks.Days
            : (one.AdmittedSevere * rates[CareUser.SeverePatient]) + (one.SevereBeds * rates[CareUser.SevereBed]);
        double Critical(PatientWeek one) => perDay
            ? one.CriticalBeds * (rates[CareUser.CriticalPatient] + rates[CareUser.CriticalBed]) * Sameboat.Weeks.Days
            : (one.AdmittedCritical * rates[CareUser.CriticalPatient])
                + (one.CriticalBeds * rates[CareUser.CriticalBed]);
        double Either(PatientWeek one) => perDay
            ? one.Beds * (rates[CareUser.Inpatient] + rates[CareUser.Bed]) * Sameboat.Weeks.Days
            : ((one.AdmittedSevere + one.AdmittedCritical) * rates[CareUser.Inpatient])
                + (one.Beds * rates[CareUser.Bed]);
        double?[] Part(Func<PatientWeek, double> demand)
        {
            double?[] wanted = [.. input.Patients.Select(one => (double?)demand(one))];
            return item.Reusable ? Issued(wanted, firstAsItIs: true) : [.. wanted.Select(Unknown.Ceiling)];
        }

        var (severe, critical, either) = (Part(Severe), Part(Critical), Part(Either));
        return [.. severe.Select((one, week) => one + critical[week] + either[week])];
    }

    /// <summary>Whole pieces to issue each week so that the sum of all issues reaches the demand.</summary>
    /// <param name="demand">Pieces wanted in use, week by week.</param>
    /// <param name="firstAsItIs">
    /// The first week is rounded up even below zero, as the tool does where negative counts are published.
    /// </param>
    private static double?[] Issued(double?[] demand, bool firstAsItIs = false)
    {
        var issued = 0.0;
        var weekly = new double?[demand.Length];
        for (var week = 0; week < demand.Length; week++)
        {
            if (demand[week] is not { } wanted)
            {
                return weekly;
            }

            var more = Math.Ceiling(wanted - issued);
            more = firstAsItIs && week == 0 ? more : Math.Max(more, 0);
            issued += more;
            weekly[week] = more;
        }

        return weekly;
    }
}
