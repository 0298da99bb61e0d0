using System.Globalization;

namespace Sameboat.Supplies;

/// <summary>The sentence of a line: the numbers that made its quantity, in plain English.</summary>
internal sealed class BasisText(DiseasePack pack, CountryCapacity place, NeedSettings settings, NeedRun run)
{
    private readonly LineAmounts _amounts = new(pack, place, settings);
    private readonly Dictionary<ItemCode, ItemWeeks> _goods = run.Goods.ToDictionary(one => one.Item.Code);
    private readonly Dictionary<ItemCode, Medicine> _medicines =
        pack.Figures.Medicines.ToDictionary(one => one.Item.Code);
    private readonly string _period = Period(settings.Weeks, settings.Start.AddDays(Weeks.Days * settings.LeadWeeks));
    private readonly string _span = Period(settings.TableWeeks, settings.Start);
    private readonly double _severePeak = run.Tables.Patients.Max(week => week.SevereBeds);
    private readonly double _criticalPeak = run.Tables.Patients.Max(week => week.CriticalBeds);

    internal string Of(PackItem item) => $"{Use(item).TrimEnd('.')}{Adjustments(item)}.";

    private static string Period(int weeks, DateOnly first)
    {
        var count = weeks == 1 ? "1 week" : string.Create(CultureInfo.InvariantCulture, $"{weeks} weeks");
        return $"{count} from {first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    private IEnumerable<T> Planned<T>(IEnumerable<T> weeks) => weeks.Skip(settings.LeadWeeks);

    private string Use(PackItem item) => item.Rule switch
    {
        ItemRule.Staff when item.Reusable => Protection(),
        ItemRule.Staff => Consumed(_goods[item.Code].Uses),
        ItemRule.Care when item.Reusable =>
            $"For up to {N(_severePeak)} severe and {N(_criticalPeak)} critical beds in use over {_span}.",
        ItemRule.Care => Care(),
        ItemRule.Cases => Cases(item),
        ItemRule.TriplePackaging =>
            $"For up to {N(run.Tables.Patients.Max(week => week.Facilities))} facilities in use over {_span}.",
        ItemRule.TestsSwab => Tests(null),
        ItemRule.TestsManual => Tests(run.Tables.TestShares[2].Ratio),
        ItemRule.TestsHighThroughput => Tests(run.Tables.TestShares[0].Ratio),
        ItemRule.TestsNearPatient => Tests(run.Tables.TestShares[1].Ratio),
        ItemRule.TestsAntigen => Tests(run.Tables.TestShares[3].Ratio),
        ItemRule.Medicine => Courses(_medicines[item.Code]),
        ItemRule.Oxygen => Oxygen(),
        ItemRule.Vaccine => Vaccine(),
        ItemRule.EmtType1 => EmtType1(),
        ItemRule.EmtType2 => EmtType2(),
        ItemRule.MobileLaboratory => MobileLaboratory(),
        ItemRule.RapidResponse => RapidResponse(),
        _ => "",
    };

    private string Protection()
    {
        var staff = run.Tables.Staff;
        return $"One for each user, issued as they come into service: up to "
            + $"{N(staff.Max(one => one.InpatientWorkers))} health workers and "
            + $"{N(staff.Max(one => one.InpatientCleaners))} cleaners on wards and "
            + $"{N(run.Tables.Screening.Max(one => one.Workers))} in screening over {_span}.";
    }

    private string Consumed(UseWeek[] weeks)
    {
        var uses = weeks.AsSpan(settings.LeadWeeks).ToArray();
        (string Where, double Units)[] parts =
        [
            ("ward staff", uses.Sum(one => one.Wards)),
            ("inpatients", uses.Sum(one => one.Inpatients)),
            ("isolation at home", uses.Sum(one => one.Isolation)),
            ("screening", uses.Sum(one => one.Screening)),
            ("laboratories", uses.Sum(one => one.Laboratories)),
        ];
        var used = parts.Where(one => one.Units > 0).Select(one => $"{N(one.Units)} for {one.Where}");
        return $"Over {_period}: {string.Join(", ", used)}, with up to {N(_severePeak)} severe and {N(_criticalPeak)} "
            + "critical beds in use.";
    }

    private string Care()
    {
        var severe = Planned(run.Tables.Patients).Sum(one => one.SevereBeds) * Weeks.Days;
        var critical = Planned(run.Tables.Patients).Sum(one => one.CriticalBeds) * Weeks.Days;
        return $"For {N(severe)} severe and {N(critical)} critical bed-days over {_period}.";
    }

    private string Cases(PackItem item)
    {
        var rates = settings.RatesOf(pack, item);
        (CareUser User, Severity Severity)[] users =
        [
            (CareUser.MildCase, Severity.Mild),
            (CareUser.ModerateCase, Severity.Moderate),
            (CareUser.SevereCase, Severity.Severe),
            (CareUser.CriticalCase, Severity.Critical),
        ];
        var parts = users.Where(one => rates[one.User] > 0).Select(one =>
            $"{D(rates[one.User])} for each of {N(run.NewCases[(int)one.Severity])} "
            + $"{one.Severity.ToString().ToLowerInvariant()}");
        return $"{string.Join(", ", parts)} new cases over {_period}.";
    }

    private string Tests(double? share)
    {
        var tests = Planned(run.Tables.TotalTests).ToList();
        var part = share is { } known ? $", {Percent(known)} of them by this method" : "";
        return $"{N(tests.Sum(one => one.Capped))} tests over {_period}{part}; "
            + $"{N(tests.Sum(one => one.Uncapped))} were wanted, and the platforms run "
            + $"{N(run.Tables.Caps.TestsPerDayMax * Weeks.Days)} a week.";
    }

    private string Courses(Medicine medicine)
    {
        var parts = Enum.GetValues<Severity>()
            .Where(one => medicine.UnitsPerCourse[(int)one] * medicine.ShareTreated[(int)one] > 0)
            .Select(one => $"{D(medicine.UnitsPerCourse[(int)one])} for {Percent(medicine.ShareTreated[(int)one])} of "
                + $"{N(run.NewCases[(int)one])} {one.ToString().ToLowerInvariant()}");
        return $"Per course {string.Join(", ", parts)} new cases over {_period}.";
    }

    private string Oxygen()
    {
        var weeks = Planned(run.Tables.Oxygen).ToList();
        var figures = pack.Figures.Parameters.Oxygen;
        return $"{D(figures.FlowSevere)} litres a minute for each of up to {N(_severePeak)} severe and "
            + $"{D(figures.FlowInvasive)} for each of up to {N(_criticalPeak)} critical beds over {_period}; by one "
            + $"source alone it is {N(weeks.Sum(one => one.Cylinders))} large cylinders, or "
            + $"{N(weeks.Max(one => one.Concentrators))} concentrators, or plants of "
            + $"{N(weeks.Max(one => one.PlantM3PerHour))} m3 an hour, or "
            + $"{N(weeks.Sum(one => one.LiquidLitres))} litres of liquid.";
    }

    private string Vaccine()
    {
        var coverage = settings.VaccineCoverage ?? pack.Figures.Parameters.VaccineCoverageTarget ?? 0;
        var received = settings.VaccineReceived > 0 ? $", less {N(settings.VaccineReceived)} received" : "";
        return $"{Percent(coverage)} of {N(place.Population)} inhabitants at "
            + $"{D(pack.Figures.Parameters.VaccineEquivalentsPerCourse)} dose-equivalents each{received}.";
    }

    private string EmtType1()
    {
        var left = Enumerable.Range(0, run.Tables.Screening.Length).Max(week => LineAmounts.OutpatientsLeft(run, week));
        return $"In the worst week of {_span} the place's own staff cannot see {N(left)} outpatients a day; a team "
            + $"sees {D(pack.Figures.Parameters.Teams.EmtType1OutpatientsPerDay)}.";
    }

    private string EmtType2()
    {
        var left = run.Tables.Patients.Max(week => week.WithoutBed);
        return $"In the worst week of {_span} {N(left)} severe and critical patients find no bed; a team has "
            + $"{D(pack.Figures.Parameters.Teams.EmtType2Beds)} beds.";
    }

    private string MobileLaboratory()
    {
        var left = Enumerable.Range(0, run.Tables.TotalTests.Length).Max(week => LineAmounts.TestsLeft(run, week));
        return $"In the worst week of {_span} the platforms leave {N(left)} tests a day undone; a team does "
            + $"{D(pack.Figures.Parameters.Teams.MobileLaboratoryTestsPerDay)}.";
    }

    private string RapidResponse()
    {
        var teams = pack.Figures.Parameters.Teams;
        return $"One team for {D(teams.RapidResponseCasesPerWeek)} cases a week and not more than one for "
            + $"{N(teams.RapidResponsePopulationPerTeam)} inhabitants: {N(_amounts.CasesAtPeak(run))} cases in the "
            + $"worst week of {_span}, {N(place.Population)} inhabitants.";
    }

    private string Adjustments(PackItem item)
    {
        var waste = _amounts.Wastes(item) ? $"; {Percent(settings.WastageShare)} is lost before use" : "";
        var stock = settings.Stock.GetValueOrDefault(item.Code);
        var pipeline = settings.Pipeline.GetValueOrDefault(item.Code);
        if (!settings.Mends(Corrections.StockAndWaste) || item.Kind == ItemKind.Team || (stock == 0 && pipeline == 0))
        {
            return waste;
        }

        var lead = settings.LeadWeeks > 0
            ? string.Create(CultureInfo.InvariantCulture, $" after {settings.LeadWeeks} weeks of use before arrival")
            : "";
        return $"{waste}; {N(stock)} in stock and {N(pipeline)} on the way count{lead}";
    }

    private static string N(double? value) => Math.Round(value ?? 0).ToString("N0", CultureInfo.InvariantCulture);

    private static string D(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
