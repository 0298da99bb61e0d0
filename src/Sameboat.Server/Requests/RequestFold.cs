using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>What is asked for.</summary>
/// <param name="Outbreak">The outbreak.</param>
/// <param name="Announced">In how many parts its lines are said.</param>
/// <param name="Parts">The lines of the parts that are there, by number from 1.</param>
internal sealed record RequestContent(
    string Outbreak, int Announced, ImmutableSortedDictionary<int, IReadOnlyList<RequestLineRow>> Parts)
{
    /// <summary>True when every part is there.</summary>
    internal bool IsWhole => Parts.Count == Announced;
}

/// <summary>
/// <c>request.submitted</c> and the steps after it. A request of more lines than fit into one entry says in how many
/// parts it comes; <c>request.extended</c> brings the others, in any order. Lines are numbered through the parts. Until
/// all parts are there it cannot be validated.
/// </summary>
internal sealed class RequestFold() : LifecycleFold<RequestState, RequestContent>(RequestLifecycle.Law)
{
    /// <summary>The most lines of one part: what fits into one entry.</summary>
    internal const int LinesMax = 300;

    /// <summary>The most parts of a request.</summary>
    internal const int PartsMax = 64;

    protected override RequestContent? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && (body["parts"] is null ? 1 : body.Count("parts")) is > 0 and <= PartsMax and var parts
        && ReadLines(subject, outbreak, 1, body) is { } lines
            ? new RequestContent(
                outbreak, (int)parts,
                ImmutableSortedDictionary<int, IReadOnlyList<RequestLineRow>>.Empty.Add(1, lines))
            : null;

    protected override Change<RequestState, RequestContent> Apply(
        Course<RequestState, RequestContent> course, string verb, JsonObject body) => verb switch
    {
        "extended" => Extend(course, body),
        "validated" when !course.Content.IsWhole => Refused(FoldReasons.PartsMissing),
        "validated" when course.Steps[^1].By == (body.Text(By) ?? "") => Refused(FoldReasons.FourEyes),
        _ => base.Apply(course, verb, body),
    };

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<RequestState, RequestContent> course) =>
        course.Content.Parts.Values
            .SelectMany(lines => lines)
            .Select((line, number) => line.Numbered(number))
            .Append<IProjectedRow>(new RequestRow
            {
                Subject = subject.ToString(),
                Member = subject.Owner.ToString(),
                Outbreak = course.Content.Outbreak,
                State = course.State.ToString(),
                Parts = course.Content.Announced,
                PartsHere = course.Content.Parts.Count,
            });

    private static Change<RequestState, RequestContent> Extend(
        Course<RequestState, RequestContent> course, JsonObject body)
    {
        var content = course.Content;
        return body.Count("part") is not (> 1 and var part) || part > content.Announced
            || ReadLines(EntityName.Parse(course.Steps[0].Subject), content.Outbreak, (int)part, body) is not { } lines
                ? Refused(FoldReasons.Unreadable)
            : content.Parts.ContainsKey((int)part) ? Refused(FoldReasons.AlreadyDone)
            : new Change<RequestState, RequestContent>(
                content with { Parts = content.Parts.Add((int)part, lines) }, null, "");
    }

    private static Change<RequestState, RequestContent> Refused(string reason) => new(null, null, reason);

    private static List<RequestLineRow>? ReadLines(EntityName subject, string outbreak, int part, JsonObject body)
    {
        if (body.Objects("lines") is not { Count: > 0 and <= LinesMax } lines)
        {
            return null;
        }

        var read = lines.Select((line, number) => ReadLine(subject, (part * LinesMax) + number, outbreak, line))
            .ToList();
        return read.TrueForAll(line => line is not null) ? [.. read.OfType<RequestLineRow>()] : null;
    }

    private static RequestLineRow? ReadLine(EntityName subject, int number, string outbreak, JsonObject line) =>
        line.Place("place") is { } place
        && line.Item("item") is { } item
        && line.Text("unit") is { } unit
        && line.Count("quantity") is > 0 and var quantity
            ? new RequestLineRow
            {
                Subject = subject.ToString(),
                Line = number,
                Outbreak = outbreak,
                Member = subject.Owner.ToString(),
                Place = place.ToString(),
                Item = item.ToString(),
                Unit = unit,
                Quantity = quantity,
                NeededBy = line.Day("needed_by")?.DayNumber,
                Need = line.Text("need") ?? "",
            }
            : null;
}
