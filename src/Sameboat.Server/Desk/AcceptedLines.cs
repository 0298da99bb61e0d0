using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk;

/// <summary>
/// Lines of plans that both parties have accepted and that the donor has not sent yet: for each receiver and place one
/// link to a form of a consignment in which they stand already.
/// </summary>
internal static class AcceptedLines
{
    /// <summary>The most lines of one link; what is left comes when these are sent.</summary>
    private const int LinesMax = 25;

    /// <summary>What an actor's member has promised and not sent; nothing for somebody who does not send.</summary>
    internal static async Task<List<DeskItem>> ReadAsync(
        NodeContext db, Actor actor, Words words, CancellationToken cancellation)
    {
        if (!actor.Roles.HasFlag(Roles.Logistics))
        {
            return [];
        }

        var member = actor.Member.ToString();
        var open = await OpenAsync(db, member, cancellation);
        if (open.Count == 0)
        {
            return [];
        }

        var names = await MemberNames.ReadAsync(db, cancellation);
        var offers = (await db.Offers.AsNoTracking().Where(offer => offer.Member == member)
            .ToListAsync(cancellation)).ToLookup(offer => (offer.Lot, offer.Item));
        var rounds = open.Select(line => line.Line.Round).Distinct().ToArray();
        var outbreaks = await db.Rounds.AsNoTracking().Where(round => rounds.Contains(round.Subject))
            .ToDictionaryAsync(round => round.Subject, round => round.Outbreak, cancellation);
        return
        [
            .. open.GroupBy(line => (line.Line.Recipient, line.Line.Place, Outbreak: outbreaks[line.Line.Round]))
                .Select(group => new DeskItem(
                    names.Of(words, group.Key.Recipient), words.Format("desk.consignment.stands",
                        words.Count("desk.lines.accepted", group.Count()), words.Place(group.Key.Place)),
                    null, false, Link(group.Key, group.Take(LinesMax), offers), words["desk.send"])),
        ];
    }

    // Of each line that both sides accepted, what no consignment carries.
    private static async Task<List<(PlanLineRow Line, long Open)>> OpenAsync(
        NodeContext db, string member, CancellationToken cancellation)
    {
        var given = (await db.Set<AcceptanceRow>().AsNoTracking()
            .Where(row => row.State == nameof(AcceptanceState.Given))
            .Select(row => new { row.Plan, row.Line, row.Member })
            .ToListAsync(cancellation)).Select(row => (row.Plan, row.Line, row.Member)).ToHashSet();
        var lines = await db.PlanLines.AsNoTracking()
            .Where(line => line.Donor == member && line.Quantity > 0 && line.Recipient != "")
            .ToListAsync(cancellation);
        var cancelled = nameof(ConsignmentState.Cancelled);
        var own = db.Set<ConsignmentRow>().Where(row => row.Member == member && row.State != cancelled)
            .Select(row => row.Subject);
        var sent = (await db.Set<ConsignmentLineRow>().AsNoTracking()
            .Where(line => own.Contains(line.Subject) && line.Plan != "")
            .ToListAsync(cancellation)).ToLookup(line => (line.Plan, line.PlanLine), line => line.Quantity);
        return
        [
            .. lines.Where(line => line.Recipient != member && given.Contains((line.Subject, line.Line, line.Donor))
                    && given.Contains((line.Subject, line.Line, line.Recipient)))
                .Select(line => (Line: line, Open: line.Quantity - sent[(line.Subject, line.Line)].Sum()))
                .Where(line => line.Open > 0)
                .OrderBy(line => line.Line.Place, StringComparer.Ordinal)
                .ThenBy(line => line.Line.Item, StringComparer.Ordinal)
                .ThenBy(line => line.Line.Subject, StringComparer.Ordinal)
                .ThenBy(line => line.Line.Line),
        ];
    }

    private static string Link(
        (string Recipient, string Place, string Outbreak) to, IEnumerable<(PlanLineRow Line, long Open)> lines,
        ILookup<(string Lot, string Item), OfferRow> offers)
    {
        var link = new StringBuilder("/desk/new/consignment?outbreak=").Append(Uri.EscapeDataString(to.Outbreak))
            .Append("&consignee=").Append(to.Recipient).Append("&destination=").Append(to.Place);
        foreach (var (row, (line, open)) in lines.Index())
        {
            var offer = offers[(line.Lot, line.Item)].FirstOrDefault();
            Add(row, "item", line.Item);
            Add(row, "unit", offer?.Unit ?? "");
            Add(row, "lot", line.Lot);
            Add(row, "quantity", open.ToString(CultureInfo.InvariantCulture));
            Add(row, "expires", Days.Written(offer?.Expires) ?? "");
            Add(row, "plan", line.Subject);
            Add(row, "plan_line", line.Line.ToString(CultureInfo.InvariantCulture));
        }

        return link.ToString();

        void Add(int row, string column, string text)
        {
            if (text.Length > 0)
            {
                link.Append(CultureInfo.InvariantCulture, $"&lines.{row}.{column}=").Append(Uri.EscapeDataString(text));
            }
        }
    }
}
