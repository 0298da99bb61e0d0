using Sameboat.Server.Accounts.Providers;

namespace Sameboat.Server.Accounts;

/// <summary>The page to sign in.</summary>
/// <param name="Name">As it was given before, or empty.</param>
/// <param name="To">The address below the culture to go to afterwards.</param>
/// <param name="Fault">The key of the sentence that says why not, or null.</param>
/// <param name="Passkey">The question that a browser with passkeys answers instead.</param>
/// <param name="Providers">Those that members have.</param>
internal sealed record SignInView(
    string Name, string To, string? Fault, PasskeyQuestion Passkey, IReadOnlyList<ProviderRow> Providers);

/// <summary>The page on which somebody makes an account by a link.</summary>
/// <param name="Secret">Of the link, as the address has it.</param>
/// <param name="Link">Null when it cannot be used.</param>
/// <param name="Authenticator">The secret as it is typed into an authenticator.</param>
/// <param name="Sealed">The same for the form to bring back.</param>
/// <param name="Given">What was given before.</param>
/// <param name="Fault">The key of the sentence that says why not, or null.</param>
/// <param name="Provider">By which the account may be made instead, or null.</param>
internal sealed record SetUpView(
    string Secret, AccountLinkRow? Link, string Authenticator, string Sealed, NewAccount Given, string? Fault,
    ProviderRow? Provider);

/// <summary>The page that shows an account's recovery codes, once.</summary>
internal sealed record CodesView(AccountRow Account, string[] Codes);

/// <summary>One's own account.</summary>
internal sealed record AccountView(
    AccountRow Account, int CodesLeft, bool IsAdministrator, IReadOnlyList<PasskeyView> Passkeys,
    PasskeyQuestion Question, string? Fault)
{
    /// <summary>The key of the sentence that says what was done, or null.</summary>
    internal string? Said { get; init; }

    /// <summary>True when the person signed in so lately that it may change how it signs in.</summary>
    internal bool IsRecent { get; init; }

    /// <summary>The provider of the member, or null.</summary>
    internal ProviderRow? Provider { get; init; }

    /// <summary>The link to it, or null.</summary>
    internal IdentityRow? Identity { get; init; }

    /// <summary>The account's sessions, the one used last first.</summary>
    internal IReadOnlyList<SessionView> Sessions { get; init; } = [];
}

/// <summary>One session of one's own account.</summary>
/// <param name="Hash">By which it is ended; it opens nothing.</param>
/// <param name="Way">A name of <see cref="SessionWay"/>.</param>
/// <param name="IsThis">True for the one that asks.</param>
/// <param name="Began">When the person signed in.</param>
/// <param name="Seen">When it was last seen in use, to five minutes.</param>
internal sealed record SessionView(string Hash, string Way, bool IsThis, DateTimeOffset Began, DateTimeOffset Seen);

/// <summary>One passkey.</summary>
/// <param name="Credential">In hexadecimal.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Made">When it was added.</param>
internal sealed record PasskeyView(string Credential, string Name, DateTimeOffset Made);

/// <summary>The accounts and tokens of a member, for its administrators.</summary>
/// <param name="Own">The administrator.</param>
/// <param name="Accounts">Open ones, by name.</param>
/// <param name="Tokens">Those that hold, oldest first.</param>
/// <param name="Once">A link or token that is shown this once, or null.</param>
/// <param name="Fault">The key of the sentence that says why not, or null.</param>
internal sealed record PeopleView(
    AccountRow Own, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<ApiTokenRow> Tokens, OnceView? Once,
    string? Fault);

/// <summary>What is shown once.</summary>
/// <param name="Key">Of the sentence before it.</param>
/// <param name="Text">The secret.</param>
internal sealed record OnceView(string Key, string Text);
