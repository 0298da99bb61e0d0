using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Record;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

[Collection(DatabaseTests.Name)]
public sealed class ProjectionTests(PostgresServer postgres)
{
    private const string Fever = "outbreak/convener/fever";
    private const string Round = "round/convener/round-1";
    private const string Plan = "plan/convener/round-1-1";

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Rebuilt_rows_are_the_rows_that_stood_there(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        foreach (var entry in History(node))
        {
            await node.AppendAsync(entry);
        }

        var incremental = await RowsAsync(node);
        incremental.Count.ShouldBeGreaterThan(10);

        await Projections.RebuildAsync(node.Database, TestContext.Current.CancellationToken);

        (await RowsAsync(node)).ShouldBe(incremental);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_row_that_was_tampered_with_is_gone_after_a_rebuild(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync(History(node));
        var honest = await RowsAsync(node);
        await using (var db = node.Database.Open())
        {
            await db.NeedLines.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Quantity, 999_999), TestContext.Current.CancellationToken);
        }

        (await RowsAsync(node)).ShouldNotBe(honest);

        await Projections.RebuildAsync(node.Database, TestContext.Current.CancellationToken);

        (await RowsAsync(node)).ShouldBe(honest);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_correction_that_arrives_before_what_it_corrects_still_wins(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var report = node.Report(TestNode.Kenya, 5);
        var correction = node.Report(TestNode.Kenya, 6) with { Subject = report.Subject };

        await node.AppendAsync(correction);
        await node.AppendAsync(report);

        await using var db = node.Database.Open();
        var row = await db.Situations.SingleAsync(TestContext.Current.CancellationToken);
        row.Cases.ShouldBe("6");
    }

