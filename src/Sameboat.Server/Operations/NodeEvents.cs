using Microsoft.Extensions.Logging;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Operations;

/// <summary>Which events a node writes: what an operator can act on, and no more.</summary>
internal static class NodeEvents
{
    /// <summary>Sets what is written by category.</summary>
    internal static ILoggingBuilder AddNodeEvents(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter(RequestLog.Category, LogLevel.Information);

        // Who signed in, and who was refused: without a name, password, code or token.
        logging.AddFilter(AccountEvents.Category, LogLevel.Information);

        // A start that fails is told once, in one line, by whoever started the node.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // The keys are as safe as those of the logs beside them: files that the node's user alone may read.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // A form that is not ours is a reader's affair, and anybody can send as many as he likes.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        return logging;
    }
}
