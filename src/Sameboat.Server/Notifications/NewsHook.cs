using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Notifications;

/// <summary>
/// Tells by a signed POST. <c>Sameboat-Signature: t=SECONDS,v1=HEX</c> is HMAC-SHA256 of <c>SECONDS.BODY</c> by the key
/// that was shown when the subscription was made; <c>Sameboat-Delivery</c> is the same each time it is sent.
/// </summary>
internal sealed class NewsHook : IDisposable
{
    internal const string SignatureHeader = "Sameboat-Signature";
    internal const string DeliveryHeader = "Sameboat-Delivery";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    internal NewsHook(bool mayBePrivate, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (!mayBePrivate)
        {
            handler.ConnectCallback = PublicAddresses.ConnectAsync;
        }

        _client = new HttpClient(handler, disposeHandler: true) { Timeout = NewsLimits.SendTimeout };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends one message; null when it was answered with 2xx, otherwise why not.</summary>
    internal async Task<string?> SendAsync(
        Uri target, byte[] key, IReadOnlyList<NotificationRow> rows, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(Body(rows).ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, Signature(key, _time.GetUtcNow().ToUnixTimeSeconds(), body));
        request.Headers.Add(DeliveryHeader, rows[0].Id);
        try
        {
            using var answer = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? null : $"{target.Host} answered {(int)answer.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{target.Host} did not answer within {NewsLimits.SendTimeout.TotalSeconds} seconds.";
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return $"{target.Host} cannot be told: {fault.Message}";
        }
    }

    /// <summary>The value of the header that signs a body.</summary>
    internal static string Signature(byte[] key, long seconds, byte[] body)
    {
        var lead = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}."));
        var mac = Convert.ToHexStringLower(HMACSHA256.HashData(key.AsSpan(), [.. lead, .. body]));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={mac}");
    }

    private static JsonObject Body(IReadOnlyList<NotificationRow> rows) => new()
    {
        ["id"] = rows[0].Id,
        ["subscription"] = $"{rows[0].Subscription:N}",
        ["notifications"] = new JsonArray([.. rows.Select(NotificationShapes.Written)]),
    };
}
