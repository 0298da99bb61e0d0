namespace Sameboat.Server.Storage;

/// <summary>
/// The body of a sealed entry with its salt, beside the log: no projection, since nothing in the log gives it back.
/// Deleted for good when its author erases it.
/// </summary>
internal sealed class SealedBodyRow
{
    /// <summary>The id of the entry.</summary>
    public required Guid Entry { get; init; }

    /// <summary>The entry's author.</summary>
    public required string Member { get; init; }

    /// <summary>32 bytes.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required byte[] Body { get; init; }
}

/// <summary>
/// Who may see the rows of an entity that sealed bodies made: one row a member. An entity without such rows is public.
/// </summary>
internal sealed class AudienceRow : IProjectedRow
{
    /// <summary>Stands for every member.</summary>
    internal const string EveryMember = "*";

    /// <summary>Stands for nobody: the sealed bodies of the entity have no reader in common.</summary>
    internal const string Nobody = "";

    public required string Subject { get; init; }

    /// <summary>A member, <see cref="EveryMember"/> or <see cref="Nobody"/>.</summary>
    public required string Member { get; init; }
}
