using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Work;

/// <summary>What members work on by forms: goods, teams and money.</summary>
internal static class WorkKinds
{
    /// <summary>Goods on their way.</summary>
    internal static readonly WorkKind Consignments = new(
        "consignment", "consignments", Roles.Logistics, WorkKind.Of(ConsignmentLifecycle.Law),
        async (db, subject, cancellation) => await ConsignmentPapers.ReadAsync(db, subject, cancellation) is { } read
            ? new WorkEntity(read.Consignment.State, read.Consignment.Member, read.Consignment.Consignee,
                new ConsignmentWork(read, await MemberNames.ReadAsync(db, cancellation)))
            : null,
        (entity, step, words) => step.Verb switch
        {
            "dispatched" or "departed" => Only(
                new WorkField("/waybill", words["paper.number"], WorkInput.Text),
                new WorkField("/expected", words["track.expected"], WorkInput.Day)),
            "moved" => Only(
                new WorkField("/leg", words["work.leg"], WorkInput.Choice, true)
                {
                    Choices =
                    [
                        .. ((ConsignmentWork)entity.Content).Papers.Legs.Select(leg =>
                            (leg.Leg.ToString(CultureInfo.InvariantCulture), $"{leg.From} – {leg.To}")),
                    ],
                },
                new WorkField("/left", words["work.left"], WorkInput.Day),
                new WorkField("/came", words["work.came"], WorkInput.Day)),
            "received" => Receipt(((ConsignmentWork)entity.Content).Papers, words),
            _ => Reason(step, words),
        });

    /// <summary>Teams.</summary>
    internal static readonly WorkKind Deployments = new(
        "deployment", "deployments", Roles.Requester | Roles.Donor | Roles.Logistics,
        WorkKind.Of(DeploymentLifecycle.Law),
        async (db, subject, cancellation) => await DeploymentView.ReadAsync(db, subject, cancellation) is { } read
            ? new WorkEntity(read.Row.State, read.Row.Member, read.Row.Sender, read)
            : null,
        (_, step, words) => step.Verb == "appraised"
            ? Only(new WorkField("/rating", words["work.rating"], WorkInput.Choice)
            {
                Choices =
                [
                    .. Enumerable.Range(1, DeploymentFold.RatingMax).Select(rating =>
                        (rating.ToString(CultureInfo.InvariantCulture), words.Number(rating))),
                ],
            })
            : Reason(step, words))
    {
        Opens = "requested",
        OpeningAsync = async (db, words, cancellation) => Only(
            await OutbreakAsync(db, words, cancellation),
            new WorkField("/sender", words["teams.sender"], WorkInput.Text, true),
            new WorkField("/place", words["place"], WorkInput.Text, true),
            new WorkField("/team", words["teams.team"], WorkInput.Choice, true)
            {
                Choices = [.. DeploymentFold.TeamTypes.Select(team => (team, words[$"team.{team}"]))],
            },
            new WorkField("/people", words["work.people"], WorkInput.Whole),
            new WorkField("/begins", words["work.begins"], WorkInput.Day),
            new WorkField("/ends", words["work.ends"], WorkInput.Day)),
    };

    /// <summary>Money.</summary>
    internal static readonly WorkKind Contributions = new(
        "contribution", "contributions", Roles.Donor, WorkKind.Of(ContributionLifecycle.Law),
        async (db, subject, cancellation) => await ContributionView.ReadAsync(db, subject, cancellation) is { } read
            ? new WorkEntity(read.Row.State, read.Row.Member, "", read)
            : null,
        (entity, step, words) => step.Verb == "paid"
            ? Only(
                new WorkField("/reference", words["work.reference"], WorkInput.Text, true),
                new WorkField(
                    "/amount", words.Format("work.amount", ((ContributionView)entity.Content).Row.Currency),
                    WorkInput.Money, true))
            : Reason(step, words))
    {
        Opens = "pledged",
        OpeningAsync = async (db, words, cancellation) => Only(
            await OutbreakAsync(db, words, cancellation),
            new WorkField("/recipient", words["funds.recipient"], WorkInput.Text, true),
            new WorkField("/currency", words["work.currency"], WorkInput.Text, true) { Value = "USD" },
            new WorkField("/amount", words["work.sum"], WorkInput.Money, true),
            new WorkField("/first_year", words["work.first-year"], WorkInput.Whole, true),
            new WorkField("/last_year", words["work.last-year"], WorkInput.Whole, true)),
    };

