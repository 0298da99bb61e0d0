using Sameboat.Server.Consignments;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Requests;

/// <summary>How far a line has come, apart from the decision about the request.</summary>
internal enum Progress
{
    /// <summary>Nobody has bound itself to any of it.</summary>
    Unmet,

    /// <summary>Some of it is promised.</summary>
    PartlyCommitted,

    /// <summary>All of it is promised.</summary>
    Committed,

    /// <summary>Some of it is here in good order.</summary>
    PartlyReceived,

    /// <summary>All of it is.</summary>
    Received,
}

/// <summary>Units of one line of a request, at each link behind it.</summary>
/// <param name="Requested">Asked for.</param>
/// <param name="Committed">Bound: on its way, or received.</param>
/// <param name="Received">In good order.</param>
internal readonly record struct LineAccount(long Requested, long Committed, long Received)
{
    /// <summary>The progress that these come to.</summary>
    internal Progress Progress =>
        Received >= Requested ? Progress.Received
        : Received > 0 ? Progress.PartlyReceived
        : Committed >= Requested ? Progress.Committed
        : Committed > 0 ? Progress.PartlyCommitted
        : Progress.Unmet;
}

/// <summary>
/// Shares what is sent to a place among the lines that ask for it there: those needed first are met first, and what is
/// needed on one day by the name and number of the line. Pure.
/// </summary>
internal static class LineProgress
{
    /// <summary>The account of each line.</summary>
    /// <param name="lines">The lines of published requests for one item at one place of one outbreak.</param>
    /// <param name="sent">The consignment lines of that item to that place, cancelled ones left out.</param>
    internal static IReadOnlyDictionary<(string Subject, int Line), LineAccount> Share(
        IEnumerable<RequestLineRow> lines, IEnumerable<ConsignmentLineRow> sent)
    {
        long received = 0;
        long bound = 0;
        foreach (var line in sent)
        {
            received += line.Received;
            bound += line.Received + line.Open;
        }

        var accounts = new Dictionary<(string Subject, int Line), LineAccount>();
        foreach (var line in lines
            .OrderBy(line => line.NeededBy ?? int.MaxValue)
            .ThenBy(line => line.Subject, StringComparer.Ordinal)
            .ThenBy(line => line.Line))
        {
            var here = Math.Min(received, line.Quantity);
            var promised = Math.Min(bound, line.Quantity);
            received -= here;
            bound -= promised;
            accounts[(line.Subject, line.Line)] = new LineAccount(line.Quantity, promised, here);
        }

        return accounts;
    }
}
