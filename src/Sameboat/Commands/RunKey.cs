using System.Security.Cryptography;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Record;

namespace Sameboat.Commands;

/// <summary>
/// The key that signs the runs of the person at this machine. It is drawn once from the system's random source and
/// kept outside every output folder, readable by its owner alone.
/// </summary>
internal static class RunKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the key is kept when no other place is named.</summary>
    internal static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "sameboat", "planner.key");

    /// <summary>Reads the key, making it on first use; null with the reason when neither can be done.</summary>
    internal static SigningKey? Open(string path, out Fault? refusal)
    {
        refusal = null;
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            if (SigningKey.TryParseSecretText(File.ReadAllText(path).Trim(), out var key)
                && key.Name == RunRecord.Origin)
            {
                return key;
            }

            refusal = Fault.Describe(path, 0, 0, "something else",
                "a signing key that an earlier plan wrote; name another file with --key");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            refusal = Fault.Describe(path, 0, 0, problem.Message,
                "a place for the signing key; name another file with --key");
        }

        return null;
    }

    // Written beside its place and linked into it, so that two first runs at once end with one key.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var seed = RandomNumberGenerator.GetBytes(SigningKey.SeedLength);
        using var key = SigningKey.FromSeed(RunRecord.Origin, seed);
        CryptographicOperations.ZeroMemory(seed);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new StreamWriter(draft, System.Text.Encoding.ASCII, options))
        {
            file.WriteLine(key.ToSecretText());
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
