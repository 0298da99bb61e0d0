using Sameboat.Server.Storage;

namespace Sameboat.Server;

/// <summary>The data folder while a node holds it: no second node may sign for the same logs.</summary>
internal sealed class NodeFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _isTemporary;

    private NodeFolder(string path, bool isTemporary, FileStream hold)
    {
        Path = path;
        _isTemporary = isTemporary;
        _lock = hold;
    }

    internal string Path { get; }

    /// <summary>Takes the named folder, or a temporary one that goes with the node.</summary>
    /// <exception cref="IOException">Another node holds the folder, or it cannot be made.</exception>
    internal static NodeFolder Take(string? named)
    {
        var isTemporary = string.IsNullOrWhiteSpace(named);
        var path = isTemporary
            ? Directory.CreateTempSubdirectory("sameboat-").FullName
            : Directory.CreateDirectory(named!).FullName;
        var file = System.IO.Path.Combine(path, "node.lock");
        try
        {
            return new NodeFolder(path, isTemporary,
                new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (File.Exists(file))
        {
            throw new IOException($"Another node runs on {path}. Stop it, or name another folder with --data.", held);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (_isTemporary)
        {
            NodeDatabase.CloseFiles();
            Directory.Delete(Path, recursive: true);
        }
    }
}
