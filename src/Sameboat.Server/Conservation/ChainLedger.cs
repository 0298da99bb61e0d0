using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Conservation;

/// <summary>All links of the chain of one outbreak, from need to receipt, with the steps of each entity.</summary>
internal sealed record ChainLedger(
    ImmutableArray<NeedLineRow> Needs,
    ImmutableArray<RequestRow> Requests,
    ImmutableArray<RequestLineRow> RequestLines,
    ImmutableArray<OfferRow> Offers,
    ImmutableArray<PlanLineRow> Plan,
    ImmutableArray<AcceptanceRow> Acceptances,
    ImmutableArray<ConsignmentRow> Consignments,
    ImmutableArray<ConsignmentLineRow> ConsignmentLines,
    ImmutableArray<DeploymentRow> Deployments,
    ImmutableArray<ContributionRow> Contributions,
    ILookup<string, StepRow> Steps)
{
    private const long DayMicroseconds = 86_400_000_000;

    /// <summary>One with nothing in it.</summary>
    internal static readonly ChainLedger Empty = new(
        [], [], [], [], [], [], [], [], [], [], Array.Empty<StepRow>().ToLookup(step => step.Subject));

    /// <summary>Day number of 1970-01-01.</summary>
    internal static readonly int UnixDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static readonly string[] Published = [nameof(RequestState.Published), nameof(RequestState.Closed)];

    /// <summary>Day number of the last step of any of them; null before the first.</summary>
    internal int? LastDay => Steps.Count == 0 ? null : DayOf(Steps.Max(steps => steps.Max(step => step.At)));

    /// <summary>The lines of each consignment.</summary>
    internal ILookup<string, ConsignmentLineRow> LinesOf => ConsignmentLines.ToLookup(line => line.Subject);

    /// <summary>The lines of requests that are published, or were answered as far as they will be.</summary>
    internal IEnumerable<RequestLineRow> PublishedLines
    {
        get
        {
            var published = Requests
                .Where(request => Published.Contains(request.State))
                .Select(request => request.Subject)
                .ToHashSet(StringComparer.Ordinal);
            return RequestLines.Where(line => published.Contains(line.Subject));
        }
    }

    /// <summary>Day number (days since 0001-01-01) of an instant in microseconds since 1970, in UTC.</summary>
    internal static int DayOf(long microseconds) => UnixDay + (int)(microseconds / DayMicroseconds);

    /// <summary>The first instant of a day, in microseconds since 1970, in UTC.</summary>
    internal static long InstantOf(DateOnly day) => (day.DayNumber - UnixDay) * DayMicroseconds;

    /// <summary>Day number of the first step of a verb, or null.</summary>
    internal int? DayOfStep(string subject, string verb) =>
        Steps[subject].FirstOrDefault(step => step.Verb == verb) is { } step ? DayOf(step.At) : null;

    /// <summary>What one member asks for, and what is sent to it.</summary>
    internal ChainLedger AskedBy(string member)
    {
        var consignments = Consignments.Where(row => row.Consignee == member).ToImmutableArray();
        var sent = consignments.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Requests = [.. Requests.Where(row => row.Member == member)],
            RequestLines = [.. RequestLines.Where(line => line.Member == member)],
            Consignments = consignments,
            ConsignmentLines = [.. ConsignmentLines.Where(line => sent.Contains(line.Subject))],
        };
    }

    /// <summary>The same with its rows by subject and line in the order of code points, whatever the database's is.
    /// </summary>
    internal ChainLedger InOrder() => this with
    {
        Needs = Ordered(Needs, row => row.Line),
        Requests = Ordered(Requests, _ => 0),
        RequestLines = Ordered(RequestLines, row => row.Line),
        Offers = Ordered(Offers, _ => 0),
        Plan = Ordered(Plan, row => row.Line),
        Acceptances = Ordered(Acceptances, _ => 0),
        Consignments = Ordered(Consignments, _ => 0),
        ConsignmentLines = Ordered(ConsignmentLines, row => row.Line),
        Deployments = Ordered(Deployments, _ => 0),
        Contributions = Ordered(Contributions, _ => 0),
        Steps = StepsBySubject.Of(Steps),
    };

    /// <summary>Reads all of an outbreak.</summary>
    internal static async Task<ChainLedger> ReadAsync(
        NodeContext db, string outbreak, CancellationToken cancellation)
    {
        var requests = db.Set<RequestRow>().AsNoTracking().Where(row => row.Outbreak == outbreak);
        var offers = db.Offers.AsNoTracking().Where(row => row.Outbreak == outbreak);
        var rounds = db.Rounds.Where(row => row.Outbreak == outbreak).Select(row => row.Subject);
        var plan = db.PlanLines.AsNoTracking().Where(line => rounds.Contains(line.Round));
        var plans = plan.Select(line => line.Subject);
        var consignments = db.Set<ConsignmentRow>().AsNoTracking().Where(row => row.Outbreak == outbreak);
        var sent = consignments.Select(row => row.Subject);
        var deployments = db.Set<DeploymentRow>().AsNoTracking().Where(row => row.Outbreak == outbreak);
        var contributions = db.Set<ContributionRow>().AsNoTracking().Where(row => row.Outbreak == outbreak);
        var subjects = requests.Select(row => row.Subject)
            .Concat(offers.Select(row => row.Subject))
            .Concat(sent)
            .Concat(deployments.Select(row => row.Subject))
            .Concat(contributions.Select(row => row.Subject))
            .Concat(rounds);
        var steps = await db.Set<StepRow>().AsNoTracking()
            .Where(step => subjects.Contains(step.Subject))
            .OrderBy(step => step.Subject).ThenBy(step => step.Step)
            .ToListAsync(cancellation);
        return new ChainLedger(
            [.. await db.NeedLines.AsNoTracking().Where(row => row.Outbreak == outbreak)
                .OrderBy(row => row.Subject).ThenBy(row => row.Line).ToListAsync(cancellation)],
            [.. await requests.OrderBy(row => row.Subject).ToListAsync(cancellation)],
            [.. await db.Set<RequestLineRow>().AsNoTracking().Where(row => row.Outbreak == outbreak)
                .OrderBy(row => row.Subject).ThenBy(row => row.Line).ToListAsync(cancellation)],
            [.. await offers.OrderBy(row => row.Subject).ToListAsync(cancellation)],
            [.. await plan.OrderBy(row => row.Subject).ThenBy(row => row.Line).ToListAsync(cancellation)],
            [.. await db.Set<AcceptanceRow>().AsNoTracking().Where(row => plans.Contains(row.Plan))
                .OrderBy(row => row.Subject).ToListAsync(cancellation)],
            [.. await consignments.OrderBy(row => row.Subject).ToListAsync(cancellation)],
            [.. await db.Set<ConsignmentLineRow>().AsNoTracking().Where(row => sent.Contains(row.Subject))
                .OrderBy(row => row.Subject).ThenBy(row => row.Line).ToListAsync(cancellation)],
            [.. await deployments.OrderBy(row => row.Subject).ToListAsync(cancellation)],
            [.. await contributions.OrderBy(row => row.Subject).ToListAsync(cancellation)],
            steps.ToLookup(step => step.Subject));
    }

    private static ImmutableArray<TRow> Ordered<TRow>(ImmutableArray<TRow> rows, Func<TRow, int> line)
        where TRow : IProjectedRow =>
        [.. rows.OrderBy(row => row.Subject, StringComparer.Ordinal).ThenBy(line)];
}
