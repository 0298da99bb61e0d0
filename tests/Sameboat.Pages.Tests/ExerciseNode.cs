using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sameboat.Pages.Tests;
using Sameboat.Server;

[assembly: AssemblyFixture(typeof(ExerciseNode))]

namespace Sameboat.Pages.Tests;

/// <summary>
/// One node with the exercise on a free port, and one Chromium, for all page tests. Where the machine has no Chromium
/// <see cref="Absence"/> says so and the tests that need it skip.
/// </summary>
public sealed class ExerciseNode : IAsyncLifetime
{
    private static readonly string[] Installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly ConcurrentDictionary<string, string> _found = new(StringComparer.Ordinal);
    private RunningNode? _node;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is no browser, or null when there is one.</summary>
    public string? Absence { get; private set; }

    /// <summary>Where the node answers.</summary>
    public Uri Address => _node!.Address;

    public async ValueTask InitializeAsync()
    {
        _node = await RunningNode.StartAsync(
            new NodeOptions { Port = 0, ExerciseSeed = NodeOptions.ExerciseSeedDefault }, CancellationToken.None);
        var chromium = Array.Find(Installed, File.Exists);
        if (chromium is null)
        {
            Absence = "Chromium absent (apt-get install chromium)";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Arguments });
    }

    /// <summary>The address of a page below its culture, also of one that only the record knows.</summary>
    internal async Task<string> FindAsync(string page)
    {
        if (page.Length == 0 || page[0] == '/')
        {
            return page;
        }

        if (_found.TryGetValue(page, out var known))
        {
            return known;
        }

        var (list, pattern) = page switch
        {
            PublicPageList.NewestEntry => ("/en/record", "href=\"/en(/record/entries/[^\"]+)\""),
            PublicPageList.FirstConsignment =>
                ("/en/consignments", "href=\"/en(/consignments/[a-z-]+/[^\"]+)\""),
            PublicPageList.FirstRequest => ("/en/requests", "href=\"/en(/requests/[a-z]+/[^\"]+)\""),
            _ => ("/en/requests", "href=\"/en/requests/([a-z]+)/"),
        };
        using var client = new HttpClient { BaseAddress = Address };
        var text = await client.GetStringAsync(list, TestContext.Current.CancellationToken);
        var found = Regex.Matches(text, pattern)[page == PublicPageList.NewestEntry ? 0 : 1].Groups[1].Value;
        return _found[page] = found[0] == '/' ? found : $"/members/{found}";
    }

    /// <summary>A fresh window of the size, with or without JavaScript.</summary>
    public Task<IBrowserContext> WindowAsync(
        int width, bool script, ColorScheme scheme = ColorScheme.Light, Uri? site = null)
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        return _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (site ?? Address).ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            JavaScriptEnabled = script,
            ColorScheme = scheme,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }
}
