namespace Sameboat.Server.Accounts.Providers;

/// <summary>
/// The OpenID Connect provider by which people of one member may sign in; one a member. Its client secret, where it has
/// one, lies in a file and never here.
/// </summary>
internal sealed class ProviderRow
{
    public required string Member { get; init; }

    /// <summary>As its document and its tokens name it, to the letter.</summary>
    public required string Issuer { get; set; }

    /// <summary>By which it knows this node.</summary>
    public required string Client { get; set; }

    /// <summary>What the sign-in page calls it.</summary>
    public required string Name { get; set; }

    /// <summary>True when a secret lies in its file; false for a public client, which has the proof of PKCE alone.
    /// </summary>
    public required bool HasSecret { get; set; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Changed { get; set; }
}

/// <summary>
/// Whom a provider means by a subject: one account of the same member. A subject is nobody until the person has linked
/// it; no address of mail and no name of a token is ever looked at.
/// </summary>
internal sealed class IdentityRow
{
    public required string Member { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required Guid Account { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Made { get; init; }
}

/// <summary>
/// A browser that was sent to a provider and has not come back. It is taken once, and only from the same browser.
/// </summary>
internal sealed class ErrandRow
{
    /// <summary>SHA-256 of the state in hexadecimal.</summary>
    public required string State { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, in hexadecimal.</summary>
    public required string Browser { get; init; }

    public required string Member { get; init; }

    /// <summary>The provider as it stood when the browser was sent.</summary>
    public required string Issuer { get; init; }

    /// <summary>What the token must repeat.</summary>
    public required string Nonce { get; init; }

    /// <summary>Of PKCE.</summary>
    public required string Verifier { get; init; }

    /// <summary>The account that is to be linked; null for signing in and for an invitation.</summary>
    public required Guid? Account { get; init; }

    /// <summary>The hash of the invitation by which an account is to be made; empty otherwise.</summary>
    public required string Link { get; init; }

    /// <summary>The name of the account that is to be made; empty otherwise.</summary>
    public required string Name { get; init; }

    public required string Culture { get; init; }

    /// <summary>The address below the culture to go to afterwards.</summary>
    public required string To { get; init; }

    /// <summary>From when it is refused, in microseconds since 1970.</summary>
    public required long Expires { get; init; }
}
