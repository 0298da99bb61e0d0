using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Parquet;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Exercise;

/// <summary>An exercise that is run: weeks, events, roles, the debrief, and the mark on whatever leaves the node.
/// </summary>
public sealed class ExerciseCourseTests(PlayedExercise played) : IClassFixture<PlayedExercise>
{
    [Theory]
    [InlineData("exercise-secretariat")]
    [InlineData("vnm")]
    [InlineData("exercise-relief-pool")]
    [InlineData("ken")]
    public async Task The_same_seed_and_the_same_events_give_the_same_record(string member)
    {
        var first = await played.First.EntriesAsync(member);
        var second = await played.Second.EntriesAsync(member);

        PlayedExercise.Bytes(first).ShouldBe(PlayedExercise.Bytes(second));
        first.Count(entry => entry.Kind == "situation.published")
            .ShouldBe(member.StartsWith("exercise") ? 0 : 24);
    }

    [Fact]
    public async Task A_week_that_is_clicked_twice_is_played_once()
    {
        var course = await played.First.EntriesAsync("exercise-secretariat");

        course.Count(entry => entry.Kind == "exercise.played").ShouldBe(1);
        course.Count(entry => entry.Kind == "exercise.injected").ShouldBe(3);
    }

    [Fact]
    public async Task A_closed_port_lets_no_goods_through_and_costs_coverage()
    {
        var listed = (await played.First.EntriesAsync("vnm")).Where(entry => entry.Kind == "refusal.listed").ToList();
        var cost = await EventAsync("PortCloses");

        listed.ShouldNotBeEmpty();
        listed.ShouldAllBe(entry => entry.Body["reason"]!.GetValue<string>() == "port-closed");
        Number(cost, "after_mean").ShouldBeLessThan(Number(cost, "before_mean"));
        Number(cost, "after_bare").ShouldBeGreaterThan(Number(cost, "before_bare"));
    }

    [Fact]
    public async Task A_donor_that_lapses_has_no_offer_left_that_stands()
    {
        var answer = JsonNode.Parse(await played.First.GetAsync(
            $"/api/v1/offers?member={PlayedExercise.Donor}&limit=1000"))!["items"]!.AsArray();
        var cost = await EventAsync("DonorLapses");

        answer.Count.ShouldBeGreaterThan(0);
        answer.Select(offer => offer!["state"]!.GetValue<string>())
            .ShouldAllBe(state => state == "Lapsed" || state == "Withdrawn" || state == "Fulfilled"
                || state == "Declined");
        Number(cost, "after_mean").ShouldBeLessThan(Number(cost, "before_mean"));
    }

    [Fact]
    public async Task A_variant_makes_the_weeks_after_it_worse_than_they_would_have_been()
    {
        var pack = Supplies.DiseasePacks.Carried(Server.Exercise.ExerciseScript.Pack);
        var weeks = Server.Exercise.ExerciseScript.WeeksPast + Server.Exercise.ExerciseScript.WeeksAfter + 1;
        var day = (weeks - 1) * Weeks.Days;
        var plain = Server.Exercise.ExerciseOutbreak.Simulate(pack, NodeOptions.ExerciseSeedDefault, weeks);
        var worse = Server.Exercise.ExerciseOutbreak.Simulate(
            pack, NodeOptions.ExerciseSeedDefault, weeks, [new Server.Exercise.ExerciseVariant(day, null, 200)]);

        Sum(worse).ShouldBeGreaterThan(Sum(plain));
        var said = (await played.First.EntriesAsync("exercise-secretariat"))
            .Single(entry => entry.Kind == "exercise.played").Body;
        Number(said, "cases").ShouldBe(Sum(worse));

        static long Sum(IEnumerable<Epidemics.SimulatedOutbreak> courses) =>
            courses.Sum(course => course.Cases.Counts.TakeLast(Weeks.Days).Sum(count => count ?? 0));
    }

    [Fact]
    public async Task What_cannot_happen_is_refused_on_the_page_and_says_nothing()
    {
        var before = (await played.First.EntriesAsync("exercise-secretariat")).Count;

        using var nowhere = await played.First.InjectAsync("PortCloses", "place", "ATL");
        using var again = await played.First.InjectAsync("PortCloses", "place", PlayedExercise.Port);
        using var wild = await played.First.InjectAsync("VariantSpreads", "place", "", growth: 9_999);

        (nowhere.StatusCode, again.StatusCode, wild.StatusCode).ShouldBe(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity,
            HttpStatusCode.UnprocessableEntity));
        (await played.First.EntriesAsync("exercise-secretariat")).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_week_holds_a_round_that_promises_no_unit_twice_and_that_anyone_can_replay()
    {
        var round = JsonNode.Parse(await played.First.GetAsync(
            "/api/v1/rounds/exercise-secretariat/exercise-round-2"))!;
        round["state"]!.GetValue<string>().ShouldBe("AwaitingAcceptance");
        round["as_of"]!.GetValue<string>().ShouldBe("2025-03-23");
        JsonNode.Parse(await played.First.GetAsync(
            "/api/v1/rounds/exercise-secretariat/exercise-round-2/replay"))!["same"]!.GetValue<bool>().ShouldBeTrue();

        var planned = new Dictionary<(string, string, string), long>();
        foreach (var name in new[] { "exercise-round-1", "exercise-round-2" })
        {
            var lines = JsonNode.Parse(await played.First.GetAsync(
                $"/api/v1/rounds/exercise-secretariat/{name}/lines"))!["lines"]!.AsArray();
            lines.Count.ShouldBeGreaterThan(0, name);
            foreach (var line in lines.Select(line => line!.AsObject())
                .Where(line => line["answer"]!.GetValue<string>() != "Declined"))
            {
                var lot = (line["donor"]!.GetValue<string>(), line["lot"]!.GetValue<string>(),
                    line["item"]!.GetValue<string>());
                planned[lot] = planned.GetValueOrDefault(lot) + Number(line, "quantity");
            }
        }

        var offered = JsonNode.Parse(await played.First.GetAsync("/api/v1/offers?limit=1000"))!["items"]!.AsArray()
            .Select(offer => offer!.AsObject())
            .GroupBy(offer => (offer["member"]!.GetValue<string>(), offer["lot"]!.GetValue<string>(),
                offer["item"]!.GetValue<string>()))
            .ToDictionary(lot => lot.Key, lot => lot.Sum(offer => Number(offer, "quantity")));
        planned.Where(lot => lot.Value > offered[lot.Key]).ShouldBeEmpty();
        (await played.First.GetAsync("/api/v1/consignments?limit=1000")).ShouldContain("/week-01-01");
    }

