using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Desk.Forms;

/// <summary>A form that is not sent yet. It is no entry, and nobody but its account sees it.</summary>
internal sealed class DraftRow
{
    /// <summary>Drawn; 32 letters.</summary>
    public required string Id { get; init; }

    public required Guid Account { get; init; }

    /// <summary>The address of the form below the culture.</summary>
    public required string Path { get; init; }

    /// <summary>The kind of the entry that it would be.</summary>
    public required string Kind { get; init; }

    /// <summary>As <see cref="FormValues.Written"/> wrote them.</summary>
    public required string Values { get; set; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Saved { get; set; }
}

/// <summary>The drafts of accounts.</summary>
internal sealed class Drafts(NodeDatabase database, TimeProvider time)
{
    /// <summary>The most of one account; beyond it the oldest goes.</summary>
    internal const int PerAccountMax = 100;

    private const int IdLength = 32;

    /// <summary>How long a draft that nobody touches is kept.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>Maps the table.</summary>
    internal static void Map(ModelBuilder model) => model.Entity<DraftRow>(table =>
    {
        table.ToTable("draft");
        table.HasKey(row => row.Id);
        table.HasIndex(row => new { row.Account, row.Saved });
    });

    /// <summary>Keeps what was typed; under the same id when it is one of the account's.</summary>
    /// <returns>The id.</returns>
    internal async Task<string> SaveAsync(
        Guid account, string id, (string Path, string Kind) form, FormValues values, CancellationToken cancellation)
    {
        var now = SignedIn.Micros(time.GetUtcNow());
        var written = values.Written();
        await using var db = database.Open();
        if (await db.Set<DraftRow>().Where(row => row.Id == id && row.Account == account).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Values, written).SetProperty(row => row.Saved, now),
            cancellation) == 1)
        {
            return id;
        }

        var drawn = LogKeys.DrawToken()[..IdLength];
        var old = SignedIn.Micros(time.GetUtcNow() - Life);
        await db.Set<DraftRow>().Where(row => row.Saved < old).ExecuteDeleteAsync(cancellation);
        var spare = await db.Set<DraftRow>().Where(row => row.Account == account)
            .OrderByDescending(row => row.Saved).ThenBy(row => row.Id)
            .Skip(PerAccountMax - 1).Select(row => row.Id)
            .ToListAsync(cancellation);
        await db.Set<DraftRow>().Where(row => spare.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
        db.Add(new DraftRow
        {
            Id = drawn, Account = account, Path = form.Path, Kind = form.Kind, Values = written, Saved = now,
        });
        await db.SaveChangesAsync(cancellation);
        return drawn;
    }

    /// <summary>A draft of the account; null where it has none of that id.</summary>
    internal async Task<DraftRow?> FindAsync(Guid account, string id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<DraftRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.Account == account, cancellation);
    }

    /// <summary>All of an account, the one saved last first.</summary>
    internal async Task<List<DraftRow>> ListAsync(Guid account, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<DraftRow>().AsNoTracking().Where(row => row.Account == account)
            .OrderByDescending(row => row.Saved).ThenBy(row => row.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>Throws away those of a kind but one.</summary>
    internal async Task RemoveKindAsync(Guid account, string kind, string but, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Set<DraftRow>().Where(row => row.Account == account && row.Kind == kind && row.Id != but)
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Throws one away.</summary>
    internal async Task RemoveAsync(Guid account, string id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Set<DraftRow>().Where(row => row.Id == id && row.Account == account)
            .ExecuteDeleteAsync(cancellation);
    }
}
