using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Accounts;
using Sameboat.Server.Operations;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Operations;

namespace Sameboat.Server.Tests.Accounts;

public sealed class AccountEventTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-events-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Signing_in_and_refusals_are_logged_without_a_name_password_code_or_token()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new MovedTime();
        var options = new NodeOptions { DataFolder = _folder, Clock = clock };
        var (token, _) = await MemberAccess.IssueAsync(
            options, new TokenOrder("ken", "donor", "desk", 7, "node.test", null, null, Exercise: true), cancellation);
        var link = await MemberDesk.InviteAsync(options, "ken", "Officer", "administrator", cancellation);
        var events = new KeptEvents(LogLevel.Information);
        await using var app = await events.StartNodeAsync(options);
        using var visitor = new Visitor(new Uri(app.Urls.First()));
        await visitor.OpenAsync(new Uri(link).PathAndQuery);
        (await visitor.SetUpAsync("quiet-name", clock)).ShouldBe(200, visitor.Page);
        var code = visitor.Once().Split('\n')[0];
        (await visitor.SignInAsync("quiet-name", code)).ShouldBe(200);
        (await visitor.SignInAsync("quiet-name", code)).ShouldBe(403);
        (await visitor.SignInAsync("a password typed here", code)).ShouldBe(403);
        using var client = new HttpClient { BaseAddress = visitor.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var role = await client.GetAsync("/api/v1/tokens", cancellation);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token + "0");
        using var unknown = await client.GetAsync("/api/v1/offers", cancellation);

        var lines = events.Lines.Where(line => line.Category == AccountEvents.Category)
            .Select(line => line.Text).ToList();
        lines.Count.ShouldBe(6, string.Join('\n', lines));
        lines[0].ShouldMatch("^Signed in: account [0-9a-f-]{36} of ken by Link, request ");
        lines[1].ShouldMatch("^Signed in: account [0-9a-f-]{36} of ken by Password, request ");
        lines[2].ShouldStartWith("Not signed in: by Password, because sign-in-wrong, provider of -, request ");
        lines[3].ShouldStartWith("Not signed in: by Password, because sign-in-wrong, ");
        lines[4].ShouldMatch("^Refused with 403: /api/v1/tokens for token:[0-9a-f]{32}, request ");
        lines[5].ShouldStartWith("Refused with 401: /api/v1/offers for -, request ");
        foreach (var secret in new[] { "quiet-name", "typed here", AccountNode.Password, code, token! })
        {
            events.Lines.ShouldAllBe(line => !line.Text.Contains(secret));
        }
    }
}
