using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sameboat.Allocation;

/// <summary>
/// A promise of a lottery's seed: published before the claims are known, it lets everybody see afterwards that the seed
/// was not chosen to suit anybody.
/// </summary>
/// <remarks>
/// SHA-256 of the line <c>sameboat lottery seed N</c> with a line end. A seed hides behind it only if it was drawn at
/// random from all 2^64.
/// </remarks>
public static class LotteryCommitment
{
    /// <summary>The promise, 64 hexadecimal digits in lower case.</summary>
    public static string Of(ulong seed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"sameboat lottery seed {seed}\n"))));

    /// <summary>The seed of one round of several, so that one promise covers them all.</summary>
    /// <param name="seed">The seed promised.</param>
    /// <param name="round">The round, from 0.</param>
    public static ulong ForRound(ulong seed, int round)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"sameboat lottery seed {seed} round {round}\n")));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
