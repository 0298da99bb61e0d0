using System.Threading.RateLimiting;

namespace Sameboat.Server.Accounts;

/// <summary>Counts the attempts to sign in, by name and by address; a node that is started again begins anew.</summary>
internal sealed class SignInAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<string> _names = Of(AccountLimits.AttemptsPerName);
    private readonly PartitionedRateLimiter<string> _addresses = Of(AccountLimits.AttemptsPerAddress);

    /// <summary>Counts one attempt; false when there were too many, whether or not the name is known.</summary>
    internal bool Allows(string name, string address)
    {
        using var byAddress = _addresses.AttemptAcquire(address);
        using var byName = _names.AttemptAcquire(name);
        return byAddress.IsAcquired && byName.IsAcquired;
    }

    public void Dispose()
    {
        _names.Dispose();
        _addresses.Dispose();
    }

    private static PartitionedRateLimiter<string> Of(int limit) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = AccountLimits.AttemptWindow,
            QueueLimit = 0,
        }));
}
