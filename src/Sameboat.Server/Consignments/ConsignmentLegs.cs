using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Consignments;

/// <summary>One stretch of a consignment's way.</summary>
internal sealed class LegRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>From 0.</summary>
    public required int Leg { get; init; }

    /// <summary>Where it begins, in the sender's words.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>One of <see cref="ConsignmentLegs.Modes"/>.</summary>
    public required string Mode { get; init; }

    /// <summary>Who carries it, or empty.</summary>
    public required string Carrier { get; init; }

    /// <summary>Day numbers on which it should leave and come, or null.</summary>
    public required int? Leaves { get; init; }

    public required int? Comes { get; init; }

    /// <summary>Day numbers on which it did, or null.</summary>
    public int? Left { get; init; }

    public int? Came { get; init; }

    internal LegRow Moved(int? left, int? came) => new()
    {
        Subject = Subject,
        Leg = Leg,
        From = From,
        To = To,
        Mode = Mode,
        Carrier = Carrier,
        Leaves = Leaves,
        Comes = Comes,
        Left = left ?? Left,
        Came = came ?? Came,
    };
}

/// <summary>Reads the legs of a consignment and what is said of them on the way. Pure.</summary>
internal static class ConsignmentLegs
{
    /// <summary>The most legs of one consignment.</summary>
    internal const int LegsMax = 20;

    /// <summary>The longest name of a place or a carrier, in characters.</summary>
    internal const int NameLengthMax = 100;

    /// <summary>The closed list of ways to travel.</summary>
    internal static readonly ImmutableArray<string> Modes = ["road", "air", "sea", "rail", "river", "courier"];

    /// <summary>The legs that a statement names, none where it names none; null where they cannot be read.</summary>
    internal static ImmutableArray<LegRow>? Read(EntityName subject, JsonObject body)
    {
        if (body["legs"] is null)
        {
            return [];
        }

        if (body.Objects("legs") is not { Count: <= LegsMax } legs)
        {
            return null;
        }

        var read = legs.Select((leg, number) => ReadLeg(subject, number, leg)).ToList();
        return read.TrueForAll(leg => leg is not null) ? [.. read!] : null;
    }

    /// <summary>
    /// What <c>consignment.moved</c> makes of the legs: it names one by its number and says on which day it left, came,
    /// or both. A day that was said is not said otherwise, and none comes before it left.
    /// </summary>
    internal static Change<ConsignmentState, ConsignmentContent> Move(ConsignmentContent content, JsonObject body)
    {
        var left = body.Day("left")?.DayNumber;
        var came = body.Day("came")?.DayNumber;
        if (body.Count("leg") is not { } number || number >= content.Legs.Length || (left is null && came is null)
            || (body["left"] is not null && left is null) || (body["came"] is not null && came is null))
        {
            return new Change<ConsignmentState, ConsignmentContent>(null, null, FoldReasons.Unreadable);
        }

        var leg = content.Legs[(int)number];
        var isSaid = (left is null || leg.Left is not null) && (came is null || leg.Came is not null);
        var moved = leg.Moved(leg.Left ?? left, leg.Came ?? came);
        return isSaid ? new Change<ConsignmentState, ConsignmentContent>(null, null, FoldReasons.AlreadyDone)
            : moved.Came < moved.Left
                ? new Change<ConsignmentState, ConsignmentContent>(null, null, FoldReasons.Unreadable)
                : new Change<ConsignmentState, ConsignmentContent>(
                    content with { Legs = content.Legs.SetItem((int)number, moved) }, null, "");
    }

    private static LegRow? ReadLeg(EntityName subject, int number, JsonObject leg) =>
        Name(leg, "from") is { } from
        && Name(leg, "to") is { } to
        && leg.Text("mode") is { } mode && Modes.Contains(mode)
        && (leg["carrier"] is null || Name(leg, "carrier") is not null)
        && (leg["leaves"] is null || leg.Day("leaves") is not null)
        && (leg["comes"] is null || leg.Day("comes") is not null)
            ? new LegRow
            {
                Subject = subject.ToString(),
                Leg = number,
                From = from,
                To = to,
                Mode = mode,
                Carrier = Name(leg, "carrier") ?? "",
                Leaves = leg.Day("leaves")?.DayNumber,
                Comes = leg.Day("comes")?.DayNumber,
            }
            : null;

    private static string? Name(JsonObject leg, string member) =>
        leg.Text(member) is { Length: > 0 and <= NameLengthMax } name ? name : null;
}
