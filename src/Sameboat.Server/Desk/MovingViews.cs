using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Desk;

/// <summary>Goods, a team or money: what everybody may see of it, and the steps that a reader may take.</summary>
/// <param name="Content">A view of its own.</param>
/// <param name="Desk">Null for a reader who is not signed in.</param>
internal sealed record MovingView(object Content, EntityView? Desk);

/// <summary>Goods on their way, for their page.</summary>
internal sealed record ConsignmentView(ConsignmentPapers Papers, MemberNames Names)
{
    internal static async Task<object?> ReadAsync(NodeContext db, string subject, CancellationToken cancellation) =>
        await ConsignmentPapers.ReadAsync(db, subject, cancellation) is { } read
            ? new ConsignmentView(read, await MemberNames.ReadAsync(db, cancellation))
            : null;
}

/// <summary>A team asked for, for its page.</summary>
internal sealed record DeploymentView(DeploymentRow Row, MemberNames Names, ImmutableArray<StepRow> Steps)
{
    internal static async Task<object?> ReadAsync(NodeContext db, string subject, CancellationToken cancellation) =>
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
    internal static async Task<object?> ReadAsync(NodeContext db, string subject, CancellationToken cancellation) =>
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
