using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Record;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Requests;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Chain;

/// <summary>Nothing is created or lost, whatever is said in whatever order.</summary>
public sealed class ConservationTests
{
    private const string Subject = "consignment/per/c1";

    private static readonly string[] Verbs =
    [
        "packed", "dispatched", "departed", "held", "released", "arrived", "received", "received", "received",
        "returned", "lost", "cancelled", "reconciled",
    ];

    [Fact]
    public void After_any_history_every_line_adds_up() =>
        Gen.Select(Gen.Int[0, Verbs.Length - 1], Gen.Bool, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 4])
            .Array[0, 25]
            .Sample(
                said =>
                {
                    var rows = Rows(said);
                    QuantityChain.Check(rows).ShouldBeEmpty();
                    rows.Lines.ShouldAllBe(line => line.Open >= 0);
                },
                iter: 2_000);

    [Fact]
    public void More_sent_than_planned_and_a_count_that_no_note_carries_are_found()
    {
        var rows = Rows([]);
        var line = rows.Lines[0].Count(received: 10, damaged: 0, lost: 0, returned: 0);

        QuantityChain.Check(rows with { Lines = [line] }).Single().Code.ShouldBe(QuantityChain.NotesDiffer);
        QuantityChain.Check(rows with { Lines = [rows.Lines[0].Count(0, 0, 101, 0)] })
            .Single().Code.ShouldBe(QuantityChain.LineExceeded);
    }

    [Fact]
    public void What_comes_meets_the_line_that_is_needed_first_and_no_unit_twice() =>
        Gen.Select(Gen.Int[1, 50].Array[1, 6], Gen.Int[0, 200], Gen.Int[0, 200]).Sample((asked, received, open) =>
        {
            var lines = asked.Select((quantity, number) => new RequestLineRow
            {
                Subject = "request/ken/r1",
                Line = number,
                Outbreak = "",
                Member = "ken",
                Place = "KEN",
                Item = "ors",
                Unit = "sachet",
                Quantity = quantity,
                NeededBy = number % 3,
                Need = "",
            }).ToList();
            var sent = new ConsignmentLineRow
            {
                Subject = Subject, Line = 0, Plan = "", PlanLine = -1, Item = "ors", Unit = "sachet", Lot = "a1",
                Expires = null, Quantity = received + open, Received = received,
            };

            var accounts = LineProgress.Share(lines, [sent]);

            accounts.Values.Sum(one => one.Received).ShouldBe(Math.Min(received, asked.Sum()));
            accounts.Values.Sum(one => one.Committed).ShouldBe(Math.Min(received + open, asked.Sum()));
        });

    private static ChainRows Rows((int Verb, bool Sender, int Received, int Damaged, int Note)[] said)
    {
        var maker = new EntryMaker();
        var lines = new JsonArray(new JsonObject
        {
            ["item"] = "ors", ["unit"] = "sachet", ["lot"] = "a1", ["quantity"] = 100,
        });
        var planned = new JsonObject
        {
            ["outbreak"] = "outbreak/convener/fever", ["consignee"] = "ken", ["destination"] = "KEN",
            ["lines"] = lines,
        };
        List<Entry> entries = [maker.Next(TestNode.Peru, "consignment.planned", Subject, planned)];
        foreach (var (verb, sender, received, damaged, note) in said)
        {
            entries.Add(maker.Next(
                sender ? TestNode.Peru : TestNode.Kenya, $"consignment.{Verbs[verb]}", Subject, new JsonObject
                {
                    ["reason"] = "because",
                    ["note"] = $"n{note}",
                    ["lines"] = new JsonArray(new JsonObject
                    {
                        ["line"] = 0, ["received"] = received, ["damaged"] = damaged, ["reason"] = "wet",
                    }),
                }));
        }

        var outcome = EntityFolding.Fold(
            Subject, [.. entries.Select(entry => new HistoryEntry(entry))], _ => true);
        outcome.Effects.Length.ShouldBe(entries.Count);
        return new ChainRows(
            [], [], [], [.. outcome.Rows.OfType<ConsignmentRow>()], [.. outcome.Rows.OfType<ConsignmentLineRow>()],
            [.. outcome.Rows.OfType<ReceiptLineRow>()]);
    }
}
