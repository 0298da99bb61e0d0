using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Web;

namespace Sameboat.Server.Api;

/// <summary>
/// The one place that says how the interface refuses: a stable code, its status, and a sentence, as a problem of
/// RFC 9457. What a fold refuses has the fold's own code and sentence.
/// </summary>
internal static class Problems
{
    internal const string Unauthenticated = "unauthenticated";
    internal const string RoleMissing = "role-missing";
    internal const string NotFound = "not-found";
    internal const string Malformed = "malformed";
    internal const string TooLong = "too-long";
    internal const string NotJson = "not-json";
    internal const string IfMatchMissing = "if-match-missing";
    internal const string Stale = "stale";
    internal const string Exists = "exists";
    internal const string KeyReused = "key-reused";
    internal const string UnknownParameter = "unknown-parameter";
    internal const string BadParameter = "bad-parameter";
    internal const string NoLog = "no-log";
    internal const string NotAnEntry = "not-an-entry";

    internal const string CannotPlan = "cannot-plan";
    internal const string AnswersMissing = "answers-missing";
    internal const string Busy = "busy";

    private static readonly FrozenDictionary<string, (int Status, string Sentence)> Own =
        new Dictionary<string, (int Status, string Sentence)>(StringComparer.Ordinal)
        {
            [Unauthenticated] = (401, "A valid token of a member is needed."),
            [RoleMissing] = (403, "The token has no role that may do this."),
            [NotFound] = (404, "There is no such thing, or it is not for this reader."),
            [Malformed] = (400, "The body is not one object of JSON of the expected form."),
            [TooLong] = (413, "The body is longer than an entry may be."),
            [NotJson] = (415, "The body must be application/json."),
            [IfMatchMissing] = (428, "If-Match must say which version the change was made on."),
            [Stale] = (412, "Somebody else has changed it since it was read."),
            [Exists] = (409, "It is there already; change it with If-Match."),
            [KeyReused] = (422, "The Idempotency-Key was used for another request."),
            [UnknownParameter] = (400, "The list knows no such filter."),
            [BadParameter] = (400, "The value of a parameter is not of the expected form."),
            [NoLog] = (409, "This node writes no log of that member."),
            [CannotPlan] = (409, "The round cannot be worked out from the record as it is."),
            [AnswersMissing] = (409, "Parties have not answered yet, and their time is not over."),
            [Busy] = (503, "Another round is being worked out. Try again in a moment."),
            [NotAnEntry] = (422, "The body breaks a rule of entries."),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code.</summary>
    internal static IEnumerable<string> Codes => Own.Keys.Concat(FoldReasons.All);

    /// <summary>The status of a code.</summary>
    internal static int Status(string code) => Own.TryGetValue(code, out var own) ? own.Status : code switch
    {
        FoldReasons.NotTheOwner or FoldReasons.NotAParty => StatusCodes.Status403Forbidden,
        FoldReasons.UnknownKind => StatusCodes.Status404NotFound,
        FoldReasons.Unreadable or FoldReasons.WrongReference or FoldReasons.ReasonMissing or FoldReasons.NoOwner
            => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>The answer.</summary>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="detail">What was found, or null.</param>
    internal static IResult Answer(string code, string? detail = null)
    {
        var status = Status(code);
        var problem = new JsonObject
        {
            ["type"] = $"/problems/{code}",
            ["title"] = Own.TryGetValue(code, out var own) ? own.Sentence : Words.Of("en")!.Find($"reason.{code}"),
            ["status"] = status,
            ["code"] = code,
        };
        if (!string.IsNullOrEmpty(detail))
        {
            problem["detail"] = detail;
        }

        return Results.Text(problem.ToJsonString(), "application/problem+json", statusCode: status);
    }
}
