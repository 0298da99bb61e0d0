using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Consignments;

/// <summary>What is sent and what has become of it.</summary>
internal sealed record ConsignmentContent(
    string Consignee, string Outbreak, string Destination, string Waybill, int? Expected,
    ImmutableArray<ConsignmentLineRow> Lines, ImmutableArray<ReceiptLineRow> Receipts)
{
    /// <summary>The stretches of the way, in order; none where the sender names none.</summary>
    internal ImmutableArray<LegRow> Legs { get; init; } = [];

    /// <summary>The public code.</summary>
    internal string Tracking { get; init; } = "";

    /// <summary>The day of arrival that the sender named first, or null.</summary>
    internal int? Promised { get; init; }
}

/// <summary><c>consignment.planned</c> and the steps after it; the consignee says what it received.</summary>
internal sealed class ConsignmentFold() : LifecycleFold<ConsignmentState, ConsignmentContent>(ConsignmentLifecycle.Law)
{
    /// <summary>The most lines of one consignment: what fits into one entry.</summary>
    internal const int LinesMax = 300;

    protected override ConsignmentContent? Read(EntityName subject, JsonObject body)
    {
        if (body.Text("outbreak") is not { } outbreak
            || !MemberId.TryParse(body.Text("consignee"), out var consignee)
            || consignee == subject.Owner
            || body.Place("destination") is not { } destination
            || body.Objects("lines") is not { Count: > 0 and <= LinesMax } lines
            || ConsignmentLegs.Read(subject, body) is not { } legs)
        {
            return null;
        }

        var read = lines.Select((line, number) => ReadLine(subject, number, line)).ToList();
        return read.TrueForAll(line => line is not null)
            ? new ConsignmentContent(
                consignee.ToString(), outbreak, destination.ToString(), body.Text("waybill") ?? "",
                body.Day("expected")?.DayNumber, [.. read!], [])
            {
                Legs = legs,
                Promised = body.Day("expected")?.DayNumber,
            }
            : null;
    }

    // A correction keeps the code that may be printed already.
    protected override Change<ConsignmentState, ConsignmentContent> Open(
        EntityName subject, ConsignmentContent? before, Entry entry)
    {
        var opened = base.Open(subject, before, entry);
        return opened.Content is null
            ? opened
            : opened with
            {
                Content = opened.Content with { Tracking = before?.Tracking ?? TrackingCode.Of(entry.Id) },
            };
    }

    protected override string Counterpart(ConsignmentContent content) => content.Consignee;

