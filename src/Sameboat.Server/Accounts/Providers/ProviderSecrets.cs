using System.Text;
using Sameboat.Server.Record;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>
/// The secrets by which providers know this node: one file each under <c>keys/providers/</c> of the data folder,
/// readable by the node's user alone and never in the database.
/// </summary>
internal sealed class ProviderSecrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    internal ProviderSecrets(string dataFolder)
    {
        _folder = Path.Combine(dataFolder, "keys", "providers");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The file of a member's secret.</summary>
    internal string PathOf(string member) => Path.Combine(_folder, $"{MemberId.Parse(member)}.secret");

    /// <summary>The secret of a member's provider, or null where the folder holds none.</summary>
    internal async Task<string?> FindAsync(string member, CancellationToken cancellation) =>
        File.Exists(PathOf(member)) ? (await File.ReadAllTextAsync(PathOf(member), cancellation)).TrimEnd('\n') : null;

    /// <summary>Keeps a secret in place of the one before; it is there whole or not at all.</summary>
    internal async Task KeepAsync(string member, string secret, CancellationToken cancellation)
    {
        var beside = $"{PathOf(member)}.{LogKeys.DrawToken()}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using (var file = new FileStream(beside, options))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(secret + "\n"), cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, PathOf(member), overwrite: true);
    }

    /// <summary>Removes a secret; nothing where there is none.</summary>
    internal void Forget(string member) => File.Delete(PathOf(member));
}
