using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sameboat.Server.Accounts;

/// <summary>The six digits of an authenticator. Pure.</summary>
/// <remarks>
/// RFC 6238 with the values that every authenticator knows: HMAC-SHA-1, steps of 30 seconds, six digits:
/// code = (dynamic truncation of HMAC(secret, floor(t / 30))) mod 10^6, by RFC 4226, section 5.3.
/// </remarks>
internal static class Totp
{
    /// <summary>Bytes of a secret: the length of the hash, as RFC 4226 recommends.</summary>
    internal const int SecretLength = 20;

    /// <summary>Seconds of one step.</summary>
    internal const int StepSeconds = 30;

    /// <summary>How many steps a clock may be off, either way.</summary>
    internal const int StepsOff = 1;

    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const int BitsOfLetter = 5;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step of an instant.</summary>
    internal static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as authenticators know it; HMAC needs no more.")]
    internal static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % Modulus).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code this is, now or one step before or after; null when it is none. All are compared, each in
    /// constant time.
    /// </summary>
    internal static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var given = Encoding.UTF8.GetBytes(code);
        for (var step = StepOf(now) - StepsOff; step <= StepOf(now) + StepsOff; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), given))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>A secret as people type it into an authenticator: base 32 of RFC 4648.</summary>
    internal static string Written(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in secret)
        {
            bits = ((bits << 8) | one) & 0xffff;
            held += 8;
            while (held >= BitsOfLetter)
            {
                held -= BitsOfLetter;
                text.Append(Letters[(bits >> held) & 0x1f]);
            }
        }

        return held > 0 ? text.Append(Letters[(bits << (BitsOfLetter - held)) & 0x1f]).ToString() : text.ToString();
    }
}
