using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Exercise;

/// <summary>What one donor sends to one place.</summary>
internal sealed record ExerciseSending(string Donor, string Place, ImmutableArray<PlanLineRow> Lines);

/// <summary>What becomes of a sending of the exercise.</summary>
internal enum Fate
{
    /// <summary>All of it, in time.</summary>
    Received,

    /// <summary>All of it, after the day that was said.</summary>
    Late,

    /// <summary>Received, some of it not fit for use.</summary>
    Damaged,

    /// <summary>Half of it is there; the rest has not been found yet.</summary>
    Partly,

    /// <summary>On its way, and not due.</summary>
    Coming,

    /// <summary>On its way, and the day that was said has passed.</summary>
    Overdue,

    /// <summary>Held at a border.</summary>
    Held,

    /// <summary>Left the sender.</summary>
    Dispatched,

    /// <summary>Announced.</summary>
    Planned,

    /// <summary>Given up before it left.</summary>
    Cancelled,

    /// <summary>Nobody has it.</summary>
    Lost,

    /// <summary>Came back.</summary>
    Returned,

    /// <summary>The consignee does not want it.</summary>
    Declined,
}

/// <summary>One sending from the acceptance of its lines to its end, or as far as three weeks bring it.</summary>
internal sealed class ExerciseConsignment(
    ExerciseSending sending, IReadOnlyDictionary<(string Member, string Lot), OfferRow> lots, int index,
    SeededRandom random)
{
    private const int WaybillDigits = 1_000_000;
    private const int DamagedOneIn = 10;

    // The order of the sendings is drawn; with this row each fate befalls some.
    private static readonly Fate[] Fates =
    [
        Fate.Received, Fate.Coming, Fate.Received, Fate.Late, Fate.Held, Fate.Received, Fate.Damaged, Fate.Received,
        Fate.Cancelled, Fate.Received, Fate.Partly, Fate.Received, Fate.Overdue, Fate.Dispatched, Fate.Received,
        Fate.Planned, Fate.Lost, Fate.Declined, Fate.Late, Fate.Received, Fate.Returned, Fate.Damaged,
    ];

    private readonly MemberId _donor = MemberId.Parse(sending.Donor);
    private readonly MemberId _consignee = ExerciseChain.MemberOf(sending.Place);
    private readonly DateOnly _plan = ExerciseScript.AsOf;
    private readonly string _subject =
        EntityName.Of("consignment", MemberId.Parse(sending.Donor), $"sending-{index + 1:000}").ToString();

    /// <summary>What becomes of the sending of a number.</summary>
    internal static Fate FateOf(int index) => Fates[index % Fates.Length];

    /// <summary>All that both sides say.</summary>
    internal IEnumerable<Saying> Sayings()
    {
        var fate = FateOf(index);
        var expected = _plan.AddDays(fate switch
        {
            Fate.Coming or Fate.Dispatched or Fate.Planned => 24 + random.NextBelow(3),
            _ => 12 + random.NextBelow(3),
        });
        var arrival = fate == Fate.Late ? expected.AddDays(2 + random.NextBelow(2)) : _plan.AddDays(
            9 + random.NextBelow(3));
        var waybill = $"EX-{random.NextBelow(WaybillDigits):000000}";
        return
        [
            .. sending.Lines.SelectMany(line => Acceptances(line, fate)),
            .. fate == Fate.Declined ? [] : Course(fate, expected, arrival, waybill),
        ];
    }

    private IEnumerable<Saying> Acceptances(PlanLineRow line, Fate fate)
    {
        var name = $"{line.Subject[(line.Subject.LastIndexOf('/') + 1)..]}-{line.Line}";
        foreach (var party in new[] { _donor, _consignee })
        {
            var declines = fate == Fate.Declined && party == _consignee;
            var said = ExerciseChain.Step(
                _plan.AddDays(3), 9 + (index % 8), party,
                declines ? "acceptance.declined" : "acceptance.given",
                EntityName.Of("acceptance", party, name).ToString(), "Head of service",
                declines ? "The cold store is full until the end of the month." : null);
            said.Body["line"] = line.Line;
            said.Body["plan"] = line.Subject;
            yield return said;
        }
    }

    private IEnumerable<Saying> Course(Fate fate, DateOnly expected, DateOnly arrival, string waybill)
    {
        yield return Planned(expected);
        if (fate == Fate.Planned)
        {
            yield break;
        }

        yield return Sender(5, "packed");
        if (fate == Fate.Cancelled)
        {
            yield return Sender(15, "cancelled", "The stock was needed at home.");
            yield break;
        }

        var dispatched = Sender(6, "dispatched");
        dispatched.Body["expected"] = expected.Written();
        dispatched.Body["waybill"] = waybill;
        yield return dispatched;
        if (fate == Fate.Dispatched)
        {
            yield break;
        }

        yield return Sender(7, "departed");
        switch (fate)
        {
            case Fate.Coming or Fate.Overdue:
                yield break;
            case Fate.Held:
                yield return Sender(10, "held", "A certificate of analysis is missing.");
                yield break;
            case Fate.Lost:
                yield return Sender(18, "lost", "The container was not on the ship.");
                yield break;
        }

        yield return ExerciseChain.Step(arrival, 9, _consignee, "consignment.arrived", _subject, "Warehouse");
        if (fate == Fate.Returned)
        {
            yield return ExerciseChain.Step(arrival.AddDays(1), 9, _consignee, "consignment.returned", _subject,
                "Warehouse", "The temperature was exceeded on the way.");
            yield break;
        }

        yield return Received(fate, arrival.AddDays(1));
        if (fate == Fate.Received && index % 2 == 0)
        {
            yield return ExerciseChain.Step(
                arrival.AddDays(2), 15, _donor, "consignment.reconciled", _subject, "Logistics officer");
        }
    }

    private Saying Sender(int daysAfter, string verb, string? reason = null) => ExerciseChain.Step(
        _plan.AddDays(daysAfter), 8 + (index % 9), _donor, $"consignment.{verb}", _subject, "Logistics officer",
        reason);

    private Saying Planned(DateOnly expected) => new(
        Saying.On(_plan.AddDays(4), 9 + (index % 9)), _donor, "consignment.planned", _subject, new JsonObject
        {
            ["by"] = "Logistics officer",
            ["consignee"] = _consignee.ToString(),
            ["destination"] = sending.Place,
            ["expected"] = expected.Written(),
            ["lines"] = new JsonArray([.. sending.Lines.Select(Line)]),
            ["outbreak"] = ExerciseScript.Outbreak,
        });

    private JsonObject Line(PlanLineRow line)
    {
        var lot = lots[(line.Donor, line.Lot)];
        return new JsonObject
        {
            ["expires"] = lot.Expires is { } expires ? DateOnly.FromDayNumber(expires).Written() : null,
            ["item"] = line.Item,
            ["lot"] = line.Lot,
            ["plan"] = line.Subject,
            ["plan_line"] = line.Line,
            ["quantity"] = line.Quantity,
            ["unit"] = lot.Unit,
        };
    }

    private Saying Received(Fate fate, DateOnly day)
    {
        var note = ExerciseChain.Step(day, 11, _consignee, "consignment.received", _subject, "Warehouse");
        note.Body["note"] = $"GRN-{index + 1:000}";
        note.Body["lines"] = new JsonArray(
        [
            .. sending.Lines.Select((line, number) =>
            {
                var damaged = fate == Fate.Damaged ? line.Quantity / DamagedOneIn : 0;
                var there = fate == Fate.Partly ? line.Quantity / 2 : line.Quantity - damaged;
                return new JsonObject
                {
                    ["damaged"] = damaged,
                    ["line"] = number,
                    ["reason"] = damaged > 0 ? "Wet cartons." : null,
                    ["received"] = there,
                };
            }),
        ]);
        return note;
    }
}
