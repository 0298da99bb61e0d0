using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Consignments;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Desk;

/// <summary>Reads what waits for an actor.</summary>
internal sealed class DeskReading(
    NodeContext db, Actor actor, FormKinds kinds, Words words, int today, CancellationToken cancellation)
{
    private static readonly string[] Asking =
    [
        nameof(RequestState.Submitted), nameof(RequestState.Returned), nameof(RequestState.Validated),
        nameof(RequestState.Published),
    ];

    private static readonly string[] Offering =
    [
        nameof(OfferState.Open), nameof(OfferState.UnderReview), nameof(OfferState.Accepted),
        nameof(OfferState.PartlyAccepted),
    ];

    private static readonly string[] Convened =
    [
        nameof(RoundState.Open), nameof(RoundState.Proposed), nameof(RoundState.InReview),
        nameof(RoundState.Returned), nameof(RoundState.Decided), nameof(RoundState.AwaitingAcceptance),
        nameof(RoundState.PartlyAccepted), nameof(RoundState.Declined), nameof(RoundState.Accepted),
    ];

    private static readonly string[] Moving =
    [
        nameof(ConsignmentState.Planned), nameof(ConsignmentState.Packed), nameof(ConsignmentState.Dispatched),
        nameof(ConsignmentState.InTransit), nameof(ConsignmentState.CustomsHold),
        nameof(ConsignmentState.Arrived), nameof(ConsignmentState.PartlyReceived),
    ];

    // What is done next, where one step leads on.
    private static readonly Dictionary<string, string> Onward = new(StringComparer.Ordinal)
    {
        ["request Submitted"] = "validated", ["request Returned"] = "submitted", ["request Validated"] = "published",
        ["round Proposed"] = "reviewed", ["round InReview"] = "decided", ["round Decided"] = "submitted",
        ["consignment Planned"] = "packed", ["consignment Packed"] = "dispatched",
        ["consignment Dispatched"] = "departed", ["consignment Arrived"] = "received",
        ["consignment PartlyReceived"] = "received",
    };

    private readonly string _member = actor.Member.ToString();

    /// <summary>The sections that hold something.</summary>
    internal async Task<ImmutableArray<DeskSection>> SectionsAsync()
    {
        db.Viewer = _member;
        var sections = new[]
        {
            ("desk.answers", await AnswersAsync()),
            ("desk.requests", await RequestsAsync()),
            ("desk.offers", await OffersAsync()),
            ("desk.rounds", await RoundsAsync()),
            ("desk.accepted", await AcceptedLines.ReadAsync(db, actor, words, cancellation)),
            ("desk.coming", await ConsignmentsAsync(isSender: false)),
            ("desk.sending", await ConsignmentsAsync(isSender: true)),
        };
        return
        [
            .. sections.Where(one => one.Item2.Count > 0).Select(one => new DeskSection(one.Item1,
            [
                .. one.Item2.OrderByDescending(item => item.IsLate)
                    .ThenBy(item => item.Due ?? int.MaxValue)
                    .ThenBy(item => item.What, StringComparer.Ordinal),
            ])),
        ];
    }

    /// <summary>The lines of plans that wait for the actor's member, with the day by which it should answer.</summary>
    internal static async Task<List<(PlanLineRow Line, int? Due)>> OpenLinesAsync(
        NodeContext db, string member, CancellationToken cancellation)
    {
        var rounds = await db.Rounds.AsNoTracking()
            .Where(row => row.State == nameof(RoundState.AwaitingAcceptance))
            .ToDictionaryAsync(row => row.Subject, row => row.AnswerBy, cancellation);
        var names = rounds.Keys.ToArray();
        var lines = await db.PlanLines.AsNoTracking()
            .Where(line => names.Contains(line.Round) && (line.Donor == member || line.Recipient == member))
            .ToListAsync(cancellation);
        var answered = (await db.Set<AcceptanceRow>().AsNoTracking()
            .Where(row => row.Member == member)
            .Select(row => new { row.Plan, row.Line })
            .ToListAsync(cancellation)).Select(one => (one.Plan, one.Line)).ToHashSet();
        return
        [
            .. lines.Where(line => !answered.Contains((line.Subject, line.Line)))
                .OrderBy(line => line.Item, StringComparer.Ordinal)
                .ThenBy(line => line.Subject, StringComparer.Ordinal)
                .ThenBy(line => line.Line)
                .Select(line => (line, rounds[line.Round])),
        ];
    }

    private async Task<List<DeskItem>> AnswersAsync() =>
        !actor.Roles.HasFlag(Roles.Publisher) ? []
        : [
            .. (await OpenLinesAsync(db, _member, cancellation)).GroupBy(one => one.Line.Round).Select(round =>
                new DeskItem(
                    ChainText.Name(round.Key), words.Count("desk.lines.wait", round.Count()), round.First().Due,
                    round.First().Due < today, "/desk/answers", words["desk.answer"])),
        ];

    private async Task<List<DeskItem>> RequestsAsync()
    {
        if ((actor.Roles & (Roles.Requester | Roles.Publisher)) == Roles.None)
        {
            return [];
        }

        var requests = await db.Set<RequestRow>().AsNoTracking()
            .Where(row => row.Member == _member && Asking.Contains(row.State)).ToListAsync(cancellation);
        var lines = await db.Set<RequestLineRow>().AsNoTracking()
            .Where(row => row.Member == _member).ToListAsync(cancellation);
        var coming = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Consignee == _member && row.State != nameof(ConsignmentState.Cancelled))
            .ToDictionaryAsync(row => row.Subject, cancellation);
        var names = coming.Keys.ToArray();
        var sent = (await db.Set<ConsignmentLineRow>().AsNoTracking()
            .Where(line => names.Contains(line.Subject)).ToListAsync(cancellation))
            .ToLookup(line => (coming[line.Subject].Outbreak, coming[line.Subject].Destination, line.Item));
        var published = requests.Where(row => row.State == nameof(RequestState.Published))
            .Select(row => row.Subject).ToHashSet();
        var accounts = lines.Where(line => published.Contains(line.Subject))
            .GroupBy(line => (line.Outbreak, line.Place, line.Item))
            .SelectMany(group => LineProgress.Share(group, sent[group.Key]))
            .ToDictionary();
        var items = new List<DeskItem>();
        foreach (var request in requests)
        {
            var own = lines.Where(line => line.Subject == request.Subject).ToList();
            var open = own.Where(line => !accounts.TryGetValue((line.Subject, line.Line), out var account)
                || account.Progress != Progress.Received).ToList();
            var due = open.Min(line => line.NeededBy);
            items.Add(await ItemAsync(
                "request", request.Subject, request.State, due,
                words.Format("desk.request.stands", ChainText.State(words, "request", request.State),
                    words.Number(own.Count - open.Count), words.Number(own.Count))));
        }

        return items;
    }

    private async Task<List<DeskItem>> OffersAsync()
    {
        if (!actor.Roles.HasFlag(Roles.Donor))
        {
            return [];
        }

        var offers = await db.Offers.AsNoTracking()
            .Where(row => row.Member == _member && Offering.Contains(row.State)).ToListAsync(cancellation);
        var used = (await db.PlanLines.AsNoTracking().Where(line => line.Donor == _member)
            .ToListAsync(cancellation)).ToLookup(line => (line.Lot, line.Item));
        var items = new List<DeskItem>();
        foreach (var offer in offers.Where(offer =>
            used[(offer.Lot, offer.Item)].Any() || offer.Expires is { } day && day < today))
        {
            items.Add(await ItemAsync(
                "offer", offer.Subject, offer.State, offer.Expires,
                words.Format("desk.offer.stands", ChainText.State(words, "offer", offer.State),
                    words.Number(used[(offer.Lot, offer.Item)].Sum(line => line.Quantity)),
                    words.Number(offer.Quantity))) with { What = offer.Lot });
        }

        return items;
    }

    private async Task<List<DeskItem>> RoundsAsync()
    {
        if (!actor.Roles.HasFlag(Roles.Publisher))
        {
            return [];
        }

        var items = new List<DeskItem>();
        foreach (var round in await db.Rounds.AsNoTracking()
            .Where(row => row.Member == _member && Convened.Contains(row.State)).ToListAsync(cancellation))
        {
            items.Add(await ItemAsync(
                "round", round.Subject, round.State, round.AnswerBy, ChainText.State(words, "round", round.State)));
        }

        return items;
    }

    private async Task<List<DeskItem>> ConsignmentsAsync(bool isSender)
    {
        if (!actor.Roles.HasFlag(Roles.Logistics))
        {
            return [];
        }

        var items = new List<DeskItem>();
        foreach (var row in await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => (isSender ? row.Member : row.Consignee) == _member && Moving.Contains(row.State))
            .ToListAsync(cancellation))
        {
            var due = row.Arrived is null ? row.Expected : null;
            items.Add(await ItemAsync(
                "consignment", row.Subject, row.State, due,
                words.Format("desk.consignment.stands", ChainText.State(words, "consignment", row.State),
                    words.Place(row.Destination))));
        }

        return items;
    }

    // The link leads to the step that comes next where the actor may take it, and to the entity otherwise.
    private async Task<DeskItem> ItemAsync(string noun, string subject, string state, int? due, string stands)
    {
        var verb = Onward.GetValueOrDefault($"{noun} {state}");
        var kind = verb is null ? null : kinds.Find(noun, verb);
        var name = Sameboat.Record.EntityName.Parse(subject);
        var mayTake = kind is not null && (actor.Roles & kind.Roles) != Roles.None
            && (kind.Step.By & (name.Owner == actor.Member ? Side.Owner : Side.Counterpart)) != Side.Stranger;
        var barred = mayTake && await DeskBars.AnyAsync(db, actor, kind!, name, cancellation);
        return new DeskItem(
            ChainText.Name(subject), stands, due, due < today,
            mayTake && !barred ? $"/desk/do/{subject}/{verb}" : $"/desk/at/{subject}",
            barred ? words["desk.another"]
                : !mayTake ? words["desk.look"]
                : kind!.Step.Opens ? words["do.correct"] : FormText.Step(words, noun, verb!));
    }
}