    [Fact]
    public void Any_order_of_arrival_gives_the_same_rows()
    {
        var history = Prepared(History(new EntryMaker()));
        var expected = Fold(history);
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var shuffled = history.ToArray();
                new SeededRandom((ulong)seed).Shuffle(shuffled.AsSpan());
                Fold(shuffled).ShouldBe(expected);
            },
            iter: 200);
    }

    [Fact]
    public void An_entry_on_the_entity_of_another_member_has_no_effect()
    {
        var maker = new EntryMaker();
        var report = maker.Report(TestNode.Kenya, 5);
        var foreign = maker.Report(TestNode.Peru, 6) with { Subject = report.Subject };

        Fold([report, foreign]).ShouldBe(Fold([report]));
    }

    [Fact]
    public void A_body_that_cannot_be_read_leaves_the_earlier_statement_standing()
    {
        var maker = new EntryMaker();
        var report = maker.Report(TestNode.Kenya, 5);
        var broken = maker.Next(TestNode.Kenya, SituationFold.Kind, report.Subject, new() { ["place"] = 4 });

        Fold([report, broken]).ShouldBe(Fold([report]));
        Fold([broken]).ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_waits_until_its_last_part_is_there()
    {
        var maker = new EntryMaker();
        List<Entry> opened =
        [
            maker.Next(TestNode.Convener, OutbreakFold.Kind, Fever,
                OutbreakFold.Statement("Fever", "exercise-fever", new DateOnly(2025, 3, 2), exercise: true)),
            maker.Next(TestNode.Convener, RoundFold.Opened, Round,
                RoundFold.OpenedStatement(Fever, new DateOnly(2025, 3, 2), 4, 1, exercise: true)),
        ];
        var parts = PlanParts(maker, places: 250);
        parts.Count.ShouldBe(3);

        Fold([.. opened, .. parts.Take(2)]).Count.ShouldBe(3, "outbreak, round, and the round's first step");
        Fold([.. opened, .. parts]).Count.ShouldBe(3 + 250 + 1);
        Fold(parts).ShouldBeEmpty("the round has not been seen");
    }

    [Fact]
    public void A_round_is_no_further_than_its_steps_without_a_gap()
    {
        var maker = new EntryMaker();
        var opened = maker.Next(TestNode.Convener, RoundFold.Opened, Round,
            RoundFold.OpenedStatement(Fever, new DateOnly(2025, 3, 2), 4, 1, exercise: true));
        var frozen = maker.Next(TestNode.Convener, RoundFold.Frozen, Round,
            RoundFold.FrozenStatement([new Checkpoint("node.test/log/ken", 0, MerkleHash.EmptyTree)], true));
        var proposed = maker.Next(TestNode.Convener, RoundFold.Proposed, Round,
            RoundFold.ProposedStatement(1, 2, exercise: true));

        StateOf([opened]).ShouldBe("Open");
        StateOf([opened, proposed]).ShouldBe("Open");
        StateOf([opened, frozen]).ShouldBe("InputsFrozen");
        StateOf([opened, frozen, proposed]).ShouldBe("Proposed");
        Fold([frozen, proposed]).ShouldBeEmpty();
    }

    private static string StateOf(IEnumerable<Entry> entries)
    {
        var outbreak = new EntryMaker().Next(TestNode.Convener, OutbreakFold.Kind, Fever, []);
        var row = Fold([outbreak, .. entries])
            .Single(one => one.StartsWith(nameof(RoundRow), StringComparison.Ordinal));
        return JsonDocument.Parse(row[nameof(RoundRow).Length..]).RootElement.GetProperty("State").GetString()!;
    }

    private static List<Entry> History(EntryMaker maker)
    {
        var kenya = TestNode.Kenya;
        var place = TerritoryCode.Parse("KEN");
        var day = new DateOnly(2025, 3, 2);
        var needs = Enumerable.Range(0, 3).Select(line => new NeedLineRow
        {
            Subject = "need/ken/1",
            Line = line,
            Outbreak = Fever,
            Member = "ken",
            Place = "KEN",
            Item = $"item-{line}",
            Unit = "each",
            Quantity = line * 10,
            Basis = "because",
        });
        return
        [
            maker.Next(kenya, MemberFold.Kind, MemberFold.Subject(kenya),
                MemberFold.Statement(MemberFold.State, "Kenya", place, exercise: true)),
            maker.Next(TestNode.Convener, OutbreakFold.Kind, Fever,
                OutbreakFold.Statement("Fever", "exercise-fever", day, exercise: true)),
            maker.Report(kenya, 1),
            maker.Report(kenya, 2),
            maker.Report(TestNode.Peru, 3) with { Subject = "situation/ken/1" },
            maker.Report(kenya, 4) with { Subject = "situation/ken/1" },
            maker.Next(kenya, AssessmentFold.Kind, "assessment/ken/1", AssessmentFold.Statement(
                new AssessmentRow
                {
                    Subject = "assessment/ken/1",
                    Outbreak = Fever,
                    Member = "ken",
                    Place = "KEN",
                    AsOf = day.DayNumber,
                    Trend = "Growing",
                    Reproduction = 1.23456789,
                    ReproductionLow = 1.1,
                    ReproductionHigh = 1.3,
                    ProbabilityAboveOne = 0.99,
                    DoublingDays = null,
                    ReproductionPath = QuantileText.Write([new PeriodQuantiles(day, [1, 1.1, 1.2, 1.3, 1.4])]),
                    Forecast = QuantileText.Write([new PeriodQuantiles(
                        day.AddDays(7), [.. ForecastQuantiles.Levels.Select((_, at) => at + 0.5)])]),
                },
                exercise: true)),
            maker.Next(kenya, NeedFold.Kind, "need/ken/1",
                NeedFold.Statement(Fever, place, day, 4, needs, exercise: true)),
            maker.Next(kenya, NeedFold.Kind, "need/ken/1",
                NeedFold.Statement(Fever, place, day, 4, needs.Take(2), exercise: true)),
            maker.Next(TestNode.Peru, OfferFold.Kind, "offer/per/1", OfferFold.Statement(
                new OfferRow
                {
                    Subject = "offer/per/1",
                    Outbreak = Fever,
                    Member = "per",
                    Kind = "Goods",
                    Lot = "LOT-1",
                    Item = "item-1",
                    Unit = "each",
                    Quantity = 50,
                    Pack = 10,
                    Origin = "PER",
                    Available = null,
                    Expires = day.AddDays(90).DayNumber,
                    ColdChain = true,
                    OnlyFor = "",
                },
                exercise: true)),
            maker.Next(TestNode.Convener, RoundFold.Opened, Round,
                RoundFold.OpenedStatement(Fever, day, 4, 1, exercise: true)),
            .. PlanParts(maker, places: 150),
            .. CertificateFold.Statements(Round, ItemCode.Parse("item-1"), new string('x', 70_000), true)
                .Select(body => maker.Next(TestNode.Convener, CertificateFold.Kind, "certificate/convener/1", body)),
        ];
    }

    private static List<Entry> PlanParts(EntryMaker maker, int places)
    {
        var coverage = Enumerable.Range(0, places).Select(number => new CoverageRow
        {
            Subject = Plan,
            Line = number,
            Round = Round,
            Item = "item-1",
            Place = "KEN",
            Need = number + 1,
            Allocated = number,
            FairCoverage = "1/2",
            Reason = "because",
        });
        var line = new PlanLineRow
        {
            Subject = Plan,
            Line = 0,
            Round = Round,
            Item = "item-1",
            Lot = "LOT-1",
            Donor = "per",
            Place = "KEN",
            Quantity = 40,
        };
        return
        [
            .. PlanFold.Statements(Round, ItemCode.Parse("item-1"), [line], [.. coverage], exercise: true)
                .Select(body => maker.Next(TestNode.Convener, PlanFold.Kind, Plan, body)),
        ];
    }

    private static List<string> Fold(IEnumerable<Entry> entries) => Fold(Prepared(entries));

    private static List<EntryRow> Prepared(IEnumerable<Entry> entries) =>
    [
        .. entries.Select((entry, index) =>
            new PreparedEntry(entry, entry.ToCanonicalBytes()).ToRow(index, MerkleHash.EmptyTree)),
    ];

    // Without the effects: what is left is the state.
    private static List<string> Fold(IEnumerable<EntryRow> entries) =>
        PureFold.State(entries, []).Where(row => !row.StartsWith(nameof(EffectRow), StringComparison.Ordinal)).ToList();

    private static Task<List<string>> RowsAsync(TestNode node) => PureFold.StoredAsync(node.Database);
}
