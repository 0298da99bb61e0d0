using System.Text.Json.Nodes;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>What the answers to a request are made of.</summary>
/// <param name="Request">The request.</param>
/// <param name="Asked">Its lines, and those of the member's other published requests of the outbreak.</param>
/// <param name="Consignments">Everything sent to the member for the outbreak.</param>
/// <param name="Sent">Their lines.</param>
/// <param name="Legs">Their legs, by consignment.</param>
/// <param name="Steps">The steps of the request and of the consignments.</param>
/// <param name="Lateness">How late their senders have been.</param>
internal sealed record AnswerFacts(
    RequestRow Request,
    IReadOnlyList<RequestLineRow> Asked,
    IReadOnlyDictionary<string, ConsignmentRow> Consignments,
    IReadOnlyList<ConsignmentLineRow> Sent,
    ILookup<string, LegRow> Legs,
    ILookup<string, StepRow> Steps,
    Lateness Lateness);

/// <summary>The requester's page of answers. Pure: the instant is handed in.</summary>
internal sealed class AnswerSheet
{
    private static readonly string[] Over =
    [
        nameof(ConsignmentState.Cancelled), nameof(ConsignmentState.Lost), nameof(ConsignmentState.Returned),
    ];

    private readonly AnswerFacts _facts;
    private readonly long _now;
    private readonly ILookup<(string Place, string Item), ConsignmentLineRow> _coming;
    private readonly Dictionary<(string Subject, int Line), LineAccount> _accounts = [];
    private readonly Dictionary<string, JsonObject> _holders = new(StringComparer.Ordinal);

    internal AnswerSheet(AnswerFacts facts, long now)
    {
        _facts = facts;
        _now = now;
        _coming = facts.Sent
            .Where(line => facts.Consignments[line.Subject].State != nameof(ConsignmentState.Cancelled))
            .ToLookup(line => (facts.Consignments[line.Subject].Destination, line.Item));
        foreach (var group in facts.Asked.GroupBy(line => (line.Place, line.Item)))
        {
            foreach (var (line, account) in LineProgress.Share(group, _coming[group.Key]))
            {
                _accounts[line] = account;
            }
        }
    }

    /// <summary>The sheet.</summary>
    internal JsonObject Written()
    {
        var request = _facts.Request;
        var steps = _facts.Steps[request.Subject].ToList();
        return new JsonObject
        {
            ["ask"] = Ask(request.Member, steps),
            ["lines"] = new JsonArray(
            [
                .. _facts.Asked.Where(line => line.Subject == request.Subject)
                    .OrderBy(line => line.Line)
                    .Select(Line),
            ]),
            ["next"] = NextOf(request),
            ["state"] = request.State,
            ["steps"] = new JsonArray([.. Times(request, steps).Select(time => time.Written())]),
            ["subject"] = request.Subject,
        };
    }

    private JsonObject Line(RequestLineRow line)
    {
        var account = _accounts[(line.Subject, line.Line)];
        var holders = _coming[(line.Place, line.Item)]
            .Where(one => one.Open > 0 && !Over.Contains(_facts.Consignments[one.Subject].State))
            .ToList();
        return new JsonObject
        {
            ["committed"] = account.Committed,
            ["held_by"] = new JsonArray([.. holders.Select(Holder)]),
            ["item"] = line.Item,
            ["line"] = line.Line,
            ["needed_by"] = Days.Written(line.NeededBy),
            ["next"] = account.Progress == Progress.Received ? "nothing-open"
                : holders.Count > 0 ? ConsignmentAdvice.Of(_facts.Consignments[holders[0].Subject].State)
                : NextOf(_facts.Request),
            ["place"] = line.Place,
            ["progress"] = account.Progress.ToString(),
            ["received"] = account.Received,
            ["requested"] = account.Requested,
            ["unit"] = line.Unit,
        };
    }

    private JsonObject Holder(ConsignmentLineRow line)
    {
        var holder = HolderOf(line.Subject).DeepClone().AsObject();
        holder["open"] = line.Open;
        return holder;
    }

    // One consignment may hold a thousand lines: what is said of it is worked out once.
    private JsonObject HolderOf(string subject)
    {
        if (_holders.TryGetValue(subject, out var made))
        {
            return made;
        }

        var consignment = _facts.Consignments[subject];
        var steps = _facts.Steps[subject].ToList();
        var range = _facts.Lateness.Of(consignment, [.. _facts.Legs[subject]]);
        return _holders[subject] = new JsonObject
        {
            ["arrival"] = new JsonObject
            {
                ["earliest"] = Days.Written(range.Earliest),
                ["expected"] = Days.Written(range.Expected),
                ["latest"] = Days.Written(range.Latest),
                ["method"] = range.Method,
                ["sample"] = range.Sample,
            },
            ["ask"] = Ask(consignment.Member, steps),
            ["consignment"] = subject,
            ["next"] = ConsignmentAdvice.Of(consignment.State),
            ["state"] = consignment.State,
            ["steps"] = new JsonArray(
            [
                .. StepTimes.Of("consignment", steps, _now, Over.Contains(consignment.State))
                    .Select(time => time.Written()),
            ]),
            ["tracking"] = consignment.Tracking,
        };
    }

    private IEnumerable<StepTime> Times(RequestRow request, List<StepRow> steps)
    {
        var isOver = request.State is not (nameof(RequestState.Submitted) or nameof(RequestState.Returned)
            or nameof(RequestState.Validated) or nameof(RequestState.Published));
        foreach (var time in StepTimes.Of("request", steps, _now, isOver))
        {
            yield return time;
        }

        // From the word of the member to the first that somebody sends for it.
        if (steps.LastOrDefault(step => step.Verb == "published") is { } published)
        {
            var first = _facts.Consignments.Keys
                .Select(name => _facts.Steps[name].FirstOrDefault()?.At)
                .Where(at => at >= published.At)
                .Min();
            if (first is not null || !isOver)
            {
                yield return new StepTime(
                    "request.published-to-consignment", StepTimes.Hours(published.At, first ?? _now),
                    first is not null);
            }
        }
    }

    // The capacity in which somebody last acted for the member; names of persons are in no entry.
    private static JsonObject Ask(string member, List<StepRow> steps) => new()
    {
        ["capacity"] = steps.LastOrDefault(step => step.Member == member && step.By.Length > 0)?.By,
        ["member"] = member,
    };

    private static string NextOf(RequestRow request) => request.State switch
    {
        nameof(RequestState.Submitted) when request.PartsHere < request.Parts => "send-missing-parts",
        nameof(RequestState.Submitted) => "validate",
        nameof(RequestState.Returned) => "mend-and-submit",
        nameof(RequestState.Validated) => "publish",
        nameof(RequestState.Published) => "wait-for-offers",
        _ => "nothing-open",
    };
}
