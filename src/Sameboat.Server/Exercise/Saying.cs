using System.Text.Json.Nodes;

namespace Sameboat.Server.Exercise;

/// <summary>What a member of the exercise says, before it has an id.</summary>
/// <param name="At">When.</param>
/// <param name="Author">In whose log.</param>
/// <param name="Kind">The entry's kind.</param>
/// <param name="Subject">What it speaks of.</param>
/// <param name="Body">The mark of the exercise is added to it.</param>
internal sealed record Saying(DateTimeOffset At, MemberId Author, string Kind, string Subject, JsonObject Body)
{
    /// <summary>An hour of a day, in UTC.</summary>
    internal static DateTimeOffset On(DateOnly day, int hour) =>
        new(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
}
