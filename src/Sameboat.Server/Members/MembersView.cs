using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Consignments;
using Sameboat.Server.Requests;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Members;

/// <summary>A member in the list.</summary>
internal sealed record MemberLine(string Member, string Kind, int Requests, int Sent, int Received, long Entries);

/// <summary>All members.</summary>
internal sealed record MembersView(ImmutableArray<MemberLine> Members, MemberNames Names)
{
    internal static async Task<MembersView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var names = await MemberNames.ReadAsync(db, cancellation);
        var requests = await db.Set<RequestRow>().GroupBy(row => row.Member)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancellation);
        var sent = await db.Set<ConsignmentRow>().GroupBy(row => row.Member)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancellation);
        var received = await db.Set<ConsignmentRow>()
            .Where(row => db.Set<ReceiptLineRow>().Any(line => line.Subject == row.Subject))
            .GroupBy(row => row.Consignee)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.Key, one => one.Count, cancellation);
        var logs = await db.Logs.ToDictionaryAsync(log => log.Member, log => log.Size, cancellation);
        return new MembersView(
            [
                .. names.All.Values
                    .OrderBy(member => member.Member, StringComparer.Ordinal)
                    .Select(member => new MemberLine(
                        member.Member,
                        member.Kind,
                        requests.GetValueOrDefault(member.Member),
                        sent.GetValueOrDefault(member.Member),
                        received.GetValueOrDefault(member.Member),
                        logs.GetValueOrDefault(member.Member))),
            ],
            names);
    }
}
