namespace Sameboat.Supplies;

/// <summary>From the weeks of one draw to an amount of each item wanted.</summary>
internal sealed class DrawAmounts
{
    private static readonly int Users = CareUsers.ByWord.Count;

    private readonly NeedSettings _settings;
    private readonly DiseaseParameters _figures;
    private readonly DrawRun _run;
    private readonly LineAmounts _lines;
    private readonly DrawItem[] _items;
    private readonly double[] _leadUse = new double[Users];
    private readonly double[] _plannedUse = new double[Users];
    private readonly double[] _leadNew = new double[4];
    private readonly double[] _plannedNew = new double[4];
    private readonly CompensatedSum[] _leadSums = new CompensatedSum[4];
    private readonly CompensatedSum[] _plannedSums = new CompensatedSum[4];
    private readonly Demand _headCount;
    private readonly Demand _packaging;
    private double _leadTests;
    private double _plannedTests;

    internal DrawAmounts(
        DiseasePack pack, CountryCapacity place, NeedSettings settings, DrawRun run, PackItem[] items)
    {
        (_settings, _run, _figures) = (settings, run, pack.Figures.Parameters);
        (_headCount, _packaging) = (HeadCount, Packaging);
        _lines = new LineAmounts(pack, place, settings);
        var medicines = pack.Figures.Medicines.ToDictionary(one => one.Item.Code);
        _items = [.. items.Select(item => new DrawItem(
            item,
            settings.RatesOf(pack, item),
            medicines.GetValueOrDefault(item.Code),
            _lines.NetOf(item)))];
    }

    /// <summary>Writes the amounts of the run's draw, zero or more, not yet rounded.</summary>
    internal void Write(double[][] byItem, int draw)
    {
        SumUses();
        for (var at = 0; at < _items.Length; at++)
        {
            byItem[at][draw] = Of(_items[at]);
        }
    }

    private double Of(DrawItem item)
    {
        var testing = _figures.Testing;
        return item.Item.Rule switch
        {
            ItemRule.Staff when item.Item.Reusable => Issued(item, _headCount),
            ItemRule.Staff => Consumed(item, item.Rates),
            ItemRule.Care when item.Item.Reusable => IssuedCare(item),
            ItemRule.Care => ConsumedCare(item),
            ItemRule.Cases when item.Item.Reusable => Issued(item, PerCase),
            ItemRule.Cases => Consumed(item, item.Rates),
            ItemRule.TriplePackaging => Issued(item, _packaging),
            ItemRule.TestsSwab => Tests(item, 1),
            ItemRule.TestsManual => Tests(item, _run.Shares[2] / (1 - testing.ManualKitWastage)),
            ItemRule.TestsHighThroughput => Tests(item, _run.Shares[0]),
            ItemRule.TestsNearPatient => Tests(item, _run.Shares[1]),
            ItemRule.TestsAntigen => Tests(item, _run.Shares[3]),
            ItemRule.Medicine => item.Net.Of(item.Courses(_leadNew), item.Courses(_plannedNew)),
            ItemRule.Oxygen => Oxygen(item),
            ItemRule.Vaccine => _lines.Vaccine(item.Item),
            ItemRule.EmtType1 =>
                Peak(static (in week) => week.OutpatientsLeft, _figures.Teams.EmtType1OutpatientsPerDay),
            ItemRule.EmtType2 => Peak(static (in week) => week.WithoutBed, _figures.Teams.EmtType2Beds),
            ItemRule.MobileLaboratory => Peak(
                static (in week) => week.TestsLeftPerDay, _figures.Teams.MobileLaboratoryTestsPerDay),
            ItemRule.RapidResponse => _lines.RapidResponse(Most(static (in week) => week.Cases)),
            _ => 0,
        };
    }

    /// <summary>Days of use by user, and new cases, over the weeks before arrival and over those planned for.</summary>
    private void SumUses()
    {
        Array.Clear(_leadUse);
        Array.Clear(_plannedUse);
        Array.Clear(_leadSums);
        Array.Clear(_plannedSums);
        (_leadTests, _plannedTests) = (0, 0);
        for (var week = 0; week < _run.Weeks.Length; week++)
        {
            var lead = week < _settings.LeadWeeks;
            Add(lead ? _leadUse : _plannedUse, lead ? _leadSums : _plannedSums, in _run.Weeks[week]);
            _leadTests += lead ? _run.Weeks[week].TestsRun : 0;
            _plannedTests += lead ? 0 : _run.Weeks[week].TestsRun;
        }

        // Medicines go by whole cases of the horizon.
        for (var severity = 0; severity < _leadNew.Length; severity++)
        {
            _leadNew[severity] = Math.Round(_leadSums[severity].Total);
            _plannedNew[severity] = Math.Round(_plannedSums[severity].Total);
        }
    }

