using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>One run of cases taken all the way to tables and raw amounts.</summary>
internal sealed record NeedRun(
    NeedTables Tables, ImmutableArray<ItemWeeks> Goods, double[] NewCases, ImmutableArray<MedicineTotal> LeadMedicines)
{
    internal static NeedRun Of(DiseasePack pack, CountryCapacity place, WeeklyCases weekly, NeedSettings settings)
    {
        var figures = pack.Figures.Parameters;
        var parity = settings.Mode == NeedMode.Parity;
        var cases = CaseSteps.Weeks(figures, weekly, settings);
        var beds = PatientSteps.Beds(figures, place, unknownStaysUnknown: parity);
        var patients = PatientSteps.Weeks(figures, beds, cases, settings);
        var capacity = TestCapacity.Of(pack, place);
        var shares = capacity.Shares(figures.Testing.AntigenShare);
        var caps = StaffSteps.Caps(pack, place, beds, patients, capacity);
        var tests = TestSteps.Patients(figures, patients, cases, settings.Testing);
        var staff = StaffSteps.Staff(figures, caps, patients, tests);
        var screening = StaffSteps.Screening(caps, tests);
        var additional = TestSteps.Additional(figures.Testing, settings, staff, screening, tests);
        var total = TestSteps.Total(capacity, tests, additional);
        var input = new GoodsInput(
            figures, settings, patients, staff, screening, tests, total, shares, [.. PlannedCases(cases, patients)]);
        ImmutableArray<ItemWeeks> goods = [.. pack.Items
            .Where(item => ToolWords.Category(item) is not null)
            .Select(item => GoodsSteps.Weeks(item, settings.RatesOf(pack, item), input))];
        var planned = settings.Start.AddDays(Weeks.Days * settings.LeadWeeks);
        var end = planned.AddDays(Weeks.Days * settings.Weeks);
        var newCases = MedicineSteps.NewCases(cases, week => !settings.Mends(Corrections.MedicineHorizon)
            || (week.WeekBegins >= planned && week.WeekBegins < end));
        var leadCases = MedicineSteps.NewCases(
            cases, week => week.WeekBegins >= settings.Start && week.WeekBegins < planned);
        var tables = new NeedTables
        {
            Cases = cases,
            Capacity = beds,
            Patients = patients,
            Caps = caps,
            Staff = staff,
            Screening = screening,
            Tests = tests,
            AdditionalTests = additional,
            TotalTests = total,
            TestShares = shares,
            Goods = [.. goods.SelectMany(one => patients.Select((week, at) => new GoodsWeek(
                one.Item,
                ToolWords.Category(one.Item)!,
                pack.Figures.ToolUnits.GetValueOrDefault(one.Item.Code, ""),
                week.WeekBegins,
                week.WeekEnds,
                one.Weekly[at])))],
            Medicines = MedicineSteps.Totals(pack.Figures.Medicines, newCases),
            OtherCare = OtherCareSteps.Totals(pack, place, capacity.MeanOutbreakShare, settings),
            Oxygen = settings.Mends(Corrections.OxygenVolume)
                ? OxygenSteps.Weeks(figures.Oxygen, patients, settings.OxygenUtilisation)
                : [],
        };
        return new NeedRun(tables, goods, newCases, MedicineSteps.Totals(pack.Figures.Medicines, leadCases));
    }

    /// <summary>The weeks of the case table that have patients' rows: those from the start on.</summary>
    private static IEnumerable<CaseWeek> PlannedCases(
        ImmutableArray<CaseWeek> cases, ImmutableArray<PatientWeek> patients) =>
        patients.IsEmpty ? [] : cases.SkipWhile(one => one.WeekBegins != patients[0].WeekBegins).Take(patients.Length);
}

/// <summary>The words that WHO's tool uses in its table of goods.</summary>
internal static class ToolWords
{
    /// <summary>The tool's category, or null for an item that the tool's table does not have.</summary>
    internal static string? Category(PackItem item) => item.Category switch
    {
        "hygiene" => "Hygiene",
        "protection" => "PPE",
        "diagnostics" => "Diagnostics",
        "care equipment" => "Case management - biomedical equipment",
        "care consumables" => "Case management - accessories & consumables",
        _ => null,
    };
}
