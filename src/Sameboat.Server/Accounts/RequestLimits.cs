using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Api;
using Sameboat.Server.Operations;

namespace Sameboat.Server.Accounts;

/// <summary>Refuses with 429 what goes beyond the <see cref="RateLimits"/>, before anything else is done.</summary>
internal static class RequestLimits
{
    private const string Unlimited = "";

    internal static void AddRequestLimits(this IServiceCollection services) =>
        services.AddRateLimiter(_ => { }).AddOptions<RateLimiterOptions>()
            .Configure<NodeOptions, MemberTokens, NodeCounters>((limiter, options, tokens, counters) =>
            {
                limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                    Of(http => $"{http.Connection.RemoteIpAddress}", options.RateLimits.PerAddress),
                    Of(HashOf, options.RateLimits.PerToken),
                    Of(http => HashOf(http) is { } hash ? tokens.MemberOf(hash) : null, options.RateLimits.PerMember));
                limiter.OnRejected = async (refused, _) =>
                {
                    counters.CountRefused();
                    var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time)
                        ? Math.Max(1, Math.Ceiling(time.TotalSeconds))
                        : 1;
                    refused.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
                    await Problems.Answer(Problems.TooManyRequests).ExecuteAsync(refused.HttpContext);
                };
            });

    internal static void UseRequestLimits(this WebApplication app)
    {
        // A node without limits does not even look.
        if (app.Services.GetRequiredService<NodeOptions>().RateLimits != RateLimits.None)
        {
            app.UseRateLimiter();
        }
    }

    private static PartitionedRateLimiter<HttpContext> Of(Func<HttpContext, string?> keyOf, int perSecond) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http =>
            perSecond > 0 && keyOf(http) is { } key
                ? RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond * RateLimits.BurstSeconds,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                })
                : RateLimitPartition.GetNoLimiter(Unlimited));

    private static string? HashOf(HttpContext http) =>
        MemberTokens.Find(http.Request) is { } token ? SignedIn.HashOf(token) : null;
}
