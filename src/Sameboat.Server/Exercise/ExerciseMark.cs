using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Exercise;

/// <summary>
/// Whether what this node holds is an exercise, for whatever leaves it as data. A record is of an exercise or real,
/// never both, and does not change from one to the other: a yes is asked for once, a no at most once in a while.
/// </summary>
internal sealed class ExerciseMark(NodeDatabase database, TimeProvider time)
{
    /// <summary>The header of every answer of an exercise, and the member or column of its data.</summary>
    internal const string Header = "Sameboat-Exercise";

    /// <summary>The member of an object and the column of a table.</summary>
    internal const string Name = "exercise";

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _asking = new();
    private bool _isExercise;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>True in an exercise.</summary>
    internal async ValueTask<bool> IsOnAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        lock (_asking)
        {
            if (_isExercise || now - _asked < AgainAfter)
            {
                return _isExercise;
            }
        }

        await using var db = database.Open();
        var found = await db.Outbreaks.AnyAsync(outbreak => outbreak.Exercise, cancellation)
            || await db.Members.AnyAsync(member => member.Exercise, cancellation);
        lock (_asking)
        {
            (_isExercise, _asked) = (found, now);
        }

        return found;
    }
}