    [Fact]
    public async Task Somebody_without_the_link_watches_and_orders_nothing()
    {
        using var stranger = new ExerciseLeader(played.Node);
        var page = await stranger.GetAsync("/en/exercise");

        page.ShouldContain("Anyone may watch");
        page.ShouldNotContain("/en/exercise/week");
        using var sent = await stranger.SendAsync(
            "/en/sign-in", "/en/exercise/week", new Dictionary<string, string> { ["week"] = "2" });
        (await played.First.EntriesAsync("exercise-secretariat"))
            .Count(entry => entry.Kind == "exercise.played").ShouldBe(1);
        using var spent = await stranger.AskAsync("/en/exercise/lead/0123456789abcdef");
        (await spent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("does not hold");
    }

    [Fact]
    public async Task The_debrief_names_the_events_what_they_cost_and_who_was_late()
    {
        var page = await played.First.GetAsync("/en/exercise/debrief");

        page.ShouldContain("A port closes");
        page.ShouldContain("A donor lapses");
        page.ShouldContain("id=\"weeks-table\"");
        page.ShouldContain("id=\"rounds-table\"");
        page.ShouldContain("id=\"waits-table\"");
        page.ShouldContain("id=\"late-table\"");
    }

    [Fact]
    public async Task Every_export_of_an_exercise_says_that_it_is_one()
    {
        using var json = await played.First.AskAsync("/api/v1/consignments");
        json.Headers.GetValues("Sameboat-Exercise").ShouldBe(["true"]);
        var list = JsonNode.Parse(await TextAsync(json))!;
        list["exercise"]!.GetValue<bool>().ShouldBeTrue();
        list["items"]!.AsArray().ShouldAllBe(row => row!["exercise"]!.GetValue<bool>());

        var csv = (await played.First.GetAsync("/api/v1/offers?format=csv")).Split("\r\n");
        csv[0].ShouldStartWith("exercise,");
        csv[1..^1].ShouldAllBe(line => line.StartsWith("true,"));

        using var sheet = await played.First.AskAsync("/api/v1/offers?format=xlsx");
        Encoding.UTF8.GetString(await UnzippedAsync(sheet, "xl/worksheets/sheet1.xml")).ShouldContain("exercise");
        using var parquet = await played.First.AskAsync("/api/v1/offers?format=parquet");
        await using var reader = await ParquetReader.CreateAsync(
            await parquet.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
            cancellationToken: TestContext.Current.CancellationToken);
        reader.Schema.Fields[0].Name.ShouldBe("exercise");

        var subject = list["items"]![0]!["subject"]!.GetValue<string>()["consignment/".Length..];
        foreach (var path in new[] { "", "/waybill", "/packing-list", "/goods-received" })
        {
            JsonNode.Parse(await played.First.GetAsync($"/api/v1/consignments/{subject}{path}"))!["exercise"]!
                .GetValue<bool>().ShouldBeTrue(path);
            (await played.First.GetAsync($"/en/consignments/{subject}{path}")).ShouldContain("EXERCISE");
        }

        var code = list["items"]![0]!["tracking"]!.GetValue<string>();
        JsonNode.Parse(await played.First.GetAsync($"/api/v1/track/{code}"))!["exercise"]!
            .GetValue<bool>().ShouldBeTrue();
        (await played.First.GetAsync("/openapi/v1.json")).ShouldContain("EXERCISE");
    }

    [Fact]
    public async Task An_exercise_and_a_real_record_never_share_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-test-").FullName;
        var real = new NodeOptions { Port = 0, DataFolder = folder };
        await MemberAccess.IssueAsync(
            real, new TokenOrder("ken", "donor", "Stock", 1, "node.example.org", "Kenya", "KEN", false),
            TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<IOException>(() => RunningNode.StartAsync(
            real with { ExerciseSeed = 1 }, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("needs a folder of its own");
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonObject> EventAsync(string kind) =>
        (await played.First.EntriesAsync("exercise-secretariat"))
            .Single(entry => entry.Kind == "exercise.injected" && entry.Body["event"]!.GetValue<string>() == kind).Body;

    private static long Number(JsonObject body, string name) =>
        long.Parse(body[name]!.ToJsonString(), CultureInfo.InvariantCulture);

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<byte[]> UnzippedAsync(HttpResponseMessage answer, string part)
    {
        using var zip = new System.IO.Compression.ZipArchive(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using var read = new MemoryStream();
        await using var stream = zip.GetEntry(part)!.Open();
        await stream.CopyToAsync(read, TestContext.Current.CancellationToken);
        return read.ToArray();
    }
}