    private void Add(double[] use, CompensatedSum[] cases, in DrawWeek week)
    {
        const double Days = Weeks.Days;
        var (mild, moderate) = (_figures.StayMild, _figures.StayModerate);
        use[(int)CareUser.InpatientHealthWorker] += week.HealthWorkers * Days;
        use[(int)CareUser.InpatientCleaner] += week.Cleaners * Days;
        use[(int)CareUser.InpatientCaregiver] += week.Caregivers * Days;
        use[(int)CareUser.AmbulanceWorker] += week.AmbulanceWorkers * Days;
        use[(int)CareUser.BiomedicalEngineer] += week.Engineers * Days;
        use[(int)CareUser.SeverePatient] += week.SevereBeds * Days;
        use[(int)CareUser.CriticalPatient] += week.CriticalBeds * Days;
        use[(int)CareUser.Inpatient] += week.Beds * Days;
        use[(int)CareUser.IsolationCaregiver] += week.IsolationCaregivers * mild * Days;
        use[(int)CareUser.IsolationPatient] += ((week.TestsMild * mild) + (week.TestsModerate * moderate)) * Days;
        use[(int)CareUser.ScreeningHealthWorker] += week.Screeners * Days;
        use[(int)CareUser.ScreeningPatient] += week.TestsMild + week.TestsModerate;
        use[(int)CareUser.LaboratoryWorker] += _run.LaboratoryStaff * Days;
        use[(int)CareUser.LaboratoryCleaner] += _run.LaboratoryCleaners * Days;
        use[(int)CareUser.MildCase] += week.NewMild;
        use[(int)CareUser.ModerateCase] += week.NewModerate;
        use[(int)CareUser.SevereCase] += week.NewSevere;
        use[(int)CareUser.CriticalCase] += week.NewCritical;
        cases[(int)Severity.Mild].Add(week.NewMild);
        cases[(int)Severity.Moderate].Add(week.NewModerate);
        cases[(int)Severity.Severe].Add(week.NewSevere);
        cases[(int)Severity.Critical].Add(week.NewCritical);
    }

    /// <summary>Linear in the sums: one product for each user that the item has.</summary>
    private double Consumed(DrawItem item, UseRates rates)
    {
        var (lead, planned) = (0.0, 0.0);
        foreach (var user in item.Users)
        {
            lead += rates[user] * _leadUse[(int)user];
            planned += rates[user] * _plannedUse[(int)user];
        }

        return item.Net.Of(lead, planned);
    }

    private double Tests(DrawItem item, double share) => item.Net.Of(_leadTests * share, _plannedTests * share);

    /// <summary>Whole pieces issued once: the largest week so far, rounded up.</summary>
    private double Issued(DrawItem item, Demand demand)
    {
        var (lead, most) = (0.0, 0.0);
        for (var week = 0; week < _run.Weeks.Length; week++)
        {
            most = Math.Max(most, demand(in _run.Weeks[week], item));
            lead = week < _settings.LeadWeeks ? most : lead;
        }

        return item.Net.Of(Math.Ceiling(lead), Math.Ceiling(most) - Math.Ceiling(lead));
    }

    private double HeadCount(in DrawWeek week, DrawItem item)
    {
        var rates = item.Rates;
        double If(CareUser user, double heads) => rates[user] > 0 ? heads : 0;
        return If(CareUser.IsolationCaregiver, week.IsolationCaregivers)
            + If(CareUser.IsolationPatient, week.TestsMild + week.TestsModerate)
            + If(CareUser.ScreeningHealthWorker, week.Screeners)
            + If(CareUser.ScreeningPatient, week.TestsMild + week.TestsModerate)
            + If(CareUser.LaboratoryWorker, _run.LaboratoryStaff)
            + If(CareUser.LaboratoryCleaner, _run.LaboratoryCleaners)
            + If(CareUser.InpatientHealthWorker, week.HealthWorkers)
            + If(CareUser.InpatientCleaner, week.Cleaners)
            + If(CareUser.InpatientCaregiver, week.Caregivers)
            + If(CareUser.AmbulanceWorker, week.AmbulanceWorkers)
            + If(CareUser.BiomedicalEngineer, week.Engineers)
            + (week.Beds * rates[CareUser.Inpatient])
            + (week.SevereBeds * rates[CareUser.SeverePatient])
            + (week.CriticalBeds * rates[CareUser.CriticalPatient]);
    }

    private double Packaging(in DrawWeek week, DrawItem item) =>
        week.Facilities * _figures.Testing.TriplePackagingPerFacility;

    private static double PerCase(in DrawWeek week, DrawItem item) =>
        (week.NewMild * item.Rates[CareUser.MildCase]) + (week.NewModerate * item.Rates[CareUser.ModerateCase])
        + (week.NewSevere * item.Rates[CareUser.SevereCase])
        + (week.NewCritical * item.Rates[CareUser.CriticalCase]);

