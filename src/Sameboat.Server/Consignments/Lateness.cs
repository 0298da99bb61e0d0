namespace Sameboat.Server.Consignments;

/// <summary>When a consignment should arrive.</summary>
/// <param name="Expected">Day number, or null where nobody has said.</param>
/// <param name="Earliest">Day number of the early end of the range, or null where none can be given.</param>
/// <param name="Latest">Of the late end.</param>
/// <param name="Method">How the range was made: one of the constants of <see cref="Lateness"/>.</param>
/// <param name="Sample">How many past consignments it stands on.</param>
internal readonly record struct ArrivalRange(int? Expected, int? Earliest, int? Latest, string Method, int Sample);

/// <summary>
/// Expected arrivals with a range from how late consignments have come before: the days between the day named last and
/// the day of arrival, of the same sender to the same place where there are enough, else of the sender, else none.
/// </summary>
/// <remarks>
/// The range is from the 0.1 to the 0.9 quantile of past lateness by nearest rank (the smallest value with at least
/// that share of the sample at or below it), added to the expected day. Legs that are named give the expected day where
/// the sender names none: the day on which the last leg should come.
/// </remarks>
internal sealed class Lateness
{
    /// <summary>A range stands on at least so many arrivals.</summary>
    internal const int SampleMin = 5;

    /// <summary>From the arrivals of the same sender at the same place.</summary>
    internal const string ByRoute = "past-lateness-of-route";

    /// <summary>From all arrivals of the sender.</summary>
    internal const string BySender = "past-lateness-of-sender";

    /// <summary>A day is named, and too few arrivals are known for a range.</summary>
    internal const string Stated = "stated-day-alone";

    /// <summary>Nothing is known.</summary>
    internal const string Unknown = "unknown";

    private const double Early = 0.1;
    private const double Late = 0.9;

    private readonly ILookup<(string Sender, string Place), int> _byRoute;
    private readonly ILookup<string, int> _bySender;

    /// <summary>Learns from consignments that have arrived; others are passed over.</summary>
    internal Lateness(IEnumerable<ConsignmentRow> past)
    {
        var known = past.Where(row => row.Expected is not null && row.Arrived is not null)
            .Select(row => (row.Member, row.Destination, Days: row.Arrived!.Value - row.Expected!.Value))
            .ToList();
        _byRoute = known.ToLookup(row => (row.Member, row.Destination), row => row.Days);
        _bySender = known.ToLookup(row => row.Member, row => row.Days);
    }

    /// <summary>When a consignment that has not arrived should come.</summary>
    internal ArrivalRange Of(ConsignmentRow row, IReadOnlyList<LegRow> legs)
    {
        if ((row.Expected ?? (legs.Count > 0 ? legs[^1].Comes : null)) is not { } expected)
        {
            return new ArrivalRange(null, null, null, Unknown, 0);
        }

        var route = _byRoute[(row.Member, row.Destination)].Order().ToList();
        var (sample, method) = route.Count >= SampleMin
            ? (route, ByRoute)
            : (_bySender[row.Member].Order().ToList(), BySender);
        return sample.Count < SampleMin
            ? new ArrivalRange(expected, null, null, Stated, sample.Count)
            : new ArrivalRange(
                expected, expected + Quantile(sample, Early), expected + Quantile(sample, Late), method, sample.Count);
    }

    /// <summary>The quantile by nearest rank.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">Above 0, at most 1.</param>
    internal static int Quantile(IReadOnlyList<int> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
