using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sameboat.Server;

namespace Sameboat.Pages.Tests;

/// <summary>
/// Goods, teams and money on a telephone without script, by somebody who runs an exercise and plays its members, on a
/// node of its own.
/// </summary>
public sealed class GoodsTests(ExerciseNode browser, LedNode led) : IClassFixture<LedNode>
{
    private const int Telephone = 360;

    [Fact]
    public async Task A_consignment_is_received_by_keyboard_alone_and_twice_sent_is_once_received()
    {
        await using var window = await browser.WindowAsync(Telephone, script: false);
        var page = await SignInAsync(window);
        var (subject, consignee, code) = await FindAsync(window, "Arrived", "PartlyReceived", "InTransit");
        await PlayAsync(page, consignee);

        // The waybill's code leads to the track page, and that to the work.
        await page.GotoAsync($"{led.Address}en/track/{code}");
        await page.GetByRole(AriaRole.Link, new() { Name = "receive it here" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/en/consignments/{subject}$"));
        if (await page.Locator("form[action$='/arrived'] button").CountAsync() > 0)
        {
            await page.Locator("form[action$='/arrived'] button").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("#done")).ToBeVisibleAsync();
        }

        await page.Locator("main a[href$='/received']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var first = page.Locator("input[name$='.received']").First;
        await first.FocusAsync();
        await page.Keyboard.TypeAsync("some");
        await page.Keyboard.PressAsync("Enter");

        // Refused beside its field, with what was typed.
        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        (await first.InputValueAsync()).ShouldBe("some");
        (await first.GetAttributeAsync("aria-invalid")).ShouldBe("true");
        await first.FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        foreach (var typed in new[] { "1", "1", "", "Wet cartons.", "R-17" })
        {
            await page.Keyboard.TypeAsync(typed);
            await page.Keyboard.PressAsync("Tab");
        }

        var form = await FieldsAsync(page.Locator("form[action$='/received']"));
        await page.Locator("input[name$='.report']").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#done")).ToBeVisibleAsync();

        var again = await window.APIRequest.PostAsync(
            $"{led.Address}en/desk/do/consignment/{subject}/received", new() { Form = form });
        again.Ok.ShouldBeTrue();
        var shown = await JsonAsync(window, $"api/v1/consignments/{subject}");
        var receipts = shown["receipts"]!.AsArray();
        receipts.Count(one => one!["report"]!.GetValue<string>() == "R-17").ShouldBe(1);
        receipts.Last()!["reason"]!.GetValue<string>().ShouldBe("Wet cartons.");
    }

    [Fact]
    public async Task A_team_and_money_go_on_step_by_step()
    {
        await using var window = await browser.WindowAsync(Telephone, script: false);
        var page = await SignInAsync(window);
        await PlayAsync(page, "ken");
        await page.GotoAsync($"{led.Address}en/desk/new/deployment");
        await FillAsync(page, ("sender", "exercise-medical-teams"), ("place", "KEN"));
        await page.Locator("#team").SelectOptionAsync("emt-1-fixed");
        await SendAsync(page);
        await StepAsync(page, "alerted");
        var team = page.Url.Split('?')[0];

        await PlayAsync(page, "exercise-medical-teams");
        await page.GotoAsync(team);
        await StepAsync(page, "nominated");
        await PlayAsync(page, "ken");
        await page.GotoAsync(team);
        await StepAsync(page, "selected");
        await StepAsync(page, "cleared");

        await page.GotoAsync($"{led.Address}en/desk/new/contribution");
        await FillAsync(
            page, ("recipient", "exercise-relief-pool"), ("amount", "1,250.50"), ("first_year", "2025"),
            ("last_year", "2025"));
        await SendAsync(page);
        await StepAsync(page, "committed");
        await page.Locator("main a[href$='/paid']").ClickAsync();
        await FillAsync(page, ("reference", "P-1"), ("amount", "50.25"));
        await SendAsync(page);
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("partly paid");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task The_pages_of_work_fit_a_telephone_and_shut_nobody_out(string culture)
    {
        await using var window = await browser.WindowAsync(Telephone, script: true);
        var page = await SignInAsync(window);
        var (subject, consignee, code) = await FindAsync(window, "CustomsHold", "InTransit");
        await PlayAsync(page, consignee);
        var session = await page.Context.NewCDPSessionAsync(page);
        var violations = new List<string>();
        foreach (var path in new[]
        {
            "exercise", "exercise/debrief", $"consignments/{subject}", $"track/{code}", "desk/new/deployment",
            "desk/new/contribution", $"desk/do/consignment/{subject}/held", "exercise/lead/none",
        })
        {
            await page.GotoAsync($"{led.Address}{culture}/{path}");
            (await session.SendAsync("Page.getLayoutMetrics"))!.Value.GetProperty("cssContentSize")
                .GetProperty("width").GetDouble().ShouldBeLessThanOrEqualTo(Telephone, path);
            var found = await page.RunAxe(new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions
                {
                    Type = "tag",
                    Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
                },
                ResultTypes = [ResultType.Violations],
            });
            violations.AddRange(found.Violations.Select(one => $"{path}: {one.Id}: {one.Nodes[0].Html}"));
            await PictureAsync(page, $"{culture}-{path.Split('/')[0]}-{path.Split('/')[^1]}");
        }

        violations.ShouldBeEmpty();
    }

    // Kept where somebody looks at them, when asked for.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SAMEBOAT_LOOK") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    private async Task<IPage> SignInAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(led.Lead.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in and run it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Running the exercise");
        return page;
    }

    private async Task PlayAsync(IPage page, string member)
    {
        await page.GotoAsync($"{led.Address}en/exercise");
        await page.Locator("#member").SelectOptionAsync(member);
        await page.GetByRole(AriaRole.Button, new() { Name = "Play this member" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToBeVisibleAsync();
        (await page.Locator("#member").InputValueAsync()).ShouldBe(member);
    }

    private static async Task FillAsync(IPage page, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields)
        {
            await page.Locator($"#{field}").FillAsync(text);
        }
    }

    private static async Task SendAsync(IPage page)
    {
        await page.Locator("button.main[name=do][value=send]").ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToBeVisibleAsync();
    }

    private static async Task StepAsync(IPage page, string verb)
    {
        await page.Locator($"form[action$='/{verb}'] button").ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"form[action$='/{verb}']")).ToHaveCountAsync(0);
    }

