using Sameboat.Supplies;

namespace Sameboat.Exchange.Files;

/// <summary>The estimate of one place, with what was asked as the tables repeat it in each row.</summary>
/// <param name="Start">The day asked for, which need not be the Monday the weeks begin on.</param>
/// <param name="Testing">Who is tested.</param>
/// <param name="Estimate">The estimate, with its tables.</param>
public sealed record NeedTableRun(DateOnly Start, TestingStrategy Testing, NeedEstimate Estimate);

/// <summary>
/// Writes the tables of an estimate with the columns, names and order of rows of WHO's tool in its public port
/// mrc-ide/esft; what is unknown is <c>NA</c>, as there. docs/guide/need.md lists the files.
/// </summary>
public static class NeedTableFiles
{
    private const string Weekly = "week_begins,week_ends,";

    /// <summary>Writes the thirteen tables.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="runs">Places in the order of the rows; each has tables.</param>
    public static void Write(OutputFolder folder, IReadOnlyList<NeedTableRun> runs)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(runs);
        WriteSick(folder, runs);
        WriteStaff(folder, runs);
        WriteTests(folder, runs);
        Table<BedCapacity>(folder, "capacity", runs, "country,iso3c,population,yoy_growth,income_group,n_hcws,"
            + "n_labs,n_hosp_beds,perc_beds_crit_covid,"
            + "perc_beds_not_covid,perc_beds_sev_covid,beds_covid,severe_beds_covid,"
            + "crit_beds_covid", one => [one.Capacity], (run, one, to) => to.Text(run.Estimate.Place.ToString())
                .Text(run.Estimate.Place.ToString()).Number(one.Population).Number(one.PopulationGrowth)
                .Text(one.IncomeGroup).Number(one.HealthWorkers).Number(one.LaboratoryStaff).Number(one.HospitalBeds)
                .Number(one.CriticalShare).Number(one.OtherCareShare).Number(one.SevereShare).Number(one.OutbreakBeds)
                .Number(one.SevereBeds).Number(one.CriticalBeds));
        Table(folder, "commodities", runs, "category,week_begins,week_ends,unit,item,total_amount",
            one => ToolOrder.Of(one.Goods), (_, one, to) => to.Text(one.ToolCategory).Day(one.WeekBegins)
                .Day(one.WeekEnds).Text(one.ToolUnit).Text(one.Item.Name).Number(one.Amount));
        Table(folder, "pharma", runs, "drug,total_drug_form_all_mild_treated,total_drug_form_all_mod_treated,"
            + "total_drug_form_all_severe_treated,total_drug_form_all_crit_treated", one => one.Medicines,
            (_, one, to) => to.Text(one.Drug).Number(one.Mild).Number(one.Moderate).Number(one.Severe)
                .Number(one.Critical));
        Table(folder, "noncovid", runs, "item,amount_noncovid_doctors,amount_noncovid_nurses,"
            + "amount_noncovid_lab_techs,amount_midwives,amount_dentists,amount_physios,amount_trad_comp_meds,"
            + "amount_chws,amount_pharmacists", one => one.OtherCare, (_, one, to) =>
            {
                to.Text(one.Item.Name);
                foreach (var amount in one.Amounts)
                {
                    to.Number(amount);
                }
            });
    }

    /// <summary>Writes needs.csv, a line for each item, and oxygen.csv, each source alone and by its share.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="runs">Places in the order of the rows.</param>
    /// <param name="pack">The disease, for the names of the items.</param>
    /// <param name="oxygen">Shares of the sources; null leaves the columns by share unknown.</param>
    public static void WriteNeeds(
        OutputFolder folder, IReadOnlyList<NeedTableRun> runs, DiseasePack pack, OxygenMix? oxygen)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(pack);
        var items = pack.Items.ToDictionary(item => item.Code);
        folder.WriteTable("needs.csv", Columns("item,name,category,unit,quantity,low,high,basis"), table =>
        {
            foreach (var run in runs)
            {
                foreach (var line in run.Estimate.Lines)
                {
                    new NeedRow(table, run).Text(line.Item.ToString()).Text(items[line.Item].Name)
                        .Text(items[line.Item].Category).Text(line.Unit).Number(line.Quantity).Number(line.QuantityLow)
                        .Number(line.QuantityHigh).Text(line.Basis);
                    table.EndRow();
                }
            }
        });
        Table(folder, "oxygen", runs, "week_begins,cubic_metres,cylinders_alone,concentrators_alone,"
            + "plant_m3_per_hour_alone,liquid_litres_alone,cylinders,concentrators,plant_m3_per_hour,liquid_litres",
            one => one.Oxygen, (_, one, to) =>
            {
                var shared = oxygen is null ? null : one.SharedBy(oxygen);
                to.Day(one.WeekBegins).Number(one.CubicMetres).Number(one.Cylinders).Number(one.Concentrators)
                    .Number(one.PlantM3PerHour).Number(one.LiquidLitres).Number(shared?.Cylinders)
                    .Number(shared?.Concentrators).Number(shared?.PlantM3PerHour).Number(shared?.LiquidLitres);
            });
    }

    private static void WriteSick(OutputFolder folder, IReadOnlyList<NeedTableRun> runs)
    {
        Table(folder, "cases", runs, Weekly + "cases,new_critical_cases,new_severe_cases,new_mod_cases,new_mild_cases,"
            + "cum_critical_cases,cum_severe_cases,cum_mod_cases,cum_mild_cases,cum_cases,sus_cases_but_negative",
            one => one.Cases, (_, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds).Number(one.Cases)
                .Number(one.NewCritical).Number(one.NewSevere).Number(one.NewModerate).Number(one.NewMild)
                .Number(one.TotalCritical).Number(one.TotalSevere).Number(one.TotalModerate).Number(one.TotalMild)
                .Number(one.Total).Number(one.SuspectedNegative));
        Table(folder, "patients", runs, Weekly + "crit_patients_nocap,sev_patients_nocap,mod_patients_nocap,"
            + "mild_patients_nocap,crit_beds_inuse,sev_beds_inuse,total_beds_inuse,hosp_facilities_inuse,"
            + "rem_crit_patients,rem_sev_patients,rem_mod_patients,rem_mild_patients,discharged_crit_patients,"
            + "discharged_sev_patients,sev_patients_admitted_cap,crit_patients_admitted_cap",
            one => one.Patients, (_, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds)
                .Number(one.CriticalUncapped).Number(one.SevereUncapped).Number(one.Moderate).Number(one.Mild)
                .Number(one.CriticalBeds).Number(one.SevereBeds).Number(one.Beds).Number(one.Facilities)
                .Number(one.RemovedCritical).Number(one.RemovedSevere).Number(one.RemovedModerate)
                .Number(one.RemovedMild).Number(one.DischargedCritical).Number(one.DischargedSevere)
                .Number(one.AdmittedSevere).Number(one.AdmittedCritical));
    }

    private static void WriteStaff(OutputFolder folder, IReadOnlyList<NeedTableRun> runs)
    {
        Table(folder, "hcws", runs, "week_ends,week_begins,hcws_inpatient_capped,hcws_inpatient_uncapped,"
            + "inf_caregivers_hosp_uncapped,cleaners_inpatient_capped,amb_personnel_inpatient_capped,"
            + "bio_eng_inpatient_capped,inf_caregivers_isol_uncapped,lab_staff_capped,cleaners_lab",
            one => one.Staff, (_, one, to) => to.Day(one.WeekEnds).Day(one.WeekBegins).Number(one.InpatientWorkers)
                .Number(one.InpatientWorkersUncapped).Number(one.InpatientCaregivers).Number(one.InpatientCleaners)
                .Number(one.AmbulanceWorkers).Number(one.BiomedicalEngineers).Number(one.IsolationCaregivers)
                .Number(one.LaboratoryStaff).Number(one.LaboratoryCleaners));
        Table(folder, "screening", runs, Weekly + "screening_hcw_uncapped,screening_hcw_capped",
            one => one.Screening, (_, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds)
                .Number(one.WorkersUncapped).Number(one.Workers));
        Table<StaffCaps>(folder, "caps", runs, "bed_cap,cases_screened_per_hcw_per_day,cleaners_inpatient_cap,"
            + "hcws_inpatients_cap,hcws_per_bed,hcws_per_inpatient,hcws_per_outpatient,hcws_screening_cap,"
            + "hygienists_per_bed,lab_staff_cap,perc_crit_cases,perc_screening_covid,perc_sev_cases,"
            + "perc_treating_covid,prob_inpatient,prob_outpatient,ratio_hcws_inpatient_outpatient,total_labs,"
            + "max_tests_per_day", one => [one.Caps], (_, one, to) => to.Number(one.Beds)
                .Number(one.ScreenedPerWorkerDay).Number(one.CleanersCap).Number(one.InpatientWorkersCap)
                .Number(one.WorkersPerBed).Number(one.WorkersPerBed).Number(one.WorkersPerOutpatient)
                .Number(one.ScreeningWorkersCap).Number(one.CleanersPerBed).Number(one.LaboratoryStaffCap)
                .Number(one.CriticalShare).Number(one.ScreeningShare).Number(one.SevereShare)
                .Number(one.TreatingShare).Number(one.InpatientShare).Number(one.OutpatientShare)
                .Number(one.InpatientWorkerRatio).Number(one.Laboratories).Number(one.TestsPerDayMax));
    }

    private static void WriteTests(OutputFolder folder, IReadOnlyList<NeedTableRun> runs)
    {
        Table(folder, "tests", runs, Weekly + "tests_diagnosis_uncapped_sev_crit,tests_release_uncapped_sev_crit,"
            + "tests_diagnosis_capped_sev_crit,tests_release_capped_sev_crit,tests_mod,tests_mild,tests_suspected,"
            + "testing_strategy", one => one.Tests, (run, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds)
                .Number(one.DiagnosisUncapped).Number(one.ReleaseUncapped).Number(one.Diagnosis).Number(one.Release)
                .Number(one.Moderate).Number(one.Mild).Number(one.Suspected).Text(NeedRow.WordOf(run.Testing)));
        Table(folder, "additional_tests", runs, Weekly + "tests_hcws_weekly,tests_contacts_weekly",
            one => one.AdditionalTests, (_, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds).Number(one.Workers)
                .Number(one.Contacts));
        Table(folder, "total_tests", runs, Weekly + "total_tests_capped,total_tests_uncapped",
            one => one.TotalTests, (_, one, to) => to.Day(one.WeekBegins).Day(one.WeekEnds).Number(one.Capped)
                .Number(one.Uncapped));
        Table(folder, "test_ratio", runs, "type,covid_test_capacity,ratio", one => one.TestShares,
            (_, one, to) => to.Text(one.Type).Number(one.WeeklyCapacity).Number(one.Ratio));
    }

    private static string[] Columns(string own) => ["iso3", "start", "strategy", .. own.Split(',')];

    private static void Table<T>(
        OutputFolder folder,
        string name,
        IReadOnlyList<NeedTableRun> runs,
        string columns,
        Func<NeedTables, IEnumerable<T>> rows,
        Action<NeedTableRun, T, NeedRow> write) =>
        folder.WriteTable(name + ".csv", Columns(columns), table =>
        {
            foreach (var run in runs)
            {
                foreach (var row in rows(run.Estimate.Tables!))
                {
                    write(run, row, new NeedRow(table, run));
                    table.EndRow();
                }
            }
        });
}

/// <summary>The cells of one row; the three that say what was asked are written first.</summary>
internal readonly struct NeedRow
{
    private const string Unknown = "NA";

    private readonly CsvTable _table;

    internal NeedRow(CsvTable table, NeedTableRun run)
    {
        _table = table;
        table.Add(run.Estimate.Place.ToString()).Add(run.Start).Add(WordOf(run.Testing));
    }

    internal static string WordOf(TestingStrategy testing) => testing == TestingStrategy.All ? "all" : "targeted";

    internal NeedRow Text(string text)
    {
        _table.Add(text.Length == 0 ? Unknown : text);
        return this;
    }

    internal NeedRow Day(DateOnly day)
    {
        _table.Add(day);
        return this;
    }

    internal NeedRow Number(double? number)
    {
        // The sum turns a negative zero, which the ceiling of a small negative number is, into zero.
        _ = number is { } known ? _table.Add(known + 0.0) : _table.Add(Unknown);
        return this;
    }
}
