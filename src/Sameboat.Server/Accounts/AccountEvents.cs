using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sameboat.Server.Accounts;

/// <summary>
/// What is logged of signing in and of refusals: who by the node's own ids, how, and what came of it. Never a name that
/// was typed, a password, a code, a token or an address: somebody may have typed a password where the name belongs.
/// </summary>
internal sealed partial class AccountEvents(ILoggerFactory loggers)
{
    /// <summary>The category of the events.</summary>
    internal const string Category = "Sameboat.Accounts";

    private readonly ILogger _log = loggers.CreateLogger(Category);

    /// <summary>Somebody signed in.</summary>
    internal void SignedIn(HttpContext http, AccountRow account, SessionWay way) =>
        Entered(_log, account.Id, account.Member, way, http.TraceIdentifier);

    /// <summary>Nobody was signed in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="way">By what it was tried.</param>
    /// <param name="code">Why not, a stable code.</param>
    /// <param name="member">Of whose provider; a dash where none took part.</param>
    internal void NotSignedIn(HttpContext http, SessionWay way, string code, string member = "-") =>
        Refused(_log, way, code, member, http.TraceIdentifier);

    /// <summary>An account was changed, or sessions or links of it ended.</summary>
    internal void Changed(HttpContext http, AccountRow account, string what) =>
        Altered(_log, account.Id, account.Member, what, http.TraceIdentifier);

    /// <summary>A program was refused.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">401 or 403.</param>
    /// <param name="route">As it is declared.</param>
    /// <param name="account">Which token it was, or a dash.</param>
    internal void Denied(HttpContext http, int status, string route, string account) =>
        Barred(_log, status, route, account, http.TraceIdentifier);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Signed in: account {Account} of {Member} by {Way}, request {Request}")]
    private static partial void Entered(ILogger log, Guid account, string member, SessionWay way, string request);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Not signed in: by {Way}, because {Code}, provider of {Member}, request {Request}")]
    private static partial void Refused(ILogger log, SessionWay way, string code, string member, string request);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Account {Account} of {Member}: {What}, request {Request}")]
    private static partial void Altered(ILogger log, Guid account, string member, string what, string request);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Refused with {Status}: {Route} for {Account}, request {Request}")]
    private static partial void Barred(ILogger log, int status, string route, string account, string request);
}
