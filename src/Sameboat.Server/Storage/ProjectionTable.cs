using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>One projected table, so far as dropping its rows goes.</summary>
internal sealed class ProjectionTable
{
    private readonly Func<NodeContext, string[], CancellationToken, Task<int>> _forget;
    private readonly Func<NodeContext, CancellationToken, Task<int>> _forgetAll;

    private ProjectionTable(
        string noun,
        Type row,
        Func<NodeContext, string[], CancellationToken, Task<int>> forget,
        Func<NodeContext, CancellationToken, Task<int>> forgetAll)
    {
        Noun = noun;
        Row = row;
        _forget = forget;
        _forgetAll = forgetAll;
    }

    /// <summary>The noun of the entities whose rows it holds; empty when it holds rows of all.</summary>
    internal string Noun { get; }

    /// <summary>The type of its rows.</summary>
    internal Type Row { get; }

    /// <summary>The table of a row type.</summary>
    /// <param name="noun">Of the entities whose fold makes such rows; empty for all.</param>
    internal static ProjectionTable Of<TRow>(string noun)
        where TRow : class, IProjectedRow =>
        new(
            noun,
            typeof(TRow),
            (db, subjects, cancellation) => db.Set<TRow>()
                .IgnoreQueryFilters()
                .Where(row => subjects.Contains(row.Subject))
                .ExecuteDeleteAsync(cancellation),
            (db, cancellation) => db.Set<TRow>().IgnoreQueryFilters().ExecuteDeleteAsync(cancellation));

    /// <summary>Deletes the rows of these entities, those whose noun the table does not hold passed over.</summary>
    internal Task ForgetAsync(NodeContext db, IEnumerable<string> subjects, CancellationToken cancellation)
    {
        var held = subjects.Where(Holds).ToArray();
        return held.Length == 0 ? Task.CompletedTask : _forget(db, held, cancellation);
    }

    /// <summary>Deletes every row.</summary>
    internal Task ForgetAllAsync(NodeContext db, CancellationToken cancellation) => _forgetAll(db, cancellation);

    private bool Holds(string subject) =>
        Noun.Length == 0
        || (subject.Length > Noun.Length && subject[Noun.Length] == '/'
            && subject.StartsWith(Noun, StringComparison.Ordinal));
}
