using System.Net;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Record;
using Sameboat.Server.Tests.Accounts;
using Sameboat.Server.Web;

namespace Sameboat.Server.Tests.Desk;

public sealed class DeskPageTests
{
    private static readonly string[] Nouns =
    [
        "acceptance", "consignment", "contribution", "deployment", "offer", "outbreak", "refusal", "request", "round",
        "situation",
    ];

    [Fact]
    public void Every_field_step_and_choice_of_a_form_has_a_name_in_every_language()
    {
        var fields = Nouns.SelectMany(StepsOf).SelectMany(kind => BodyShapes.OrOpen(kind).Fields)
            .SelectMany(field => field.Each is { } each ? [field, .. each.Fields] : new[] { field })
            .ToList();
        fields.Count.ShouldBeGreaterThan(100);
        foreach (var words in Words.Cultures.Select(culture => Words.Of(culture)!))
        {
            fields.Select(field => field.Name)
                .Where(name => name is not ("exercise" or "part" or "parts" or "need" or "items" or "inputs"
                    or "origin" or "root" or "size" or "accepted" or "declined" or "unanswered" or "day"))
                .Distinct()
                .Where(name => words.Find($"field.{name}") is null).ShouldBeEmpty(words.Culture);
            Nouns.SelectMany(StepsOf).Select(kind => kind.Name.Split('.'))
                .Where(kind => !(kind is ["request", "extended"] or ["round", _]))
                .Where(kind => FormText.Step(words, kind[0], kind[1]) == kind[1])
                .Select(kind => string.Join('.', kind)).ShouldBeEmpty(words.Culture);
            fields.SelectMany(field => field.Choices.Select(choice => (field, choice)))
                .Where(one => one.field.Name != "outcome"
                    && words.Culture is "ar" or "ru" or "zh-Hans" or "zh-Hant"
                    && FormText.Choice(words, one.field, one.choice) == one.choice)
                .Select(one => one.choice).Distinct().ShouldBeEmpty(words.Culture);
        }
    }

    [Fact]
    public async Task Every_form_opens_in_every_language_and_the_desk_lists_those_that_a_role_may_open()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        foreach (var culture in Words.Cultures)
        {
            foreach (var noun in Nouns)
            {
                (await visitor.OpenAsync($"/{culture}/desk/new/{noun}")).ShouldBe(200, $"{culture} {noun}");
            }
        }

        await visitor.OpenAsync("/en/desk");
        visitor.Page.ShouldContain("/en/desk/new/request");
        visitor.Page.ShouldContain("/en/import");
        visitor.Page.ShouldNotContain("/en/desk/new/acceptance");
    }

    [Fact]
    public async Task What_is_not_there_or_not_for_the_reader_says_what_to_do()
    {
        await using var node = await AccountNode.StartAsync();
        using var admin = await node.FoundAsync();
        await DeskNode.DeclareAsync(admin);
        await admin.OpenAsync("/en/account/people");
        await admin.SubmitAsync(
            "/en/account/people", [new("label", "Reporting clerk"), new("role", "Reporter")], "invite");
        using var clerk = node.Visit();
        await clerk.OpenAsync(new Uri(admin.Once()).PathAndQuery);
        await clerk.SetUpAsync("second", node.Clock);

        (await clerk.OpenAsync(DeskNode.NewRequest)).ShouldBe(403);
        clerk.Page.ShouldContain("It needs one of these roles");
        (await clerk.OpenAsync("/en/desk/answers")).ShouldBe(403);
        (await clerk.OpenAsync("/en/desk/at/request/ken/none")).ShouldBe(404);
        clerk.Page.ShouldContain("among your drafts on the desk");
        (await clerk.OpenAsync("/en/desk/new/miracle")).ShouldBe(404);
        (await clerk.OpenAsync("/fr/desk/do/request/ken/none/validated")).ShouldBe(403);
        WebUtility.HtmlDecode(clerk.Page).ShouldContain("Il faut l’un de ces rôles");

        using var stranger = node.Visit();
        (await stranger.OpenAsync("/ru/no/such/page")).ShouldBe(404);
        WebUtility.HtmlDecode(stranger.Page).ShouldContain(Words.Of("ru")!["missing.title"]);
        await stranger.OpenAsync("/en/desk");
        stranger.Path.ShouldStartWith("/en/sign-in");
    }

    [Fact]
    public async Task A_file_is_looked_at_before_it_is_written_and_told_by_row_and_column()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync("/en/import");
        var ask = new Dictionary<string, string>
        {
            ["kind"] = "request-lines", ["name"] = "january",
            ["rows"] = "place\titem\tunit\tquantity\nKEN\tors\tsachet\tmany\n",
        };

        (await DeskNode.SendAsync(visitor, "/en/import", ask, "look")).ShouldBe(422);
        visitor.Page.ShouldContain("Write a whole number from 1 to");
        ask["rows"] = "place\titem\tunit\tquantity\nKEN\tors\tsachet\t500\n";
        (await DeskNode.SendAsync(visitor, "/en/import", ask, "look")).ShouldBe(200, visitor.Page);
        visitor.Page.ShouldContain("Nothing is written yet");
        (await visitor.Client.GetStringAsync("/api/v1/requests", TestContext.Current.CancellationToken))
            .ShouldNotContain("january");

        // The rows that were looked at are written, whatever the page sends again.
        (await DeskNode.SendAsync(visitor, "/en/import", new Dictionary<string, string> { ["rows"] = "" }, "import"))
            .ShouldBe(200, visitor.Page);
        visitor.Page.ShouldContain("/en/desk/at/request/ken/january-1");
    }

    private static IEnumerable<Record.Folding.EntryKind> StepsOf(string noun) =>
        StepLaws.Of(noun).Select(step => RecordKinds.Find($"{noun}.{step.Verb}")!);
}
