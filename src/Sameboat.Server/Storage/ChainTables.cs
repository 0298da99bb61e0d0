using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Members;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Storage;

/// <summary>The tables of the chain from request to receipt, and those of the interface that writes it.</summary>
internal static class ChainTables
{
    /// <summary>Those that folds make.</summary>
    internal static readonly ImmutableArray<ProjectionTable> Projected =
    [
        ProjectionTable.Of<StepRow>(""),
        ProjectionTable.Of<EndorsementRow>("endorsement"),
        ProjectionTable.Of<RequestRow>("request"),
        ProjectionTable.Of<RequestLineRow>("request"),
        ProjectionTable.Of<AcceptanceRow>("acceptance"),
        ProjectionTable.Of<ConsignmentRow>("consignment"),
        ProjectionTable.Of<ConsignmentLineRow>("consignment"),
        ProjectionTable.Of<ReceiptLineRow>("consignment"),
        ProjectionTable.Of<LegRow>("consignment"),
        ProjectionTable.Of<RefusalRow>("refusal"),
        ProjectionTable.Of<DeploymentRow>("deployment"),
        ProjectionTable.Of<ContributionRow>("contribution"),
        ProjectionTable.Of<PaymentRow>("contribution"),
    ];

    /// <summary>Maps them all.</summary>
    internal static void Map(ModelBuilder model)
    {
        model.Entity<StepRow>().ToTable("step").HasKey(row => new { row.Subject, row.Step });
        model.Entity<EndorsementRow>(table =>
        {
            table.ToTable("endorsement");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.For);
        });
        model.Entity<RequestRow>(table =>
        {
            table.ToTable("request");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Outbreak);
        });
        model.Entity<RequestLineRow>(table =>
        {
            table.ToTable("request_line");
            table.HasKey(row => new { row.Subject, row.Line });
            table.HasIndex(row => new { row.Outbreak, row.Place, row.Item });
        });
        model.Entity<AcceptanceRow>(table =>
        {
            table.ToTable("acceptance");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => new { row.Plan, row.Line });
        });
        MapConsignments(model);
        model.Entity<DeploymentRow>(table =>
        {
            table.ToTable("deployment");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Outbreak);
        });
        model.Entity<ContributionRow>(table =>
        {
            table.ToTable("contribution");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Outbreak);
        });
        model.Entity<PaymentRow>(table =>
        {
            table.ToTable("payment");
            table.HasKey(row => new { row.Subject, row.Payment });
        });
        model.Entity<ApiTokenRow>(table =>
        {
            table.ToTable("api_token");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.Member);
        });
        model.Entity<KeptRequestRow>(table =>
        {
            table.ToTable("kept_request");
            table.HasKey(row => new { row.Member, row.Key });
            table.HasIndex(row => row.At);
        });
    }

    private static void MapConsignments(ModelBuilder model)
    {
        model.Entity<ConsignmentRow>(table =>
        {
            table.ToTable("consignment");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Outbreak);
            table.HasIndex(row => row.Consignee);
            table.HasIndex(row => row.Member);
            table.HasIndex(row => row.Tracking);
        });
        model.Entity<ConsignmentLineRow>(table =>
        {
            table.ToTable("consignment_line");
            table.HasKey(row => new { row.Subject, row.Line });
            table.HasIndex(row => new { row.Plan, row.PlanLine });
        });
        model.Entity<ReceiptLineRow>(table =>
        {
            table.ToTable("receipt_line");
            table.HasKey(row => new { row.Subject, row.Note, row.Line });
        });
        model.Entity<LegRow>(table =>
        {
            table.ToTable("leg");
            table.HasKey(row => new { row.Subject, row.Leg });
        });
        model.Entity<RefusalRow>(table =>
        {
            table.ToTable("refusal");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Place);
        });
    }
}
