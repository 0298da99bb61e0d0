namespace Sameboat.Server.Accounts;

/// <summary>A token by which a program acts for a member; the token itself is stored nowhere.</summary>
internal sealed class ApiTokenRow
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The name by which it can be revoked; it opens nothing.</summary>
    public required Guid Id { get; init; }

    public required string Member { get; init; }

    /// <summary>The capacity in which its holder acts, as it stands in entries.</summary>
    public required string Label { get; init; }

    /// <summary>Names of <see cref="Roles"/>, separated by commas.</summary>
    public required string Roles { get; init; }

    /// <summary>Microseconds since 1970 at which it was made.</summary>
    public required long Made { get; init; }

    /// <summary>Microseconds since 1970 from which it is refused.</summary>
    public required long Expires { get; init; }
}
