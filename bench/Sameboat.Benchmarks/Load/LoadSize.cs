using System.Globalization;

namespace Sameboat.Benchmarks.Load;

/// <summary>How large a record is filled.</summary>
/// <param name="Name">Of the profile.</param>
/// <param name="Members">Members, each with a territory, a log and a token.</param>
/// <param name="Outbreaks">Outbreaks; every member takes part in every one.</param>
/// <param name="Days">Days of which every member reports in every outbreak, a day an entry.</param>
/// <param name="Requests">Requests of a member in an outbreak.</param>
/// <param name="Lines">Lines of a request.</param>
/// <param name="Offers">Offers of a member in an outbreak.</param>
/// <param name="Consignments">Consignments of a member in an outbreak, of five lines each.</param>
internal sealed record LoadSize(
    string Name, int Members, int Outbreaks, int Days, int Requests, int Lines, int Offers, int Consignments)
{
    internal static LoadSize Full { get; } = new("full", 200, 5, 450, 1, 50, 10, 10);

    internal static LoadSize Middle { get; } = new("middle", 200, 5, 60, 1, 50, 4, 4);

    internal static LoadSize Small { get; } = new("small", 20, 2, 50, 1, 10, 4, 4);

    /// <summary>The profile of that name, or null.</summary>
    internal static LoadSize? Of(string name) => new[] { Full, Middle, Small }.FirstOrDefault(one => one.Name == name);

    internal string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index + 1:D3}");

    internal static string Outbreak(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"outbreak/m001/fever-{index + 1}");
}
