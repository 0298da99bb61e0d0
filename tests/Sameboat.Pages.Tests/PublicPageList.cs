namespace Sameboat.Pages.Tests;

/// <summary>The pages that are for everyone, below their culture.</summary>
internal static class PublicPageList
{
    /// <summary>Stands for the page of the newest entry, whose address is not known beforehand.</summary>
    internal const string NewestEntry = "newest entry";

    /// <summary>The page of a request of the exercise, as <see cref="NewestEntry"/>.</summary>
    internal const string FirstRequest = "first request";

    /// <summary>The page of the member that made it.</summary>
    internal const string FirstRequester = "first requester";

    /// <summary>The page of the exercise's outbreak, with its culture for a picture of it.</summary>
    internal const string Outbreak = "/en/outbreaks/exercise-secretariat/exercise-fever-2024";

    /// <summary>The page of a consignment of the exercise, as <see cref="NewestEntry"/>.</summary>
    internal const string FirstConsignment = "first consignment";

    internal static readonly string[] All =
    [
        "", "/places", "/places/VNM", "/places/TKL", "/offers", "/plan", "/plan/gown",
        "/plan/team-emt-type-1-fixed", "/plan/funds-usd", "/record", "/record/logs/ken",
        "/record/logs/exercise-secretariat", NewestEntry, "/places/ATLANTIS",
        "/members", "/members/exercise-relief-pool", FirstRequester, "/requests", FirstRequest, "/consignments",
        "/scoreboard", Outbreak["/en".Length..], "/report",
        "/report?from=2025-03-08&to=2025-03-14&place=VNM", "/report?from=tomorrow&to=&place=ATL",
        "/exercise", "/exercise/debrief", FirstConsignment,
    ];

    // What marks an exercise, in each language.
    internal static readonly Dictionary<string, string> Marks = new()
    {
        ["ar"] = "تمرين", ["en"] = "EXERCISE", ["es"] = "EJERCICIO", ["fr"] = "EXERCICE", ["ru"] = "УЧЕНИЕ",
        ["zh-Hans"] = "演练", ["zh-Hant"] = "演習",
    };
}
