using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>One POST that came.</summary>
internal sealed record Caught(string Path, string Signature, string Delivery, byte[] Body);

/// <summary>A receiver of webhooks on this machine.</summary>
internal sealed class HookCatcher : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HookCatcher(WebApplication app) => _app = app;

    internal ConcurrentQueue<Caught> Messages { get; } = new();

    /// <summary>What is answered.</summary>
    internal int Status { get; set; } = StatusCodes.Status200OK;

    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    internal static async Task<HookCatcher> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var catcher = new HookCatcher(builder.Build());
        catcher._app.MapPost("/{**path}", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            catcher.Messages.Enqueue(new Caught(
                http.Request.Path, http.Request.Headers["Sameboat-Signature"].ToString(),
                http.Request.Headers["Sameboat-Delivery"].ToString(), body.ToArray()));
            return Results.StatusCode(catcher.Status);
        });
        await catcher._app.StartAsync(TestContext.Current.CancellationToken);
        catcher.Address = new Uri(catcher._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return catcher;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
