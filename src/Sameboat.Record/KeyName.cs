using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sameboat.Record;

/// <summary>The rules for the name of a key and the id that name and key make together.</summary>
internal static class KeyName
{
    internal const int LengthMax = 255;

    /// <summary>Not empty, no white space, no plus, no control character, whole characters only.</summary>
    internal static bool IsWellFormed(string name)
    {
        if (name.Length is 0 or > LengthMax)
        {
            return false;
        }

        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value == '+' || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first four bytes of SHA-256(name || 0x0A || kind || public key).</summary>
    internal static uint KeyId(string name, KeyKind kind, ReadOnlySpan<byte> publicKey)
    {
        byte[] input = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)kind, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }
}
