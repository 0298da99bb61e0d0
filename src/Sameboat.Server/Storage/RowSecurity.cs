using System.Collections.Frozen;
using Npgsql;

namespace Sameboat.Server.Storage;

/// <summary>
/// The tables of PostgreSQL with rows that are not for everybody, and who may see a row. The database itself keeps
/// every connection to it, the tables' owner included: a session that has not said for whom it reads sees nothing of
/// them. The node's own connections say that they work for all; a transaction narrows that down to one member.
/// </summary>
/// <remarks>
/// A superuser, and a role with BYPASSRLS, is above row security: let the node connect as neither. What a transaction
/// narrows down ends with it, so that a pooled connection never carries it on.
/// </remarks>
internal static class RowSecurity
{
    /// <summary>The session's setting that names the member a transaction reads for.</summary>
    internal const string MemberSetting = "sameboat.member";

    /// <summary>Its value for the node's own work, which folds the rows of all.</summary>
    internal const string Everyone = "*";

    // Table to the condition under which the member in {0} may see a row of it. A sealed body is for its author and
    // for those whom the entity's audience names.
    private static readonly FrozenDictionary<string, string> Guarded = new Dictionary<string, string>
    {
        ["sealed_body"] =
            """
            "Member" = {0} OR ({0} <> '' AND EXISTS (
                SELECT 1 FROM "entry" JOIN "audience" ON "audience"."Subject" = "entry"."Subject"
                WHERE "entry"."Id" = "sealed_body"."Entry" AND "entry"."Member" = "sealed_body"."Member"
                    AND "audience"."Member" IN ({0}, '*')))
            """,
    }.ToFrozenDictionary();

    /// <summary>The connection string with which the node says that it works for all.</summary>
    internal static string ForTheNode(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        var option = $"-c {MemberSetting}={Everyone}";
        parts.Options = string.IsNullOrEmpty(parts.Options) ? option : $"{parts.Options} {option}";
        return parts.ToString();
    }

    /// <summary>The statements that guard a table; none for a table that is open to everybody.</summary>
    internal static IEnumerable<string> Of(string table) =>
        Guarded.TryGetValue(table, out var visible) ? Guard(table, visible) : [];

    /// <summary>
    /// The statements that guard a table by a condition on its rows, with {0} for the reading member.
    /// </summary>
    internal static IEnumerable<string> Guard(string table, string visible)
    {
        const string Reader = $"current_setting('{MemberSetting}', true)";
        return
        [
            $"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY",
            $"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY",
            $"CREATE POLICY \"{table}_reader\" ON \"{table}\" USING ({Reader} = '{Everyone}' OR ("
                + visible.Replace("{0}", Reader, StringComparison.Ordinal) + "))",
        ];
    }
}
