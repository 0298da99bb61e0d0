namespace Sameboat.Server.Accounts;

/// <summary>Every limit of accounts, by name.</summary>
internal static class AccountLimits
{
    /// <summary>The fewest characters of a password.</summary>
    internal const int PasswordMin = 15;

    /// <summary>The most characters of a password: hashing a longer one would only cost time.</summary>
    internal const int PasswordMax = 256;

    /// <summary>The fewest characters of a name to sign in by.</summary>
    internal const int NameMin = 3;

    /// <summary>The most characters of a name to sign in by.</summary>
    internal const int NameMax = 32;

    /// <summary>The most characters of a published capacity, and of a member's name.</summary>
    internal const int LabelMax = 80;

    /// <summary>How many recovery codes an account is given.</summary>
    internal const int RecoveryCodes = 10;

    /// <summary>The longest a form sent back by a browser may be, in bytes.</summary>
    internal const long FormBytesMax = 64 * 1024;

    /// <summary>The most passkeys of one account.</summary>
    internal const int PasskeysMax = 10;

    /// <summary>The most sessions of one account at once: the one that was used longest ago ends for the next.
    /// </summary>
    internal const int SessionsMax = 5;

    /// <summary>The fewest characters that a password has beside the words that anybody would try first.</summary>
    internal const int PasswordOwnMin = 8;

    /// <summary>The fewest letters of a word that is taken out of a password before it is looked at.</summary>
    internal const int ContextWordMin = 4;

    /// <summary>The most open accounts of one member.</summary>
    internal const int AccountsMax = 500;

    /// <summary>The most tokens and open invitations of one member, each.</summary>
    internal const int TokensMax = 200;

    /// <summary>How often somebody may try to sign in by one name in <see cref="AttemptWindow"/>.</summary>
    internal const int AttemptsPerName = 10;

    /// <summary>How often from one address: an office may share one.</summary>
    internal const int AttemptsPerAddress = 100;

    /// <summary>The window in which attempts are counted.</summary>
    internal static readonly TimeSpan AttemptWindow = TimeSpan.FromMinutes(15);

    /// <summary>How long the link of the first start, and that of an invitation, can be used.</summary>
    internal static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);

    /// <summary>How long a session lasts at most.</summary>
    internal static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    /// <summary>How long a session lasts unused.</summary>
    internal static readonly TimeSpan SessionIdle = TimeSpan.FromHours(1);

    /// <summary>How long after signing in a way to sign in may be changed.</summary>
    internal static readonly TimeSpan RecentSignIn = TimeSpan.FromMinutes(15);

    /// <summary>How rarely the use of a session is written down.</summary>
    internal static readonly TimeSpan SessionSeen = TimeSpan.FromMinutes(5);

    /// <summary>How long the secret that a form hands out for an authenticator can be sent back.</summary>
    internal static readonly TimeSpan EnrolmentLife = TimeSpan.FromHours(1);
}
