using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Consignments;
using Sameboat.Server.Deployments;
using Sameboat.Server.Record;
using Sameboat.Server.Refusals;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Exercise;

/// <summary>
/// What the script's members do in a week with what is open: goods are packed, sent, held before a closed port, counted
/// on arrival; teams take their next step. It goes on from the record, so what a player has done is done.
/// </summary>
/// <param name="Consignments">Those of the outbreak, in the order of their subjects.</param>
/// <param name="Lines">Of these.</param>
/// <param name="Deployments">Those of the outbreak, in the order of their subjects.</param>
/// <param name="Closed">Places that no goods reach.</param>
internal sealed record ExerciseMoves(
    IReadOnlyList<ConsignmentRow> Consignments, ILookup<string, ConsignmentLineRow> Lines,
    IReadOnlyList<DeploymentRow> Deployments, IReadOnlySet<string> Closed)
{
    private const string Logistics = "Logistics officer";
    private const string Warehouse = "Warehouse";
    private const int DaysOnTheWay = 9;

    /// <summary>Reads what is open.</summary>
    internal static async Task<ExerciseMoves> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var consignments = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(row => row.Subject)
            .ToListAsync(cancellation);
        var lines = await db.Set<ConsignmentLineRow>().AsNoTracking()
            .OrderBy(line => line.Subject).ThenBy(line => line.Line)
            .ToListAsync(cancellation);
        var deployments = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(row => row.Subject)
            .ToListAsync(cancellation);
        return new ExerciseMoves(
            consignments, lines.ToLookup(line => line.Subject, StringComparer.Ordinal), deployments,
            await ClosedAsync(db, cancellation));
    }

    /// <summary>Places whose port has been closed and not opened again.</summary>
    internal static async Task<ImmutableSortedSet<string>> ClosedAsync(
        NodeContext db, CancellationToken cancellation) =>
    [
        .. await db.Set<RefusalRow>().AsNoTracking()
            .Where(row => row.Reason == RefusalFold.PortClosed && row.State == nameof(RefusalState.Listed))
            .Select(row => row.Place)
            .Distinct()
            .ToListAsync(cancellation),
    ];

    /// <summary>What is said in the week that begins on a Monday.</summary>
    internal IEnumerable<Saying> In(DateOnly monday) =>
        Consignments.SelectMany(row => Moves(row, monday)).Concat(Deployments.SelectMany(row => Moves(row, monday)));

    private IEnumerable<Saying> Moves(ConsignmentRow row, DateOnly monday)
    {
        var sender = MemberId.Parse(row.Member);
        var consignee = MemberId.Parse(row.Consignee);
        var sunday = monday.AddDays(Sameboat.Weeks.Days - 1);
        Saying Say(MemberId by, int day, string verb, string? reason = null) => ExerciseChain.Step(
            monday.AddDays(day), 9, by, $"consignment.{verb}", row.Subject, by == sender ? Logistics : Warehouse,
            reason);
        switch (Enum.Parse<ConsignmentState>(row.State))
        {
            case ConsignmentState.Planned:
                return [Say(sender, 1, "packed"), Sent(Say(sender, 2, "dispatched"), row, monday),
                    Say(sender, 3, "departed")];
            case ConsignmentState.Packed:
                return [Sent(Say(sender, 2, "dispatched"), row, monday), Say(sender, 3, "departed")];
            case ConsignmentState.Dispatched:
                return [Say(sender, 3, "departed")];
            case ConsignmentState.InTransit when Closed.Contains(row.Destination):
                return [Say(consignee, 1, "held", "The port is closed.")];
            case ConsignmentState.CustomsHold when !Closed.Contains(row.Destination):
                return [Say(consignee, 4, "released")];
            case ConsignmentState.InTransit when row.Expected is not { } day || day <= sunday.DayNumber:
                return [Say(consignee, 3, "arrived"), Counted(Say(consignee, 4, "received"), row, monday)];
            case ConsignmentState.Arrived or ConsignmentState.PartlyReceived:
                return [Counted(Say(consignee, 2, "received"), row, monday)];
            case ConsignmentState.Received:
                return [Say(sender, 5, "reconciled")];
            default:
                return [];
        }
    }

    private static Saying Sent(Saying said, ConsignmentRow row, DateOnly monday)
    {
        var earliest = monday.AddDays(DaysOnTheWay).DayNumber;
        said.Body["expected"] = DateOnly.FromDayNumber(Math.Max(row.Expected ?? 0, earliest)).Written();
        return said;
    }

    private Saying Counted(Saying said, ConsignmentRow row, DateOnly monday)
    {
        said.Body["note"] = string.Create(CultureInfo.InvariantCulture, $"GRN-{monday:yyyyMMdd}");
        said.Body["lines"] = new JsonArray(
        [
            .. Lines[row.Subject].Where(line => line.Open > 0)
                .Select(line => new JsonObject { ["line"] = line.Line, ["received"] = line.Open }),
        ]);
        return said;
    }

    private static IEnumerable<Saying> Moves(DeploymentRow row, DateOnly monday)
    {
        var now = Enum.Parse<DeploymentState>(row.State);
        if (DeploymentLifecycle.Law.Edges.FirstOrDefault(edge => edge.From.Contains(now) && !edge.NeedsReason
            && !edge.Opens) is { } next)
        {
            var by = next.By == Side.Counterpart ? row.Sender : row.Member;
            yield return ExerciseChain.Step(
                monday.AddDays(2), 10, MemberId.Parse(by), $"deployment.{next.Verb}", row.Subject,
                next.By == Side.Counterpart ? "Team coordinator" : "Coordination cell");
        }
    }
}
