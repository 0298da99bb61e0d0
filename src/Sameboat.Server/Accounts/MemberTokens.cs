using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>Issues, reads and revokes API tokens: <c>Authorization: Bearer sameboat-...</c>.</summary>
internal sealed class MemberTokens(NodeDatabase database, TimeProvider time)
{
    /// <summary>The longest a token holds.</summary>
    internal const int DaysMax = 366;

    /// <summary>The most tokens whose member is remembered, to count requests by member.</summary>
    private const int KnownMax = 10_000;

    private const string Prefix = "sameboat-";
    private const string Scheme = "Bearer ";

    private static readonly object LookedUp = new();

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Makes a token; it is shown this once.</summary>
    internal async Task<(string Token, Guid Id)> IssueAsync(Actor actor, int days, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        var token = Prefix + LogKeys.DrawToken();
        var now = time.GetUtcNow();
        var row = new ApiTokenRow
        {
            Hash = SignedIn.HashOf(token),
            Id = LogKeys.DrawId(now.ToUnixTimeMilliseconds()).Value,
            Member = actor.Member.ToString(),
            Label = actor.Label,
            Roles = actor.Roles.ToString(),
            Made = SignedIn.Micros(now),
            Expires = SignedIn.Micros(now.AddDays(days)),
        };
        await using var db = database.Open();
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return (token, row.Id);
    }

    /// <summary>As <see cref="IssueAsync"/> for what somebody asked for, which may be refused.</summary>
    internal async Task<(string Token, Guid Id, AccountFault Fault)> AskAsync(
        MemberId member, string label, Roles roles, int days, CancellationToken cancellation)
    {
        if (AccountDesk.FaultOf(label, roles) is var fault and not AccountFault.None)
        {
            return ("", default, fault);
        }

        if (days is < 1 or > DaysMax)
        {
            return ("", default, AccountFault.BadDays);
        }

        if ((await ListAsync(member, cancellation)).Count >= AccountLimits.TokensMax)
        {
            return ("", default, AccountFault.TooMany);
        }

        var (token, id) = await IssueAsync(new Actor(member, label.Trim(), roles), days, cancellation);
        return (token, id, AccountFault.None);
    }

    /// <summary>The tokens of a member that have not run out, oldest first.</summary>
    internal async Task<List<ApiTokenRow>> ListAsync(MemberId member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var name = member.ToString();
        var now = SignedIn.Micros(time.GetUtcNow());
        return await db.Set<ApiTokenRow>().AsNoTracking()
            .Where(row => row.Member == name && row.Expires > now)
            .OrderBy(row => row.Made)
            .ThenBy(row => row.Hash)
            .ToListAsync(cancellation);
    }

    /// <summary>Revokes a token of the member, at once; false when it has none of that id.</summary>
    internal async Task<bool> RevokeAsync(MemberId member, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var name = member.ToString();
        return await db.Set<ApiTokenRow>()
            .Where(row => row.Member == name && row.Id == id)
            .ExecuteDeleteAsync(cancellation) == 1;
    }

    /// <summary>Who acts, or null where the request names no valid token.</summary>
    internal async Task<Actor?> ActorAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Asked at the gate and again by whoever answers: looked up once a request.
        if (request.HttpContext.Items.TryGetValue(LookedUp, out var looked))
        {
            return (Actor?)looked;
        }

        var actor = await FindAsync(request, cancellation);
        request.HttpContext.Items[LookedUp] = actor;
        return actor;
    }

    /// <summary>Who acts, where that was looked up for the request; null otherwise.</summary>
    internal static Actor? Looked(HttpContext http) =>
        http.Items.TryGetValue(LookedUp, out var looked) ? (Actor?)looked : null;

    private async Task<Actor?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Find(request) is not { } token)
        {
            return null;
        }

        var hash = SignedIn.HashOf(token);
        await using var db = database.Open();
        var row = await db.Set<ApiTokenRow>().AsNoTracking().FirstOrDefaultAsync(one => one.Hash == hash, cancellation);
        if (row is null
            || row.Expires <= SignedIn.Micros(time.GetUtcNow())
            || !Enum.TryParse<Roles>(row.Roles, out var roles))
        {
            return null;
        }

        if (_known.Count < KnownMax)
        {
            _known.TryAdd(hash, row.Member);
        }

        return new Actor(MemberId.Parse(row.Member), row.Label, roles, $"token:{row.Id:N}");
    }

    /// <summary>The token that a request names, whether it is good or not; null where it names none.</summary>
    internal static string? Find(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Scheme + Prefix, StringComparison.Ordinal) ? header[Scheme.Length..] : null;
    }

    /// <summary>The member of a token that was good before; it says nothing about now. For counting alone.</summary>
    /// <param name="hash">As <see cref="SignedIn.HashOf"/> makes it.</param>
    internal string? MemberOf(string hash) => _known.GetValueOrDefault(hash);
}
