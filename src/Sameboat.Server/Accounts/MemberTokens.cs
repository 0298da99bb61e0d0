using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>Issues and reads API tokens: <c>Authorization: Bearer sameboat-...</c>.</summary>
internal sealed class MemberTokens(NodeDatabase database, TimeProvider time)
{
    /// <summary>The longest a token holds.</summary>
    internal const int DaysMax = 366;

    private const string Prefix = "sameboat-";
    private const string Scheme = "Bearer ";

    /// <summary>Makes a token; it is shown this once.</summary>
    internal async Task<string> IssueAsync(Actor actor, int days, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        var token = Prefix + LogKeys.DrawToken();
        await using var db = database.Open();
        db.Add(new ApiTokenRow
        {
            Hash = Hash(token),
            Member = actor.Member.ToString(),
            Label = actor.Label,
            Roles = actor.Roles.ToString(),
            Expires = time.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds() * 1000,
        });
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    /// <summary>Who acts, or null where the request names no valid token.</summary>
    internal async Task<Actor?> ActorAsync(HttpRequest request, CancellationToken cancellation)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith(Scheme + Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = Hash(header[Scheme.Length..]);
        await using var db = database.Open();
        var row = await db.Set<ApiTokenRow>().AsNoTracking().FirstOrDefaultAsync(one => one.Hash == hash, cancellation);
        return row is not null
            && row.Expires > time.GetUtcNow().ToUnixTimeMilliseconds() * 1000
            && Enum.TryParse<Roles>(row.Roles, out var roles)
                ? new Actor(MemberId.Parse(row.Member), row.Label, roles)
                : null;
    }

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
