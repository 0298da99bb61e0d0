namespace Sameboat.Server.Accounts;

/// <summary>
/// How many requests a node answers: a bucket for each address, token and member, which fills steadily and may be
/// emptied at once. The defaults stand far above what people and their programs ask, and below what wears a node out.
/// </summary>
/// <param name="PerAddress">Requests a second that one address may keep up; 0 sets no limit.</param>
/// <param name="PerToken">The same for one token.</param>
/// <param name="PerMember">The same for all tokens of one member together.</param>
public sealed record RateLimits(int PerAddress, int PerToken, int PerMember)
{
    /// <summary>How many seconds' worth may be asked for at once.</summary>
    public const int BurstSeconds = 10;

    /// <summary>The most requests a second that can be set.</summary>
    public const int PerSecondMax = 1_000_000;

    /// <summary>1,000 a second for an address and for a member, 500 for a token.</summary>
    public static RateLimits Usual { get; } = new(PerAddress: 1_000, PerToken: 500, PerMember: 1_000);

    /// <summary>No limit at all: for measuring.</summary>
    public static RateLimits None { get; } = new(0, 0, 0);
}
