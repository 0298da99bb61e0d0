namespace Sameboat;

/// <summary>
/// The two weeks of the field. Supply planning counts weeks from Monday to Sunday (ISO 8601); the forecast hubs count
/// epidemiological weeks from Sunday to Saturday. A week is named here by its first or last day, never by a number.
/// </summary>
public static class Weeks
{
    /// <summary>Days in a week.</summary>
    public const int Days = 7;

    /// <summary>The Monday on or before the day: first day of its ISO week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % Days));

    /// <summary>The Saturday on or after the day: last day of its epidemiological week.</summary>
    public static DateOnly SaturdayOf(DateOnly day) => day.AddDays((int)DayOfWeek.Saturday - (int)day.DayOfWeek);

    /// <summary>The Sunday on or after the day: last day of its ISO week.</summary>
    public static DateOnly SundayOf(DateOnly day) => MondayOf(day).AddDays(Days - 1);
}