    /// <summary>Three parts, severe, critical and either, each issued and rounded by itself.</summary>
    private double IssuedCare(DrawItem item)
    {
        var lead = default(CareParts);
        var most = default(CareParts);
        for (var week = 0; week < _run.Weeks.Length; week++)
        {
            ref readonly var one = ref _run.Weeks[week];
            most = new CareParts(
                Math.Max(most.Severe, (one.AdmittedSevere * item.SeverePatient) + (one.SevereBeds * item.SevereBed)),
                Math.Max(
                    most.Critical,
                    (one.AdmittedCritical * item.CriticalPatient) + (one.CriticalBeds * item.CriticalBed)),
                Math.Max(
                    most.Either,
                    ((one.AdmittedSevere + one.AdmittedCritical) * item.Inpatient) + (one.Beds * item.Bed)));
            lead = week < _settings.LeadWeeks ? most : lead;
        }

        return item.Net.Of(lead.RoundedUp, most.RoundedUp - lead.RoundedUp);
    }

    private double ConsumedCare(DrawItem item)
    {
        const double Days = Weeks.Days;
        var severe = item.SeverePatient + item.SevereBed;
        var critical = item.CriticalPatient + item.CriticalBed;
        var either = item.Inpatient + item.Bed;
        var (lead, planned) = (0.0, 0.0);
        for (var week = 0; week < _run.Weeks.Length; week++)
        {
            ref readonly var one = ref _run.Weeks[week];
            var used = new CareParts(
                one.SevereBeds * severe * Days, one.CriticalBeds * critical * Days, one.Beds * either * Days).RoundedUp;
            lead += week < _settings.LeadWeeks ? used : 0;
            planned += week < _settings.LeadWeeks ? 0 : used;
        }

        return item.Net.Of(lead, planned);
    }

    private double Oxygen(DrawItem item)
    {
        var oxygen = _figures.Oxygen;
        var critical = (oxygen.ShareInvasive * oxygen.FlowInvasive)
            + (oxygen.ShareNonInvasive * oxygen.FlowNonInvasive);
        var perDay = OxygenSteps.CubicMetresPerLitreMinute * _settings.OxygenUtilisation;
        double Volume(double[] use) => ((use[(int)CareUser.SeverePatient] * oxygen.FlowSevere)
            + (use[(int)CareUser.CriticalPatient] * critical)) * perDay;
        return item.Net.Of(Volume(_leadUse), Volume(_plannedUse));
    }

    private double Most(Load load)
    {
        var most = 0.0;
        foreach (ref readonly var week in _run.Weeks.AsSpan())
        {
            most = Math.Max(most, load(in week));
        }

        return most;
    }

    private double Peak(Load load, double perTeam) =>
        perTeam <= 0 ? 0 : Math.Ceiling(Most(load) / perTeam);
}

/// <summary>What a week demands of an item.</summary>
internal delegate double Demand(in DrawWeek week, DrawItem item);

/// <summary>What a week lays on a team.</summary>
internal delegate double Load(in DrawWeek week);

/// <summary>Demand for severe patients, for critical ones and for both alike.</summary>
internal readonly record struct CareParts(double Severe, double Critical, double Either)
{
    internal double RoundedUp => Math.Ceiling(Severe) + Math.Ceiling(Critical) + Math.Ceiling(Either);
}

/// <summary>An item with what its amount is made of, looked up once for all draws.</summary>
internal sealed class DrawItem
{
    private readonly double[] _perCase;

    internal DrawItem(PackItem item, UseRates rates, Medicine? medicine, NetOfStock net)
    {
        (Item, Rates, Net) = (item, rates, net);
        Users = [.. Enum.GetValues<CareUser>().Where(user => rates[user] > 0)];
        _perCase = medicine is null
            ? new double[4]
            : [.. medicine.UnitsPerCourse.Zip(medicine.ShareTreated, (units, share) => units * share)];
        (SeverePatient, SevereBed) = (rates[CareUser.SeverePatient], rates[CareUser.SevereBed]);
        (CriticalPatient, CriticalBed) = (rates[CareUser.CriticalPatient], rates[CareUser.CriticalBed]);
        (Inpatient, Bed) = (rates[CareUser.Inpatient], rates[CareUser.Bed]);
    }

    internal PackItem Item { get; }

    internal UseRates Rates { get; }

    internal NetOfStock Net { get; }

    internal CareUser[] Users { get; }

    internal double SeverePatient { get; }

    internal double SevereBed { get; }

    internal double CriticalPatient { get; }

    internal double CriticalBed { get; }

    internal double Inpatient { get; }

    internal double Bed { get; }

    internal double Courses(double[] newCases) =>
        (newCases[0] * _perCase[0]) + (newCases[1] * _perCase[1]) + (newCases[2] * _perCase[2])
        + (newCases[3] * _perCase[3]);
}
