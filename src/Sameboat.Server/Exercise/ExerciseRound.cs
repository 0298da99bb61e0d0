using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Supplies;

namespace Sameboat.Server.Exercise;

/// <summary>
/// The round of a week that is played: some donors offer again, the convener settles what is over, opens a round on
/// what was known on Sunday, decides, and some of its lines are accepted and announced. It stands on the record, so
/// what players have offered, asked and answered counts; a round of that name that a player has opened is the player's.
/// </summary>
/// <param name="pack">The disease.</param>
/// <param name="seed">Of the record.</param>
/// <param name="week">From 1.</param>
/// <param name="monday">Its first day.</param>
/// <param name="lapsed">Donors that were made to lapse: they offer nothing again.</param>
internal sealed class ExerciseRound(
    DiseasePack pack, ulong seed, int week, DateOnly monday, IReadOnlySet<string> lapsed)
{
    private const ulong Stream = 0xD6E8_FEB8_6659_FD93;

    /// <summary>Of so many lots one is offered again in a week, and of it one part in so many.</summary>
    private const int OneIn = 4;

    /// <summary>Pairs of a donor and a place whose lines are answered in a week.</summary>
    private const int SendingsMax = 20;

    // One in so many receivers declines.
    private const int DeclinesOneIn = 7;
    private const int DaysOnTheWay = 9;
    private const string Chief = "Head of service";

    // Between the name of an offer and the week in which it is made again.
    private const string Again = "-w";

    private readonly string _round = EntityName.Of(
        "round", ExerciseScript.Convener,
        string.Create(CultureInfo.InvariantCulture, $"exercise-round-{week + 1}")).ToString();

    private RoundOrder Order => new(
        _round, ExerciseScript.Outbreak, ExerciseScript.Convener,
        new ChainSettings(monday.AddDays(-1), ExerciseScript.WeeksAhead, seed + (ulong)week, pack), Exercise: true);

    /// <summary>What is said before the round: offers, the opening, and the end of rounds whose time is over.</summary>
    internal async Task<IReadOnlyList<Saying>> OpeningAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await db.Rounds.AnyAsync(round => round.Subject == _round, cancellation))
        {
            return [];
        }

        var offers = await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == ExerciseScript.Outbreak && offer.Kind == nameof(OfferKind.Goods))
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation);
        var settings = Order.Settings;
        return
        [
            .. offers.Where(offer => !EntityName.Parse(offer.Subject).Name!.Contains(Again, StringComparison.Ordinal)
                    && !lapsed.Contains(offer.Member)
                    && offer.State is not (nameof(OfferState.Withdrawn) or nameof(OfferState.Lapsed)))
                .Where((_, index) => (index + week) % OneIn == 0)
                .Select(OfferedAgain),
            Said(Saying.On(monday, 8), RoundFold.Opened, _round, RoundFold.OpenedStatement(
                ExerciseScript.Outbreak, settings.AsOf, settings.Weeks, settings.Seed, exercise: true)),
            .. await EndedAsync(db, cancellation),
        ];
    }

    /// <summary>The round itself, from the frozen record to what is announced; nothing where it is a player's.
    /// </summary>
    internal async Task<IReadOnlyList<Saying>> CourseAsync(NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Rounds.AsNoTracking().FirstOrDefaultAsync(round => round.Subject == _round, cancellation);
        if (row?.State != nameof(RoundState.Open))
        {
            return [];
        }

        var counts = await SituationReading.CountsAsync(db, ExerciseScript.Outbreak, null, cancellation);
        var result = ChainRun.Run(await RoundRun.InputAsync(db, Order, counts, cancellation), Order.Settings);
        var plan = RoundStatements.Plan(
            result, _round, exercise: true, place => ExerciseScript.MemberOf(place).ToString()).ToList();
        var heads = (await db.Logs.AsNoTracking().OrderBy(log => log.Member).Select(log => log.Checkpoint)
            .ToListAsync(cancellation)).Select(RoundRun.ReadCheckpoint);
        var closed = await ExerciseMoves.ClosedAsync(db, cancellation);
        var submitted = ExerciseChain.Step(
            monday.AddDays(1), 12, ExerciseScript.Convener, "round.submitted", _round, "Convener");
        submitted.Body["answer_by"] = monday.AddDays(Weeks.Days - 1).Written();
        return
        [
            Said(Saying.On(monday, 10), RoundFold.Frozen, _round, RoundFold.FrozenStatement(heads, exercise: true)),
            .. plan.Select(said => Said(Saying.On(monday, 11), said.Kind, said.Subject, said.Body)),
            ExerciseChain.Step(monday, 14, ExerciseScript.Convener, "round.reviewed", _round, "Analyst"),
            ExerciseChain.Step(monday.AddDays(1), 10, ExerciseScript.Convener, "round.decided", _round, "Convener",
                "The checker found no fault in any certificate."),
            submitted,
            .. Answers(plan, await LotsAsync(db, cancellation), closed),
        ];
    }

    private Saying OfferedAgain(OfferRow offer)
    {
        var name = EntityName.Parse(offer.Subject);
        var body = OfferFold.Statement(
            new OfferRow
            {
                Subject = "",
                Outbreak = offer.Outbreak,
                Member = offer.Member,
                Kind = offer.Kind,
                Lot = string.Create(CultureInfo.InvariantCulture, $"{offer.Lot}{Again}{week}"),
                Item = offer.Item,
                Unit = offer.Unit,
                Quantity = Math.Max(offer.Pack, offer.Quantity / OneIn / offer.Pack * offer.Pack),
                Pack = offer.Pack,
                Origin = offer.Origin,
                Available = offer.Available is null ? null : monday.DayNumber,
                Expires = offer.Expires + (week * Weeks.Days),
                ColdChain = offer.ColdChain,
                OnlyFor = offer.OnlyFor,
            },
            exercise: true);
        return new Saying(
            Saying.On(monday, 7), name.Owner, OfferFold.Kind,
            EntityName.Of("offer", name.Owner, string.Create(CultureInfo.InvariantCulture, $"{name.Name}{Again}{week}"))
                .ToString(),
            body);
    }

    // Who has not answered by the day has declined; what was accepted is being sent.
    private async Task<List<Saying>> EndedAsync(NodeContext db, CancellationToken cancellation)
    {
        var said = new List<Saying>();
        var last = monday.DayNumber;
        var over = await db.Rounds.AsNoTracking()
            .Where(round => round.Member == ExerciseScript.ConvenerName && round.AnswerBy < last
                && round.State == nameof(RoundState.AwaitingAcceptance))
            .OrderBy(round => round.Subject)
            .ToListAsync(cancellation);
        foreach (var round in over)
        {
            var heads = (await db.Logs.AsNoTracking().OrderBy(log => log.Member).Select(log => log.Checkpoint)
                .ToListAsync(cancellation)).Select(RoundRun.ReadCheckpoint);
            var lines = await db.PlanLines.AsNoTracking().Where(line => line.Round == round.Subject)
                .ToListAsync(cancellation);
            var settlement = Settlement.Of(
                lines, await db.Set<AcceptanceRow>().AsNoTracking().ToListAsync(cancellation), isOver: true);
            var settled = RoundReplay.SettledStatement(round.Subject, settlement, heads, monday, exercise: true);
            said.Add(Said(Saying.On(monday, 8), settled.Kind, settled.Subject, settled.Body));
            said.Add(settlement.Outcome == RoundState.Declined
                ? ExerciseChain.Step(monday, 9, ExerciseScript.Convener, "round.closed", round.Subject, "Convener")
                : ExerciseChain.Step(monday, 9, ExerciseScript.Convener, "round.executed", round.Subject, "Convener"));
        }

        return said;
    }

    private static async Task<Dictionary<(string Donor, string Lot), OfferRow>> LotsAsync(
        NodeContext db, CancellationToken cancellation) =>
        (await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == ExerciseScript.Outbreak && offer.Kind == nameof(OfferKind.Goods))
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation))
            .DistinctBy(offer => (offer.Member, offer.Lot))
            .ToDictionary(offer => (offer.Member, offer.Lot));

    // Some donors and receivers answer, one receiver in seven declines, and what both accepted is announced.
    private List<Saying> Answers(
        IReadOnlyList<Statement> plan, Dictionary<(string Donor, string Lot), OfferRow> lots,
        ImmutableSortedSet<string> closed)
    {
        var random = new SeededRandom((seed ^ Stream) + (ulong)week);
        var goods = plan.Where(said => said.Kind == PlanFold.Kind)
            .GroupBy(said => said.Subject)
            .SelectMany(LinesOf)
            .Where(line => lots.ContainsKey((line.Donor, line.Lot)) && line.Quantity > 0
                && line.Donor != line.Recipient && !closed.Contains(line.Place))
            .GroupBy(line => (line.Donor, line.Place))
            .OrderBy(group => group.Key.Donor, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Place, StringComparer.Ordinal)
            .Select(group => new ExerciseSending(group.Key.Donor, group.Key.Place, [.. group]))
            .ToArray();
        random.Shuffle(goods.AsSpan());
        return
        [
            .. goods.Take(SendingsMax).SelectMany((sending, index) =>
            {
                var declines = index % DeclinesOneIn == DeclinesOneIn - 1;
                return sending.Lines.SelectMany(line => Acceptances(line, declines))
                    .Concat(declines ? [] : [Announced(sending, lots, index)]);
            }),
        ];
    }

    // The lines of a plan, numbered as its fold numbers them.
    private IEnumerable<PlanLineRow> LinesOf(IGrouping<string, Statement> parts) => parts
        .SelectMany(part => part.Body.Objects("lines") ?? [])
        .Select((line, number) => new PlanLineRow
        {
            Subject = parts.Key,
            Line = number,
            Round = _round,
            Item = parts.First().Body.Text("item") ?? "",
            Lot = line.Text("lot") ?? "",
            Donor = line.Text("donor") ?? "",
            Recipient = line.Text("recipient") ?? "",
            Place = line.Text("place") ?? "",
            Quantity = line.Count("quantity") ?? 0,
        });

    private IEnumerable<Saying> Acceptances(PlanLineRow line, bool declines)
    {
        var plan = EntityName.Parse(line.Subject).Name;
        foreach (var (party, isDeclined) in new[] { (line.Donor, false), (line.Recipient, declines) })
        {
            var member = MemberId.Parse(party);
            var said = ExerciseChain.Step(
                monday.AddDays(2), 9, member, isDeclined ? "acceptance.declined" : "acceptance.given",
                EntityName.Of("acceptance", member, $"{plan}-{line.Line}").ToString(), Chief,
                isDeclined ? "The store has enough of it for this month." : null);
            said.Body["line"] = line.Line;
            said.Body["plan"] = line.Subject;
            yield return said;
        }
    }

    private Saying Announced(
        ExerciseSending sending, Dictionary<(string Donor, string Lot), OfferRow> lots, int index)
    {
        var donor = MemberId.Parse(sending.Donor);
        var name = string.Create(CultureInfo.InvariantCulture, $"week-{week:00}-{index + 1:00}");
        var said = ExerciseChain.Step(
            monday.AddDays(3), 9, donor, "consignment.planned", EntityName.Of("consignment", donor, name).ToString(),
            "Logistics officer");
        said.Body["consignee"] = sending.Lines[0].Recipient;
        said.Body["destination"] = sending.Place;
        said.Body["expected"] = monday.AddDays(Weeks.Days + DaysOnTheWay).Written();
        said.Body["outbreak"] = ExerciseScript.Outbreak;
        said.Body["lines"] = new JsonArray(
        [
            .. sending.Lines.Select(line => new JsonObject
            {
                ["expires"] = Api.Days.Written(lots[(line.Donor, line.Lot)].Expires),
                ["item"] = line.Item,
                ["lot"] = line.Lot,
                ["plan"] = line.Subject,
                ["plan_line"] = line.Line,
                ["quantity"] = line.Quantity,
                ["unit"] = lots[(line.Donor, line.Lot)].Unit,
            }),
        ]);
        return said;
    }

    private static Saying Said(DateTimeOffset at, string kind, string subject, JsonObject body) =>
        new(at, ExerciseScript.Convener, kind, subject, body);
}
