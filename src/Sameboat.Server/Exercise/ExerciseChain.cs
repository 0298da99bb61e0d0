using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Exercise;

/// <summary>What the weeks after the plan stand on.</summary>
internal sealed record ExerciseChainInputs(
    IReadOnlyList<PlanLineRow> Plan, IReadOnlyList<NeedLineRow> Needs, IReadOnlyList<OfferRow> Offers);

/// <summary>
/// From the plan to what has arrived: requests, acceptances, consignments, teams and funds. Who asks and what befalls
/// a consignment is drawn from the seed; nothing depends on who a member is.
/// </summary>
internal sealed class ExerciseChain(ExerciseChainInputs inputs, SeededRandom random)
{
    private const int RequestsMax = 14;
    private const int RequestLinesMax = 6;
    private const int ConsignmentsMax = 60;
    private const int Cycle = 7;

    private readonly DateOnly _plan = ExerciseScript.AsOf;

    /// <summary>Reads them.</summary>
    internal static async Task<ExerciseChainInputs> InputsAsync(NodeContext db, CancellationToken cancellation) => new(
        await db.PlanLines.AsNoTracking()
            .Where(line => line.Round == ExerciseScript.Round)
            .OrderBy(line => line.Subject).ThenBy(line => line.Line)
            .ToListAsync(cancellation),
        await db.NeedLines.AsNoTracking()
            .Where(line => line.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(line => line.Subject).ThenBy(line => line.Line)
            .ToListAsync(cancellation),
        await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation));

    /// <summary>Everything that is said, in no order.</summary>
    internal IReadOnlyList<Saying> Sayings()
    {
        var lots = inputs.Offers.ToDictionary(offer => (offer.Member, offer.Lot));
        var goods = inputs.Plan
            .Where(line => lots[(line.Donor, line.Lot)].Kind == nameof(OfferKind.Goods)
                && line.Donor != MemberOf(line.Place).ToString())
            .ToList();
        var places = Shuffled(goods.Select(line => line.Place).Distinct().Order(StringComparer.Ordinal))
            .Take(RequestsMax)
            .ToImmutableArray();
        var asked = places.Where((_, index) => index % Cycle < Cycle - 2).ToHashSet(StringComparer.Ordinal);
        var groups = Shuffled(goods
                .Where(line => asked.Contains(line.Place))
                .GroupBy(line => (line.Donor, line.Place))
                .OrderBy(group => group.Key.Donor, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Place, StringComparer.Ordinal)
                .Select(group => new ExerciseSending(group.Key.Donor, group.Key.Place, [.. group])))
            .Take(ConsignmentsMax)
            .ToList();
        return
        [
            .. places.SelectMany(Request),
            .. Round(),
            .. groups.SelectMany((sending, index) =>
                new ExerciseConsignment(sending, lots, index, random).Sayings()),
            .. Lots(groups, lots),
            .. ExerciseTeams.Sayings([.. Shuffled(inputs.Plan
                .Where(line => lots[(line.Donor, line.Lot)].Kind == nameof(OfferKind.Team)
                    && line.Donor != MemberOf(line.Place).ToString()))]),
            .. inputs.Offers
                .Where(offer => offer.Kind == nameof(OfferKind.Funds))
                .SelectMany(ExerciseFunds.Sayings),
        ];
    }

    /// <summary>The member that answers for a place.</summary>
    internal static MemberId MemberOf(string place) => ExerciseScript.MemberOf(TerritoryCode.Parse(place));

