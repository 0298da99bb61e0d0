namespace Sameboat.Allocation;

/// <summary>
/// What one recipient needs of one item. It carries no name, flag, income or alliance: two recipients with the same
/// numbers and the same lanes cannot be told apart.
/// </summary>
/// <param name="Id">Any whole number, unique among the claims; it decides nothing but the lottery.</param>
/// <param name="Need">Whole units needed in all, more than zero.</param>
/// <param name="Received">Whole units already held or on the way, zero or more; they count towards coverage.</param>
/// <param name="AcceptsAtMost">
/// The most whole units accepted from this plan, zero or more; null where the recipient set no limit of its own.
/// </param>
public sealed record Claim(int Id, long Need, long Received = 0, long? AcceptsAtMost = null)
{
    /// <summary>
    /// The most whole units this plan may give: what is still missing to the need, or the recipient's own limit where
    /// that is smaller; never negative.
    /// </summary>
    public long Limit => Math.Min(Math.Max(Need - Received, 0), AcceptsAtMost ?? long.MaxValue);
}
