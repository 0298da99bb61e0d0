using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Conservation;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Chain;

/// <summary>What is kept of outbreaks is at every moment what would be read.</summary>
[Collection(DatabaseTests.Name)]
public sealed class KeptOutbreakTests(PostgresServer postgres)
{
    private const int Histories = 3;
    private const int Entries = 60;
    private const int Chunk = 10;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task After_any_history_in_any_parts_it_is_what_would_be_read(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        for (ulong seed = 1; seed <= Histories; seed++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"k{seed}");
            var said = new RandomHistory(seed, tag).Make(Entries);
            string[] outbreaks =
            [
                .. from member in new[] { TestNode.Kenya, TestNode.Peru, TestNode.Convener }
                   from number in Enumerable.Range(0, 2)
                   select string.Create(CultureInfo.InvariantCulture, $"outbreak/{member}/{tag}-{number}"),
            ];
            foreach (var part in said.Chunk(Chunk))
            {
                await node.HoldAsync(part.Where((_, at) => at % 2 == 0), appended: false);
                await node.AppendAsync([.. part.Select(one => one.Entry)]);
                await SameAsync(node, outbreaks);

                // A body that comes later is no entry of any log, and changes what can be seen all the same.
                await node.HoldAsync(part, appended: true);
                await SameAsync(node, outbreaks);
            }
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Each_step_of_the_chain_is_seen_and_other_outbreaks_are_not_read_again(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        string[] both = ["outbreak/convener/fever", "outbreak/convener/cough"];
        await node.AppendAsync(
            Said(node, TestNode.Kenya, "member.introduced", "member/ken", Member()), Declared(node, "cough"));
        await SameAsync(node, both);
        var cough = await NowAsync(node, both[1]);

        // The request comes before its outbreak, and waits for it.
        foreach (var entry in Course(node))
        {
            await node.AppendAsync(entry);
            await SameAsync(node, both);
        }

        var fever = await NowAsync(node, both[0]);
        fever.Chain.Ledger.Requests.ShouldHaveSingleItem().State.ShouldBe("Published");
        fever.Chain.Ledger.ConsignmentLines.ShouldHaveSingleItem().Quantity.ShouldBe(40);
        (await NowAsync(node, both[1])).ShouldBeSameAs(cough);
        (await NowAsync(node, both[0])).ShouldBeSameAs(fever);
    }

    private static IEnumerable<Entry> Course(TestNode node)
    {
        yield return Said(node, TestNode.Kenya, "request.submitted", "request/ken/r1", new JsonObject
        {
            ["outbreak"] = "outbreak/convener/fever",
            ["by"] = "planner",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["place"] = "KEN", ["item"] = "item-1", ["unit"] = "each", ["quantity"] = 100,
                ["needed_by"] = "2025-06-01",
            }),
        });
        yield return Declared(node, "fever");
        yield return Said(node, TestNode.Kenya, "request.validated", "request/ken/r1", new JsonObject
        {
            ["by"] = "reviewer",
        });
        yield return Said(node, TestNode.Kenya, "request.published", "request/ken/r1", []);
        var report = node.Report(TestNode.Kenya, 5);
        yield return report;
        yield return node.Report(TestNode.Kenya, 6) with { Subject = report.Subject };
        yield return Said(node, TestNode.Peru, "consignment.planned", "consignment/per/c1", new JsonObject
        {
            ["outbreak"] = "outbreak/convener/fever", ["consignee"] = "ken", ["destination"] = "KEN",
            ["expected"] = "2025-05-01",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["item"] = "item-1", ["unit"] = "each", ["lot"] = "l1", ["quantity"] = 40,
            }),
        });
        yield return Said(node, TestNode.Peru, "consignment.packed", "consignment/per/c1", []);
        yield return Said(node, TestNode.Peru, "consignment.dispatched", "consignment/per/c1", []);
    }

    private static Entry Declared(TestNode node, string name) => Said(
        node, TestNode.Convener, "outbreak.declared", $"outbreak/convener/{name}", new JsonObject
        {
            ["name"] = name, ["pack"] = "exercise-fever", ["declared"] = "2025-01-01", ["exercise"] = true,
        });

    private static JsonObject Member() => Members.MemberFold.Statement(
        Members.MemberFold.State, "Kenya", TerritoryCode.Parse("KEN"), exercise: true);

    private static Entry Said(TestNode node, MemberId author, string kind, string subject, JsonObject body) =>
        node.Next(author, kind == "member.introduced" ? Members.MemberFold.Kind : kind, subject, body);

    private static async Task<OutbreakNow> NowAsync(TestNode node, string outbreak)
    {
        await using var db = node.Database.Open();
        return await db.NowAsync(outbreak, TestContext.Current.CancellationToken);
    }

    private static async Task SameAsync(TestNode node, string[] outbreaks)
    {
        foreach (var outbreak in outbreaks)
        {
            var kept = await NowAsync(node, outbreak);
            await using var db = node.Database.Open();
            var read = await OutbreakNow.ReadAsync(db, outbreak, TestContext.Current.CancellationToken);
            Written(kept).ShouldBe(Written(read), outbreak);
        }

        await using var all = node.Database.Open();
        var days = (await all.Entries.Select(entry => entry.At).ToListAsync(TestContext.Current.CancellationToken))
            .Select(ChainLedger.DayOf).ToList();
        var published = await all.PublishedAsync(
            DateOnly.FromDayNumber(days.Min()), DateOnly.FromDayNumber(days.Max()),
            TestContext.Current.CancellationToken);
        published.Sum(line => line.Entries).ShouldBe(days.Count);
    }

    private static string Written(OutbreakNow now)
    {
        var ledger = now.Chain.Ledger;
        return string.Join('\n',
        [
            JsonSerializer.Serialize(ledger.Needs), JsonSerializer.Serialize(ledger.Requests),
            JsonSerializer.Serialize(ledger.RequestLines), JsonSerializer.Serialize(ledger.Offers),
            JsonSerializer.Serialize(ledger.Plan), JsonSerializer.Serialize(ledger.Acceptances),
            JsonSerializer.Serialize(ledger.Consignments), JsonSerializer.Serialize(ledger.ConsignmentLines),
            JsonSerializer.Serialize(ledger.Deployments), JsonSerializer.Serialize(ledger.Contributions),
            JsonSerializer.Serialize(ledger.Steps.SelectMany(steps => steps)
                .OrderBy(step => step.Subject, StringComparer.Ordinal).ThenBy(step => step.Step)),
            .. now.Counts.Select(counts => $"{counts.Cases.Place} {counts.Cases.First:O} "
                + string.Join(',', counts.Cases.Counts) + ' ' + string.Join(',', counts.Deaths.Counts)),
        ]);
    }
}
