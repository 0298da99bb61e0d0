namespace Sameboat.Supplies;

/// <summary>Takes the figures out of parameters.csv by name; a missing or unknown name is a fault.</summary>
internal sealed class ParameterReader
{
    private const double ShareTolerance = 1e-9;

    private readonly PackTable _table;
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private PackFaults _faults = new();

    internal ParameterReader(PackTable table)
    {
        _table = table;
        for (var row = 1; row <= table.RowCount; row++)
        {
            table.Word(row, "unit", PackWords.ParameterUnits);
            _rows.TryAdd(table.Text(row, "name"), row);
        }
    }

    internal SerialIntervalFigures? ReadSerialInterval(PackFaults faults)
    {
        _faults = faults;
        const string Mean = "serial-interval-mean";
        const string Deviation = "serial-interval-standard-deviation";
        var (mean, deviation) = (Number(Mean, "day"), Number(Deviation, "day"));
        foreach (var unknown in _rows.Keys.Except(_asked, StringComparer.Ordinal))
        {
            _faults.Add(_table.File, _rows[unknown] + 1, $"«{unknown}» is no parameter of a pack");
        }

        if (mean <= 0 || deviation <= 0)
        {
            _faults.Add(_table.File, 0, "the serial interval needs a mean and a deviation above zero");
            return null;
        }

        return new SerialIntervalFigures(mean, deviation, _table.Text(_rows[Mean], "source"));
    }

    internal DiseaseParameters Read(PackFaults faults)
    {
        _faults = faults;
        var figures = new DiseaseParameters
        {
            ShareMild = Share("severity-share-mild"),
            ShareModerate = Share("severity-share-moderate"),
            ShareSevere = Share("severity-share-severe"),
            ShareCritical = Share("severity-share-critical"),
            StayMild = Weeks("stay-mild"),
            StayModerate = Weeks("stay-moderate"),
            StaySevere = Weeks("stay-severe"),
            StayCritical = Weeks("stay-critical"),
            FatalitySevere = Share("fatality-severe"),
            FatalityCritical = Share("fatality-critical"),
            WorkforceShareOtherCare = Share("workforce-share-other-care"),
            BedShareOtherCare = Share("bed-share-other-care"),
            BedsPerFacility = Number("beds-per-facility", "each"),
            AmbulanceWorkersPerBed = Number("ambulance-workers-per-bed", "each"),
            BiomedicalEngineersPerBed = Number("biomedical-engineers-per-bed", "each"),
            CaregiversPerInpatient = Number("caregivers-per-inpatient", "each"),
            CaregiversPerIsolated = Number("caregivers-per-isolated", "each"),
            ShiftHours = Number("shift-length", "hour"),
            CleanerFactor = Number("cleaner-factor", "each"),
            Oxygen = ReadOxygen(),
            Testing = ReadTesting(),
            OtherCare = ReadOtherCare(),
            Teams = ReadTeams(),
            VaccineCoverageTarget = _rows.ContainsKey("vaccine-coverage-target")
                ? Share("vaccine-coverage-target")
                : null,
            VaccineEquivalentsPerCourse = _rows.ContainsKey("vaccine-coverage-target")
                ? Number("vaccine-equivalents-per-course", "dose-equivalent")
                : 0,
        };
        CheckSums(figures);
        return figures;
    }

    private void CheckSums(DiseaseParameters figures)
    {
        var severity = figures.ShareMild + figures.ShareModerate + figures.ShareSevere + figures.ShareCritical;
        if (Math.Abs(severity - 1) > ShareTolerance)
        {
            _faults.Add(_table.File, 0, "the four severity shares do not add up to 1");
        }

        if (figures.ShareSevere + figures.ShareCritical <= 0 || figures.ShiftHours <= 0 || figures.BedsPerFacility <= 0)
        {
            _faults.Add(
                _table.File, 0, "some cases must be severe, and shift-length and beds-per-facility be above zero");
        }
    }

    private OxygenFigures ReadOxygen() => new(
        Number("oxygen-flow-severe", "litre-per-minute"),
        Number("oxygen-flow-invasive", "litre-per-minute"),
        Number("oxygen-flow-non-invasive", "litre-per-minute"),
        Share("critical-share-invasive"),
        Share("critical-share-non-invasive"),
        Number("oxygen-per-cylinder", "m3"),
        Number("oxygen-concentrator-flow", "litre-per-minute"),
        Number("oxygen-gas-per-liquid-litre", "m3"));

    private TestingFigures ReadTesting() => new(
        Number("tests-per-diagnosis-mild", "test"),
        Number("tests-per-diagnosis-severe", "test"),
        Number("tests-per-release-severe", "test"),
        Share("antigen-share"),
        Share("targeted-share"),
        Number("negatives-per-positive", "each"),
        Number("tests-per-worker-week", "test"),
        Number("contacts-per-case", "each"),
        Share("contacts-tested-share"),
        Number("staff-per-laboratory", "each"),
        Number("cleaners-per-laboratory", "each"),
        Number("high-throughput-modules-per-laboratory", "each"),
        Number("near-patient-modules-per-laboratory", "each"),
        Number("triple-packaging-per-facility", "each"),
        Share("manual-kit-wastage"),
        Number("manual-kit-tests", "test"));

    private OtherCareFigures ReadOtherCare() => new(
        Number("other-care-weeks", "week"),
        Number("other-care-days-per-week", "day"),
        [.. Enum.GetValues<OtherCadre>().Select(
            cadre => Number($"other-care-default-{cadre.ToString().ToLowerInvariant()}", "each"))]);

    private TeamFigures ReadTeams() => new(
        Number("emt-type-1-outpatients-per-day", "each"),
        Number("emt-type-2-beds", "each"),
        Number("rapid-response-cases-per-week", "each"),
        Number("rapid-response-population-per-team", "each"),
        Number("mobile-laboratory-tests-per-day", "test"));

    private double Share(string name)
    {
        var value = Number(name, "share");
        if (value > 1)
        {
            _faults.Add(_table.File, _rows[name] + 1, $"{name}: {value} is above 1");
        }

        return value;
    }

    private int Weeks(string name)
    {
        const int LongestStay = 26;
        var value = Number(name, "week");
        if (value is > 0 and <= LongestStay && value % 1 == 0)
        {
            return (int)value;
        }

        _faults.Add(_table.File, 0, $"{name}: a stay is a whole number of weeks from 1 to {LongestStay}");
        return 1;
    }

    private double Number(string name, string unit)
    {
        _asked.Add(name);
        if (!_rows.TryGetValue(name, out var row))
        {
            _faults.Add(_table.File, 0, $"«{name}» is missing");
            return 0;
        }

        if (_table.Text(row, "unit") != unit)
        {
            _table.Fault(row, "unit", $"{name} is counted in {unit}");
        }

        return _table.NumberRequired(row, "value");
    }
}
