using System.Text.Json.Nodes;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>One step with its time.</summary>
/// <param name="Step">A key of <see cref="ServiceLevels.Hours"/>.</param>
/// <param name="Hours">Whole hours that it took, or has taken so far.</param>
/// <param name="IsDone">False while it still runs.</param>
internal readonly record struct StepTime(string Step, long Hours, bool IsDone)
{
    /// <summary>True when it took no longer than its service level.</summary>
    internal bool IsWithin => Hours <= ServiceLevels.Hours[Step];

    /// <summary>As the interface shows it.</summary>
    internal JsonObject Written() => new()
    {
        ["done"] = IsDone,
        ["hours"] = Hours,
        ["service_level_hours"] = ServiceLevels.Hours[Step],
        ["step"] = Step,
        ["within"] = IsWithin,
    };
}

/// <summary>How long the steps of an entity have taken, from its own steps. Pure.</summary>
internal static class StepTimes
{
    // Ended by no step of the entity itself.
    private const string ByAnother = "consignment";

    private const long MicrosecondsOfHour = 3_600_000_000;

    /// <summary>The steps that were begun; the last run of each where it was begun again.</summary>
    /// <param name="noun">request or consignment.</param>
    /// <param name="steps">In the order in which they counted.</param>
    /// <param name="now">Microseconds since 1970.</param>
    /// <param name="isOver">True when nothing runs any more.</param>
    internal static IEnumerable<StepTime> Of(string noun, IReadOnlyList<StepRow> steps, long now, bool isOver)
    {
        foreach (var (step, from, to) in ServiceLevels.Of(noun))
        {
            if (steps.LastOrDefault(one => one.Verb == from) is not { } begun)
            {
                continue;
            }

            var ended = steps.FirstOrDefault(one => one.Verb == to && one.Step > begun.Step);
            if (ended is not null)
            {
                yield return new StepTime(step, Hours(begun.At, ended.At), IsDone: true);
            }
            else if (!isOver && to != ByAnother)
            {
                yield return new StepTime(step, Hours(begun.At, now), IsDone: false);
            }
        }
    }

    /// <summary>Whole hours from one instant to another, none below 0.</summary>
    internal static long Hours(long from, long to) => Math.Max(0, to - from) / MicrosecondsOfHour;
}
