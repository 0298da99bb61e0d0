using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sameboat.Server.Notifications;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>Mail where encryption is demanded: encrypted, or not at all.</summary>
[Collection(DatabaseTests.Name)]
public sealed class TlsMailTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_message_is_said_encrypted_to_a_server_whose_certificate_is_trusted()
    {
        await using var catcher = new TlsMailCatcher(offersTls: true);
        using var trust = new Trust(catcher.Certificate);

        var (sent, fault) = await SendAsync(catcher, "");

        (sent, fault).ShouldBe((1, ""));
        catcher.Clear.ShouldAllBe(line => line.StartsWith("EHLO ") || line == "STARTTLS");
        string.Join('\n', catcher.Encrypted).ShouldContain("RCPT TO:<desk@per.example>");
        string.Join('\n', catcher.Encrypted).ShouldContain("[Sameboat] Report: situation/ken/1");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused_and_the_fault_says_so()
    {
        await using var catcher = new TlsMailCatcher(offersTls: true);

        var (sent, fault) = await SendAsync(catcher, "node@");

        sent.ShouldBe(0);
        fault.ShouldContain("localhost did not take it: its certificate is none that this machine trusts");
        catcher.Clear.ShouldAllBe(line => line.StartsWith("EHLO ") || line == "STARTTLS");
        catcher.Encrypted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_encryption_is_told_nothing_where_it_is_demanded()
    {
        await using var catcher = new TlsMailCatcher(offersTls: false);

        var (sent, fault) = await SendAsync(catcher, "node@");

        sent.ShouldBe(0);
        fault.ShouldContain("localhost did not take it:");
        fault.ShouldContain("secure");
        catcher.Clear.ShouldAllBe(line => line.StartsWith("EHLO ") || line == "QUIT");
    }

    private async Task<(int Sent, string Fault)> SendAsync(TlsMailCatcher catcher, string user)
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        node.Options = node.Options with
        {
            Mail = MailSettings.Read(
                $"smtp+starttls://{user}localhost:{catcher.Port}", "node@node.example", "not for everybody"),
        };
        await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "mail";
            asked["target"] = "desk@per.example";
        });
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1));
        await node.ReadAsync();
        var sent = await node.SendAsync();
        return (sent, (await node.InboxAsync()).ShouldHaveSingleItem().Fault);
    }

    /// <summary>
    /// Lets this process trust one certificate until it is disposed. By name, since the class is for other uses out of
    /// date, and is still where the runtime's mail client asks.
    /// </summary>
    private sealed class Trust : IDisposable
    {
        private static readonly System.Reflection.PropertyInfo Callback =
            Type.GetType("System.Net.ServicePointManager, System.Net.ServicePoint", throwOnError: true)!
                .GetProperty("ServerCertificateValidationCallback")!;

        internal Trust(X509Certificate2 trusted)
        {
            var hash = trusted.GetCertHashString();
            Callback.SetValue(null, new RemoteCertificateValidationCallback((_, shown, _, errors) =>
                errors == SslPolicyErrors.None || shown?.GetCertHashString() == hash));
        }

        public void Dispose() => Callback.SetValue(null, null);
    }
}
