using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sameboat.Server.Accounts;

/// <summary>Stretches and compares passwords: PBKDF2 with HMAC-SHA-512, by ASP.NET's own hasher.</summary>
internal sealed class Passwords
{
    /// <summary>How often the hash is repeated, for PBKDF2 with HMAC-SHA-512 as OWASP recommends.</summary>
    private const int Iterations = 210_000;

    private readonly PasswordHasher<string> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    // What an unknown name is compared with, so that it takes as long as a known one.
    private readonly Lazy<string> _nobody;

    public Passwords() => _nobody = new Lazy<string>(() => Hash(new string('x', AccountLimits.PasswordMin)));

    internal string Hash(string password) => _hasher.HashPassword("", password);

    /// <summary>True when it is the password; always false, and as slow, where the hash is null.</summary>
    internal bool Matches(string? hash, string password) =>
        _hasher.VerifyHashedPassword("", hash ?? _nobody.Value, password) != PasswordVerificationResult.Failed
        && hash is not null;

    /// <summary>True when it is long enough, not too long, and says more than the name and one repeated letter.
    /// </summary>
    internal static bool IsGood(string password, string name) =>
        password.Length is >= AccountLimits.PasswordMin and <= AccountLimits.PasswordMax
        && password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Distinct().Count() >= 5;
}
