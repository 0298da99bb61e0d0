namespace Sameboat.Epidemics;

/// <summary>Why a day's count was changed, in the order in which the rules are applied.</summary>
public enum CleaningRule
{
    /// <summary>
    /// A negative day was set to zero and its amount taken from the days before it (after it, where those are spent).
    /// </summary>
    NegativeDay,

    /// <summary>Reports came on at most half of the days; each was spread evenly over the days it covers.</summary>
    WeeklyReporter,

    /// <summary>A dump after days of silence was spread evenly over the silence and the day of the dump.</summary>
    DumpAfterSilence,

    /// <summary>A day not reported was given the level of the days around it. Adds to the total.</summary>
    Gap,

    /// <summary>A lone day far above its neighbours was capped for fitting. Takes from the total.</summary>
    Spike,
}

/// <summary>One change to one day. A day touched by several rules has one change for each, in order.</summary>
/// <param name="Place">The territory counted.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Day">The day changed.</param>
/// <param name="Rule">The rule that changed it.</param>
/// <param name="Reported">The count as published; <c>null</c> = not reported. Never altered.</param>
/// <param name="Cleaned">The count after this rule: persons, at least 0, finite, not always whole.</param>
public sealed record CleaningChange(
    TerritoryCode Place, Indicator Indicator, DateOnly Day, CleaningRule Rule, long? Reported, double Cleaned);
