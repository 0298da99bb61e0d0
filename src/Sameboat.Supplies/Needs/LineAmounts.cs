namespace Sameboat.Supplies;

/// <summary>What a place must get of each item: planned use, waste added, stock and pipeline taken off.</summary>
/// <remarks>
/// Consumables: max(0, D - max(0, stock + pipeline - D_lead)), D and D_lead the use in the planned weeks and in the
/// weeks until goods arrive, each divided by 1 - wastage. Reusables: max(0, D_lead + D - stock - pipeline), since what
/// is in use stays in use.
/// </remarks>
internal sealed class LineAmounts(DiseasePack pack, CountryCapacity place, NeedSettings settings)
{
    private readonly TeamFigures _teams = pack.Figures.Parameters.Teams;

    /// <summary>Amounts in the order of the pack's items, zero or more, not yet rounded.</summary>
    internal double[] Of(NeedRun run)
    {
        var goods = run.Goods.ToDictionary(one => one.Item.Code);
        var medicines = run.Tables.Medicines.Zip(run.LeadMedicines).ToDictionary(one => one.First.Item.Code);
        return [.. pack.Items.Select(item => item.Rule switch
        {
            ItemRule.Medicine => Net(item, Sum(medicines[item.Code].Second), Sum(medicines[item.Code].First)),
            _ when goods.TryGetValue(item.Code, out var weeks) => Net(item, weeks.Weekly),
            _ when settings.Mode == NeedMode.Parity => 0,
            ItemRule.Oxygen => Net(item, [.. run.Tables.Oxygen.Select(week => (double?)week.CubicMetres)]),
            ItemRule.Vaccine => Vaccine(item),
            ItemRule.EmtType1 => Peak(run, week => OutpatientsLeft(run, week), _teams.EmtType1OutpatientsPerDay),
            ItemRule.EmtType2 => Peak(run, week => run.Tables.Patients[week].WithoutBed, _teams.EmtType2Beds),
            ItemRule.MobileLaboratory => Peak(run, week => TestsLeft(run, week), _teams.MobileLaboratoryTestsPerDay),
            ItemRule.RapidResponse => RapidResponse(run),
            _ => 0,
        })];
    }

    /// <summary>Persons a day whom the place's own staff cannot screen.</summary>
    internal static double OutpatientsLeft(NeedRun run, int week)
    {
        var screening = run.Tables.Screening[week];
        return (screening.WorkersUncapped - (screening.Workers ?? screening.WorkersUncapped))
            * run.Tables.Caps.ScreenedPerWorkerDay;
    }

    /// <summary>Tests a day that the place's own platforms cannot run.</summary>
    internal static double TestsLeft(NeedRun run, int week)
    {
        var tests = run.Tables.TotalTests[week];
        return (tests.Uncapped - tests.Capped ?? 0) / Weeks.Days;
    }

    internal double CasesAtPeak(NeedRun run) => run.Tables.Cases
        .Where(week => week.WeekBegins >= settings.Start)
        .Take(settings.TableWeeks)
        .Max(week => week.Cases);

    internal double VaccineCourses => place.Population
        * (settings.VaccineCoverage ?? pack.Figures.Parameters.VaccineCoverageTarget ?? 0);

    internal bool Wastes(PackItem item) => settings.Mends(Corrections.StockAndWaste)
        && settings.WastageShare > 0
        && !item.Reusable
        && item.Kind is ItemKind.Goods or ItemKind.Medicine
        && item.Rule is not (ItemRule.TestsManual or ItemRule.Oxygen);

    private static double Sum(MedicineTotal one) => one.Mild + one.Moderate + one.Severe + one.Critical;

    private double Net(PackItem item, double?[] weekly) => Net(
        item,
        weekly.Take(settings.LeadWeeks).Sum() ?? 0,
        weekly.Skip(settings.LeadWeeks).Sum() ?? 0);

    private double Net(PackItem item, double lead, double planned) => NetOf(item).Of(lead, planned);

    /// <summary>How stock, pipeline and waste of an item count.</summary>
    internal NetOfStock NetOf(PackItem item) => settings.Mends(Corrections.StockAndWaste)
        ? new NetOfStock(
            true,
            item.Reusable,
            Wastes(item) ? 1 - settings.WastageShare : 1,
            settings.Stock.GetValueOrDefault(item.Code) + settings.Pipeline.GetValueOrDefault(item.Code))
        : default;

    internal double Vaccine(PackItem item) => Net(
        item,
        lead: 0,
        Math.Max(0, (VaccineCourses * pack.Figures.Parameters.VaccineEquivalentsPerCourse) - settings.VaccineReceived));

    /// <summary>Teams that the worst planned week would occupy.</summary>
    private static double Peak(NeedRun run, Func<int, double> load, double perTeam) => perTeam <= 0
        ? 0
        : Math.Ceiling(Enumerable.Range(0, run.Tables.Patients.Length).Select(load).DefaultIfEmpty(0).Max() / perTeam);

    private double RapidResponse(NeedRun run) => RapidResponse(CasesAtPeak(run));

    internal double RapidResponse(double casesAtPeak)
    {
        if (_teams.RapidResponseCasesPerWeek <= 0 || _teams.RapidResponsePopulationPerTeam <= 0)
        {
            return 0;
        }

        var byCases = Math.Ceiling(casesAtPeak / _teams.RapidResponseCasesPerWeek);
        var byPopulation = Math.Ceiling(place.Population / _teams.RapidResponsePopulationPerTeam);
        return Math.Min(byCases, byPopulation);
    }
}

/// <summary>How stock, pipeline and waste of one item count; the default takes the planned use as it is.</summary>
internal readonly record struct NetOfStock(bool Counts, bool Reusable, double Keep, double InHand)
{
    internal double Of(double lead, double planned)
    {
        if (!Counts)
        {
            return planned;
        }

        return Reusable
            ? Math.Max(0, lead + planned - InHand)
            : Math.Max(0, (planned / Keep) - Math.Max(0, InHand - (lead / Keep)));
    }
}
