using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>One line with where it stands and what is on its way.</summary>
internal sealed record RequestLineView(
    RequestLineRow Line, LineAccount Account, ImmutableArray<(ConsignmentRow Of, ConsignmentLineRow Line)> Coming);

/// <summary>A request at a glance.</summary>
/// <param name="Request">The request.</param>
/// <param name="Asked">Day number of its publication, or null.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record RequestSummary(RequestRow Request, int? Asked, ImmutableArray<RequestLineView> Lines)
{
    /// <summary>Lines that have come so far, or farther.</summary>
    internal int CountFrom(Progress progress) => Lines.Count(line => line.Account.Progress >= progress);
}

/// <summary>Puts what was sent beside what was asked for. Pure.</summary>
internal static class RequestAnswers
{
    private static readonly string[] Over =
    [
        nameof(ConsignmentState.Cancelled), nameof(ConsignmentState.Lost), nameof(ConsignmentState.Returned),
    ];

    /// <summary>One summary a request, in the order of the subject.</summary>
    internal static ImmutableArray<RequestSummary> Of(ChainLedger ledger)
    {
        var consignments = ledger.Consignments.ToDictionary(one => one.Subject, StringComparer.Ordinal);
        var sent = ledger.ConsignmentLines
            .Select(line => (Of: consignments[line.Subject], Line: line))
            .Where(one => one.Of.State != nameof(ConsignmentState.Cancelled))
            .ToLookup(one => (one.Of.Consignee, one.Of.Destination, one.Line.Item));
        var accounts = ledger.PublishedLines
            .GroupBy(line => (line.Member, line.Place, line.Item))
            .SelectMany(group => LineProgress.Share(group, sent[group.Key].Select(one => one.Line)))
            .ToDictionary();
        var lines = ledger.RequestLines.ToLookup(line => line.Subject);
        return
        [
            .. ledger.Requests.Select(request => new RequestSummary(
                request,
                ledger.DayOfStep(request.Subject, "published"),
                [
                    .. lines[request.Subject].Select(line => new RequestLineView(
                        line,
                        accounts.TryGetValue((line.Subject, line.Line), out var account)
                            ? account
                            : new LineAccount(line.Quantity, 0, 0),
                        [
                            .. sent[(line.Member, line.Place, line.Item)]
                                .Where(one => one.Line.Open > 0 && !Over.Contains(one.Of.State)),
                        ])),
                ])),
        ];
    }
}

/// <summary>Every request of the outbreak declared last.</summary>
internal sealed record RequestsView(OutbreakRow Outbreak, ImmutableArray<RequestSummary> Requests, MemberNames Members)
{
    internal static async Task<RequestsView?> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        await CurrentOutbreak.ReadAsync(db, cancellation) is { } outbreak
            ? new RequestsView(
                outbreak,
                (await db.NowAsync(outbreak.Subject, cancellation)).Chain.Requests,
                await MemberNames.ReadAsync(db, cancellation))
            : null;
}

/// <summary>One request with the answer to each line.</summary>
internal sealed record RequestView(
    OutbreakRow Outbreak, RequestSummary Request, ImmutableArray<StepRow> Steps, MemberNames Members)
{
    internal static async Task<RequestView?> ReadAsync(
        NodeContext db, string subject, CancellationToken cancellation)
    {
        if (await db.Set<RequestRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation)
                is not { } request
            || await db.Outbreaks.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Subject == request.Outbreak, cancellation) is not { } outbreak)
        {
            return null;
        }

        var ledger = (await db.NowAsync(outbreak.Subject, cancellation)).Chain.Ledger;
        return new RequestView(
            outbreak,
            RequestAnswers.Of(ledger.AskedBy(request.Member)).First(one => one.Request.Subject == subject),
            [.. ledger.Steps[subject]],
            await MemberNames.ReadAsync(db, cancellation));
    }
}
