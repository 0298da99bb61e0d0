using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>One projected table, so far as dropping its rows goes.</summary>
internal sealed class ProjectionTable
{
    private readonly Func<NodeContext, string[], CancellationToken, Task<int>> _forget;
    private readonly Func<NodeContext, CancellationToken, Task<int>> _forgetAll;

    private ProjectionTable(
        Func<NodeContext, string[], CancellationToken, Task<int>> forget,
        Func<NodeContext, CancellationToken, Task<int>> forgetAll)
    {
        _forget = forget;
        _forgetAll = forgetAll;
    }

    internal static ProjectionTable Of<TRow>()
        where TRow : class, IProjectedRow =>
        new(
            (db, subjects, cancellation) => db.Set<TRow>()
                .Where(row => subjects.Contains(row.Subject))
                .ExecuteDeleteAsync(cancellation),
            (db, cancellation) => db.Set<TRow>().ExecuteDeleteAsync(cancellation));

    /// <summary>Deletes the rows of these entities.</summary>
    internal Task ForgetAsync(NodeContext db, string[] subjects, CancellationToken cancellation) =>
        _forget(db, subjects, cancellation);

    /// <summary>Deletes every row.</summary>
    internal Task ForgetAllAsync(NodeContext db, CancellationToken cancellation) => _forgetAll(db, cancellation);
}
