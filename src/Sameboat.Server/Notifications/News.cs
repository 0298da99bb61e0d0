using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sameboat.Server.Notifications;

/// <summary>How much something presses. The numbers are stored.</summary>
internal enum NewsSeverity
{
    /// <summary>Good to know.</summary>
    Information = 1,

    /// <summary>Somebody waits for an answer.</summary>
    Action = 2,

    /// <summary>Something goes wrong.</summary>
    Warning = 3,

    /// <summary>Something goes wrong fast.</summary>
    Urgent = 4,
}

/// <summary>What can be told: stable codes.</summary>
internal static class NewsTypes
{
    internal const string Report = "report";
    internal const string Alert = "alert";
    internal const string Request = "request";
    internal const string Offer = "offer";
    internal const string PlanLine = "plan-line";
    internal const string Late = "consignment-late";
    internal const string Arrived = "consignment-arrived";
    internal const string Held = "consignment-held";
    internal const string Expiring = "stock-expiring";

    /// <summary>All of them.</summary>
    internal static readonly ImmutableArray<string> All =
        [Report, Alert, Request, Offer, PlanLine, Late, Arrived, Held, Expiring];
}

/// <summary>By which way it is told: stable codes. Everything is in the inbox as well.</summary>
internal static class NewsChannels
{
    internal const string Inbox = "inbox";
    internal const string Mail = "mail";
    internal const string Webhook = "webhook";

    /// <summary>All of them.</summary>
    internal static readonly ImmutableArray<string> All = [Inbox, Mail, Webhook];
}

/// <summary>Every limit of notifications, by name.</summary>
internal static class NewsLimits
{
    /// <summary>The most subscriptions of one account or token.</summary>
    internal const int SubscriptionsMax = 20;

    /// <summary>The most characters of a name of a subscription.</summary>
    internal const int NameMax = 80;

    /// <summary>The most characters of an address.</summary>
    internal const int TargetMax = 500;

    /// <summary>The most characters of a list of places, outbreaks or types.</summary>
    internal const int ListMax = 1_000;

    /// <summary>The most characters of the figure of a sentence.</summary>
    internal const int DetailMax = 200;

    /// <summary>How many entries are read at a time.</summary>
    internal const int EntriesAtATime = 500;

    /// <summary>How many waiting entries are looked at again at a time.</summary>
    internal const int AwaitedMax = 2_000;

    /// <summary>How many messages are sent at a time, and the most that one digest holds.</summary>
    internal const int MessagesAtATime = 100;

    /// <summary>How many notifications an inbox shows.</summary>
    internal const int InboxMax = 200;

    /// <summary>How often a channel is tried before a message is given up.</summary>
    internal const int AttemptsMax = 10;

    /// <summary>The hour of the day, UTC, at which digests are sent.</summary>
    internal const int DigestHour = 6;

    /// <summary>Days before its last day of use at which stock is told of.</summary>
    internal const int ExpiringDays = 30;

    /// <summary>An entry that is older when it comes is history and no news.</summary>
    internal static readonly TimeSpan NewsAgeMax = TimeSpan.FromDays(7);

    /// <summary>How long after a first failure a channel is tried again; doubled each time.</summary>
    internal static readonly TimeSpan RetryFirst = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two tries.</summary>
    internal static readonly TimeSpan RetryMax = TimeSpan.FromHours(6);

    /// <summary>How long a message that is being sent is left to whoever sends it.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long one message may take.</summary>
    internal static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How long after its making a notification is kept.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>How long to wait after so many failures, at least one.</summary>
    internal static TimeSpan RetryAfter(int attempts)
    {
        var wait = RetryFirst;
        for (var doubling = 1; doubling < attempts && wait < RetryMax; doubling++)
        {
            wait *= 2;
        }

        return wait < RetryMax ? wait : RetryMax;
    }
}

/// <summary>Something that subscribers may want to know.</summary>
/// <param name="Source">What makes it this and no other news: the same each time that it is found.</param>
/// <param name="Type">A code of <see cref="NewsTypes"/>.</param>
/// <param name="Severity">How much it presses.</param>
/// <param name="Subject">The entity, which is the thread.</param>
/// <param name="Outbreak">The outbreak, or empty.</param>
/// <param name="Author">Whose doing it is.</param>
/// <param name="Places">The territories it is about, in order.</param>
internal sealed record News(
    string Source, string Type, NewsSeverity Severity, string Subject, string Outbreak, string Author,
    ImmutableArray<string> Places)
{
    private const int IdLength = 32;

    /// <summary>The one figure of its sentence, or empty.</summary>
    internal string Detail { get; init; } = "";

    /// <summary>The only member that it concerns; null for everybody.</summary>
    internal string? For { get; init; }

    /// <summary>Whether a subscription asks for it; who may see the entity is looked at apart.</summary>
    internal bool IsFor(SubscriptionRow row) =>
        (int)Severity >= row.Severity
        && (For is null || For == row.Member)
        && Lets(row.Types, Type)
        && Lets(row.Outbreaks, Outbreak)
        && (row.Places.Length == 0 || Places.Any(place => Lets(row.Places, place)));

    /// <summary>The notification of one subscription.</summary>
    internal NotificationRow To(SubscriptionRow row, DateTimeOffset now) => new()
    {
        Id = IdOf(row.Id, Source),
        Subscription = row.Id,
        Account = row.Account,
        Type = Type,
        Severity = (int)Severity,
        Subject = Subject,
        Outbreak = Outbreak,
        Author = Author,
        Places = string.Join(' ', Places),
        Detail = Detail.Length <= NewsLimits.DetailMax ? Detail : Detail[..NewsLimits.DetailMax],
        Made = Accounts.SignedIn.Micros(now),
        Due = Accounts.SignedIn.Micros(row.Daily ? NextDigest(now) : now),
        Sent = row.Channel == NewsChannels.Inbox ? Accounts.SignedIn.Micros(now) : 0,
        Attempts = 0,
        Fault = "",
        Acknowledged = 0,
    };

    /// <summary>The id of what a subscription is told.</summary>
    internal static string IdOf(Guid subscription, string source) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{subscription:N} {source}"))))[..IdLength];

    /// <summary>The next time at which digests are sent, later than now.</summary>
    internal static DateTimeOffset NextDigest(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(NewsLimits.DigestHour);
        return today > now ? today : today.AddDays(1);
    }

    private static bool Lets(string list, string one) =>
        list.Length == 0 || list.Split(' ').Contains(one, StringComparer.Ordinal);
}
