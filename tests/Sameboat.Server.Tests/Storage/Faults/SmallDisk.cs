using System.Diagnostics;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>A disk in memory of a few megabytes, to be filled and emptied.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int LeftWhenFull = 300_000;

    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    internal string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Mounts one; the test is skipped where that is not allowed.</summary>
    internal static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk takes root");
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("sameboat-disk-").FullName);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", disk.Folder);
        return disk;
    }

    /// <summary>Leaves room for a few pages.</summary>
    internal void Fill(int left = LeftWhenFull)
    {
        using var file = new FileStream(Ballast, FileMode.Create);
        var free = new DriveInfo(Folder).AvailableFreeSpace - left;
        var block = new byte[65_536];
        try
        {
            for (; free > 0; free -= block.Length)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // A server that writes meanwhile has taken what was to be left: the disk is full all the same.
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    internal void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Folder);
        Directory.Delete(Folder);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, program);
    }
}
