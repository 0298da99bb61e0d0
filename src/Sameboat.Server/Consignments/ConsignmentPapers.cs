using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Api;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Consignments;

/// <summary>The papers that go with a consignment.</summary>
internal enum Paper
{
    /// <summary>Who sends what to whom, by which way.</summary>
    Waybill,

    /// <summary>What is in it, lot by lot.</summary>
    PackingList,

    /// <summary>What the consignee counted.</summary>
    GoodsReceived,
}

/// <summary>Everything that papers and tracking say of one consignment.</summary>
internal sealed record ConsignmentPapers(
    ConsignmentRow Consignment,
    ImmutableArray<ConsignmentLineRow> Lines,
    ImmutableArray<LegRow> Legs,
    ImmutableArray<ReceiptLineRow> Receipts,
    ImmutableArray<StepRow> Steps,
    string Sender,
    string Consignee,
    OutbreakRow? Outbreak,
    string Address)
{
    /// <summary>True when nothing of it is real.</summary>
    internal bool IsExercise => Outbreak?.Exercise == true;

    /// <summary>The consignment of a subject, or null where the reader may not see one.</summary>
    internal static async Task<ConsignmentPapers?> ReadAsync(
        NodeContext db, string subject, CancellationToken cancellation)
    {
        if (await db.Set<ConsignmentRow>().AsNoTracking().FirstOrDefaultAsync(
            row => row.Subject == subject, cancellation) is not { } row)
        {
            return null;
        }

        var names = await db.Members.AsNoTracking()
            .Where(member => member.Member == row.Member || member.Member == row.Consignee)
            .ToDictionaryAsync(member => member.Member, member => member.Name, StringComparer.Ordinal, cancellation);
        var origin = await db.Logs.Where(log => log.Member == row.Member).Select(log => log.Origin)
            .FirstOrDefaultAsync(cancellation) ?? "";
        return new ConsignmentPapers(
            row,
            [.. await db.Set<ConsignmentLineRow>().AsNoTracking().Where(line => line.Subject == subject)
                .OrderBy(line => line.Line).ToListAsync(cancellation)],
            [.. await db.Set<LegRow>().AsNoTracking().Where(leg => leg.Subject == subject)
                .OrderBy(leg => leg.Leg).ToListAsync(cancellation)],
            [.. await db.Set<ReceiptLineRow>().AsNoTracking().Where(line => line.Subject == subject)
                .OrderBy(line => line.Note).ThenBy(line => line.Line).ToListAsync(cancellation)],
            [.. await db.Set<StepRow>().AsNoTracking().Where(step => step.Subject == subject)
                .OrderBy(step => step.Step).ToListAsync(cancellation)],
            names.GetValueOrDefault(row.Member, row.Member),
            names.GetValueOrDefault(row.Consignee, row.Consignee),
            await db.Outbreaks.AsNoTracking().FirstOrDefaultAsync(one => one.Subject == row.Outbreak, cancellation),
            $"https://{origin.Split('/')[0]}/en/track/{row.Tracking}");
    }

    /// <summary>The same by its tracking code.</summary>
    internal static async Task<ConsignmentPapers?> FindAsync(
        NodeContext db, string typed, CancellationToken cancellation)
    {
        if (TrackingCode.Read(typed) is not { } code)
        {
            return null;
        }

        var subject = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Tracking == code)
            .OrderBy(row => row.Subject)
            .Select(row => row.Subject)
            .FirstOrDefaultAsync(cancellation);
        return subject is null ? null : await ReadAsync(db, subject, cancellation);
    }

    /// <summary>What anybody who holds the code is told.</summary>
    internal JsonObject Tracking() => new()
    {
        ["arrived"] = Days.Written(Consignment.Arrived),
        ["consignee"] = Consignment.Consignee,
        ["destination"] = Consignment.Destination,
        ["exercise"] = IsExercise,
        ["expected"] = Days.Written(Consignment.Expected),
        ["legs"] = new JsonArray([.. Legs.Select(ConsignmentEndpoints.Written)]),
        ["next"] = ConsignmentAdvice.Of(Consignment.State),
        ["sender"] = Consignment.Member,
        ["state"] = Consignment.State,
        ["steps"] = new JsonArray(
        [
            .. Steps.Select(step => new JsonObject
            {
                ["at"] = new HybridTime(step.At).Instant.ToString("O"),
                ["state"] = step.State,
            }),
        ]),
        ["subject"] = Consignment.Subject,
        ["tracking"] = Consignment.Tracking,
    };

    /// <summary>A paper as data.</summary>
    internal JsonObject Written(Paper paper)
    {
        var shown = new JsonObject
        {
            ["consignee"] = Consignment.Consignee,
            ["consignee_name"] = Consignee,
            ["destination"] = Consignment.Destination,
            ["exercise"] = IsExercise,
            ["expected"] = Days.Written(Consignment.Expected),
            ["outbreak"] = Consignment.Outbreak,
            ["paper"] = paper.ToString(),
            ["sender"] = Consignment.Member,
            ["sender_name"] = Sender,
            ["state"] = Consignment.State,
            ["subject"] = Consignment.Subject,
            ["tracking"] = Consignment.Tracking,
            ["waybill"] = Consignment.Waybill,
        };
        if (paper == Paper.Waybill)
        {
            shown["legs"] = new JsonArray([.. Legs.Select(ConsignmentEndpoints.Written)]);
            shown["packages"] = Lines.Sum(line => line.Packages);
            shown["grams"] = Lines.Sum(line => line.Grams);
        }

        shown["lines"] = paper == Paper.GoodsReceived
            ? new JsonArray([.. Receipts.Select(Received)])
            : new JsonArray([.. Lines.Select(Packed)]);
        return shown;
    }

    private static JsonObject Packed(ConsignmentLineRow line) => new()
    {
        ["expires"] = Days.Written(line.Expires),
        ["grams"] = line.Grams,
        ["item"] = line.Item,
        ["line"] = line.Line,
        ["lot"] = line.Lot,
        ["packages"] = line.Packages,
        ["quantity"] = line.Quantity,
        ["unit"] = line.Unit,
    };

    private JsonObject Received(ReceiptLineRow receipt)
    {
        var line = Lines[receipt.Line];
        return new JsonObject
        {
            ["damaged"] = receipt.Damaged,
            ["item"] = line.Item,
            ["line"] = receipt.Line,
            ["lost"] = receipt.Lost,
            ["lot"] = line.Lot,
            ["note"] = receipt.Note,
            ["reason"] = receipt.Reason,
            ["received"] = receipt.Received,
            ["report"] = receipt.Report,
            ["sent"] = line.Quantity,
            ["unit"] = line.Unit,
        };
    }
}

/// <summary>What somebody who waits for a consignment can do, by its state: a closed list of codes.</summary>
internal static class ConsignmentAdvice
{
    /// <summary>The code; each has a sentence <c>track.advice.CODE</c> in the catalogues.</summary>
    internal static string Of(string state) => Enum.Parse<ConsignmentState>(state) switch
    {
        ConsignmentState.Planned or ConsignmentState.Packed => "wait-for-dispatch",
        ConsignmentState.Dispatched or ConsignmentState.InTransit => "prepare-receipt",
        ConsignmentState.CustomsHold => "clear-customs",
        ConsignmentState.Arrived or ConsignmentState.PartlyReceived => "count-and-note",
        ConsignmentState.Received => "agree-on-count",
        ConsignmentState.Reconciled => "nothing-open",
        _ => "ask-sender",
    };
}
