using System.Collections.Frozen;

namespace Sameboat.Server.Storage;

/// <summary>
/// The tables with rows that are not for everybody, and who may see a row. PostgreSQL itself keeps every connection to
/// it, the tables' owner included; a session that has not said for whom it reads sees nothing of them.
/// </summary>
/// <remarks>
/// A superuser, and a role with BYPASSRLS, is above row security: a node connects as neither. The setting lasts for
/// one transaction, so that a pooled connection never carries it on.
/// </remarks>
internal static class RowSecurity
{
    /// <summary>The session's setting that names the member a transaction reads for.</summary>
    internal const string MemberSetting = "sameboat.member";

    /// <summary>Its value for the node's own work, which folds the rows of all.</summary>
    internal const string Everyone = "*";

    // Table to the condition under which the member in {0} may see a row of it.
    private static readonly FrozenDictionary<string, string> Guarded = new Dictionary<string, string>
    {
    }.ToFrozenDictionary();

    /// <summary>The statements that guard a table; none for a table that is open to everybody.</summary>
    internal static IEnumerable<string> Of(string table) =>
        Guarded.TryGetValue(table, out var visible) ? Guard(table, visible) : [];

    /// <summary>The statements that guard a table by a condition on its rows, with {0} for the reading member.</summary>
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
