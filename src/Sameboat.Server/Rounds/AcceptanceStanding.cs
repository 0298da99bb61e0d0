using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// Who may accept or decline a line of a plan: its donor and its recipient, and nobody else. Looked up in the plan, so
/// that the answer of a stranger stays in its log, is shown, and has no effect.
/// </summary>
internal static class AcceptanceStanding
{
    /// <summary>The rule for <c>acceptance.given</c> and <c>acceptance.declined</c>.</summary>
    internal static EntryEffect? Judge(Entry entry, Func<string, IReadOnlyList<IProjectedRow>> rowsOf)
    {
        if (entry.Body.Text("plan") is not { } plan || entry.Body.Count("line") is not { } number)
        {
            return null;
        }

        var rows = rowsOf(plan);
        if (rows.Count == 0)
        {
            return EntryEffect.Waits(entry, FoldReasons.PartsMissing, plan);
        }

        var author = entry.Author.ToString();
        return rows.OfType<PlanLineRow>().FirstOrDefault(line => line.Line == number) is not { } line
            ? EntryEffect.Without(entry, FoldReasons.LineUnknown, plan)
            : IsParty(line, author) ? null
            : EntryEffect.Without(entry, FoldReasons.NotAParty, plan);
    }

    /// <summary>Whether a member is donor or recipient of a line.</summary>
    internal static bool IsParty(PlanLineRow line, string member) =>
        member.Length > 0 && (line.Donor == member || line.Recipient == member);

    /// <summary>The acceptances that count and would be judged anew when these plans change.</summary>
    internal static Task<List<string>> JudgedByAsync(
        NodeContext db, string[] plans, CancellationToken cancellation) =>
        db.Set<AcceptanceRow>().IgnoreQueryFilters()
            .Where(row => plans.Contains(row.Plan))
            .Select(row => row.Subject)
            .Distinct()
            .ToListAsync(cancellation);
}
