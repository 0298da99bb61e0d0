using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>
/// Who is signed in on a page. The interface never looks here: it takes tokens alone, so that no other site can make a
/// browser write through it.
/// </summary>
internal sealed class SignedIn(NodeDatabase database, TimeProvider time)
{
    private const string PlainName = "sameboat";

    // A browser takes a name with this prefix only over https, from this host, for every path.
    private const string SecureName = "__Host-sameboat";

    private static readonly object Looked = new();
    private static readonly object LookedSession = new();

    /// <summary>The actor of a page's request; null where nobody is signed in.</summary>
    internal async Task<Actor?> ActorAsync(HttpContext http) =>
        await AccountAsync(http) is { } account && Enum.TryParse<Roles>(account.Roles, out var roles)
            ? new Actor(MemberId.Parse(account.Member), account.Label, roles, KeyOf(account.Id))
            : null;

    /// <summary>The account of a page's request; null where nobody is signed in. Looked up once a request.</summary>
    internal async Task<AccountRow?> AccountAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(Looked, out var kept))
        {
            return (AccountRow?)kept;
        }

        var account = await FindAsync(http);
        http.Items[Looked] = account;
        if (account is not null)
        {
            // A form's proof holds for this account alone.
            http.User = new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, account.Id.ToString())], authenticationType: PlainName));
        }

        return account;
    }

    /// <summary>The account that this request was found to be of; null where nobody has looked, or nobody is.</summary>
    internal static AccountRow? Found(HttpContext http) =>
        http.Items.TryGetValue(Looked, out var found) ? (AccountRow?)found : null;

    /// <summary>Whether a browser says that it has signed in, without a look whether it is so.</summary>
    internal static bool HasCookie(HttpContext http) => http.Request.Cookies.ContainsKey(NameFor(http));

    /// <summary>The hash of the session of a request that was found to be signed in; empty otherwise.</summary>
    internal static string SessionOf(HttpContext http) =>
        http.Items.TryGetValue(LookedSession, out var found) && found is SessionRow session ? session.Hash : "";

    /// <summary>Whether the person of a request signed in so lately that it may change how it signs in.</summary>
    internal bool IsRecent(HttpContext http) =>
        http.Items.TryGetValue(LookedSession, out var found) && found is SessionRow session
        && session.Expires - Micros(time.GetUtcNow())
            > SignedInFor(AccountLimits.SessionLife - AccountLimits.RecentSignIn);

    /// <summary>The sessions of an account that hold, the one used last first.</summary>
    internal async Task<List<SessionRow>> SessionsAsync(Guid account, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (end, idle) = (Micros(now), Micros(now - AccountLimits.SessionIdle));
        await using var db = database.Open();
        return await db.Set<SessionRow>().AsNoTracking()
            .Where(row => row.Account == account && row.Expires > end && row.Seen > idle)
            .OrderByDescending(row => row.Seen).ThenBy(row => row.Hash)
            .ToListAsync(cancellation);
    }

    /// <summary>Ends a session of an account, or all but one.</summary>
    /// <param name="account">Whose; those of others are not touched.</param>
    /// <param name="ended">The hash of the one that ends; empty ends all.</param>
    /// <param name="kept">The hash of the one that stays; empty keeps none.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<int> EndAsync(Guid account, string ended, string kept, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Set<SessionRow>()
            .Where(row => row.Account == account && row.Hash != kept && (ended == "" || row.Hash == ended))
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Begins a session for the browser that sent the request; one that it had before ends, and so does the
    /// one used longest ago where the account has as many as it may have.</summary>
    internal async Task BeginAsync(HttpContext http, AccountRow account, SessionWay way)
    {
        await EndAsync(http);
        var secret = LogKeys.DrawToken();
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await db.Set<SessionRow>()
            .Where(row => row.Expires <= Micros(now))
            .ExecuteDeleteAsync(http.RequestAborted);
        var most = await db.Set<SessionRow>().AsNoTracking()
            .Where(row => row.Account == account.Id)
            .OrderByDescending(row => row.Seen).ThenBy(row => row.Hash)
            .Select(row => row.Hash)
            .Skip(AccountLimits.SessionsMax - 1)
            .ToListAsync(http.RequestAborted);
        await db.Set<SessionRow>().Where(row => most.Contains(row.Hash)).ExecuteDeleteAsync(http.RequestAborted);
        db.Add(new SessionRow
        {
            Hash = HashOf(secret),
            Account = account.Id,
            Expires = Micros(now + AccountLimits.SessionLife),
            Seen = Micros(now),
            Way = way.ToString(),
        });
        await db.SaveChangesAsync(http.RequestAborted);
        http.Response.Cookies.Append(NameFor(http), secret, Terms(http));
    }

    /// <summary>Ends the session of the request's browser on the node, and takes the cookie back.</summary>
    internal async Task EndAsync(HttpContext http)
    {
        http.Items.Remove(Looked);
        http.Items.Remove(LookedSession);
        if (http.Request.Cookies[NameFor(http)] is { Length: > 0 } secret)
        {
            var hash = HashOf(secret);
            await using var db = database.Open();
            await db.Set<SessionRow>().Where(row => row.Hash == hash).ExecuteDeleteAsync(http.RequestAborted);
            http.Response.Cookies.Delete(NameFor(http), Terms(http));
        }
    }

    /// <summary>How an account is named where it is kept which one acted.</summary>
    internal static string KeyOf(Guid account) => $"account:{account:N}";

    /// <summary>What is stored in place of a secret of full length.</summary>
    internal static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Microseconds since 1970.</summary>
    internal static long Micros(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() * 1000;

    private async Task<AccountRow?> FindAsync(HttpContext http)
    {
        if (http.Request.Cookies[NameFor(http)] is not { Length: > 0 } secret)
        {
            return null;
        }

        var hash = HashOf(secret);
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var session = await db.Set<SessionRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Hash == hash, http.RequestAborted);
        if (session is null || session.Expires <= Micros(now)
            || session.Seen <= Micros(now - AccountLimits.SessionIdle))
        {
            return null;
        }

        if (session.Seen <= Micros(now - AccountLimits.SessionSeen))
        {
            await db.Set<SessionRow>().Where(row => row.Hash == hash).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Seen, Micros(now)), http.RequestAborted);
        }

        http.Items[LookedSession] = session;
        return await db.Set<AccountRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == session.Account && row.Closed == 0, http.RequestAborted);
    }

    private static long SignedInFor(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static CookieOptions Terms(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
    };

    private static string NameFor(HttpContext http) => http.Request.IsHttps ? SecureName : PlainName;
}