    private async Task<JsonNode> JsonAsync(IBrowserContext window, string path)
    {
        var answer = await window.APIRequest.GetAsync($"{led.Address}{path}");
        return JsonNode.Parse(await answer.TextAsync())!;
    }

    private async Task<(string Subject, string Consignee, string Code)> FindAsync(
        IBrowserContext window, params string[] states)
    {
        foreach (var state in states)
        {
            var items = (await JsonAsync(window, $"api/v1/consignments?state={state}"))["items"]!.AsArray();
            if (items.Count > 0)
            {
                return (items[0]!["subject"]!.GetValue<string>()["consignment/".Length..],
                    items[0]!["consignee"]!.GetValue<string>(), items[0]!["tracking"]!.GetValue<string>());
            }
        }

        throw new InvalidOperationException("The exercise has no such consignment.");
    }

    private static async Task<IFormData> FieldsAsync(ILocator form)
    {
        var data = form.Page.Context.APIRequest.CreateFormData();
        foreach (var field in await form.Locator("input, textarea").AllAsync())
        {
            data.Set((await field.GetAttributeAsync("name"))!, await field.InputValueAsync());
        }

        return data;
    }
}

/// <summary>A node with an exercise that the tests of one class may change.</summary>
public sealed class LedNode : IAsyncLifetime
{
    private RunningNode? _node;

    /// <summary>Where it answers.</summary>
    internal Uri Address => _node!.Address;

    /// <summary>By which whoever runs the exercise signs in.</summary>
    internal Uri Lead => _node!.Lead!;

    public async ValueTask InitializeAsync() => _node = await RunningNode.StartAsync(
        new NodeOptions { Port = 0, ExerciseSeed = NodeOptions.ExerciseSeedDefault }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }
}
