using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary>Reads, estimates, writes: the work of <c>need</c>.</summary>
internal static class NeedCommandRun
{
    /// <summary>The one disease that WHO's tool knows.</summary>
    private const string ToolDisease = "covid-19";

    internal static int Run(Terminal terminal, NeedRequest request)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(request.Cases)}");
        var pack = DiseasePacks.Carried(request.Disease);
        var counts = NeedCaseReader.Read(request.Cases);
        var stock = request.Stock is null ? null : StockFileReader.Read(request.Stock, pack);
        var faults = new FaultList();
        faults.AddAll(counts.Faults);
        faults.AddAll(stock?.Faults ?? new FaultList());
        if (request.Mode == NeedMode.Parity && request.Disease != ToolDisease)
        {
            faults.Add(Fault.Describe("--mode", 0, 0, $"parity for {request.Disease}",
                $"parity for {ToolDisease} alone, the disease of WHO's tool"));
        }

        if (faults.IsEmpty && counts.IsRead && PlacesOf(request, counts.Value, faults) is { } places && faults.IsEmpty)
        {
            progress.Next("estimating");
            var forecasts = NeedForecasts.Of(
                request.Mode == NeedMode.Parity ? [] : counts.Value,
                MondayOf(request).AddDays((Weeks.Days * (request.LeadWeeks + request.Weeks)) - 1), pack);
            return Estimate(
                terminal, progress, request, (pack, forecasts), places, stock?.Value, counts.Remarks);
        }

        return Answer.Refuse(terminal, faults);
    }

    private static List<PlaceRows> PlacesOf(NeedRequest request, ImmutableList<PlaceRows> counts, FaultList faults)
    {
        if (request.Places == NeedRequest.AllPlaces)
        {
            return [.. counts];
        }

        var byCode = counts.ToDictionary(one => one.Place);
        var places = new List<PlaceRows>();
        foreach (var text in request.Places.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TerritoryCode.TryParse(text, out var code) || !Territories.TryGet(code, out var known))
            {
                faults.Add(new Fault("--places", 0, 0, text, "codes of three letters parted by commas, or all"));
            }
            else if (!byCode.TryGetValue(known.Code, out var place))
            {
                faults.Add(new Fault("--places", 0, 0, text,
                    $"a place of {InputSource.NameOf(request.Cases)}, which has no row of it"));
            }
            else if (places.Contains(place))
            {
                faults.Add(new Fault("--places", 0, 0, text, "each place once"));
            }
            else
            {
                places.Add(place);
            }
        }

        return places;
    }

    private static int Estimate(
        Terminal terminal,
        Progress progress,
        NeedRequest request,
        (DiseasePack Pack, NeedForecasts Forecasts) known,
        List<PlaceRows> places,
        StockFile? stock,
        ImmutableArray<string> read)
    {
        var results = new (NeedTableRun? Run, string? Stopped, string? Remark)[places.Count];
        Parallel.For(0, places.Count, at => results[at] = EstimateOne(request, known, places[at], stock));
        NeedTableRun[] runs = [.. results.Where(one => one.Run is not null).Select(one => one.Run!)];
        if (runs.Length == 0)
        {
            var faults = new FaultList();
            foreach (var stopped in results)
            {
                faults.Add(Fault.Describe(InputSource.NameOf(request.Cases), 0, 0, stopped.Stopped!.TrimEnd('.'),
                    "a place with an estimate"));
            }

            return Answer.Refuse(terminal, faults);
        }

        using var folder = OutputFolder.Begin(request.Output, out var refusal);
        if (folder is null)
        {
            return Answer.Refuse(terminal, refusal!);
        }

        progress.Next($"writing {request.Output}");
        NeedTableFiles.Write(folder, runs);
        if (request.Mode == NeedMode.Corrected)
        {
            NeedTableFiles.WriteNeeds(folder, runs, known.Pack, request.Oxygen);
        }

        folder.Commit();
        progress.Dispose();
        Answer.Remark(terminal, [.. read,
            .. results.SelectMany(one => new[] { one.Stopped, one.Remark }).OfType<string>()]);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs.Length:N0} places, {request.Weeks} weeks from {request.Start:yyyy-MM-dd}; wrote {request.Output}"));
        return ExitCode.Done;
    }

    private static (NeedTableRun? Run, string? Stopped, string? Remark) EstimateOne(
        NeedRequest request, (DiseasePack Pack, NeedForecasts Forecasts) known, PlaceRows place, StockFile? stock)
    {
        var (pack, forecasts) = known;
        var parity = request.Mode == NeedMode.Parity;
        var monday = MondayOf(request);
        string? refusal = null;
        string? remark = null;
        var paths = parity
            ? NeedCasePaths.AsTheyAre(place)
            : NeedCasePaths.Cleaned(
                place, monday, request.LeadWeeks + request.Weeks, forecasts, out refusal, out remark);
        if (paths is null)
        {
            return (null, refusal + ".", null);
        }

        var settings = new NeedSettings(parity ? request.Start : monday, request.Weeks)
        {
            Mode = request.Mode,
            Testing = request.Testing,
            WastageShare = request.Wastage,
            LeadTimeWeeks = request.LeadWeeks,
            VaccineCoverage = request.Coverage,
            Stock = stock?.InHand.GetValueOrDefault(place.Place) ?? ImmutableDictionary<ItemCode, long>.Empty,
            Pipeline = stock?.OnTheWay.GetValueOrDefault(place.Place) ?? ImmutableDictionary<ItemCode, long>.Empty,
        };
        var capacity = pack.CapacityOf(place.Place, Territories.Get(place.Place).Population);
        var estimate = NeedEstimator.Estimate(pack, capacity, paths, settings);
        estimate = parity ? estimate : forecasts.Bound(estimate, paths.Median, pack, capacity, settings);
        return estimate.NotComputable is { } why
            ? (null, why, null)
            : (new NeedTableRun(request.Start, request.Testing, estimate), null,
                parity ? RemarkOnParity(estimate, request) : remark);
    }

    private static DateOnly MondayOf(NeedRequest request) => Weeks.MondayOf(request.Start.AddDays(Weeks.Days - 1));

    private static string? RemarkOnParity(NeedEstimate estimate, NeedRequest request)
    {
        var tables = estimate.Tables!;
        if (tables.TotalTests.Any(week => week.Capped is null))
        {
            return $"{estimate.Place}: the tool's tables lack health workers or laboratory staff there; what hangs on "
                + "them is NA.";
        }

        return tables.Patients.Length < request.Weeks
            ? string.Create(CultureInfo.InvariantCulture,
                $"{estimate.Place}: the counts end on {tables.Cases[^1].WeekEnds:yyyy-MM-dd}, so there are "
                + $"{tables.Patients.Length} of {request.Weeks} weeks.")
            : null;
    }
}
