using System.Globalization;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>
/// What an administrator of the machine does to the tokens and accounts of a member beside a running node: it needs the
/// data folder and no sign-in, so that a member whose administrators are lost can be helped.
/// </summary>
public static class MemberDesk
{
    /// <summary>The tokens of a member that hold, a line each: id, until when, roles, capacity. No token is shown.
    /// </summary>
    /// <param name="options">The data folder, database and clock of the node.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">The member's id is not of the expected form.</exception>
    public static async Task<string> TokensAsync(NodeOptions options, string member, CancellationToken cancellation)
    {
        var (database, time, id) = Open(options, member);
        var held = await new MemberTokens(database, time).ListAsync(id, cancellation).ConfigureAwait(false);
        return held.Count == 0
            ? $"{member} has no token that holds."
            : string.Join('\n', held.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Id:N}  until {new HybridTime(row.Expires).Instant:yyyy-MM-dd}  {row.Roles}  {row.Label}")));
    }

    /// <summary>Revokes a token of a member; a running node refuses it from the next request.</summary>
    /// <param name="options">As for <see cref="TokensAsync"/>.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="token">Its id, as <see cref="TokensAsync"/> lists it.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">There is no such token, or an id is not of the expected form.</exception>
    public static async Task<string> RevokeAsync(
        NodeOptions options, string member, string token, CancellationToken cancellation)
    {
        var (database, time, id) = Open(options, member);
        return Guid.TryParse(token, out var named)
            && await new MemberTokens(database, time).RevokeAsync(id, named, cancellation).ConfigureAwait(false)
                ? $"Revoked {token}."
                : throw new IOException($"{member} has no token «{token}». See: sameboat member tokens");
    }

    /// <summary>Makes a link by which somebody sets up an account of a member, once, within 24 hours.</summary>
    /// <param name="options">As for <see cref="TokensAsync"/>; the link begins with its public address.</param>
    /// <param name="member">The member's id.</param>
    /// <param name="label">The published capacity of the account.</param>
    /// <param name="roles">Names separated by commas.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="IOException">Something of it is not of the expected form.</exception>
    public static async Task<string> InviteAsync(
        NodeOptions options, string member, string label, string roles, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(label);
        var (database, time, id) = Open(options, member);
        if (!Enum.TryParse<Roles>(roles, ignoreCase: true, out var named) || roles.Any(char.IsAsciiDigit))
        {
            throw new IOException($"--roles: «{roles}» found; expected some of reporter, requester, donor, logistics, "
                + "publisher, administrator, separated by commas.");
        }

        var (secret, fault) = await new AccountDesk(database, time)
            .InviteAsync(id, label, named, cancellation).ConfigureAwait(false);
        var site = options.PublicAddress ?? new Uri($"http://localhost:{options.Port}");
        return fault == AccountFault.None
            ? new Uri(site, $"/en/set-up/{secret}").ToString()
            : throw new IOException($"No invitation for {member}: {fault}.");
    }

    private static (NodeDatabase Database, TimeProvider Time, MemberId Member) Open(NodeOptions options, string member)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.DataFolder, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Clock, nameof(options));
        return MemberId.TryParse(member, out var id)
            ? (NodeDatabase.Of(options.Database, options.DataFolder), options.Clock, id)
            : throw new IOException(
                $"--member: «{member}» is no member's name; expected lower-case letters and digits.");
    }
}
