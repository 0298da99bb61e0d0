using System.Diagnostics.CodeAnalysis;
using Sameboat.Record;

namespace Sameboat.Server.Record;

/// <summary>A node that is asked to cosign this node's logs: where it answers, and the key by which it does.</summary>
/// <param name="Prefix">Its address, such as <c>https://node.example/</c>; <c>/witness/...</c> follows.</param>
/// <param name="Key">The witness's verifier key, learnt from somewhere that is trusted.</param>
public sealed record WitnessSource(Uri Prefix, VerifierKey Key)
{
    /// <summary>The form that <see cref="TryParse"/> reads, for those who must write it.</summary>
    public const string Form = "https://node.example#VERIFIER-KEY";

    /// <summary>Reads the address and, after <c>#</c>, the key; false when either is of another form.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WitnessSource? witness)
    {
        witness = null;
        var parts = text?.Split('#', 2);
        if (parts is not { Length: 2 } || !Uri.TryCreate(parts[0].TrimEnd('/') + "/", UriKind.Absolute, out var prefix)
            || prefix.Scheme is not ("http" or "https")
            || !VerifierKey.TryParse(parts[1], out var key) || key.Kind != KeyKind.Witness)
        {
            return false;
        }

        witness = new WitnessSource(prefix, key);
        return true;
    }
}
