using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// How the entries of one kind of entity become rows: pure, and total over anything a body may hold. An entry it
/// cannot read stays in the log, is shown, and has no effect.
/// </summary>
internal abstract class SubjectFold
{
    /// <summary>The kinds of entries that this fold reads; the author of the first owns the entity.</summary>
    internal abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>The rows of one entity from its owner's entries of these kinds, at least one, oldest first.</summary>
    internal abstract IEnumerable<IProjectedRow> Rows(string subject, IReadOnlyList<Entry> history);
}

/// <summary>An entity whose latest readable statement is its whole state: a correction is a new statement.</summary>
internal abstract class LatestStatementFold(string kind) : SubjectFold
{
    internal override IReadOnlyList<string> Kinds { get; } = [kind];

    internal override IEnumerable<IProjectedRow> Rows(string subject, IReadOnlyList<Entry> history)
    {
        for (var index = history.Count - 1; index >= 0; index--)
        {
            if (Read(subject, history[index].Author, history[index].Body) is { } rows)
            {
                return rows;
            }
        }

        return [];
    }

    /// <summary>The rows that a statement makes, or null when it cannot be read.</summary>
    protected abstract IReadOnlyList<IProjectedRow>? Read(string subject, MemberId author, JsonObject body);
}
