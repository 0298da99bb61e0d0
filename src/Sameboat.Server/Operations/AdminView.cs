using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Following;
using Sameboat.Server.Notifications;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Operations;

/// <summary>A log of this node.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Size">Its entries.</param>
/// <param name="Follows">How a log of another is followed; null for one that is written here.</param>
internal sealed record AdminLog(string Member, long Size, FollowedLogRow? Follows);

/// <summary>What the page of administrators shows.</summary>
internal sealed record AdminView
{
    internal required HealthReport Health { get; init; }

    internal required string Database { get; init; }

    /// <summary>In bytes; null where it cannot be told.</summary>
    internal required long? DatabaseBytes { get; init; }

    /// <summary>Free on the disk of the data folder, in bytes; null where it cannot be told.</summary>
    internal required long? DiskFree { get; init; }

    internal required DateTimeOffset Started { get; init; }

    /// <summary>When a backup was last made from this data folder; null where none is known.</summary>
    internal required DateTimeOffset? Backup { get; init; }

    /// <summary>In the order of members.</summary>
    internal required ImmutableArray<AdminLog> Logs { get; init; }

    internal required ImmutableArray<WitnessStanding> Witnesses { get; init; }

    internal required int Evidence { get; init; }

    internal required long Refused { get; init; }

    /// <summary>Requests whose client cut the connection before they were answered.</summary>
    internal required long Cut { get; init; }

    internal required int Accounts { get; init; }

    internal required int Sessions { get; init; }

    internal required int Tokens { get; init; }

    internal required int Subscriptions { get; init; }

    /// <summary>Messages that wait to be sent.</summary>
    internal required int Unsent { get; init; }

    /// <summary>Messages that were tried as often as they may be.</summary>
    internal required int GivenUp { get; init; }

    /// <summary>The settings in effect, by the options that set them; never a secret.</summary>
    internal required ImmutableArray<(string Option, string Value)> Settings { get; init; }
}

/// <summary>Reads what administrators are shown.</summary>
internal sealed class AdminDesk(
    NodeDatabase database, NodeOptions options, NodeHealth health, NodeCounters counters, WitnessRounds witnesses,
    TimeProvider time)
{
    /// <summary>Reads it now.</summary>
    internal async Task<AdminView> ReadAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var followed = await db.FollowedLogs.AsNoTracking().ToDictionaryAsync(row => row.Member, cancellation);
        var logs = await db.Logs.AsNoTracking()
            .OrderBy(log => log.Member).Select(log => new { log.Member, log.Size }).ToListAsync(cancellation);
        var now = SignedIn.Micros(time.GetUtcNow());
        var idle = SignedIn.Micros(time.GetUtcNow() - AccountLimits.SessionIdle);
        var unsent = db.Set<NotificationRow>().Where(row => row.Sent == 0);
        return new AdminView
        {
            Health = await health.LookAsync(cancellation),
            Database = database.Description,
            DatabaseBytes = await database.SizeAsync(cancellation),
            DiskFree = health.Disk(),
            Started = counters.Started,
            Backup = NodeBackup.LastIn(options.DataFolder!),
            Logs = [.. logs.Select(log => new AdminLog(log.Member, log.Size, followed.GetValueOrDefault(log.Member)))],
            Witnesses = witnesses.Standings(),
            Evidence = await db.LogEvidence.CountAsync(cancellation),
            Refused = counters.Refused,
            Cut = counters.Cut,
            Accounts = await db.Set<AccountRow>().CountAsync(row => row.Closed == 0, cancellation),
            Sessions = await db.Set<SessionRow>()
                .CountAsync(row => row.Expires > now && row.Seen > idle, cancellation),
            Tokens = await db.Set<ApiTokenRow>().CountAsync(row => row.Expires > now, cancellation),
            Subscriptions = await db.Set<SubscriptionRow>().CountAsync(cancellation),
            Unsent = await unsent.CountAsync(row => row.Attempts < NewsLimits.AttemptsMax, cancellation),
            GivenUp = await unsent.CountAsync(row => row.Attempts >= NewsLimits.AttemptsMax, cancellation),
            Settings = Settings(),
        };
    }

    private ImmutableArray<(string Option, string Value)> Settings() =>
    [
        ("--data", options.DataFolder!),
        ("--database", database.Description),
        ("--address", options.Address),
        ("--port", Text(options.Port)),
        ("--public-address", options.PublicAddress?.ToString() ?? ""),
        ("--witness", string.Join(' ', options.Witnesses.Select(witness => witness.Prefix))),
        ("--founders", string.Join(' ', options.Founders)),
        ("--requests-per-address", Text(options.RateLimits.PerAddress)),
        ("--requests-per-token", Text(options.RateLimits.PerToken)),
        ("--requests-per-member", Text(options.RateLimits.PerMember)),
        ("--mail", options.Mail is { } mail ? string.Create(CultureInfo.InvariantCulture, $"{mail.Host}:{mail.Port}")
            : ""),
        ("--mail-from", options.Mail?.From ?? ""),
        ("--private-webhooks", options.WebhooksMayBePrivate ? "true" : ""),
        ("--telemetry", options.Telemetry?.Host ?? ""),
        ("--log-requests", options.LogsRequests ? "true" : ""),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
