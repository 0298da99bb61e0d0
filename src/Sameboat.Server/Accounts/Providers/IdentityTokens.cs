using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>
/// Looks at an identity token as OpenID Connect Core 1.0, section 3.1.3.7, has it: signature, issuer, audience, times
/// and nonce. Signatures are Microsoft.IdentityModel's.
/// </summary>
internal sealed class IdentityTokens(TimeProvider time)
{
    // By keys that the provider alone holds: none, and none that the client could make itself.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>The subject of a token, or why it has none.</summary>
    /// <param name="token">As the provider gave it.</param>
    /// <param name="keys">Of the provider.</param>
    /// <param name="errand">For which the browser was sent.</param>
    /// <param name="client">By which the provider knows this node.</param>
    internal async Task<(string? Subject, ProviderFault Fault)> SubjectAsync(
        string token, IEnumerable<SecurityKey> keys, ErrandRow errand, string client)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = errand.Issuer,
            ValidAudience = client,
            IssuerSigningKeys = keys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = Holds,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken found)
        {
            return (null, FaultOf(result.Exception));
        }

        // Where a token is for several, the one it was given to must be this client.
        if (found.Audiences.Skip(1).Any() && found.Azp != client)
        {
            return (null, ProviderFault.Audience);
        }

        if (!found.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Nonce, out var nonce)
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(errand.Nonce)))
        {
            return (null, ProviderFault.Nonce);
        }

        return found.Subject is { Length: > 0 and <= ProviderLimits.SubjectMax } subject
            && !subject.Any(char.IsControl)
                ? (subject, ProviderFault.None)
                : (null, ProviderFault.Token);
    }

    private bool Holds(
        DateTime? notBefore, DateTime? expires, SecurityToken securityToken, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;

        // The skew is taken from now alone: a token may name the first or the last instant there is.
        return expires is { } end && now - ProviderLimits.ClockSkew < end
            && (notBefore is not { } begin || now + ProviderLimits.ClockSkew > begin);
    }

    private static ProviderFault FaultOf(Exception? fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => ProviderFault.Issuer,
        SecurityTokenInvalidAudienceException => ProviderFault.Audience,
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException
            or SecurityTokenNoExpirationException => ProviderFault.Expired,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException
            or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSigningKeyException
                => ProviderFault.Signature,
        _ => ProviderFault.Token,
    };
}