    // Of seven requests one is given back to be mended and one is taken back after it was published.
    private IEnumerable<Saying> Request(string place, int index)
    {
        var member = MemberOf(place);
        var subject = EntityName.Of("request", member, "supplies-1").ToString();
        var lines = inputs.Needs
            .Where(need => need.Place == place && need.Quantity > 0
                && inputs.Offers.Any(offer =>
                    offer.Item == need.Item && offer.Kind == nameof(OfferKind.Goods)))
            .Take(RequestLinesMax)
            .Select(need => new JsonObject
            {
                ["item"] = need.Item,
                ["need"] = need.Subject,
                ["needed_by"] = _plan.AddDays(Weeks.Days * ExerciseScript.WeeksAhead).Written(),
                ["place"] = place,
                ["quantity"] = need.Quantity,
                ["unit"] = need.Unit,
            });
        yield return new Saying(Saying.On(_plan.AddDays(1), 13), member, "request.submitted", subject, new JsonObject
        {
            ["by"] = "Supply officer",
            ["lines"] = new JsonArray([.. lines]),
            ["outbreak"] = ExerciseScript.Outbreak,
        });
        if (index % Cycle == Cycle - 1)
        {
            yield return Step(_plan.AddDays(1), 17, member, "request.returned", subject, "Medical officer",
                "Two items are stated in the wrong unit.");
            yield break;
        }

        yield return Step(_plan.AddDays(1), 16, member, "request.validated", subject, "Medical officer");
        yield return Step(
            _plan.AddDays(2 + random.NextBelow(2)), 9, member, "request.published", subject, "Head of service");
        if (index % Cycle == Cycle - 2)
        {
            yield return Step(_plan.AddDays(6), 9, member, "request.withdrawn", subject, "Head of service",
                "Met from the national stock.");
        }
    }

    private IEnumerable<Saying> Round() =>
    [
        Step(_plan.AddDays(1), 14, ExerciseScript.Convener, "round.reviewed", ExerciseScript.Round, "Analyst"),
        Step(_plan.AddDays(2), 10, ExerciseScript.Convener, "round.decided", ExerciseScript.Round, "Convener",
            "The checker found no fault in any certificate."),
        Step(_plan.AddDays(2), 12, ExerciseScript.Convener, "round.submitted", ExerciseScript.Round, "Convener"),
    ];

    // A lot is accepted for as much of it as its donor binds itself to; it lapses where a sending was given up.
    private IEnumerable<Saying> Lots(
        List<ExerciseSending> sendings, Dictionary<(string Member, string Lot), OfferRow> offers)
    {
        foreach (var lot in sendings
            .SelectMany((sending, index) => sending.Lines.Select(line =>
                (Line: line, Fate: ExerciseConsignment.FateOf(index))))
            .Where(one => one.Fate != Fate.Declined)
            .GroupBy(one => (one.Line.Donor, one.Line.Lot)))
        {
            var offer = offers[lot.Key];
            var donor = MemberId.Parse(offer.Member);
            var accepted = Step(_plan.AddDays(4), 8, donor, "offer.accepted", offer.Subject, "Stock keeper");
            accepted.Body["quantity"] = lot.Sum(one => one.Line.Quantity);
            yield return accepted;
            if (lot.Any(one => one.Fate == Fate.Cancelled))
            {
                yield return Step(_plan.AddDays(15), 10, donor, "offer.lapsed", offer.Subject, "Stock keeper",
                    "The stock was needed at home.");
            }
            else if (lot.All(one => one.Fate is Fate.Received or Fate.Late))
            {
                yield return Step(ExerciseScript.Last, 12, donor, "offer.fulfilled", offer.Subject, "Stock keeper");
            }
        }

        var planned = inputs.Plan.Select(line => (line.Donor, line.Lot)).ToHashSet();
        foreach (var idle in inputs.Offers.Where(offer => !planned.Contains((offer.Member, offer.Lot))).Take(1))
        {
            yield return Step(_plan.AddDays(9), 10, MemberId.Parse(idle.Member), "offer.withdrawn", idle.Subject,
                "Stock keeper", "No place of the plan takes it.");
        }
    }

    /// <summary>A step that says no more than who takes it and why.</summary>
    internal static Saying Step(
        DateOnly day, int hour, MemberId author, string kind, string subject, string by, string? reason = null)
    {
        var body = new JsonObject { ["by"] = by };
        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return new Saying(Saying.On(day, hour), author, kind, subject, body);
    }

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] order = [.. items];
        random.Shuffle(order.AsSpan());
        return order;
    }
}
