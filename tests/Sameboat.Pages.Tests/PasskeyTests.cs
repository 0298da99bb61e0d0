using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sameboat.Server;

namespace Sameboat.Pages.Tests;

/// <summary>Somebody sets up an account in a real browser, adds a passkey and signs in with it.</summary>
public sealed partial class PasskeyTests(ExerciseNode browser) : IClassFixture<ExerciseNode>
{
    private const int Desk = 1280;

    [Fact]
    public async Task A_passkey_that_was_added_signs_in_and_one_that_was_removed_does_not()
    {
        await using var node = await RunningNode.StartAsync(
            new NodeOptions { Port = 0 }, TestContext.Current.CancellationToken);
        await using var window = await browser.WindowAsync(Desk, script: true);
        var page = await window.NewPageAsync();

        // Passkeys belong to a name: a bare address has none.
        var site = $"http://localhost:{node.Address.Port}";
        await SetUpAsync(page, site + node.SetUp!.PathAndQuery);
        var tools = await window.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true,
                ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });

        await page.GotoAsync(site + "/en/account");
        await page.GetByLabel("What you call it").FillAsync("Desk computer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Desk computer")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Desk computer")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Desk computer")).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator(".fault")).ToContainTextAsync("did not answer");
    }

    internal static async Task SetUpAsync(IPage page, string link)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Short name").FillAsync("ken");
        await page.GetByLabel("Name to show").FillAsync("Ministry of Health");
        await page.GetByLabel("Capacity").FillAsync("Operations officer");
        await page.GetByLabel("Name to sign in by").FillAsync("first");
        await page.GetByLabel("Password").FillAsync("seven quiet harbours");
        var secret = Secret().Match(await page.ContentAsync()).Groups[1].Value;
        await page.GetByLabel("The six digits").FillAsync(Code(secret, await page.EvaluateAsync<long>("Date.now()")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Your recovery codes");
    }

    // RFC 6238, apart from the node's own.
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as authenticators know it.")]
    internal static string Code(string secret, long milliseconds)
    {
        var bits = string.Concat(secret.Select(letter =>
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal)
                .ToString("B5", CultureInfo.InvariantCulture)));
        var key = bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2));
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, milliseconds / 30_000);
        var hash = HMACSHA1.HashData(key.ToArray(), counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();
}
