using System.Collections.Immutable;

namespace Sameboat.Server.Exercise;

/// <summary>A member of the exercise.</summary>
/// <param name="Id">Its log.</param>
/// <param name="Kind">state or organisation.</param>
/// <param name="Name">In English.</param>
/// <param name="Place">The territory it answers for, or null for an organisation.</param>
internal sealed record ExerciseMember(MemberId Id, string Kind, string Name, Territory? Place);

/// <summary>
/// What the exercise is about: an invented disease, invented organisations, and dates long enough ago that nobody
/// waits for them. Every inhabited territory takes part, whatever its size, strength or wealth.
/// </summary>
internal static class ExerciseScript
{
    /// <summary>The disease pack; nothing of it is real.</summary>
    internal const string Pack = "exercise-fever";

    /// <summary>Subject of the outbreak.</summary>
    internal const string Outbreak = "outbreak/exercise-secretariat/exercise-fever-2024";

    internal const string OutbreakName = "Exercise fever (invented disease)";

    /// <summary>Subject of the allocation round.</summary>
    internal const string Round = "round/exercise-secretariat/exercise-round-1";

    /// <summary>Weeks simulated and reported.</summary>
    internal const int WeeksPast = 20;

    /// <summary>Weeks that are played after the plan.</summary>
    internal const int WeeksAfter = 3;

    /// <summary>Weeks forecast and planned for.</summary>
    internal const int WeeksAhead = 4;

    /// <summary>A territory takes part when at least so many people live there; fewer are stations, not communities.
    /// </summary>
    internal const long PopulationMin = 1_000;

    /// <summary>The last day counted: a Sunday.</summary>
    internal static readonly DateOnly AsOf = new(2025, 3, 2);

    /// <summary>The first day counted: a Monday.</summary>
    internal static readonly DateOnly First = AsOf.AddDays(1 - (Weeks.Days * WeeksPast));

    /// <summary>The last day that is reported: a Sunday.</summary>
    internal static readonly DateOnly Last = AsOf.AddDays(Weeks.Days * WeeksAfter);

    /// <summary>The id of <see cref="Convener"/>, as the tables have it.</summary>
    internal const string ConvenerName = "exercise-secretariat";

    /// <summary>The most weeks that can be played on demand after those of the script.</summary>
    internal const int WeeksMore = 26;

    /// <summary>The hour of the Monday after the last week at which an exercise stands still, in UTC.</summary>
    internal const int PresentHour = 12;

    internal static readonly MemberId Convener = MemberId.Parse(ConvenerName);

    /// <summary>Invented organisations: the convener, and those that offer beside the states.</summary>
    private static readonly ImmutableArray<ExerciseMember> Organisations =
    [
        Organisation("exercise-secretariat", "Exercise Secretariat"),
        Organisation("exercise-relief-pool", "Exercise Relief Pool"),
        Organisation("exercise-medical-teams", "Exercise Medical Teams"),
        Organisation("exercise-solidarity-fund", "Exercise Solidarity Fund"),
    ];

    /// <summary>Every member, states in the order of their territory's code, organisations after them.</summary>
    internal static ImmutableArray<ExerciseMember> Members { get; } =
    [
        .. Territories.All
            .Where(place => place.Population >= PopulationMin)
            .Select(place => new ExerciseMember(MemberOf(place.Code), "state", place.EnglishName, place)),
        .. Organisations,
    ];

    /// <summary>The member that answers for a territory.</summary>
    internal static MemberId MemberOf(TerritoryCode place) => MemberId.Parse(place.ToString());

    private static ExerciseMember Organisation(string id, string name) =>
        new(MemberId.Parse(id), "organisation", name, null);
}
