using System.Collections.Concurrent;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>
/// Every cell of the 13 result tables of WHO's tool for ten countries, two starts and two strategies. A cell that the
/// tool rounded is met exactly, any other to <see cref="RelativeTolerance"/>.
/// </summary>
public sealed class Parity_with_the_tool
{
    private const double RelativeTolerance = 1e-9;
    private const int PlannedWeeks = 12;
    private const int Runs = 40;

    private static readonly ConcurrentDictionary<GoldenRun, NeedTables> Estimates = new();

    [Fact]
    public void Every_cell_of_cases_is_met() => Compare<CaseWeek>("cases", one => [.. one.Cases], new()
    {
        ["week_begins"] = one => one.WeekBegins,
        ["week_ends"] = one => one.WeekEnds,
        ["cases"] = one => one.Cases,
        ["new_critical_cases"] = one => one.NewCritical,
        ["new_severe_cases"] = one => one.NewSevere,
        ["new_mod_cases"] = one => one.NewModerate,
        ["new_mild_cases"] = one => one.NewMild,
        ["cum_critical_cases"] = one => one.TotalCritical,
        ["cum_severe_cases"] = one => one.TotalSevere,
        ["cum_mod_cases"] = one => one.TotalModerate,
        ["cum_mild_cases"] = one => one.TotalMild,
        ["cum_cases"] = one => one.Total,
        ["sus_cases_but_negative"] = one => one.SuspectedNegative,
    });

    [Fact]
    public void Every_cell_of_patients_is_met() => Compare<PatientWeek>("patients", one => [.. one.Patients], new()
    {
        ["week_begins"] = one => one.WeekBegins,
        ["week_ends"] = one => one.WeekEnds,
        ["crit_patients_nocap"] = one => one.CriticalUncapped,
        ["sev_patients_nocap"] = one => one.SevereUncapped,
        ["mod_patients_nocap"] = one => one.Moderate,
        ["mild_patients_nocap"] = one => one.Mild,
        ["crit_beds_inuse"] = one => one.CriticalBeds,
        ["sev_beds_inuse"] = one => one.SevereBeds,
        ["total_beds_inuse"] = one => one.Beds,
        ["hosp_facilities_inuse"] = one => Exact(one.Facilities),
        ["rem_crit_patients"] = one => one.RemovedCritical,
        ["rem_sev_patients"] = one => one.RemovedSevere,
        ["rem_mod_patients"] = one => one.RemovedModerate,
        ["rem_mild_patients"] = one => one.RemovedMild,
        ["discharged_crit_patients"] = one => one.DischargedCritical,
        ["discharged_sev_patients"] = one => one.DischargedSevere,
        ["sev_patients_admitted_cap"] = one => one.AdmittedSevere,
        ["crit_patients_admitted_cap"] = one => one.AdmittedCritical,
    });

    [Fact]
    public void Every_cell_of_capacity_is_met() => Compare<BedCapacity>("capacity", one => [one.Capacity], new()
    {
        ["population"] = one => Exact(one.Population),
        ["yoy_growth"] = one => one.PopulationGrowth,
        ["income_group"] = one => one.IncomeGroup,
        ["n_hcws"] = one => one.HealthWorkers,
        ["n_labs"] = one => one.LaboratoryStaff,
        ["n_hosp_beds"] = one => one.HospitalBeds,
        ["perc_beds_crit_covid"] = one => one.CriticalShare,
        ["perc_beds_not_covid"] = one => one.OtherCareShare,
        ["perc_beds_sev_covid"] = one => one.SevereShare,
        ["beds_covid"] = one => Exact(one.OutbreakBeds),
        ["severe_beds_covid"] = one => Exact(one.SevereBeds),
        ["crit_beds_covid"] = one => Exact(one.CriticalBeds),
    });

    [Fact]
    public void Every_cell_of_caps_is_met() => Compare<StaffCaps>("caps", one => [one.Caps], new()
    {
        ["bed_cap"] = one => one.Beds,
        ["cases_screened_per_hcw_per_day"] = one => one.ScreenedPerWorkerDay,
        ["cleaners_inpatient_cap"] = one => one.CleanersCap,
        ["hcws_inpatients_cap"] = one => Exact(one.InpatientWorkersCap),
        ["hcws_per_bed"] = one => one.WorkersPerBed,
        ["hcws_per_inpatient"] = one => one.WorkersPerBed,
        ["hcws_per_outpatient"] = one => Exact(one.WorkersPerOutpatient),
        ["hcws_screening_cap"] = one => Exact(one.ScreeningWorkersCap),
        ["hygienists_per_bed"] = one => one.CleanersPerBed,
        ["lab_staff_cap"] = one => one.LaboratoryStaffCap,
        ["perc_crit_cases"] = one => Exact(one.CriticalShare),
        ["perc_screening_covid"] = one => Exact(one.ScreeningShare),
        ["perc_sev_cases"] = one => Exact(one.SevereShare),
        ["perc_treating_covid"] = one => Exact(one.TreatingShare),
        ["prob_inpatient"] = one => one.InpatientShare,
        ["prob_outpatient"] = one => one.OutpatientShare,
        ["ratio_hcws_inpatient_outpatient"] = one => Exact(one.InpatientWorkerRatio),
        ["total_labs"] = one => one.Laboratories,
        ["max_tests_per_day"] = one => one.TestsPerDayMax,
    });

