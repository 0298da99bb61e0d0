using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sameboat.Server.Record;

namespace Sameboat.Server.Tests.Accounts.Providers;

/// <summary>What a provider puts into a token, changed as a test needs it.</summary>
internal sealed class Minted
{
    internal required string Issuer { get; set; }

    internal required string Audience { get; set; }

    internal required string Subject { get; set; }

    internal required string Nonce { get; set; }

    internal required DateTime Expires { get; set; }

    internal SigningCredentials? Key { get; set; }

    /// <summary>Changes the finished token.</summary>
    internal Func<string, string> Finish { get; set; } = token => token;
}

/// <summary>A provider of OpenID Connect on this machine that does what a test wants of it.</summary>
internal sealed class LocalProvider : IAsyncDisposable
{
    internal const string Client = "sameboat-node";
    internal const string Secret = "a secret+of/the client";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string Back, string Token)> _codes = new();
    private readonly MovedTime _time;
    private RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };

    private LocalProvider(WebApplication app, MovedTime time)
    {
        _app = app;
        _time = time;
    }

    internal string Issuer { get; private set; } = "";

    /// <summary>What its document says; null says what is right.</summary>
    internal Func<string>? Document { get; set; }

    /// <summary>How the client must name itself; empty for a public client.</summary>
    internal string ClientSecret { get; set; } = "";

    /// <summary>The codes that were given back, right or wrong.</summary>
    internal int Exchanges { get; private set; }

    internal static async Task<LocalProvider> StartAsync(MovedTime time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new LocalProvider(builder.Build(), time);
        provider._app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            (provider.Document ?? provider.RightDocument)(), "application/json"));
        provider._app.MapGet("/keys", () => Results.Text(provider.Keys(), "application/json"));
        provider._app.MapPost("/token", (Delegate)provider.ExchangeAsync);
        provider._app.MapGet("/elsewhere/.well-known/openid-configuration", () => Results.Redirect(
            provider.Issuer + "/.well-known/openid-configuration"));
        provider._app.MapGet("/long/.well-known/openid-configuration", () => new string('x', 300_000));
        provider._app.MapGet("/slow/.well-known/openid-configuration", (HttpContext http) =>
            Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted));
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        provider.Issuer = provider._app.Urls.First();
        return provider;
    }

    /// <summary>Draws another key, as providers do now and then.</summary>
    internal void Rotate() => _key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "two" };

    /// <summary>
    /// Signs somebody in who was sent to this address, and says where the browser goes back to.
    /// </summary>
    internal string Grant(Uri sent, string subject, Action<Minted>? change = null)
    {
        var query = QueryHelpers.ParseQuery(sent.Query);
        sent.AbsoluteUri.ShouldStartWith(Issuer + "/authorize?");
        query["response_type"].ToString().ShouldBe("code");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["client_id"].ToString().ShouldBe(Client);
        var minted = new Minted
        {
            Issuer = Issuer,
            Audience = Client,
            Subject = subject,
            Nonce = query["nonce"].ToString(),
            Expires = _time.GetUtcNow().UtcDateTime.AddMinutes(5),
            Key = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(minted);
        var code = LogKeys.DrawToken();
        var back = query["redirect_uri"].ToString();
        _codes[code] = (query["code_challenge"].ToString(), back, Token(minted));
        return new Uri(QueryHelpers.AddQueryString(back, new Dictionary<string, string?>
        {
            ["code"] = code, ["state"] = query["state"].ToString(),
        })).PathAndQuery;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Token(Minted minted) => minted.Finish(new JsonWebTokenHandler
    {
        SetDefaultTimesOnTokenCreation = false,
    }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = minted.Issuer,
        Audience = minted.Audience,
        Expires = minted.Expires,
        IssuedAt = minted.Expires.AddMinutes(-5),
        Claims = new Dictionary<string, object>
        {
            ["sub"] = minted.Subject,
            ["nonce"] = minted.Nonce,
            ["roles"] = "Administrator",
            ["email"] = "somebody@example.org",
        },
        SigningCredentials = minted.Key,
    }));

    private async Task<IResult> ExchangeAsync(HttpContext http)
    {
        Exchanges++;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var expected = ClientSecret.Length == 0 ? "" : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{WebUtility.UrlEncode(Client)}:{WebUtility.UrlEncode(ClientSecret)}"));
        if (http.Request.Headers.Authorization.ToString() != expected)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        var challenge = Base64UrlEncoder.Encode(
            SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return _codes.TryRemove(form["code"].ToString(), out var kept)
            && kept.Challenge == challenge && kept.Back == form["redirect_uri"] && form["client_id"] == Client
            && form["grant_type"] == "authorization_code"
                ? Results.Json(new { access_token = "x", token_type = "Bearer", id_token = kept.Token })
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
    }

    private string RightDocument() => $$"""
        {"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}/authorize","token_endpoint":"{{Issuer}}/token",
        "jwks_uri":"{{Issuer}}/keys","response_types_supported":["code"]}
        """;

    private string Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(_key);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{_key.KeyId}}","n":"{{key.N}}","e":"{{key.E}}"}]}""";
    }
}
