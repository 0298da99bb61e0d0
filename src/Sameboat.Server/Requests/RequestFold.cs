using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>What is asked for.</summary>
internal sealed record RequestContent(string Outbreak, IReadOnlyList<RequestLineRow> Lines);

/// <summary><c>request.submitted</c> and the steps after it.</summary>
internal sealed class RequestFold() : LifecycleFold<RequestState, RequestContent>(RequestLifecycle.Law)
{
    /// <summary>The most lines of one request: what fits into one entry.</summary>
    internal const int LinesMax = 300;

    protected override RequestContent? Read(EntityName subject, JsonObject body)
    {
        if (body.Text("outbreak") is not { } outbreak
            || body.Objects("lines") is not { Count: > 0 and <= LinesMax } lines)
        {
            return null;
        }

        var read = lines.Select((line, number) => ReadLine(subject, number, outbreak, line)).ToList();
        return read.TrueForAll(line => line is not null) ? new RequestContent(outbreak, read!) : null;
    }

    protected override Change<RequestState, RequestContent> Apply(
        Course<RequestState, RequestContent> course, string verb, JsonObject body) =>
        verb == "validated" && course.Steps[^1].By == (body.Text(By) ?? "")
            ? new Change<RequestState, RequestContent>(null, null, FoldReasons.FourEyes)
            : base.Apply(course, verb, body);

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<RequestState, RequestContent> course) =>
        course.Content.Lines.Append<IProjectedRow>(new RequestRow
        {
            Subject = subject.ToString(),
            Member = subject.Owner.ToString(),
            Outbreak = course.Content.Outbreak,
            State = course.State.ToString(),
        });

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