    [Fact]
    public void Every_cell_of_staff_is_met() => Compare<StaffWeek>("hcws", one => [.. one.Staff], new()
    {
        ["week_ends"] = one => one.WeekEnds,
        ["week_begins"] = one => one.WeekBegins,
        ["hcws_inpatient_capped"] = one => one.InpatientWorkers,
        ["hcws_inpatient_uncapped"] = one => one.InpatientWorkersUncapped,
        ["inf_caregivers_hosp_uncapped"] = one => one.InpatientCaregivers,
        ["cleaners_inpatient_capped"] = one => one.InpatientCleaners,
        ["amb_personnel_inpatient_capped"] = one => Exact(one.AmbulanceWorkers),
        ["bio_eng_inpatient_capped"] = one => Exact(one.BiomedicalEngineers),
        ["inf_caregivers_isol_uncapped"] = one => one.IsolationCaregivers,
        ["lab_staff_capped"] = one => Exact(one.LaboratoryStaff),
        ["cleaners_lab"] = one => Exact(one.LaboratoryCleaners),
    });

    [Fact]
    public void Every_cell_of_screening_is_met() => Compare<ScreeningWeek>("screening", one => [.. one.Screening], new()
    {
        ["week_begins"] = one => one.WeekBegins,
        ["week_ends"] = one => one.WeekEnds,
        ["screening_hcw_uncapped"] = one => one.WorkersUncapped,
        ["screening_hcw_capped"] = one => one.Workers,
    });

    [Fact]
    public void Every_cell_of_tests_is_met() => Compare<TestWeek>("tests", one => [.. one.Tests], new()
    {
        ["week_begins"] = one => one.WeekBegins,
        ["week_ends"] = one => one.WeekEnds,
        ["tests_diagnosis_uncapped_sev_crit"] = one => one.DiagnosisUncapped,
        ["tests_release_uncapped_sev_crit"] = one => one.ReleaseUncapped,
        ["tests_diagnosis_capped_sev_crit"] = one => one.Diagnosis,
        ["tests_release_capped_sev_crit"] = one => one.Release,
        ["tests_mod"] = one => one.Moderate,
        ["tests_mild"] = one => one.Mild,
        ["tests_suspected"] = one => one.Suspected,
    });

    [Fact]
    public void Every_cell_of_additional_tests_is_met() =>
        Compare<AdditionalTestWeek>("additional_tests", one => [.. one.AdditionalTests], new()
        {
            ["week_begins"] = one => one.WeekBegins,
            ["week_ends"] = one => one.WeekEnds,
            ["tests_hcws_weekly"] = one => one.Workers,
            ["tests_contacts_weekly"] = one => one.Contacts,
        });

    [Fact]
    public void Every_cell_of_total_tests_is_met() =>
        Compare<TotalTestWeek>("total_tests", one => [.. one.TotalTests], new()
        {
            ["week_begins"] = one => one.WeekBegins,
            ["week_ends"] = one => one.WeekEnds,
            ["total_tests_capped"] = one => one.Capped,
            ["total_tests_uncapped"] = one => one.Uncapped,
        });

    [Fact]
    public void Every_cell_of_test_shares_is_met() => Compare<TestShare>("test_ratio", one => [.. one.TestShares], new()
    {
        ["type"] = one => one.Type,
        ["covid_test_capacity"] = one => one.WeeklyCapacity,
        ["ratio"] = one => one.Ratio,
    });

    [Fact]
    public void Every_cell_of_goods_is_met() => Compare<GoodsWeek>("commodities", ToolOrder, new()
    {
        ["category"] = one => one.ToolCategory,
        ["week_begins"] = one => one.WeekBegins,
        ["week_ends"] = one => one.WeekEnds,
        ["unit"] = one => one.ToolUnit,
        ["item"] = one => one.Item.Name,
        ["total_amount"] = one => one.ToolCategory.StartsWith("Case", StringComparison.Ordinal)
            ? Exact(one.Amount)
            : one.Amount,
    }, (table, row) => $"{table.Text(row, "item")}/{table.Text(row, "week_begins")}");

