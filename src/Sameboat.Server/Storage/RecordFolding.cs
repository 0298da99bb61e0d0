using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>
/// Folds a whole record: reads the entries in the order of their entities, folds them, and writes the rows, all three
/// at the same time, each page by page. Reading has a connection of its own beside the transaction that writes; the
/// caller keeps others from adding entries meanwhile.
/// </summary>
internal static class RecordFolding
{
    /// <summary>How many entries are read and folded between two writes; more where one entity has more.</summary>
    internal const int PageEntries = 8_192;

    /// <summary>How many pages may be read, or folded, and not taken up yet.</summary>
    private const int PagesAhead = 2;

    /// <summary>Writes the rows of every entity into tables that are empty.</summary>
    internal static async Task WriteAsync(NodeDatabase database, NodeContext target, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var read = Channel.CreateBounded<List<EntryRow>>(PagesAhead);
        var folded = Channel.CreateBounded<List<IProjectedRow>>(PagesAhead);
        var reading = Task.Run(
            () => EndAsync(read.Writer, ReadAsync(database, read.Writer, stop.Token), stop),
            CancellationToken.None);
        var folding = Task.Run(
            () => EndAsync(folded.Writer, FoldAsync(database, read.Reader, folded.Writer, stop.Token), stop),
            CancellationToken.None);
        try
        {
            await foreach (var rows in folded.Reader.ReadAllAsync(cancellation))
            {
                await target.InsertAsync(rows, cancellation);
            }
        }
        finally
        {
            await stop.CancelAsync();
            Task both = Task.WhenAll(reading, folding);
            await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whoever reads the channel is told how the work that fills it ended, and the other work ends with it.
    private static async Task EndAsync<TPage>(ChannelWriter<TPage> writer, Task work, CancellationTokenSource stop)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.TryComplete(work.IsCompletedSuccessfully
            ? null
            : work.Exception?.InnerException ?? new OperationCanceledException(stop.Token));
    }

    private static async Task ReadAsync(
        NodeDatabase database, ChannelWriter<List<EntryRow>> pages, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var after = "";
        while (true)
        {
            var from = after;
            var rows = await db.Entries.AsNoTracking()
                .Where(row => row.Subject.CompareTo(from) > 0)
                .OrderBy(row => row.Subject)
                .Take(PageEntries)
                .ToListAsync(cancellation);
            if (rows.Count == 0)
            {
                return;
            }

            // The last entity may have more entries than fit: it is left to the next page, or read by itself.
            after = rows[^1].Subject;
            if (rows.Count == PageEntries)
            {
                var last = after;
                var whole = rows.FindLastIndex(row => row.Subject != last);
                if (whole >= 0)
                {
                    after = rows[whole].Subject;
                    rows.RemoveRange(whole + 1, rows.Count - whole - 1);
                }
                else
                {
                    rows = await Projections.HistoryAsync(db, [last], cancellation);
                }
            }

            await pages.WriteAsync(rows, cancellation);
        }
    }

    private static async Task FoldAsync(
        NodeDatabase database, ChannelReader<List<EntryRow>> pages, ChannelWriter<List<IProjectedRow>> folded,
        CancellationToken cancellation)
    {
        await using var db = database.Open();
        var context = new FoldContext();
        await foreach (var rows in pages.ReadAllAsync(cancellation))
        {
            var entities = EntityHistory.Of(rows);
            await context.LoadAsync(db, entities, cancellation);
            var made = Projections.RowsOf(entities, context).ToList();
            context.Forget();
            await folded.WriteAsync(made, cancellation);
        }
    }
}
