using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Epidemics;
using Sameboat.Record;
using Sameboat.Server.Notifications;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Situation;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>What becomes a notification, and that a cut anywhere loses and doubles none. On both databases.</summary>
[Collection(DatabaseTests.Name)]
public sealed class NewsTests(PostgresServer postgres)
{
    private const string Fever = "outbreak/convener/fever";

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Each_report_is_told_once_whatever_is_cut_between(Provider provider)
    {
        await using var node = await NewsNode.StartAsync(provider, postgres);
        await using var catcher = await HookCatcher.StartAsync();
        await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "webhook";
            asked["target"] = catcher.Address.ToString();
        });
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1), node.Node.Report(TestNode.Kenya, 2));

        // Cut after reading: what was read is stored, and a new start reads nothing twice.
        await node.ReadAsync();
        await node.ReadAsync();
        (await node.InboxAsync()).Count.ShouldBe(2);
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 3));
        await node.ReadAsync();

        // Cut while all three were taken to be sent, and nothing had been: they wait for the lease, and are sent.
        await node.ChangeAsync(row => row.Due = Micros(node.Node.Clock.Now + NewsLimits.Lease));
        (await node.SendAsync()).ShouldBe(0);
        node.Node.Clock.Now += NewsLimits.Lease;
        (await node.SendAsync()).ShouldBe(3);
        (await node.SendAsync()).ShouldBe(0);
        catcher.Messages.Count.ShouldBe(3);

        // Cut after the receiver had taken one and before that was marked: it comes again under the same id.
        var one = catcher.Messages.First().Delivery;
        await node.ChangeAsync(row => row.Sent = row.Id == one ? 0 : row.Sent);
        (await node.SendAsync()).ShouldBe(0);
        node.Node.Clock.Now += NewsLimits.Lease;
        (await node.SendAsync()).ShouldBe(1);
        catcher.Messages.Select(message => message.Delivery).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Place_and_outbreak_and_type_and_severity_must_all_agree()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        foreach (var (name, change) in new (string Name, Action<JsonObject> Change)[]
        {
            ("all", _ => { }),
            ("kenya", asked => asked["places"] = "PER KEN"),
            ("peru", asked => asked["places"] = "PER"),
            ("fever", asked => asked["outbreaks"] = Fever),
            ("other", asked => asked["outbreaks"] = "outbreak/convener/other"),
            ("reports", asked => asked["types"] = "report"),
            ("requests", asked => asked["types"] = "request offer"),
            ("warnings", asked => asked["severity"] = "warning"),
            ("nearly", asked => (asked["places"], asked["types"]) = ("KEN", "offer")),
        })
        {
            await node.SubscribeAsync(asked =>
            {
                change(asked);
                asked["name"] = name;
            });
        }

        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1));
        await node.ReadAsync();

        var subscriptions = await node.Desk().ListAsync(node.Peru.Account, TestContext.Current.CancellationToken);
        (await node.InboxAsync()).Select(row => subscriptions.Single(one => one.Id == row.Subscription).Name).Order()
            .ShouldBe(["all", "fever", "kenya", "reports"]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_alarm_is_raised_when_growth_begins_and_not_again_while_it_lasts(Provider provider)
    {
        await using var node = await NewsNode.StartAsync(provider, postgres);
        await node.SubscribeAsync(asked => asked["types"] = "alert");
        var day = new DateOnly(2025, 2, 1);
        var found = new List<int>();
        foreach (var (trend, probability, doubling) in new[]
        {
            (Trend.Stable, 0.5, 0.0), (Trend.Growing, 0.97, 20), (Trend.Growing, 0.99, 6), (Trend.Declining, 0.01, -9),
            (Trend.Growing, 0.99, 5),
        })
        {
            day = day.AddDays(1);
            await node.Node.AppendAsync(Assessed(node.Node, day, (trend, probability, doubling)));
            await node.ReadAsync();
            found.Add((await node.InboxAsync()).Count);
        }

        found.ShouldBe([0, 1, 1, 1, 2]);
        (await node.InboxAsync()).Select(row => (NewsSeverity)row.Severity).ToHashSet()
            .ShouldBe([NewsSeverity.Warning, NewsSeverity.Urgent], ignoreOrder: true);
    }

    [Fact]
    public async Task A_sealed_report_is_told_to_those_alone_who_may_read_it()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await node.SubscribeAsync();
        foreach (var (number, reader) in new[] { (1, TestNode.Peru), (2, TestNode.Convener) })
        {
            var open = node.Node.Report(TestNode.Kenya, number);
            var salt = new byte[SealedBody.SaltLength];
            var entry = SealedBodies.Seal(open, salt, Visibility.Parties, reader);
            (await new SealedBodies(node.Node.Database).KeepAsync(
                entry, salt, CanonicalJson.Serialize(open.Body), CancellationToken.None)).ShouldBe(SealRefusal.None);
            await node.Node.AppendAsync(entry);
        }

        await node.ReadAsync();

        (await node.InboxAsync()).Select(row => row.Subject).ShouldBe(["situation/ken/1"]);
    }

    [Fact]
    public async Task Stock_that_expires_is_told_once_and_old_entries_are_no_news()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await node.SubscribeAsync();
        var today = DateOnly.FromDateTime(node.Node.Clock.Now.UtcDateTime);
        await node.Node.AppendAsync(Offered(node.Node, "soon", today.AddDays(NewsLimits.ExpiringDays)));
        await node.Node.AppendAsync(Offered(node.Node, "late", today.AddDays(NewsLimits.ExpiringDays + 1)));
        node.Node.Clock.Now += NewsLimits.NewsAgeMax + TimeSpan.FromDays(1);
        await node.ReadAsync();
        (await node.InboxAsync()).ShouldBeEmpty();

        node.Node.Clock.Now = MovedClock.Start;
        await node.ReadTimeAsync();
        await node.ReadTimeAsync();

        var told = (await node.InboxAsync()).ShouldHaveSingleItem();
        (told.Type, told.Subject).ShouldBe((NewsTypes.Expiring, "offer/ken/soon"));
    }

    [Fact]
    public async Task What_waits_is_told_when_it_counts_and_a_late_consignment_when_its_day_is_over()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await node.SubscribeAsync(asked => asked["places"] = "PER");
        var today = DateOnly.FromDateTime(node.Node.Clock.Now.UtcDateTime);
        foreach (var (verb, body) in new (string Verb, JsonObject Body)[]
        {
            ("planned", new JsonObject
            {
                ["outbreak"] = Fever,
                ["consignee"] = "per",
                ["destination"] = "PER",
                ["expected"] = today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["lines"] = new JsonArray(new JsonObject
                {
                    ["item"] = "gown", ["unit"] = "each", ["lot"] = "a1", ["quantity"] = 100,
                }),
            }),
            ("packed", []), ("dispatched", []), ("departed", []),
            ("held", new JsonObject { ["reason"] = "a paper is missing" }),
        })
        {
            await node.Node.AppendAsync(
                node.Node.Next(TestNode.Kenya, $"consignment.{verb}", "consignment/ken/c1", body));
        }

        await node.ReadAsync();
        await node.ReadTimeAsync();
        (await node.InboxAsync()).ShouldBeEmpty("its outbreak has not been declared here");

        await node.Node.AppendAsync(node.Node.Next(TestNode.Convener, OutbreakFold.Kind, Fever,
            OutbreakFold.Statement("Fever", "covid-19", today, exercise: true)));
        await node.ReadAsync();
        await node.ReadAsync();
        await node.ReadTimeAsync();
        await node.ReadTimeAsync();

        (await node.InboxAsync()).Select(row => (row.Type, row.Detail)).ShouldBe(
            [
                (NewsTypes.Held, "a paper is missing"),
                (NewsTypes.Late, today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ],
            ignoreOrder: true);
    }

    private static Entry Assessed(
        TestNode node, DateOnly day, (Trend Trend, double Probability, double Doubling) said) => node.Next(
        TestNode.Kenya, AssessmentFold.Kind, $"assessment/ken/d{day:yyyyMMdd}",
        AssessmentFold.Statement(
            new AssessmentRow
            {
                Subject = "",
                Outbreak = Fever,
                Member = "ken",
                Place = "KEN",
                AsOf = day.DayNumber,
                Trend = said.Trend.ToString(),
                Reproduction = 1,
                ReproductionLow = 1,
                ReproductionHigh = 1,
                ProbabilityAboveOne = said.Probability,
                DoublingDays = said.Doubling,
                ReproductionPath = "",
                Forecast = "",
            },
            exercise: true));

    private static Entry Offered(TestNode node, string lot, DateOnly expires) => node.Next(
        TestNode.Kenya, OfferFold.Kind, $"offer/ken/{lot}", new JsonObject
        {
            ["outbreak"] = Fever,
            ["kind"] = "Goods",
            ["lot"] = lot,
            ["item"] = "gown",
            ["unit"] = "each",
            ["quantity"] = 100,
            ["pack"] = 10,
            ["expires"] = expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });

    private static long Micros(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() * 1000;
}
