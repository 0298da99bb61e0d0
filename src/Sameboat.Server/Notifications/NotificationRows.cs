namespace Sameboat.Server.Notifications;

/// <summary>
/// What somebody wants to be told of. It is the account's or token's own, stands in no log and ends with its holder.
/// All instants are microseconds since 1970; an empty list lets everything through.
/// </summary>
internal sealed class SubscriptionRow
{
    public required Guid Id { get; init; }

    /// <summary>As <see cref="Accounts.Actor.Account"/>.</summary>
    public required string Account { get; init; }

    public required string Member { get; init; }

    /// <summary>What its holder calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Territories, spaces between.</summary>
    public required string Places { get; init; }

    /// <summary>Entities, spaces between.</summary>
    public required string Outbreaks { get; init; }

    /// <summary>Codes of <see cref="NewsTypes"/>, spaces between.</summary>
    public required string Types { get; init; }

    /// <summary>The number of the least <see cref="NewsSeverity"/> that is told.</summary>
    public required int Severity { get; init; }

    /// <summary>A code of <see cref="NewsChannels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>The address of the channel; empty for the inbox.</summary>
    public required string Target { get; init; }

    /// <summary>The key by which a webhook's messages are signed, encrypted by the keys of the data folder; empty for
    /// the other channels.</summary>
    public required string Secret { get; init; }

    /// <summary>True gathers what is new into one message a day.</summary>
    public required bool Daily { get; init; }

    /// <summary>The language of the messages.</summary>
    public required string Culture { get; init; }

    public required long Made { get; init; }
}

/// <summary>One thing that one subscription is told of.</summary>
internal sealed class NotificationRow
{
    /// <summary>
    /// Made of the subscription and of what is told, so that telling the same twice meets the same row. It is also the
    /// id of the message, by which a receiver knows one that was sent again.
    /// </summary>
    public required string Id { get; init; }

    public required Guid Subscription { get; init; }

    /// <summary>As <see cref="Accounts.Actor.Account"/>.</summary>
    public required string Account { get; init; }

    /// <summary>A code of <see cref="NewsTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The number of a <see cref="NewsSeverity"/>.</summary>
    public required int Severity { get; init; }

    /// <summary>The entity, which is the thread.</summary>
    public required string Subject { get; init; }

    public required string Outbreak { get; init; }

    /// <summary>Whose doing it is.</summary>
    public required string Author { get; init; }

    /// <summary>Territories, spaces between.</summary>
    public required string Places { get; init; }

    /// <summary>The one figure of its sentence: an item, a day, a count or a reason; empty for none.</summary>
    public required string Detail { get; init; }

    public required long Made { get; init; }

    /// <summary>When the channel is to be told, or tried again.</summary>
    public required long Due { get; set; }

    /// <summary>When the channel took it; 0 while it has not.</summary>
    public required long Sent { get; set; }

    /// <summary>How often the channel did not take it.</summary>
    public required int Attempts { get; set; }

    /// <summary>What was wrong the last time, or empty.</summary>
    public required string Fault { get; set; }

    /// <summary>When its reader said to have seen it; 0 while not.</summary>
    public required long Acknowledged { get; set; }
}

/// <summary>Up to where a log has been read for news.</summary>
internal sealed class NewsPositionRow
{
    public required string Member { get; init; }

    /// <summary>How many entries have been read.</summary>
    public required long Position { get; set; }
}

/// <summary>An entry that had been read while it waited for another, and is news as soon as it counts.</summary>
internal sealed class AwaitedNewsRow
{
    public required string Member { get; init; }

    public required long Position { get; init; }
}
