using System.Net.Mail;

namespace Sameboat.Server.Notifications;

/// <summary>The server that takes the node's mail.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="IsEncrypted">True demands STARTTLS; false is for a server on the same machine or network.</param>
/// <param name="User">The name to sign in by, or empty for none.</param>
/// <param name="Password">Told to the server alone; empty where there is no user.</param>
/// <param name="From">The address of the sender.</param>
public sealed record MailSettings(
    string Host, int Port, bool IsEncrypted, string User, string Password, string From)
{
    /// <summary>The form of a server's address.</summary>
    public const string Form = "smtp://host:port, or smtp+starttls://user@host:port";

    private const string Plain = "smtp";
    private const string Encrypted = "smtp+starttls";
    private const int PortPlain = 25;
    private const int PortEncrypted = 587;

    /// <summary>Reads a server's address; null where it is none. A password in it is refused: a list of processes would
    /// show it.</summary>
    /// <param name="address">Of <see cref="Form"/>.</param>
    /// <param name="from">The address of the sender.</param>
    /// <param name="password">For the user that the address names; null or empty for none.</param>
    public static MailSettings? Read(string? address, string? from, string? password)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not (Plain or Encrypted)
            || uri.Host.Length == 0
            || uri.AbsolutePath is not ("" or "/")
            || uri.UserInfo.Contains(':', StringComparison.Ordinal)
            || from is null
            || !IsAddress(from))
        {
            return null;
        }

        var isEncrypted = uri.Scheme == Encrypted;
        return new MailSettings(
            uri.Host, uri.Port > 0 ? uri.Port : isEncrypted ? PortEncrypted : PortPlain, isEncrypted,
            Uri.UnescapeDataString(uri.UserInfo), uri.UserInfo.Length > 0 ? password ?? "" : "", from);
    }

    /// <summary>Whether a text is one mail address and nothing else.</summary>
    public static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(char.IsControl)
        && address.Host.Length > 0;
}
