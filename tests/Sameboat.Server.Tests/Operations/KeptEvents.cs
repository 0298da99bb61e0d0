using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Operations;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Operations;

/// <summary>Keeps the events that a node writes from a level on.</summary>
internal sealed class KeptEvents(LogLevel from) : ILoggerProvider
{
    internal ConcurrentQueue<(string Category, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new One(this, from, categoryName);

    public void Dispose()
    {
    }

    /// <summary>A node on a free port of the loopback whose events are kept here; it answers already.</summary>
    internal async Task<WebApplication> StartNodeAsync(NodeOptions options)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddNodeEvents().AddProvider(this);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSameboat(options);
        var app = builder.Build();
        app.MapSameboat();
        await app.Services.GetRequiredService<NodeDatabase>().PrepareAsync(cancellation);
        await app.StartAsync(cancellation);
        app.Services.GetRequiredService<NodeReadiness>().Open();
        return app;
    }

    private sealed class One(KeptEvents events, LogLevel from, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var fault = exception is null ? "" : $" {exception.GetType().Name}";
                events.Lines.Enqueue((category, formatter(state, exception) + fault));
            }
        }
    }
}
