using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Accounts;
using Sameboat.Server.Operations;

namespace Sameboat.Server.Tests.Operations;

/// <summary>Clients that go away while their bodies come.</summary>
public sealed class CutConnectionTests : IDisposable
{
    private const int Clients = 8;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-cut-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_connection_that_is_reset_while_its_body_comes_is_counted_and_no_error_is_written()
    {
        var events = new KeptEvents(LogLevel.Warning);
        var cancellation = TestContext.Current.CancellationToken;
        var options = new NodeOptions { DataFolder = _folder };
        var (token, _) = await MemberAccess.IssueAsync(
            options, new TokenOrder("ken", "reporter,donor", "desk", 7, "node.test", null, null, Exercise: true),
            cancellation);
        await using var app = await events.StartNodeAsync(options);
        var counters = app.Services.GetRequiredService<NodeCounters>();
        var address = new Uri(app.Urls.First());
        string[] heads =
        [
            $"POST /api/v1/situations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
                + "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"id\":",
            $"POST /api/v1/imports/offers?name=a&outbreak=outbreak/ken/x HTTP/1.1\r\nHost: x\r\n"
                + $"Authorization: Bearer {token}\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\na,b",
        ];
        for (var client = 0; client < Clients; client++)
        {
            await ResetAsync(address, heads[client % heads.Length]);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(WaitMax);
        while (counters.Cut < Clients)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }

        counters.Cut.ShouldBe(Clients);
        events.Lines.ShouldBeEmpty();
        using var http = new HttpClient { BaseAddress = address };
        (await http.GetStringAsync("/health/live", cancellation)).ShouldNotBeEmpty();
    }

    // A linger of no time sends a reset in place of an orderly end.
    private static async Task ResetAsync(Uri address, string head)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            LingerState = new LingerOption(enable: true, seconds: 0),
        };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);

        // Until the node waits for the rest of the body.
        await Task.Delay(TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken);
    }
}