    private static ImmutableArray<WorkGroup> Only(params ImmutableArray<WorkField> fields) =>
        [new WorkGroup("", fields)];

    private static ImmutableArray<WorkGroup> Reason(WorkStep step, Words words) => step.NeedsReason
        ? Only(new WorkField("/reason", words["reason"], WorkInput.Reason, true))
        : [];

    private static async Task<WorkField> OutbreakAsync(NodeContext db, Words words, CancellationToken cancellation) =>
        new("/outbreak", words["work.outbreak"], WorkInput.Choice, true)
        {
            Choices =
            [
                .. (await db.Outbreaks.AsNoTracking().OrderByDescending(one => one.Declared).ToListAsync(cancellation))
                    .Select(one => (one.Subject, one.Name)),
            ],
        };

    private static ImmutableArray<WorkGroup> Receipt(ConsignmentPapers papers, Words words)
    {
        var items = new ItemNames(papers.Outbreak?.Pack ?? "", words);
        return
        [
            .. Only(new WorkField("/note", words["paper.note"], WorkInput.Text, true)
            {
                Value = $"GRN-{papers.Receipts.Select(receipt => receipt.Note).Distinct().Count() + 1}",
            }),
            .. papers.Lines.Select(line => new WorkGroup(
                words.Format("work.line", items.Of(line.Item), words.Number(line.Open), line.Lot),
                [
                    Of(line, "line", "", WorkInput.Given, $"{line.Line}"),
                    Of(line, "received", words["paper.good"], WorkInput.Whole),
                    Of(line, "damaged", words["paper.damaged"], WorkInput.Whole),
                    Of(line, "lost", words["paper.lost"], WorkInput.Whole),
                    Of(line, "reason", words["reason"], WorkInput.Text),
                    Of(line, "report", words["work.report"], WorkInput.Text),
                ]) { IsOver = line.Open == 0 }),
        ];

        static WorkField Of(
            ConsignmentLineRow line, string name, string label, WorkInput input, string value = "") =>
            new($"/lines/{line.Line}/{name}", label, input) { Value = value };
    }
}

/// <summary>Goods on their way, for their page.</summary>
internal sealed record ConsignmentWork(ConsignmentPapers Papers, MemberNames Names);

/// <summary>A team asked for, for its page.</summary>
internal sealed record DeploymentView(
    DeploymentRow Row, MemberNames Names, ImmutableArray<StepRow> Steps)
{
    internal static async Task<DeploymentView?> ReadAsync(
        NodeContext db, string subject, CancellationToken cancellation) =>
        await db.Set<DeploymentRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation)
            is { } row
            ? new DeploymentView(
                row, await MemberNames.ReadAsync(db, cancellation),
                [.. await db.Set<StepRow>().AsNoTracking().Where(step => step.Subject == subject)
                    .OrderBy(step => step.Step).ToListAsync(cancellation)])
            : null;
}

/// <summary>Money promised, for its page.</summary>
internal sealed record ContributionView(
    ContributionRow Row, ImmutableArray<PaymentRow> Payments, MemberNames Names, ImmutableArray<StepRow> Steps)
{
    internal static async Task<ContributionView?> ReadAsync(
        NodeContext db, string subject, CancellationToken cancellation) =>
        await db.Set<ContributionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation)
            is { } row
            ? new ContributionView(
                row,
                [.. await db.Set<PaymentRow>().AsNoTracking().Where(one => one.Subject == subject)
                    .OrderBy(one => one.Payment).ToListAsync(cancellation)],
                await MemberNames.ReadAsync(db, cancellation),
                [.. await db.Set<StepRow>().AsNoTracking().Where(step => step.Subject == subject)
                    .OrderBy(step => step.Step).ToListAsync(cancellation)])
            : null;
}
