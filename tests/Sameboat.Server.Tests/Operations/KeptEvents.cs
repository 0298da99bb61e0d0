using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sameboat.Server.Tests.Operations;

/// <summary>Keeps the events that a node writes, from a level on.</summary>
internal sealed class KeptEvents(LogLevel from) : ILoggerProvider
{
    internal ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new One(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class One(KeptEvents events, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= events.From;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                events.Lines.Enqueue($"{category}: {formatter(state, exception)} {exception?.GetType().Name}");
            }
        }
    }

    private LogLevel From { get; } = from;
}
