using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sameboat.Server.Api.Shapes;
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
    internal const string TooMany = "too-many";
    internal const string TooManyRequests = "too-many-requests";
    internal const string NotAnEntry = "not-an-entry";
    internal const string NoSuchPath = "no-such-path";
    internal const string NoSuchMethod = "no-such-method";
    internal const string NotARequest = "not-a-request";
    internal const string ImportRefused = "import-refused";
    internal const string MemberLeft = "member-left";
    internal const string Unavailable = "unavailable";

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
            [TooMany] = (409, "There are as many as there may be; remove one first."),
            [TooManyRequests] = (429, "Too many requests from an address, token or member. Wait as Retry-After says."),
            [CannotPlan] = (409, "The round cannot be worked out from the record as it is."),
            [AnswersMissing] = (409, "Parties have not answered yet, and their time is not over."),
            [Busy] = (503, "Another round is being worked out. Try again in a moment."),
            [NotAnEntry] = (422, "The body breaks a rule of entries."),
            [NoSuchPath] = (404, "Nothing answers at this address."),
            [NoSuchMethod] = (405, "What is at this address does not answer to this method."),
            [NotARequest] = (400, "The request breaks a rule of HTTP."),
            [ImportRefused] = (422, "Some rows cannot be taken; nothing was stored."),
            [MemberLeft] = (403, "The member has left: it ends what it owes, and begins nothing new."),
            [Unavailable] = (503, "The node cannot write now; send it again."),
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

    /// <summary>The sentence of a code.</summary>
    internal static string Title(string code) =>
        Own.TryGetValue(code, out var own) ? own.Sentence : Words.Of("en")!.Find($"reason.{code}") ?? code;

    /// <summary>The answer.</summary>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <param name="detail">What was found, or null.</param>
    internal static IResult Answer(string code, string? detail = null) => Written(Of(code, detail), Status(code));

    /// <summary>The answer to a body that is not of its shape: the first fault as pointer, all that are told as
    /// errors.</summary>
    internal static IResult Answer(IReadOnlyList<BodyFault> faults)
    {
        var code = faults.All(fault => fault.LacksReason) ? FoldReasons.ReasonMissing : FoldReasons.Unreadable;
        var problem = Of(code, faults[0].ToString());
        problem["pointer"] = faults[0].Pointer;
        problem["errors"] = new JsonArray(
        [
            .. faults.Select(fault => new JsonObject
            {
                ["pointer"] = fault.Pointer,
                ["found"] = fault.Found,
                ["expected"] = fault.Expected,
            }),
        ]);
        return Written(problem, Status(code));
    }

    /// <summary>The answer of a code with a pointer to where it is.</summary>
    internal static IResult At(string code, string pointer, string expected)
    {
        var problem = Of(code, $"{pointer}: expected {expected}");
        problem["pointer"] = pointer;
        return Written(problem, Status(code));
    }

    /// <summary>The members that every problem has.</summary>
    internal static JsonObject Of(string code, string? detail)
    {
        var problem = new JsonObject
        {
            ["type"] = $"/problems/{code}",
            ["title"] = Title(code),
            ["status"] = Status(code),
            ["code"] = code,
        };
        if (!string.IsNullOrEmpty(detail))
        {
            problem["detail"] = detail;
        }

        return problem;
    }

    /// <summary>A problem as an answer.</summary>
    internal static IResult Written(JsonObject problem, int status) =>
        status == StatusCodes.Status401Unauthorized
            ? new Challenge(problem.ToJsonString())
            : Results.Text(problem.ToJsonString(), "application/problem+json", statusCode: status);

    /// <summary>A 401 says how to do it: RFC 9110, section 11.6.1, and RFC 6750, section 3.</summary>
    private sealed class Challenge(string problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.WWWAuthenticate = httpContext.Request.Headers.Authorization.Count > 0
                ? "Bearer realm=\"sameboat\", error=\"invalid_token\""
                : "Bearer realm=\"sameboat\"";
            return Results.Text(
                problem, "application/problem+json", statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(httpContext);
        }
    }
}
