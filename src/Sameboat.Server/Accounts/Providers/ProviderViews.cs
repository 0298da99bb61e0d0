namespace Sameboat.Server.Accounts.Providers;

/// <summary>The page on which an administrator registers its member's provider.</summary>
/// <param name="Own">The administrator.</param>
/// <param name="Kept">The provider there is, or null.</param>
/// <param name="Asked">What was asked for and refused, or null.</param>
/// <param name="Back">The address that the provider must know.</param>
/// <param name="Fault">The key of the sentence that says why not, or null.</param>
internal sealed record ProviderView(
    AccountRow Own, ProviderRow? Kept, AskedProvider? Asked, Uri Back, string? Fault);

/// <summary>The page that leads on to another place.</summary>
/// <param name="Key">Of the sentence that says where.</param>
/// <param name="To">The address.</param>
internal sealed record GoOnView(string Key, string To);

/// <summary>The page that says why nobody was signed in.</summary>
/// <param name="Key">Of the sentence.</param>
/// <param name="Code">Stable; empty where the sentence is no provider's fault.</param>
internal sealed record ProviderFaultView(string Key, string Code);
