using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Sameboat.Server.Accounts;
using Sameboat.Server.Exercise;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server;

/// <summary>A node that listens and is ready; disposing it stops it and removes a temporary data folder.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    /// <summary>The host in the origins of an exercise's logs: reserved for what does not exist (RFC 6761).</summary>
    private const string ExerciseHost = "exercise.sameboat.invalid";

    private readonly WebApplication _app;
    private readonly NodeFolder _folder;

    private RunningNode(WebApplication app, NodeFolder folder)
    {
        _app = app;
        _folder = folder;
    }

    /// <summary>Where the node answers, with the port it got.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>
    /// The address by which the first account is made, when there is none yet and no exercise is played; it can be used
    /// once. Null otherwise.
    /// </summary>
    public Uri? SetUp { get; private set; }

    /// <summary>Listens, brings the tables to form, plays the exercise if one is asked for, and is ready.</summary>
    /// <exception cref="IOException">The port is in use, or another node runs on the data folder.</exception>
    public static async Task<RunningNode> StartAsync(NodeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = NodeFolder.Take(options.DataFolder);
        var node = new RunningNode(Build(options with { DataFolder = folder.Path }), folder);
        var isReady = false;
        try
        {
            await node._app.StartAsync(cancellation);
            await node.PrepareAsync(options, cancellation);
            isReady = true;
            return node;
        }
        finally
        {
            if (!isReady)
            {
                await node.DisposeAsync();
            }
        }
    }

    /// <summary>Returns when the node has been told to stop: by the token, Ctrl-C or SIGTERM.</summary>
    public Task WaitForStopAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(NodeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A start that fails is told once, in one line, by whoever started the node.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // The keys are as safe as those of the logs beside them: files that the node's user alone may read.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // A form that is not ours is a reader's affair, and anybody can send as many as he likes.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddJsonConsole();
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (IPAddress.TryParse(options.Address, out var address))
            {
                kestrel.Listen(address, options.Port);
            }
            else
            {
                kestrel.ListenLocalhost(options.Port);
            }
        });
        builder.Services.AddSameboat(options);
        var app = builder.Build();
        app.MapSameboat();
        return app;
    }

    private async Task PrepareAsync(NodeOptions options, CancellationToken cancellation)
    {
        var database = _app.Services.GetRequiredService<NodeDatabase>();
        await database.PrepareAsync(cancellation);
        if (options.ExerciseSeed is { } seed)
        {
            var store = _app.Services.GetRequiredService<LogStore>();
            await new ExerciseWriter(database, store, ExerciseHost, seed).PlayAsync(cancellation);
        }

        await _app.Services.GetRequiredService<WitnessRounds>().NoteLatestAsync(cancellation);
        var desk = _app.Services.GetRequiredService<AccountDesk>();
        if (options.ExerciseSeed is null && await desk.FoundAsync(cancellation) is { } secret)
        {
            SetUp = new Uri(options.PublicAddress ?? Address, $"/{Words.DefaultCulture}/set-up/{secret}");
        }

        _app.Services.GetRequiredService<NodeReadiness>().Open();
    }
}
