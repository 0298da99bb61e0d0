using System.Globalization;
using Sameboat.Record;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>The words of a notification in the language of whoever reads it.</summary>
internal static class NewsText
{
    /// <summary>What type it is.</summary>
    internal static string Type(Words words, string type) => words[$"news.type.{type}"];

    /// <summary>How much it presses.</summary>
    internal static string Severity(Words words, int severity) => words[$"news.severity.{(NewsSeverity)severity}"];

    /// <summary>The one sentence.</summary>
    internal static string Says(Words words, NotificationRow row, MemberNames names) => words.Format(
        $"news.says.{row.Type}", names.Of(words, row.Author),
        string.Join(words["news.list"], row.Places.Split(' ').Select(place => Place(words, place))),
        Detail(words, row));

    /// <summary>When it was made.</summary>
    internal static string Made(Words words, NotificationRow row) =>
        words.Instant(new HybridTime(row.Made).Instant);

    /// <summary>Where the entity is read, below the culture; null where it has no page.</summary>
    internal static string? PathOf(string subject)
    {
        var parts = subject.Split('/');
        return parts.Length != 3 ? null : parts[0] switch
        {
            "request" => $"/requests/{parts[1]}/{parts[2]}",
            "offer" => "/offers",
            "round" => "/plan",
            "consignment" => "/consignments",
            "situation" or "assessment" => "/places",
            _ => null,
        };
    }

    private static string Place(Words words, string place) => place.Length == 0 ? words["none"] : words.Place(place);

    private static string Detail(Words words, NotificationRow row) => row.Type switch
    {
        NewsTypes.Offer => new ItemNames("", words).Of(row.Detail),
        NewsTypes.PlanLine => words.Number(
            long.TryParse(row.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0),
        NewsTypes.Late or NewsTypes.Expiring when DateOnly.TryParseExact(
            row.Detail, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => words.Day(day),
        _ => row.Detail,
    };
}
