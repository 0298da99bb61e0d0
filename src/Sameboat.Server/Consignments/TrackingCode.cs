using System.Security.Cryptography;
using System.Text;
using Sameboat.Record;

namespace Sameboat.Server.Consignments;

/// <summary>
/// The code by which anybody who holds it finds a consignment: ten characters of 50 bits drawn from the id of the entry
/// that announced it, and a check character. Letters that are taken for digits are not in it.
/// </summary>
/// <remarks>
/// The alphabet is that of Crockford's base 32. The check character is the value of the ten as a polynomial at the
/// generator of GF(32) (x^5 + x^2 + 1): any one wrong character and any exchange of two is found.
/// </remarks>
internal static class TrackingCode
{
    /// <summary>Characters, the check character among them.</summary>
    internal const int Length = 11;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int BitsEach = 5;
    private const int Group = 4;

    // x^5 = x^2 + 1.
    private const int Reduction = 0b100101;

    /// <summary>The code of a consignment.</summary>
    /// <param name="announced">The id of the entry that announced it first.</param>
    internal static string Of(EntityId announced)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"sameboat tracking code\n{announced}"));
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        var code = new char[Length];
        for (var at = 0; at < Length - 1; at++)
        {
            code[at] = Alphabet[(int)((bits >> (64 - (BitsEach * (at + 1)))) & (ulong)(Alphabet.Length - 1))];
        }

        code[^1] = Alphabet[Check(code.AsSpan(0, Length - 1))];
        return new string(code);
    }

    /// <summary>The code that somebody typed: spaces, hyphens and small letters are taken, and O, I, L for the digits
    /// they look like; null where the check character does not fit.</summary>
    internal static string? Read(string typed)
    {
        var code = new StringBuilder(Length);
        foreach (var one in typed.Where(one => one is not (' ' or '-')).Take(Length + 1))
        {
            code.Append(char.ToUpperInvariant(one) switch { 'O' => '0', 'I' or 'L' => '1', var other => other });
        }

        var text = code.ToString();
        return text.Length == Length && text.All(Alphabet.Contains)
            && Alphabet[Check(text.AsSpan(0, Length - 1))] == text[^1]
                ? text
                : null;
    }

    /// <summary>As it is printed: <c>0000-0000-000</c>.</summary>
    internal static string Printed(string code) =>
        string.Join('-', code.Chunk(Group).Select(group => new string(group)));

    private static int Check(ReadOnlySpan<char> code)
    {
        var sum = 0;
        foreach (var one in code)
        {
            sum = Double(sum ^ Alphabet.IndexOf(one, StringComparison.Ordinal));
        }

        return sum;
    }

    private static int Double(int value) => value << 1 is var twice && twice >= Alphabet.Length
        ? twice ^ Reduction
        : twice;
}
