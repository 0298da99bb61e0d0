using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>What the platforms of a place can test for the outbreak in a week.</summary>
internal sealed record TestCapacity(
    double HighThroughput,
    double NearPatient,
    double Manual,
    double Laboratories,
    double MeanOutbreakShare)
{
    internal double Weekly => HighThroughput + NearPatient + Manual;

    internal static TestCapacity Of(DiseasePack pack, CountryCapacity place)
    {
        var platforms = pack.Figures.Platforms;
        double Modules(TestPlatform platform) => place.Platforms.GetValueOrDefault(platform.Code);
        double Capacity(PlatformType type) => platforms.Where(one => one.Type == type)
            .Sum(one => Modules(one) * one.DaysPerWeek * one.TestsPerDay * one.OutbreakShare);
        var testing = pack.Figures.Parameters.Testing;
        var large = platforms.Where(one => one.Type != PlatformType.NearPatient).Sum(Modules);
        var near = platforms.Where(one => one.Type == PlatformType.NearPatient).Sum(Modules);
        return new TestCapacity(
            Capacity(PlatformType.HighThroughput),
            Capacity(PlatformType.NearPatient),
            Capacity(PlatformType.Manual),
            (large / testing.HighThroughputModulesPerLaboratory) + (near / testing.NearPatientModulesPerLaboratory),
            platforms.GroupBy(one => one.Type)
                .Select(group => group.Average(one => one.OutbreakShare))
                .DefaultIfEmpty(0)
                .Average());
    }

    /// <summary>Shares of all tests by kind; antigen tests take their fixed share, platforms share the rest.</summary>
    internal ImmutableArray<TestShare> Shares(double antigen)
    {
        double? Ratio(double part) => Weekly > 0 ? (1 - antigen) * part / Weekly : null;
        var laboratory = Ratio(HighThroughput) + Ratio(NearPatient) + Ratio(Manual);
        return
        [
            new TestShare("high_throughput", HighThroughput, Ratio(HighThroughput)),
            new TestShare("near_patient", NearPatient, Ratio(NearPatient)),
            new TestShare("manual", Manual, Ratio(Manual)),
            new TestShare("antigen", (Weekly / laboratory) - Weekly, antigen),
        ];
    }
}

/// <summary>From patients to tests, within what the platforms can run.</summary>
/// <remarks>Equations in docs/methods/need-parity.md, section Tests. Source: WHO ESFT.</remarks>
internal static class TestSteps
{
    internal static ImmutableArray<TestWeek> Patients(
        DiseaseParameters figures,
        ImmutableArray<PatientWeek> patients,
        ImmutableArray<CaseWeek> cases,
        TestingStrategy strategy)
    {
        var testing = figures.Testing;
        var mild = testing.PerDiagnosisMild * (strategy == TestingStrategy.All ? 1 : testing.TargetedShare);
        var offset = cases.TakeWhile(one => one.WeekBegins != patients[0].WeekBegins).Count();
        double Released(double severe, double critical) =>
            (severe * (1 - figures.FatalitySevere) * testing.PerReleaseSevere)
            + (critical * (1 - figures.FatalityCritical) * testing.PerReleaseSevere);
        return [.. patients.Select((beds, week) =>
        {
            var sick = cases[offset + week];
            return new TestWeek(
                beds.WeekBegins,
                beds.WeekEnds,
                (sick.NewSevere + sick.NewCritical) * testing.PerDiagnosisSevere,
                Released(beds.RemovedSevere, beds.RemovedCritical),
                (beds.AdmittedSevere + beds.AdmittedCritical) * testing.PerDiagnosisSevere,
                Released(beds.DischargedSevere, beds.DischargedCritical),
                sick.NewModerate * mild,
                sick.NewMild * mild,
                sick.SuspectedNegative * mild);
        })];
    }

    internal static ImmutableArray<AdditionalTestWeek> Additional(
        TestingFigures testing,
        NeedSettings settings,
        ImmutableArray<StaffWeek> staff,
        ImmutableArray<ScreeningWeek> screening,
        ImmutableArray<TestWeek> tests)
    {
        // The tool gives the first week's contacts to every week.
        var everyWeek = settings.Mends(Corrections.ContactsByWeek);
        double Contacts(TestWeek one) => testing.ContactsTestedShare * testing.ContactsPerCase
            * (one.DiagnosisUncapped + one.ReleaseUncapped + one.Mild + one.Moderate);
        return [.. tests.Select((one, week) => new AdditionalTestWeek(
            one.WeekBegins,
            one.WeekEnds,
            testing.PerWorkerWeek * (staff[week].InpatientWorkers + staff[week].InpatientCleaners
                + staff[week].AmbulanceWorkers + staff[week].BiomedicalEngineers + screening[week].Workers
                + staff[week].LaboratoryStaff + staff[week].LaboratoryCleaners),
            Contacts(everyWeek ? one : tests[0])))];
    }

    internal static ImmutableArray<TotalTestWeek> Total(
        TestCapacity capacity, ImmutableArray<TestWeek> tests, ImmutableArray<AdditionalTestWeek> additional) =>
        [.. tests.Zip(additional, (one, more) =>
        {
            var wanted = one.Diagnosis + one.Release + one.Mild + one.Moderate + one.Suspected + more.Workers
                + more.Contacts;
            return new TotalTestWeek(
                one.WeekBegins, one.WeekEnds, wanted is { } known ? Math.Min(known, capacity.Weekly) : null, wanted);
        })];
}
