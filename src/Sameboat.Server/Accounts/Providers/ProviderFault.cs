using System.Collections.Frozen;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>Why a provider signed nobody in: the closed list.</summary>
internal enum ProviderFault
{
    /// <summary>Nothing: it did.</summary>
    None,

    /// <summary>The member has no provider.</summary>
    Absent,

    /// <summary>The browser was not sent by this node, has come back before, or was away too long.</summary>
    State,

    /// <summary>The provider says that it did not sign anybody in.</summary>
    Declined,

    /// <summary>The provider does not answer in time, sends on, or says too much.</summary>
    Unreachable,

    /// <summary>The provider's document is not what it should be.</summary>
    Document,

    /// <summary>The provider does not take the code or the client.</summary>
    Code,

    /// <summary>The token is signed by no key of the provider, or not at all.</summary>
    Signature,

    /// <summary>The token is another issuer's.</summary>
    Issuer,

    /// <summary>The token was made for another client.</summary>
    Audience,

    /// <summary>The token has run out or does not hold yet.</summary>
    Expired,

    /// <summary>The token was made for another attempt.</summary>
    Nonce,

    /// <summary>The token lacks what it must have.</summary>
    Token,

    /// <summary>No account of the member is linked to this person.</summary>
    Unlinked,

    /// <summary>The person is linked to another account of the member.</summary>
    Linked,
}

/// <summary>The stable codes of <see cref="ProviderFault"/> and the keys of their sentences.</summary>
internal static class ProviderFaults
{
    private static readonly FrozenDictionary<ProviderFault, string> Codes = new Dictionary<ProviderFault, string>
    {
        [ProviderFault.Absent] = "provider-absent",
        [ProviderFault.State] = "provider-state",
        [ProviderFault.Declined] = "provider-declined",
        [ProviderFault.Unreachable] = "provider-unreachable",
        [ProviderFault.Document] = "provider-document",
        [ProviderFault.Code] = "provider-code",
        [ProviderFault.Signature] = "provider-signature",
        [ProviderFault.Issuer] = "provider-issuer",
        [ProviderFault.Audience] = "provider-audience",
        [ProviderFault.Expired] = "provider-expired",
        [ProviderFault.Nonce] = "provider-nonce",
        [ProviderFault.Token] = "provider-token",
        [ProviderFault.Unlinked] = "provider-unlinked",
        [ProviderFault.Linked] = "provider-linked",
    }.ToFrozenDictionary();

    /// <summary>Every code.</summary>
    internal static IEnumerable<string> All => Codes.Values;

    /// <summary>The stable code of a fault.</summary>
    internal static string CodeOf(ProviderFault fault) => Codes[fault];

    /// <summary>The key of the sentence that says what to do.</summary>
    internal static string KeyOf(ProviderFault fault) => $"refused.{Codes[fault]}";
}
