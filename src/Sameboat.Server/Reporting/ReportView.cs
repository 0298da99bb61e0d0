using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Scoreboard;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Reporting;

/// <summary>How many entries of one kind, by how many members.</summary>
internal sealed record PublishedLine(string Noun, int Entries, int Members);

/// <summary>What was published, given and received in a period: by whom, how fast, how fairly.</summary>
internal sealed record ReportView(
    OutbreakRow Outbreak,
    ReportScope Scope,
    DateOnly First,
    DateOnly Last,
    ImmutableArray<string> Places,
    ImmutableArray<PublishedLine> Published,
    ImmutableArray<ConsignmentSummary> Sent,
    ImmutableArray<ConsignmentSummary> Arrived,
    ImmutableArray<DeploymentRow> Teams,
    ImmutableArray<ContributionRow> Funds,
    Scores Scores,
    ImmutableArray<ChronicleLine> Chronicle,
    MemberNames Names)
{
    /// <summary>Consignments in each of the page's lists.</summary>
    internal const int RowsMax = 100;

    private const int ChronicleMax = 60;

    // The steps by which the lines of a consignment are counted.
    private static readonly string[] Counting = ["received", "returned", "lost"];

    /// <summary>The report; null where there is no outbreak.</summary>
    internal static async Task<ReportView?> ReadAsync(
        NodeContext db, ReportScope scope, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var chain = (await db.NowAsync(outbreak.Subject, cancellation)).Chain;
        var ledger = chain.Ledger;
        var first = scope.From ?? DateOnly.FromDayNumber(outbreak.Declared);
        var last = scope.To ?? DateOnly.FromDayNumber(ledger.LastDay ?? outbreak.Declared);
        var names = await MemberNames.ReadAsync(db, cancellation);
        var place = scope.Place?.Code.ToString();
        var member = names.All.Values.FirstOrDefault(row => place is not null && row.Territory == place)?.Member;
        bool Meant(string one) => place is null || one == member;
        var (from, to) = (ChainLedger.InstantOf(first), ChainLedger.InstantOf(last.AddDays(1)));
        var entries = db.Entries.Where(entry => entry.At >= from && entry.At < to
            && (place == null || entry.Member == member));
        var consignments = chain.Consignments
            .Where(one => Meant(one.Row.Member) || Meant(one.Row.Consignee))
            .ToList();
        var inPeriod = new Func<int?, bool>(day => day >= first.DayNumber && day <= last.DayNumber);
        var isMeant = Record.Chronicle.OfOutbreak(outbreak.Subject, ledger);
        bool Moved(string subject) => ledger.Steps[subject].Any(step => inPeriod(ChainLedger.DayOf(step.At)));
        return new ReportView(
            outbreak,
            scope,
            first,
            last,
            [.. names.All.Values.Select(row => row.Territory).Where(code => code.Length > 0).Distinct()],
            place is null
                ? await db.PublishedAsync(first, last, cancellation)
                : await PublishedAsync(entries, cancellation),
            [.. consignments.Where(one => inPeriod(one.Dispatched))],
            [.. consignments.Where(one => inPeriod(one.Arrived))],
            [.. ledger.Deployments.Where(row => (Meant(row.Member) || Meant(row.Sender)) && Moved(row.Subject))],
            [.. ledger.Contributions.Where(row => (Meant(row.Member) || Meant(row.Recipient)) && Moved(row.Subject))],
            place is null && scope.To is null
                ? chain.Scores
                : Scores.Of(Within(ledger, place, ChainLedger.InstantOf(last.AddDays(1)))),
            place is null && scope.To is null
                ? Record.Chronicle.Of(
                    await db.RecentAsync(cancellation),
                    one => one.Head.At >= from && one.Head.At < to && isMeant(one), ChronicleMax)
                : await Record.Chronicle.ReadAsync(db, entries, isMeant, ChronicleMax, cancellation),
            names);
    }

    // Of one member: its log is short enough to be counted when it is asked for.
    private static async Task<ImmutableArray<PublishedLine>> PublishedAsync(
        IQueryable<EntryRow> entries, CancellationToken cancellation)
    {
        var kinds = await entries.GroupBy(entry => new { entry.Kind, entry.Member })
            .Select(group => new { group.Key.Kind, group.Key.Member, Count = group.Count() })
            .ToListAsync(cancellation);
        return
        [
            .. kinds.GroupBy(kind => kind.Kind.Split('.')[0])
                .Select(noun => new PublishedLine(
                    noun.Key, noun.Sum(kind => kind.Count), noun.Select(kind => kind.Member).Distinct().Count()))
                .OrderByDescending(line => line.Entries),
        ];
    }

    // How it stood at the end of the period, as far as days tell: later steps are left out, and what they counted. Of
    // one place its own requests and needs are looked at, and what was sent there.
    private static ChainLedger Within(ChainLedger ledger, string? place, long until)
    {
        var steps = ledger.Steps.SelectMany(steps => steps)
            .Where(step => step.At < until)
            .ToLookup(step => step.Subject);
        var consignments = ledger.Consignments
            .Where(row => steps.Contains(row.Subject) && (place is null || row.Destination == place))
            .ToImmutableArray();
        var meant = consignments.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        return ledger with
        {
            Needs = [.. ledger.Needs.Where(line => place is null || line.Place == place)],
            RequestLines = [.. ledger.RequestLines.Where(line => place is null || line.Place == place)],
            Plan = [.. ledger.Plan.Where(line => place is null || line.Place == place)],
            Consignments = consignments,
            ConsignmentLines =
            [
                .. ledger.ConsignmentLines.Where(line => meant.Contains(line.Subject)).Select(line =>
                    steps[line.Subject].Any(step => Counting.Contains(step.Verb))
                        ? line
                        : line.Count(-line.Received, -line.Damaged, -line.Lost, -line.Returned)),
            ],
            Steps = steps,
        };
    }
}
