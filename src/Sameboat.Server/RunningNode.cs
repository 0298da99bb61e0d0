using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Sameboat.Server.Accounts;
using Sameboat.Server.Exercise;
using Sameboat.Server.Operations;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server;

/// <summary>A node that listens and is ready; disposing it stops it and removes a temporary data folder.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    /// <summary>The host in the origins of an exercise's logs: reserved for what does not exist (RFC 6761).</summary>
    private const string ExerciseHost = "exercise.sameboat.invalid";

    /// <summary>How long a stop waits for the requests that are being answered.</summary>
    internal static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

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

    /// <summary>
    /// The address by which whoever runs the exercise signs in, within 24 hours of the start; null where none is
    /// played.
    /// </summary>
    public Uri? Lead { get; private set; }

    /// <summary>Everything that the node answers to.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints =>
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

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
        // Kestrel hears no more, answers what it has heard, and the appends that those wait for are written.
        using var limit = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(limit.Token);
        await _app.Services.GetRequiredService<LogStore>().WhenIdleAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(NodeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.AddNodeEvents();
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
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddSameboat(options);
        var app = builder.Build();
        app.MapSameboat();
        return app;
    }

    // A record is of an exercise or real, never both.
    private static async Task RefuseMixtureAsync(NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Members.AnyAsync(member => !member.Exercise, cancellation))
        {
            throw new IOException(
                "The data folder holds a record that is no exercise. An exercise needs a folder of its own: "
                + "see --data.");
        }
    }

    private static async Task RefuseExerciseAsync(NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Outbreaks.AnyAsync(outbreak => outbreak.Subject == ExerciseScript.Outbreak, cancellation))
        {
            throw new IOException(
                "The data folder holds an exercise. Start it with --exercise, or name another folder: see --data.");
        }
    }

    private async Task PrepareAsync(NodeOptions options, CancellationToken cancellation)
    {
        var database = _app.Services.GetRequiredService<NodeDatabase>();
        await database.PrepareAsync(cancellation);
        if (options.ExerciseSeed is { } seed)
        {
            await RefuseMixtureAsync(database, cancellation);
            var store = _app.Services.GetRequiredService<LogStore>();
            await new ExerciseWriter(database, store, ExerciseHost, seed).PlayAsync(cancellation);
            await _app.Services.GetRequiredService<ExerciseDirector>().WakeAsync(cancellation);
            var link = await _app.Services.GetRequiredService<ExercisePlayers>().LinkAsync(cancellation);
            Lead = new Uri(options.PublicAddress ?? Address, $"/{Words.DefaultCulture}/exercise/lead/{link}");
        }
        else
        {
            await RefuseExerciseAsync(database, cancellation);
        }

        await _app.Services.GetRequiredService<WitnessRounds>().NoteLatestAsync(cancellation);
        await _app.Services.GetRequiredService<KeyDeclaration>()
            .DeclareAsync(options.Operator, only: null, cancellation);
        var desk = _app.Services.GetRequiredService<AccountDesk>();
        if (options.ExerciseSeed is null && await desk.FoundAsync(cancellation) is { } secret)
        {
            SetUp = new Uri(options.PublicAddress ?? Address, $"/{Words.DefaultCulture}/set-up/{secret}");
        }

        _app.Services.GetRequiredService<NodeReadiness>().Open();
    }
}
