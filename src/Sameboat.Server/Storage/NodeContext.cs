using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Sameboat.Server.Accounts;
using Sameboat.Server.Conservation;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Following;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Notifications;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Storage;

/// <summary>
/// The node's database: the logs, which are the truth, and the projections, which are folds of them. Instants are
/// microseconds since 1970 and quantities whole units, both int64, since SQLite can order neither dates nor decimals.
/// </summary>
internal abstract class NodeContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<LogRow> Logs => Set<LogRow>();

    public DbSet<EntryRow> Entries => Set<EntryRow>();

    public DbSet<TileHashRow> TileHashes => Set<TileHashRow>();

    public DbSet<WitnessedRow> Witnessed => Set<WitnessedRow>();

    public DbSet<FollowedLogRow> FollowedLogs => Set<FollowedLogRow>();

    public DbSet<LogEvidenceRow> LogEvidence => Set<LogEvidenceRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<OutbreakRow> Outbreaks => Set<OutbreakRow>();

    public DbSet<SituationRow> Situations => Set<SituationRow>();

    public DbSet<AssessmentRow> Assessments => Set<AssessmentRow>();

    public DbSet<NeedLineRow> NeedLines => Set<NeedLineRow>();

    public DbSet<OfferRow> Offers => Set<OfferRow>();

    public DbSet<RoundRow> Rounds => Set<RoundRow>();

    public DbSet<PlanLineRow> PlanLines => Set<PlanLineRow>();

    public DbSet<CoverageRow> Coverages => Set<CoverageRow>();

    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();

    public DbSet<EffectRow> Effects => Set<EffectRow>();

    public DbSet<AudienceRow> Audiences => Set<AudienceRow>();

    public DbSet<SealedBodyRow> SealedBodies => Set<SealedBodyRow>();

    /// <summary>
    /// The member for whom this context reads: it sees the rows of sealed bodies that the member may read. Null, which
    /// is where every context begins, sees what everyone may see.
    /// </summary>
    public string? Viewer { get; set; }

    /// <summary>What is kept of the record for pages; the database that opens a context names its own.</summary>
    public KeptOutbreaks? Kept { get; set; }

    /// <summary>How far the record went when this context first asked for what is kept; null before.</summary>
    public RecordPlace? Place { get; set; }

    /// <summary>
    /// The heads of these logs, locked until the transaction ends, always in the order of their members.
    /// </summary>
    public abstract IQueryable<LogRow> LockedLogs(IReadOnlyList<string> members);

    /// <summary>
    /// Keeps two transactions from folding the same entity at once, each blind to the other's entry; lasts until the
    /// transaction ends. To be called after <see cref="LockedLogs"/> and never before.
    /// </summary>
    public abstract Task LockSubjectsAsync(IReadOnlyCollection<string> subjects, CancellationToken cancellation);

    /// <summary>
    /// Keeps others from opening these entities until the transaction ends, without keeping out those who wait for them
    /// too: what one transaction finds unseen, no other may show while the first makes its entries wait.
    /// </summary>
    public abstract Task LockUnseenAsync(IReadOnlyCollection<string> subjects, CancellationToken cancellation);

    /// <summary>As <see cref="LockSubjectsAsync"/> for all entities at once.</summary>
    public abstract Task LockEverySubjectAsync(CancellationToken cancellation);

    /// <summary>Deletes every row of these projected tables.</summary>
    public virtual async Task ForgetAllAsync(
        IReadOnlyCollection<ProjectionTable> tables, CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            await table.ForgetAllAsync(this, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Until the open transaction ends, shows of the rows that are not for everybody those alone that this member may
    /// see; an empty name is a reader who is no member. A database without row security leaves it to the node.
    /// </summary>
    public abstract Task ReadForAsync(string member, CancellationToken cancellation);

    /// <summary>
    /// Begins a transaction that sees the record as it stands now until it ends, and holds up no writer.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellation);

    /// <summary>How this database writes the names of tables and columns.</summary>
    public ISqlGenerationHelper GetSqlGenerationHelper() => this.GetService<ISqlGenerationHelper>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LogRow>(table =>
        {
            table.ToTable("log");
            table.HasKey(row => row.Member);
        });
        modelBuilder.Entity<EntryRow>(table =>
        {
            table.ToTable("entry");
            table.HasKey(row => new { row.Member, row.Position });
            table.Ignore(row => row.Source);
            table.HasIndex(row => new { row.Id, row.Member }).IsUnique();
            table.HasIndex(row => row.Subject);
            table.HasIndex(row => row.At);
        });
        modelBuilder.Entity<TileHashRow>(table =>
        {
            table.ToTable("tile_hash");
            table.HasKey(row => new { row.Member, row.Level, row.Index });
        });
        modelBuilder.Entity<WitnessedRow>(table =>
        {
            table.ToTable("witnessed");
            table.HasKey(row => row.Member);
        });
        FollowTables.Map(modelBuilder);
        MapWhoAndWhere(modelBuilder);
        MapPlan(modelBuilder);
        ChainTables.Map(modelBuilder);
        AccountTables.Map(modelBuilder);
        NotificationTables.Map(modelBuilder);
        Drafts.Map(modelBuilder);
        FoldTables.Map(modelBuilder);
        Cosigned.Map(modelBuilder);
        Handovers.Map(modelBuilder);
        KeyHoldings.Map(modelBuilder);
        FoldTables.ShieldAll(modelBuilder, this);
    }

    private static void MapWhoAndWhere(ModelBuilder model)
    {
        model.Entity<MemberRow>(table =>
        {
            table.ToTable("member");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Member);
            table.HasIndex(row => row.Territory);
        });
        model.Entity<OutbreakRow>(table =>
        {
            table.ToTable("outbreak");
            table.HasKey(row => row.Subject);
        });
        model.Entity<SituationRow>(table =>
        {
            table.ToTable("situation");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => new { row.Outbreak, row.Place, row.First });
            table.HasIndex(row => new { row.Member, row.Subject });
            table.HasIndex(row => new { row.Source, row.Subject });
        });
        model.Entity<AssessmentRow>(table =>
        {
            table.ToTable("assessment");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => new { row.Outbreak, row.Place, row.AsOf });
        });
        model.Entity<NeedLineRow>(table =>
        {
            table.ToTable("need_line");
            table.HasKey(row => new { row.Subject, row.Line });
            table.HasIndex(row => new { row.Outbreak, row.Place });
        });
    }

    private static void MapPlan(ModelBuilder model)
    {
        model.Entity<OfferRow>(table =>
        {
            table.ToTable("offer");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Outbreak);
        });
        model.Entity<RoundRow>(table =>
        {
            table.ToTable("round");
            table.HasKey(row => row.Subject);
        });
        model.Entity<PlanLineRow>(table =>
        {
            table.ToTable("plan_line");
            table.HasKey(row => new { row.Subject, row.Line });
            table.HasIndex(row => new { row.Round, row.Place });
            table.HasIndex(row => new { row.Round, row.Item });
        });
        model.Entity<CoverageRow>(table =>
        {
            table.ToTable("coverage");
            table.HasKey(row => new { row.Subject, row.Line });
            table.HasIndex(row => new { row.Round, row.Place });
            table.HasIndex(row => new { row.Round, row.Item });
        });
        model.Entity<CertificateRow>(table =>
        {
            table.ToTable("certificate");
            table.HasKey(row => row.Subject);
            table.HasIndex(row => row.Round);
        });
    }
}