    protected override Change<ConsignmentState, ConsignmentContent> Apply(
        Course<ConsignmentState, ConsignmentContent> course, string verb, JsonObject body) => verb switch
    {
        "moved" => ConsignmentLegs.Move(course.Content, body),
        "received" => Receive(course.Content, body),
        "unreceived" => TakeBack(course.Content, body),
        "returned" => Done(Rest(course.Content, line => line.Count(0, 0, 0, line.Open))),
        "lost" => Done(Rest(course.Content, line => line.Count(0, 0, line.Open, 0))),
        "dispatched" or "departed" => Done(course.Content with
        {
            Waybill = body.Text("waybill") ?? course.Content.Waybill,
            Expected = body.Day("expected")?.DayNumber ?? course.Content.Expected,
            Promised = course.Content.Promised ?? body.Day("expected")?.DayNumber,
        }),
        _ => base.Apply(course, verb, body),
    };

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<ConsignmentState, ConsignmentContent> course) =>
    [
        new ConsignmentRow
        {
            Subject = subject.ToString(),
            Member = subject.Owner.ToString(),
            Consignee = course.Content.Consignee,
            Outbreak = course.Content.Outbreak,
            State = course.State.ToString(),
            Destination = course.Content.Destination,
            Waybill = course.Content.Waybill,
            Expected = course.Content.Expected,
            Tracking = course.Content.Tracking,
            Promised = course.Content.Promised,
            Arrived = Arrival(course.Steps),
        },
        .. course.Content.Legs,
        .. course.Content.Lines,
        .. course.Content.Receipts,
    ];

    // The day, in UTC, on which somebody said that it had arrived.
    private static int? Arrival(ImmutableArray<StepRow> steps) =>
        steps.FirstOrDefault(step => step.Verb == "arrived") is { } arrived
            ? DateOnly.FromDateTime(new HybridTime(arrived.At).Instant.UtcDateTime).DayNumber
            : null;

    private static ConsignmentLineRow? ReadLine(EntityName subject, int number, JsonObject line) =>
        line.Item("item") is { } item
        && line.Text("unit") is { } unit
        && line.Text("lot") is { } lot
        && line.Count("quantity") is > 0 and var quantity
        && (line["plan_line"] is null || line.Count("plan_line") is <= int.MaxValue)
        && (line["packages"] is null || line.Count("packages") is not null)
        && (line["grams"] is null || line.Count("grams") is not null)
            ? new ConsignmentLineRow
            {
                Subject = subject.ToString(),
                Line = number,
                Plan = line.Text("plan") ?? "",
                PlanLine = (int)(line.Count("plan_line") ?? -1),
                Item = item.ToString(),
                Unit = unit,
                Lot = lot,
                Expires = line.Day("expires")?.DayNumber,
                Quantity = quantity,
                Packages = line.Count("packages"),
                Grams = line.Count("grams"),
            }
            : null;

    // A note counts once, whole or not at all; more than is open is refused.
    private static Change<ConsignmentState, ConsignmentContent> Receive(ConsignmentContent content, JsonObject body)
    {
        if (body.Text("note") is not { Length: > 0 } note || body.Objects("lines") is not { Count: > 0 } lines)
        {
            return Refused(FoldReasons.Unreadable);
        }

        if (content.Receipts.Any(receipt => receipt.Note == note))
        {
            return Refused(FoldReasons.AlreadyDone);
        }

        var counted = content.Lines.ToBuilder();
        var receipts = content.Receipts.ToBuilder();
        foreach (var line in lines)
        {
            if (line.Count("line") is not { } number || number >= counted.Count
                || receipts.Any(one => one.Note == note && one.Line == number)
                || Amount(line, "received") is not { } received
                || Amount(line, "damaged") is not { } damaged
                || Amount(line, "lost") is not { } lost
                || (line["reason"] is not null && line.Text("reason") is null)
                || (line["report"] is not null && line.Text("report") is null))
            {
                return Refused(FoldReasons.Unreadable);
            }

            var reason = line.Text("reason") ?? "";
            var open = counted[(int)number].Open;
            if (received > open || damaged > open - received || lost > open - received - damaged)
            {
                return Refused(FoldReasons.MoreThanThereIs);
            }

            if ((damaged > 0 || lost > 0) && string.IsNullOrWhiteSpace(reason))
            {
                return Refused(FoldReasons.ReasonMissing);
            }

            counted[(int)number] = counted[(int)number].Count(received, damaged, lost, 0);
            receipts.Add(new ReceiptLineRow
            {
                Subject = counted[(int)number].Subject,
                Note = note,
                Line = (int)number,
                Received = received,
                Damaged = damaged,
                Lost = lost,
                Reason = reason,
                Report = line.Text("report") ?? "",
            });
        }

        return new Change<ConsignmentState, ConsignmentContent>(
            content with { Lines = counted.ToImmutable(), Receipts = receipts.ToImmutable() },
            counted.All(line => line.Open == 0) ? ConsignmentState.Received : ConsignmentState.PartlyReceived,
            "");
    }

    // The note is struck out whole: its lines are open again, and the same number may be used for the right count.
    private static Change<ConsignmentState, ConsignmentContent> TakeBack(ConsignmentContent content, JsonObject body)
    {
        if (body.Text("note") is not { Length: > 0 } note)
        {
            return Refused(FoldReasons.Unreadable);
        }

        var counted = content.Lines.ToBuilder();
        var struck = content.Receipts.Where(receipt => receipt.Note == note).ToList();
        if (struck.Count == 0)
        {
            return Refused(FoldReasons.AlreadyDone);
        }

        foreach (var one in struck)
        {
            counted[one.Line] = counted[one.Line].Count(-one.Received, -one.Damaged, -one.Lost, 0);
        }

        ImmutableArray<ReceiptLineRow> left = [.. content.Receipts.Where(receipt => receipt.Note != note)];
        return new Change<ConsignmentState, ConsignmentContent>(
            content with { Lines = counted.ToImmutable(), Receipts = left },
            counted.All(line => line.Open == 0) ? ConsignmentState.Received
            : left.IsEmpty ? ConsignmentState.Arrived
            : ConsignmentState.PartlyReceived,
            "");
    }

    private static long? Amount(JsonObject line, string name) => line[name] is null ? 0 : line.Count(name);

    private static ConsignmentContent Rest(
        ConsignmentContent content, Func<ConsignmentLineRow, ConsignmentLineRow> count) =>
        content with { Lines = [.. content.Lines.Select(count)] };

    private static Change<ConsignmentState, ConsignmentContent> Done(ConsignmentContent content) =>
        new(content, null, "");

    private static Change<ConsignmentState, ConsignmentContent> Refused(string reason) => new(null, null, reason);
}
