using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sameboat.Server.Accounts;

/// <summary>Stretches and compares passwords: PBKDF2 with HMAC-SHA-512, by ASP.NET's own hasher.</summary>
internal sealed class Passwords
{
    /// <summary>How often the hash is repeated, for PBKDF2 with HMAC-SHA-512 as OWASP recommends.</summary>
    private const int Iterations = 210_000;

    /// <summary>The fewest different characters of what is left of a password.</summary>
    private const int DistinctMin = 5;

    // The product's own words, and words that people write where a password is asked for.
    private static readonly string[] Common =
        ["sameboat", "同舟", "password", "passwort", "contraseña", "motdepasse", "пароль", "welcome", "administrator",
            "admin", "letmein", "iloveyou", "secret", "outbreak", "epidemic", "pandemic", "ministry", "health"];

    // Rows of keyboards, the digits and the alphabet, each forwards and backwards.
    private static readonly string[] Runs =
    [
        .. new[] { "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "01234567890",
                "abcdefghijklmnopqrstuvwxyz", "йцукенгшщзхъ", "фывапролджэ" }
            .SelectMany(row => new[] { row, string.Concat(row.Reverse()) }),
    ];

    private readonly PasswordHasher<string> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    // What an unknown name is compared with, so that it takes as long as a known one.
    private readonly Lazy<string> _nobody;

    public Passwords() => _nobody = new Lazy<string>(() => Hash(new string('x', AccountLimits.PasswordMin)));

    internal string Hash(string password) => _hasher.HashPassword("", password);

    /// <summary>True when it is the password; always false, and as slow, where the hash is null.</summary>
    internal bool Matches(string? hash, string password) =>
        _hasher.VerifyHashedPassword("", hash is { Length: > 0 } kept ? kept : _nobody.Value, password)
            != PasswordVerificationResult.Failed
        && hash is { Length: > 0 };

    /// <summary>
    /// True when it is long enough, not too long, and says enough beside what anybody would try first: the words given,
    /// the product's, the commonest words of passwords, runs along the keyboard or the alphabet, and repetitions.
    /// </summary>
    /// <param name="password">In clear.</param>
    /// <param name="words">The account's name, and those of its member; short ones are passed over.</param>
    internal static bool IsGood(string password, params IEnumerable<string> words)
    {
        if (password.Length is < AccountLimits.PasswordMin or > AccountLimits.PasswordMax || IsRepeated(password))
        {
            return false;
        }

        var rest = words.Concat(Common)
            .Where(word => word.Length >= AccountLimits.ContextWordMin)
            .OrderByDescending(word => word.Length)
            .Aggregate(password, (text, word) => text.Replace(word, "", StringComparison.OrdinalIgnoreCase));
        rest = Runs.Aggregate(rest, WithoutRun);
        return rest.Length >= AccountLimits.PasswordOwnMin && rest.Distinct().Count() >= DistinctMin;
    }

    /// <summary>The words of a name: what is between spaces, dots, hyphens and the like.</summary>
    internal static IEnumerable<string> WordsOf(string name) => name.Split(
        [' ', '.', '-', '_', ',', '\u3000'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // One text over and over, such as a word of eight letters twice.
    private static bool IsRepeated(string password)
    {
        var text = password.ToUpperInvariant();
        return Enumerable.Range(1, text.Length / 2).Any(length =>
            Enumerable.Range(length, text.Length - length).All(at => text[at] == text[at - length]));
    }

    private static string WithoutRun(string text, string run)
    {
        for (var length = Math.Min(run.Length, text.Length); length >= AccountLimits.ContextWordMin; length--)
        {
            for (var start = 0; start + length <= run.Length; start++)
            {
                text = text.Replace(run.Substring(start, length), "", StringComparison.OrdinalIgnoreCase);
            }
        }

        return text;
    }
}
