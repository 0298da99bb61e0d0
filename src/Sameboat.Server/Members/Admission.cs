namespace Sameboat.Server.Members;

/// <summary>One member's claim to answer for a territory.</summary>
/// <param name="Member">Who claims.</param>
/// <param name="At">Since when, by its own log, in microseconds since 1970.</param>
internal readonly record struct TerritoryClaim(string Member, long At);

/// <summary>
/// Who is admitted, and who answers for a territory: functions of the founding list and the endorsements, the same at
/// every node that holds both. Pure.
/// </summary>
internal static class Admission
{
    /// <summary>The members admitted. Who is admitted once stays so.</summary>
    /// <param name="founders">The founding list.</param>
    /// <param name="endorsements">In any order; those for territories are left aside.</param>
    /// <param name="left">Members that have left, with when: from then on they count no more.</param>
    internal static HashSet<string> Admitted(
        IEnumerable<string> founders, IEnumerable<EndorsementRow> endorsements,
        IEnumerable<(string Member, long At)>? left = null)
    {
        var admitted = founders.ToHashSet(StringComparer.Ordinal);
        var words = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var leaving = new Queue<(string Member, long At)>(
            (left ?? []).OrderBy(one => one.At).ThenBy(one => one.Member, StringComparer.Ordinal));
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, row, isGiven) in EventsOf(endorsements.Where(row => row.Territory.Length == 0)))
        {
            while (leaving.TryPeek(out var next) && next.At <= at)
            {
                Leave(leaving.Dequeue().Member);
            }

            var by = words.TryGetValue(row.For, out var known) ? known : words[row.For] = [];
            _ = isGiven ? by.Add(row.Subject + ' ' + row.Member) : by.Remove(row.Subject + ' ' + row.Member);
            Admit(admitted, words, gone);
        }

        foreach (var (member, _) in leaving)
        {
            Leave(member);
        }

        return admitted;

        // With one fewer, fewer are a quorum.
        void Leave(string member)
        {
            admitted.Remove(member);
            gone.Add(member);
            Admit(admitted, words, gone);
        }
    }

    /// <summary>Whether so many of the admitted are a quorum: more than half of them.</summary>
    internal static bool IsQuorum(int members, int admitted) => members * 2L > admitted;

    /// <summary>
    /// The member whose claim to a territory has effect; null where none is. The quorum decides where it has spoken;
    /// otherwise an admitted member goes before one that is not, and the earlier claim before the later.
    /// </summary>
    /// <param name="territory">ISO 3166-1 alpha-3.</param>
    /// <param name="claims">All claims to it.</param>
    /// <param name="admitted">As <see cref="Admitted"/> gives them.</param>
    /// <param name="endorsements">In any order.</param>
    internal static string? Holder(
        string territory, IReadOnlyCollection<TerritoryClaim> claims, IReadOnlySet<string> admitted,
        IEnumerable<EndorsementRow> endorsements)
    {
        // A member has one word on a territory: its latest that stands.
        var chosen = endorsements
            .Where(row => row.Territory == territory && row.Withdrawn == 0 && admitted.Contains(row.Member))
            .GroupBy(row => row.Member, StringComparer.Ordinal)
            .Select(rows => rows.MaxBy(row => (row.Given, row.Subject))!.For)
            .GroupBy(member => member, StringComparer.Ordinal)
            .FirstOrDefault(members => IsQuorum(members.Count(), admitted.Count))?.Key;
        return claims.Any(claim => claim.Member == chosen)
            ? chosen
            : claims.OrderByDescending(claim => admitted.Contains(claim.Member))
                .ThenBy(claim => claim.At)
                .ThenBy(claim => claim.Member, StringComparer.Ordinal)
                .Select(claim => claim.Member)
                .FirstOrDefault();
    }

    private static IEnumerable<(long At, EndorsementRow Row, bool IsGiven)> EventsOf(
        IEnumerable<EndorsementRow> rows) =>
        rows.SelectMany(row => row.Withdrawn == 0
                ? new[] { (At: row.Given, Row: row, IsGiven: true) }
                : [(row.Given, row, true), (row.Withdrawn, row, false)])
            .OrderBy(one => one.At)
            .ThenBy(one => one.Row.Subject, StringComparer.Ordinal)
            .ThenByDescending(one => one.IsGiven);

    // One at a time: each that is admitted counts for, and makes harder, the next.
    private static void Admit(
        HashSet<string> admitted, Dictionary<string, HashSet<string>> words, HashSet<string> gone)
    {
        while (words
            .Where(one => !admitted.Contains(one.Key) && !gone.Contains(one.Key) && IsQuorum(
                one.Value.Select(word => word[(word.IndexOf(' ', StringComparison.Ordinal) + 1)..])
                    .Distinct(StringComparer.Ordinal).Count(admitted.Contains),
                admitted.Count))
            .Select(one => one.Key)
            .Min(StringComparer.Ordinal) is { } next)
        {
            admitted.Add(next);
        }
    }
}
