using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>
/// The chain as one pure function: counts and offers in; situation, forecast, need and plan out. The same input and
/// settings give the same result on every machine, however many threads it uses.
/// </summary>
public static class ChainRun
{
    /// <summary>Runs the chain.</summary>
    /// <param name="input">Counts and offers.</param>
    /// <param name="settings">Day, weeks, seed, disease.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1; may be null.</param>
    public static ChainResult Run(ChainInput input, ChainSettings settings, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(settings);
        var places = AssessAll(input, settings, progress);
        var offers = input.Population?.Offers ?? input.Offers;
        var takingPart = offers.Where(offer => Rounds.IdleBecause(offer, settings.LastDay) is null)
            .ToLookup(offer => offer.Item);
        var needs = NeedsByItem(places, input);
        var rounds = ImmutableArray.CreateBuilder<ItemRound>();
        var coverage = new List<CoverageLine>();
        foreach (var item in settings.Pack.Items.Where(item => item.Kind != ItemKind.Funds))
        {
            Add(item, needs.GetValueOrDefault(item.Code, []));
        }

        // Money goes last, to what goods could not meet.
        foreach (var item in settings.Pack.Items.Where(item => item.Kind == ItemKind.Funds))
        {
            Add(item, [.. Funding.NeedsOf(coverage.Select(line =>
                (line.Place, line.Unmet, line.Item.PriceUsd ?? 0)))]);
        }

        progress?.Report(1);
        return new ChainResult(
            input, settings, places, rounds.ToImmutable(), InPackOrder(coverage), IdleLots(offers, settings, rounds));

        void Add(PackItem item, ImmutableArray<PlaceNeed> itemNeeds)
        {
            if (itemNeeds.IsEmpty)
            {
                return;
            }

            ImmutableArray<Offer> lots = [.. takingPart[item.Code]];
            if (lots.IsEmpty)
            {
                coverage.AddRange(itemNeeds.Select(need =>
                    new CoverageLine(need.Place, item, need.Need, need.Before, 0, "")));
                return;
            }

            var round = Rounds.Allocate(item, itemNeeds, lots, settings, RefusedLanes(item, lots.Length));
            rounds.Add(round);
            coverage.AddRange(RoundWords.CoverageOf(round, itemNeeds));
        }

        ImmutableArray<ClosedLane> RefusedLanes(PackItem item, int lots) => ClosedLane.Of(input.Refusals, item, lots);

        ImmutableArray<CoverageLine> InPackOrder(List<CoverageLine> lines) =>
            [.. lines.OrderBy(line => line.Place)];
    }

    private static ImmutableArray<PlaceResult> AssessAll(
        ChainInput input, ChainSettings settings, IProgress<double>? progress)
    {
        ImmutableArray<CountSeries> series = [.. input.Cases.OrderBy(one => one.Place)];
        var figures = settings.Pack.SerialInterval;
        var days = series.Select(one => one.Counts.Length).DefaultIfEmpty().Max();
        var serialInterval = SerialInterval.ShiftedGamma(figures.MeanDays, figures.StandardDeviationDays, days);
        var assessing = new AssessmentSettings(settings.AsOf, settings.Weeks, serialInterval);
        var assessments = Assessor.AssessAll(series, input.Deaths, assessing, progress);
        var scope = NeedScope.Of(input, settings.Pack);
        var places = new PlaceResult[series.Length];
        Parallel.For(0, series.Length, index => places[index] = Estimate(
            Territories.Get(series[index].Place), assessments[index], scope, settings));
        return [.. places];
    }

    private static PlaceResult Estimate(
        Territory territory, Assessment assessment, NeedScope scope, ChainSettings settings)
    {
        var cases = WeeklyPaths.Of(assessment);
        var needing = new NeedSettings(settings.FirstDay, settings.Weeks);
        var capacity = settings.Pack.CapacityOf(territory.Code, territory.Population);
        var lines = scope.LinesOf(settings.Pack, territory.Code, cases, needing);
        return new PlaceResult(territory, assessment, cases, capacity, lines);
    }

    private static Dictionary<ItemCode, ImmutableArray<PlaceNeed>> NeedsByItem(
        ImmutableArray<PlaceResult> places, ChainInput input)
    {
        var bought = input.Population?.Shares.ToDictionary(share => share.Place, share => share.Bought);
        return places
            .SelectMany(place => place.Need.Select(line => (Place: place.Territory.Code, Line: line)))
            .GroupBy(one => one.Line.Item)
            .ToDictionary(item => item.Key, ImmutableArray<PlaceNeed> (item) =>
                [.. item.Select(one => new PlaceNeed(
                    one.Place, one.Line.Quantity,
                    bought?.GetValueOrDefault(one.Place) ?? input.Promised.GetValueOrDefault((one.Place, item.Key))))]);
    }

    private static ImmutableArray<IdleLot> IdleLots(
        ImmutableArray<Offer> offers, ChainSettings settings, ImmutableArray<ItemRound>.Builder rounds)
    {
        var needed = rounds.Select(round => round.Item.Code).ToHashSet();
        return
        [
            .. offers
                .Select(offer => (Offer: offer, Reason: Rounds.IdleBecause(offer, settings.LastDay)
                    ?? (needed.Contains(offer.Item) ? null : "No place needs this item in the weeks of the plan.")))
                .Where(one => one.Reason is not null)
                .Select(one => new IdleLot(one.Offer, one.Reason!)),
        ];
    }
}
