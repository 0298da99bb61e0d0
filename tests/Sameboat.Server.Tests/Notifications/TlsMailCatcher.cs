using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>A mail server on this machine with a certificate that nobody has signed but itself.</summary>
internal sealed class TlsMailCatcher : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _offersTls;
    private readonly Task _hearing;

    internal TlsMailCatcher(bool offersTls)
    {
        _offersTls = offersTls;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _hearing = HearAsync();
    }

    internal X509Certificate2 Certificate { get; }

    internal int Port { get; }

    /// <summary>What was said to it in the clear.</summary>
    internal ConcurrentQueue<string> Clear { get; } = new();

    /// <summary>What was said to it encrypted, messages among it.</summary>
    internal ConcurrentQueue<string> Encrypted { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
        Certificate.Dispose();
    }

    private async Task HearAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await ServeAsync(client.GetStream());
            }
            catch (Exception fault) when (fault is IOException or AuthenticationException)
            {
                // Whoever does not trust the certificate hangs up.
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        await SayAsync(stream, "220 catcher");
        while (await LineAsync(stream) is { } line)
        {
            Clear.Enqueue(line);
            if (line.StartsWith("STARTTLS", StringComparison.Ordinal) && _offersTls)
            {
                await SayAsync(stream, "220 go on");
                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
                await EncryptedAsync(tls);
                return;
            }

            if (line.StartsWith("QUIT", StringComparison.Ordinal))
            {
                return;
            }

            await SayAsync(
                stream, line.StartsWith("EHLO", StringComparison.Ordinal) && _offersTls
                    ? "250-catcher\r\n250 STARTTLS"
                    : "250 catcher");
        }
    }

    private async Task EncryptedAsync(SslStream stream)
    {
        while (await LineAsync(stream) is { } line)
        {
            Encrypted.Enqueue(line);
            if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                await SayAsync(stream, "354 go on");
                while (await LineAsync(stream) is { } text && text != ".")
                {
                    Encrypted.Enqueue(text);
                }
            }
            else if (line.StartsWith("QUIT", StringComparison.Ordinal))
            {
                return;
            }

            await SayAsync(stream, "250 ok");
        }
    }

    private async Task SayAsync(Stream stream, string line) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);

    // Byte by byte: what follows STARTTLS belongs to the encryption and must stay in the stream.
    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
