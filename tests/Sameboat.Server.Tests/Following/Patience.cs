namespace Sameboat.Server.Tests.Following;

/// <summary>How long tests wait for what a running node does by itself.</summary>
internal static class Patience
{
    /// <summary>
    /// Far beyond what it takes, so that a machine whose cores are all busy meets it too; what never happens still
    /// fails. How fast a node is, is measured in bench/.
    /// </summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
}
