using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sameboat.Record;

namespace Sameboat.Server.Record;

/// <summary>
/// The signing keys of the logs this node writes: one file each under <c>keys/</c> of the data folder, readable by the
/// node's user alone and never in the database. The one place that draws from the system's randomness.
/// </summary>
internal sealed class LogKeys : IDisposable
{
    private const int TokenBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ConcurrentDictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private readonly string _folder;

    internal LogKeys(string dataFolder)
    {
        _folder = Path.Combine(dataFolder, "keys");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The key of one log, made on the first call and read from its file ever after.</summary>
    /// <exception cref="InvalidDataException">The file holds no key, or the key of another origin.</exception>
    internal SigningKey KeyOf(MemberId member, string origin)
    {
        var key = _keys.GetOrAdd(member.ToString(), _ => ReadOrMake(member, origin));
        return key.Name == origin
            ? key
            : throw new InvalidDataException(
                $"{PathOf(member)} signs as {key.Name}, and the log of {member} is {origin}: wrong data folder?");
    }

    /// <summary>The salt of one sealed body.</summary>
    internal static byte[] DrawSalt()
    {
        var salt = new byte[SealedBody.SaltLength];
        RandomNumberGenerator.Fill(salt);
        return salt;
    }

    /// <summary>The key of a log as it stands in the folder; null where there is none. None is ever made.</summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    internal SigningKey? Find(MemberId member)
    {
        if (_keys.TryGetValue(member.ToString(), out var key))
        {
            return key;
        }

        return File.Exists(PathOf(member)) ? _keys.GetOrAdd(member.ToString(), _ => Read(member)) : null;
    }

    /// <summary>A new id of that millisecond.</summary>
    internal static EntityId DrawId(long unixMilliseconds)
    {
        Span<byte> random = stackalloc byte[EntityId.RandomBytes];
        RandomNumberGenerator.Fill(random);
        return EntityId.Create(unixMilliseconds, random);
    }

    /// <summary>The secret of an API token, in lower-case hexadecimal.</summary>
    internal static string DrawToken()
    {
        Span<byte> random = stackalloc byte[TokenBytes];
        RandomNumberGenerator.Fill(random);
        return Convert.ToHexStringLower(random);
    }

    /// <summary>The file a member's key lies in.</summary>
    internal string PathOf(MemberId member) => Path.Combine(_folder, $"{member}.key");

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _keys.Clear();
    }

    private SigningKey ReadOrMake(MemberId member, string origin)
    {
        var path = PathOf(member);
        if (!File.Exists(path))
        {
            var made = Draw(origin);
            Keep(path, made.ToSecretText());
            return made;
        }

        return Read(member);
    }

    private SigningKey Read(MemberId member)
    {
        var path = PathOf(member);
        return SigningKey.TryParseSecretText(File.ReadAllText(path).Trim(), out var key)
            ? key
            : throw new InvalidDataException($"{path} holds no signing key. Restore it from a backup; without it the "
                + $"log of {member} can be read and never extended.");
    }

    private static SigningKey Draw(string origin)
    {
        Span<byte> seed = stackalloc byte[SigningKey.SeedLength];
        RandomNumberGenerator.Fill(seed);
        var key = SigningKey.FromSeed(origin, seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    // Written beside and renamed, so that a cut never leaves half a key under the name that is read.
    private static void Keep(string path, string secret)
    {
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(Encoding.UTF8.GetBytes(secret + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path);
    }
}
