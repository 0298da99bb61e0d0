using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Accounts;

/// <summary>What an administrator of the machine does before anyone can sign in: members and tokens.</summary>
public static class MemberAccess
{
    /// <summary>
    /// Opens the log of a member where it is not open, lets the member introduce itself, and makes a token for it. A
    /// node may run on the folder meanwhile.
    /// </summary>
    /// <param name="options">The data folder and database of the node.</param>
    /// <param name="order">Whom and what for.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>The token, shown this once, or one line why there is none.</returns>
    public static async Task<(string? Token, string Refusal)> IssueAsync(
        NodeOptions options, TokenOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.DataFolder, nameof(options));
        if (!MemberId.TryParse(order.Member, out var member))
        {
            return (null, $"--member: «{order.Member}» is no member's name; expected lower-case letters and digits.");
        }

        if (!Enum.TryParse<Roles>(order.Roles, ignoreCase: true, out var roles) || roles == Roles.None
            || order.Roles.Any(char.IsAsciiDigit))
        {
            return (null, $"--roles: «{order.Roles}» found; expected some of reporter, requester, donor, logistics, "
                + "publisher, administrator, separated by commas.");
        }

        Directory.CreateDirectory(options.DataFolder);
        var time = options.Clock ?? TimeProvider.System;
        var database = NodeDatabase.Of(options.Database, options.DataFolder);
        if (database.MigratesOnStart)
        {
            await database.MigrateAsync(cancellation).ConfigureAwait(false);
        }

        using var keys = new LogKeys(options.DataFolder);
        var store = new LogStore(database, keys, time);
        await store.OpenLogsAsync([(member, $"{order.Host}/log/{member}")], cancellation).ConfigureAwait(false);
        if (order.Name is { Length: > 0 } name)
        {
            TerritoryCode? place = TerritoryCode.TryParse(order.Territory, out var code) ? code : null;
            await IntroduceAsync(store, member, (name, place, order.Exercise), time, cancellation)
                .ConfigureAwait(false);
        }

        await new KeyDeclaration(database, store, keys, time)
            .DeclareAsync(options.Operator, member, cancellation).ConfigureAwait(false);
        var (token, _) = await new MemberTokens(database, time)
            .IssueAsync(new Actor(member, order.Label, roles), order.Days, cancellation).ConfigureAwait(false);
        return (token, "");
    }

    /// <summary>Lets a member introduce itself in its own log, by the name and territory that it gives.</summary>
    internal static async Task IntroduceAsync(
        LogStore store, MemberId member, (string Name, TerritoryCode? Place, bool Exercise) said, TimeProvider time,
        CancellationToken cancellation)
    {
        JsonObject body = MemberFold.Statement(
            said.Place is null ? MemberFold.Organisation : MemberFold.State, said.Name, said.Place, said.Exercise);
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.AppendAsync(
            [
                new Entry(LogKeys.DrawId(milliseconds), MemberFold.Kind, member, MemberFold.Subject(member),
                    new HybridTime(milliseconds * 1000), body),
            ],
            cancellation).ConfigureAwait(false);
    }
}

/// <summary>For whom a token is made.</summary>
/// <param name="Member">The member's id, a slug.</param>
/// <param name="Roles">Names separated by commas.</param>
/// <param name="Label">The published capacity of its holder, as entries will say.</param>
/// <param name="Days">How long it holds, 1 to 366.</param>
/// <param name="Host">The host in the origins of the logs, such as <c>node.example.org</c>.</param>
/// <param name="Name">The name by which the member introduces itself; null when it has done so.</param>
/// <param name="Territory">ISO 3166-1 alpha-3 of what it answers for; null for an organisation.</param>
/// <param name="Exercise">True when nothing of it is real.</param>
public sealed record TokenOrder(
    string Member, string Roles, string Label, int Days, string Host, string? Name, string? Territory, bool Exercise);
