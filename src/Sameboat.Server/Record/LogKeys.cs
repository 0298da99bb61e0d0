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

    private const int CosignerNameBytes = 8;

    private readonly ConcurrentDictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);
    private readonly Lazy<SigningKey> _cosigner;
    private readonly string _folder;

    internal LogKeys(string dataFolder)
    {
        _folder = Path.Combine(dataFolder, "keys");
        _cosigner = new Lazy<SigningKey>(() => ReadOrMake(CosignerPath, DrawCosigner));
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
        var key = _keys.GetOrAdd(member.ToString(), _ => ReadOrMake(PathOf(member), () => Draw(origin, KeyKind.Log)));
        return key.Name == origin
            ? key
            : throw new InvalidDataException(
                $"{PathOf(member)} signs as {key.Name}, and the log of {member} is {origin}: wrong data folder?");
    }

    /// <summary>
    /// The key by which this node cosigns the logs of others as a witness, made on the first call. It serves for
    /// nothing else; its name is drawn with it, so that no two witnesses share one.
    /// </summary>
    /// <exception cref="InvalidDataException">The file holds no key of a witness.</exception>
    internal SigningKey Cosigner() => _cosigner.Value is { VerifierKey.Kind: KeyKind.Witness } key
        ? key
        : throw new InvalidDataException($"{CosignerPath} holds the key of a log, and not of a witness.");

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

        return File.Exists(PathOf(member)) ? _keys.GetOrAdd(member.ToString(), _ => Read(PathOf(member))) : null;
    }

    /// <summary>
    /// The key of a log whose verifier key is known: where it was rotated, by this process or another, the file of the
    /// new key takes the old one's place now. Null or another key where the folder does not hold it.
    /// </summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    internal SigningKey? FindOf(MemberId member, string verifierKey)
    {
        var key = Find(member);
        if (key?.VerifierKey.ToString() == verifierKey)
        {
            return key;
        }

        lock (_keys)
        {
            if (File.Exists(NextOf(member)) && Read(NextOf(member)).VerifierKey.ToString() == verifierKey)
            {
                File.Move(NextOf(member), PathOf(member), overwrite: true);
            }

            if (File.Exists(PathOf(member)))
            {
                _keys[member.ToString()] = Read(PathOf(member));
            }
        }

        return Find(member);
    }

    /// <summary>
    /// Draws the key that a log is to hand over to, and keeps it beside the one that still signs. One that was drawn
    /// before and never named takes no part any more.
    /// </summary>
    internal SigningKey DrawNext(MemberId member, string origin)
    {
        var next = Draw(origin, KeyKind.Log);
        File.Delete(NextOf(member));
        Keep(NextOf(member), next.ToSecretText());
        return next;
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

    // No member's key ends so.
    private string NextOf(MemberId member) => PathOf(member) + ".next";

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _keys.Clear();
        if (_cosigner.IsValueCreated)
        {
            _cosigner.Value.Dispose();
        }
    }

    // No member's key ends so: a member's id cannot be mistaken for the witness.
    private string CosignerPath => Path.Combine(_folder, "witness.cosigner");

    private static SigningKey ReadOrMake(string path, Func<SigningKey> draw)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        var made = draw();
        Keep(path, made.ToSecretText());
        return made;
    }

    private static SigningKey Read(string path) =>
        SigningKey.TryParseSecretText(File.ReadAllText(path).Trim(), out var key)
            ? key
            : throw new InvalidDataException($"{path} holds no signing key. Restore it from a backup; without it the "
                + "log can be read and never extended.");

    private static SigningKey DrawCosigner()
    {
        Span<byte> name = stackalloc byte[CosignerNameBytes];
        RandomNumberGenerator.Fill(name);
        return Draw($"sameboat-witness/{Convert.ToHexStringLower(name)}", KeyKind.Witness);
    }

    private static SigningKey Draw(string name, KeyKind kind)
    {
        Span<byte> seed = stackalloc byte[SigningKey.SeedLength];
        RandomNumberGenerator.Fill(seed);
        var key = SigningKey.FromSeed(name, seed, kind);
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
