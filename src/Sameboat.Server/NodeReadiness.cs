namespace Sameboat.Server;

/// <summary>Whether the node can answer for its record yet; until then it answers health alone.</summary>
internal sealed class NodeReadiness
{
    private volatile bool _isReady;

    internal bool IsReady => _isReady;

    internal void Open() => _isReady = true;
}
