using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Sameboat.Server.Notifications;
using Sameboat.Server.Record;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>What a provider says of itself.</summary>
/// <param name="Sites">Its addresses.</param>
/// <param name="Keys">By which it signs.</param>
/// <param name="Read">When it was asked.</param>
internal sealed record ProviderDocument(OpenIdConnectConfiguration Sites, IList<SecurityKey> Keys, DateTimeOffset Read);

/// <summary>
/// Asks providers. Every answer has a limit of time and of bytes, no answer sends the node on to another place, and
/// every address is of https, or of this very machine where the operator lets the node into its own network.
/// </summary>
internal sealed class ProviderClient : IDisposable
{
    private const string WellKnown = "/.well-known/openid-configuration";
    private const string SecretInBody = "client_secret_post";
    private const string SecretInHeader = "client_secret_basic";

    private readonly ConcurrentDictionary<string, ProviderDocument> _documents = new(StringComparer.Ordinal);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly bool _mayBePrivate;

    public ProviderClient(NodeOptions options, TimeProvider time)
    {
        _time = time;
        _mayBePrivate = options.WebhooksMayBePrivate;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ProviderLimits.ConnectTimeout,
            PooledConnectionLifetime = ProviderLimits.DocumentAge,
        };
        if (!_mayBePrivate)
        {
            handler.ConnectCallback = PublicAddresses.ConnectAsync;
        }

        // The limit of each call is its own, below; this one never comes first.
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How long a provider may take for one answer.</summary>
    internal TimeSpan AnswerTimeout { get; init; } = ProviderLimits.AnswerTimeout;

    public void Dispose() => _http.Dispose();

    /// <summary>Whether an address may be asked at all.</summary>
    internal bool Takes(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var site)
        && site.UserInfo.Length == 0
        && site.Fragment.Length == 0
        && (site.Scheme == Uri.UriSchemeHttps
            || (site.Scheme == Uri.UriSchemeHttp && site.IsLoopback && _mayBePrivate));

    /// <summary>
    /// The document and keys of an issuer, kept for a while. It must name itself as it is registered, and take codes.
    /// </summary>
    /// <param name="issuer">To the letter.</param>
    /// <param name="anew">True asks again, unless that was done a moment ago.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<(ProviderDocument? Document, ProviderFault Fault)> DocumentAsync(
        string issuer, bool anew, CancellationToken cancellation)
    {
        if (_documents.TryGetValue(issuer, out var kept)
            && _time.GetUtcNow() - kept.Read < (anew ? ProviderLimits.DocumentAgeMin : ProviderLimits.DocumentAge))
        {
            return (kept, ProviderFault.None);
        }

        if (!Takes(issuer))
        {
            return (null, ProviderFault.Document);
        }

        var (text, fault) = await GetAsync(issuer.TrimEnd('/') + WellKnown, cancellation);
        if (text is null)
        {
            return (null, fault);
        }

        if (Read(text) is not { } sites || sites.Issuer != issuer || !Takes(sites.AuthorizationEndpoint)
            || !Takes(sites.TokenEndpoint) || !Takes(sites.JwksUri))
        {
            return (null, ProviderFault.Document);
        }

        var (keys, silence) = await GetAsync(sites.JwksUri, cancellation);
        if (keys is null)
        {
            return (null, silence);
        }

        if (KeysIn(keys) is not { Count: > 0 } signing)
        {
            return (null, ProviderFault.Document);
        }

        var found = new ProviderDocument(sites, signing, _time.GetUtcNow());
        _documents[issuer] = found;
        return (found, ProviderFault.None);
    }

    /// <summary>Forgets what an issuer said, so that the next who signs in asks again.</summary>
    internal void Forget(string issuer) => _documents.TryRemove(issuer, out _);

    /// <summary>Gives a code back for an identity token; null with the reason.</summary>
    internal async Task<(string? Token, ProviderFault Fault)> ExchangeAsync(
        ProviderDocument document, ProviderRow provider, string? secret, (string Code, string Verifier, Uri Back) sent,
        CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = sent.Code,
            ["redirect_uri"] = sent.Back.AbsoluteUri,
            ["code_verifier"] = sent.Verifier,
            ["client_id"] = provider.Client,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, document.Sites.TokenEndpoint);
        var known = document.Sites.TokenEndpointAuthMethodsSupported;
        if (secret is not null && known.Contains(SecretInBody) && !known.Contains(SecretInHeader))
        {
            fields["client_secret"] = secret;
        }
        else if (secret is not null)
        {
            // RFC 6749, section 2.3.1: both are encoded as in a form before they are joined.
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{WebUtility.UrlEncode(provider.Client)}:{WebUtility.UrlEncode(secret)}")));
        }

        request.Content = new FormUrlEncodedContent(fields);
        var (status, text) = await SendAsync(request, cancellation);
        return status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized ? (null, ProviderFault.Code)
            : status != HttpStatusCode.OK || text is null ? (null, ProviderFault.Unreachable)
            : ObjectOf(text)?.Text("id_token") is { Length: > 0 } token ? (token, ProviderFault.None)
            : (null, ProviderFault.Token);
    }

    private async Task<(string? Text, ProviderFault Fault)> GetAsync(string address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, text) = await SendAsync(request, cancellation);
        return status == HttpStatusCode.OK && text is not null
            ? (text, ProviderFault.None)
            : (null, ProviderFault.Unreachable);
    }

    // Null where there is no answer in time; the text is null where it is too long.
    private async Task<(HttpStatusCode? Status, string? Text)> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTimeout);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            var bytes = await BoundedBody.ReadAsync(body, ProviderLimits.AnswerBytesMax, limit.Token);
            return (answer.StatusCode, bytes is null ? null : Encoding.UTF8.GetString(bytes));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (null, null);
        }
    }

    private static OpenIdConnectConfiguration? Read(string text)
    {
        try
        {
            return OpenIdConnectConfiguration.Create(text);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static IList<SecurityKey>? KeysIn(string text)
    {
        try
        {
            return new JsonWebKeySet(text).GetSigningKeys();
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static JsonObject? ObjectOf(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