    [Fact]
    public void Every_cell_of_medicines_is_met() => Compare<MedicineTotal>("pharma", one => [.. one.Medicines], new()
    {
        ["drug"] = one => one.Drug,
        ["total_drug_form_all_mild_treated"] = one => one.Mild,
        ["total_drug_form_all_mod_treated"] = one => one.Moderate,
        ["total_drug_form_all_severe_treated"] = one => one.Severe,
        ["total_drug_form_all_crit_treated"] = one => one.Critical,
    });

    [Fact]
    public void Every_cell_of_other_care_is_met() => Compare<OtherCareTotal>("noncovid", x => [.. x.OtherCare], new()
    {
        ["item"] = one => one.Item.Name,
        ["amount_noncovid_doctors"] = one => one.Amounts[0],
        ["amount_noncovid_nurses"] = one => one.Amounts[1],
        ["amount_noncovid_lab_techs"] = one => one.Amounts[2],
        ["amount_midwives"] = one => one.Amounts[3],
        ["amount_dentists"] = one => one.Amounts[4],
        ["amount_physios"] = one => one.Amounts[5],
        ["amount_trad_comp_meds"] = one => one.Amounts[6],
        ["amount_chws"] = one => one.Amounts[7],
        ["amount_pharmacists"] = one => one.Amounts[8],
    });

    [Fact]
    public void Every_country_of_the_input_has_a_result()
    {
        var pack = DiseasePacks.Carried("covid-19");
        foreach (var country in ReportedCases.Countries)
        {
            var estimate = NeedEstimator.Estimate(
                pack,
                pack.CapacityOf(TerritoryCode.Parse(country), population: 0),
                ReportedCases.Of(country),
                new NeedSettings(new DateOnly(2022, 1, 3), PlannedWeeks) { Mode = NeedMode.Parity });
            estimate.NotComputable.ShouldBeNull(country);
            estimate.Lines.ShouldNotBeEmpty(country);
        }
    }

    private static RoundedCell? Exact(double? value) => value is { } known ? new RoundedCell(known) : null;

    private static List<GoodsWeek> ToolOrder(NeedTables tables) => [.. tables.Goods
        .OrderBy(one => $"{one.Item.Name}/{one.WeekBegins:yyyy-MM-dd}", StringComparer.Ordinal)];

    private static void Compare<T>(
        string name,
        Func<NeedTables, List<T>> rows,
        Dictionary<string, Func<T, object?>> columns,
        Func<GoldenTable, string[], string>? order = null)
    {
        var table = GoldenTable.Read(name);
        table.Runs.Count.ShouldBe(Runs);
        var (cells, worst, wrong) = (0L, 0.0, new List<string>());
        foreach (var (run, golden) in table.Runs)
        {
            var mine = rows(Estimates.GetOrAdd(run, Estimate));
            var theirs = order is null ? golden : [.. golden.OrderBy(row => order(table, row), StringComparer.Ordinal)];
            mine.Count.ShouldBe(theirs.Count, $"{name} {run}");
            for (var at = 0; at < mine.Count; at++)
            {
                foreach (var (column, value) in columns)
                {
                    var expected = table.Text(theirs[at], column);
                    var error = Difference(value(mine[at]), expected);
                    (cells, worst) = (cells + 1, Math.Max(worst, error));
                    if (error > RelativeTolerance && wrong.Count < 10)
                    {
                        wrong.Add($"{run} row {at} {column}: {value(mine[at])} for {expected}");
                    }
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0}: {1} cells, largest relative error {2:g3}", name, cells, worst);
        wrong.ShouldBeEmpty($"{name}: {cells} cells, largest relative error {worst}");
    }

    private static double Difference(object? mine, string expected) => mine switch
    {
        null => expected == "NA" ? 0 : double.PositiveInfinity,
        string text => text == expected ? 0 : double.PositiveInfinity,
        DateOnly day => GoldenTable.Day(expected) == day ? 0 : double.PositiveInfinity,
        RoundedCell cell => GoldenTable.Number(expected) == cell.Value ? 0 : double.PositiveInfinity,
        double number when GoldenTable.Number(expected) is { } other => number == other
            ? 0
            : Math.Abs(number - other) / Math.Max(Math.Abs(number), Math.Abs(other)),
        _ => double.PositiveInfinity,
    };

    private static NeedTables Estimate(GoldenRun run)
    {
        var pack = DiseasePacks.Carried("covid-19");
        var estimate = NeedEstimator.Estimate(
            pack,
            pack.CapacityOf(TerritoryCode.Parse(run.Country), population: 0),
            ReportedCases.Of(run.Country),
            new NeedSettings(run.Start, PlannedWeeks)
            {
                Mode = NeedMode.Parity,
                Testing = run.Strategy == "all" ? TestingStrategy.All : TestingStrategy.Targeted,
            });
        return estimate.Tables.ShouldNotBeNull(estimate.NotComputable);
    }

    private sealed record RoundedCell(double Value);
}
