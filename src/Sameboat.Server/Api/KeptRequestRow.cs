namespace Sameboat.Server.Api;

/// <summary>A write that was done, by the key that its client gave it, so that a retry is not done twice.</summary>
internal sealed class KeptRequestRow
{
    /// <summary>For whom it was done.</summary>
    public required string Member { get; init; }

    /// <summary>The client's <c>Idempotency-Key</c>.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body, in hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>The entity that it wrote about.</summary>
    public required string Subject { get; init; }

    /// <summary>How many entries spoke of the entity after it.</summary>
    public required int Version { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long At { get; init; }
}
