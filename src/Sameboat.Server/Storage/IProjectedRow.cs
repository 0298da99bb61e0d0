namespace Sameboat.Server.Storage;

/// <summary>A row that entries made and that can be dropped and made again: it names the entity it came from.</summary>
internal interface IProjectedRow
{
    /// <summary>The subject of the entries folded into this row.</summary>
    string Subject { get; }
}
