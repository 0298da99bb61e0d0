namespace Sameboat.Server.Accounts.Providers;

/// <summary>Every limit of providers, by name.</summary>
internal static class ProviderLimits
{
    /// <summary>The most characters of an issuer's address.</summary>
    internal const int IssuerMax = 300;

    /// <summary>The most characters of a client's id.</summary>
    internal const int ClientMax = 200;

    /// <summary>The most characters of a client's secret.</summary>
    internal const int SecretMax = 500;

    /// <summary>The most characters of a subject, as OpenID Connect Core 1.0, section 2, has it.</summary>
    internal const int SubjectMax = 255;

    /// <summary>The most bytes of any answer of a provider.</summary>
    internal const int AnswerBytesMax = 256 * 1024;

    /// <summary>The most characters of a code and of a state that come back.</summary>
    internal const int ParameterMax = 2048;

    /// <summary>The most browsers that are away at once, of all members.</summary>
    internal const int ErrandsMax = 10_000;

    /// <summary>How long a provider may take for one answer.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection to a provider may take to come about.</summary>
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a browser may be away.</summary>
    internal static readonly TimeSpan ErrandLife = TimeSpan.FromMinutes(10);

    /// <summary>How long the document and the keys of a provider are kept.</summary>
    internal static readonly TimeSpan DocumentAge = TimeSpan.FromMinutes(10);

    /// <summary>How soon they are asked for again when a token names a key that is not among them.</summary>
    internal static readonly TimeSpan DocumentAgeMin = TimeSpan.FromMinutes(1);

    /// <summary>How far the clocks of node and provider may be apart.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
}
