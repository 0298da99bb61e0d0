using System.Collections.Immutable;
using Sameboat.Exchange.Chain;

namespace Sameboat.Exchange.Reports;

/// <summary>One recipient's part of a reason.</summary>
/// <param name="Line">What it needs and gets.</param>
/// <param name="Own">The part of its reason that is its own; with the shared part before it, the whole reason.</param>
internal readonly record struct OwnReason(CoverageLine Line, string Own);

/// <summary>
/// Recipients whose reasons begin with the same words, which need be read only once: most places of a round are bound
/// by the same few lots.
/// </summary>
/// <param name="Shared">The words, up to and with the last break between them; empty where nothing is shared.</param>
/// <param name="Reasons">The recipients, in the order given.</param>
internal sealed record SharedReason(string Shared, ImmutableArray<OwnReason> Reasons)
{
    private const string Break = "; ";

    /// <summary>Groups the needs of one item by what their reasons share, the worst covered group first.</summary>
    public static ImmutableArray<SharedReason> GroupsOf(IEnumerable<CoverageLine> lines)
    {
        var groups = lines.GroupBy(line => FirstWords(line.Reason)).ToList();
        var alone = groups.Where(group => group.Count() == 1 || group.Key.Length == 0).SelectMany(group => group);
        var single = new SharedReason("", [.. alone.Select(line => new OwnReason(line, line.Reason))]);
        return
        [
            .. groups.Where(group => group.Count() > 1 && group.Key.Length > 0)
                .Select(group => Of([.. group]))
                .Append(single)
                .Where(group => !group.Reasons.IsEmpty)
                .OrderBy(group => group.Reasons.Min(reason => reason.Line.Coverage)),
        ];
    }

    private static SharedReason Of(CoverageLine[] lines)
    {
        var first = lines[0].Reason;
        var common = lines.Skip(1).Aggregate(first.Length, (length, line) =>
            Math.Min(length, first.AsSpan().CommonPrefixLength(line.Reason)));
        var end = first.AsSpan(0, common).LastIndexOf(Break, StringComparison.Ordinal) + Break.Length;
        return new SharedReason(first[..end], [.. lines.Select(line => new OwnReason(line, line.Reason[end..]))]);
    }

    private static string FirstWords(string reason)
    {
        var end = reason.IndexOf(Break, StringComparison.Ordinal);
        return end < 0 ? "" : reason[..end];
    }
}
