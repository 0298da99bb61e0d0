namespace Sameboat.Server.Accounts;

/// <summary>
/// Somebody who acts for a member. Nothing of it is in the record but <see cref="Label"/>. All instants are
/// microseconds since 1970.
/// </summary>
internal sealed class AccountRow
{
    public required Guid Id { get; init; }

    public required string Member { get; init; }

    /// <summary>The name to sign in by, lower-case, unique on the node.</summary>
    public required string Name { get; init; }

    /// <summary>The published capacity, as entries say.</summary>
    public required string Label { get; set; }

    /// <summary>Names of <see cref="Accounts.Roles"/>, separated by commas.</summary>
    public required string Roles { get; set; }

    /// <summary>Salted and stretched; empty where the account signs in by its member's provider alone.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>The authenticator's secret, encrypted by the keys of the data folder; empty with the password.
    /// </summary>
    public required string Authenticator { get; set; }

    /// <summary>The last time step whose code was taken: no code is taken twice.</summary>
    public required long AuthenticatorStep { get; set; }

    public required long Made { get; init; }

    /// <summary>When it was closed; 0 while it is open.</summary>
    public required long Closed { get; set; }
}

/// <summary>A recovery code that has not been used; the code itself is stored nowhere.</summary>
internal sealed class RecoveryCodeRow
{
    public required Guid Account { get; init; }

    /// <summary>SHA-256 of the code, in hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>A link that makes one account; the link itself is stored nowhere.</summary>
internal sealed class AccountLinkRow
{
    /// <summary>SHA-256 of its secret, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The member of the account; empty for the first start, which names it.</summary>
    public required string Member { get; init; }

    /// <summary>The capacity of the account; empty for the first start.</summary>
    public required string Label { get; init; }

    /// <summary>Names of <see cref="Accounts.Roles"/>.</summary>
    public required string Roles { get; init; }

    /// <summary>From when it is refused.</summary>
    public required long Expires { get; init; }
}

/// <summary>By what a session was begun; the names are stored.</summary>
internal enum SessionWay
{
    /// <summary>Name, password and code.</summary>
    Password,

    /// <summary>A passkey.</summary>
    Passkey,

    /// <summary>The provider of the member.</summary>
    Provider,

    /// <summary>A link that works once.</summary>
    Link,
}

/// <summary>A browser that has signed in.</summary>
internal sealed class SessionRow
{
    /// <summary>SHA-256 of the cookie's secret, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required Guid Account { get; init; }

    /// <summary>From when it is refused, however much it is used.</summary>
    public required long Expires { get; init; }

    /// <summary>When it was last seen in use.</summary>
    public required long Seen { get; init; }

    /// <summary>A name of <see cref="SessionWay"/>.</summary>
    public required string Way { get; init; }
}

/// <summary>A passkey of an account.</summary>
internal sealed class PasskeyRow
{
    /// <summary>As the authenticator names it, in hexadecimal.</summary>
    public required string Credential { get; init; }

    public required Guid Account { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    public required byte[] PublicKey { get; init; }

    public required long Made { get; init; }

    /// <summary>The authenticator's own counter, by which a copy is told.</summary>
    public required long SignCount { get; set; }

    /// <summary>Separated by commas.</summary>
    public required string Transports { get; init; }

    public required bool IsUserVerified { get; set; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; set; }

    public required byte[] Attestation { get; init; }

    public required byte[] ClientData { get; init; }
}

/// <summary>Which account or token took a step that a second one must confirm. No reader sees it.</summary>
internal sealed class ActedRow
{
    /// <summary>The entity.</summary>
    public required string Subject { get; init; }

    /// <summary>How many entries spoke of it after the step.</summary>
    public required int Version { get; init; }

    /// <summary>The kind of the step.</summary>
    public required string Kind { get; init; }

    /// <summary>As <see cref="Actor.Account"/>.</summary>
    public required string Account { get; init; }
}
