using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sameboat.Server.Notifications;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>Mail and webhooks: signed, threaded, gathered, tried again, and never into a private network.</summary>
[Collection(DatabaseTests.Name)]
public sealed class ChannelTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_webhook_is_signed_with_its_key_and_time_and_tried_again_for_so_long()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await using var catcher = await HookCatcher.StartAsync();
        catcher.Status = 500;
        var (_, key) = await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "webhook";
            asked["target"] = new Uri(catcher.Address, "hook?x=1").ToString();
        });
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1));
        await node.ReadAsync();

        for (var attempt = 1; attempt <= NewsLimits.AttemptsMax + 2; attempt++)
        {
            await node.SendAsync();
            node.Node.Clock.Now += NewsLimits.RetryMax;
        }

        catcher.Messages.Count.ShouldBe(NewsLimits.AttemptsMax, "then it is given up");
        var row = (await node.InboxAsync()).ShouldHaveSingleItem();
        (row.Sent, row.Attempts).ShouldBe((0, NewsLimits.AttemptsMax));
        row.Fault.ShouldContain("answered 500");
        catcher.Messages.Select(message => message.Delivery).Distinct().ShouldHaveSingleItem();
        foreach (var message in catcher.Messages)
        {
            var parts = Regex.Match(message.Signature, "^t=([0-9]+),v1=([0-9a-f]{64})$");
            parts.Success.ShouldBeTrue(message.Signature);
            NewsHook.Signature(
                Encoding.UTF8.GetBytes(key!), long.Parse(parts.Groups[1].Value, null), message.Body)
                .ShouldBe(message.Signature);
            var body = JsonNode.Parse(message.Body)!;
            body["notifications"]![0]!["thread"]!.GetValue<string>().ShouldBe("situation/ken/1");
        }
    }

    [Fact]
    public void A_signature_is_the_one_that_others_compute() =>

        // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        NewsHook.Signature("key"u8.ToArray(), 1_700_000_000, "{}"u8.ToArray()).ShouldBe(
            "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae");

    [Fact]
    public async Task Mail_about_one_entity_is_one_thread_and_a_message_keeps_its_id()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await using var catcher = new MailCatcher();
        node.Options = node.Options with
        {
            Mail = MailSettings.Read($"smtp://127.0.0.1:{catcher.Port}", "node@node.example", null),
        };
        await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "mail";
            asked["target"] = "desk@per.example";
        });
        var first = node.Node.Report(TestNode.Kenya, 1);
        await node.Node.AppendAsync(
            first, node.Node.Next(first.Author, first.Kind, first.Subject, first.Body),
            node.Node.Report(TestNode.Kenya, 2));
        await node.ReadAsync();
        (await node.SendAsync()).ShouldBe(3);
        await node.ChangeAsync(row => row.Sent = 0);
        node.Node.Clock.Now += NewsLimits.Lease;
        (await node.SendAsync()).ShouldBe(3);

        Headers(catcher, "Message-ID").Distinct().Count().ShouldBe(3);
        Headers(catcher, "References").Distinct().Count().ShouldBe(2);
        Headers(catcher, "In-Reply-To").ShouldBe(Headers(catcher, "References"));
        catcher.Messages.First().ShouldContain("To: desk@per.example", Case.Insensitive);
        catcher.Messages.First().ShouldContain("[Sameboat] Report: situation/ken/");
    }

    [Fact]
    public async Task A_digest_gathers_what_came_until_its_hour_into_one_message()
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await using var catcher = await HookCatcher.StartAsync();
        await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "webhook";
            asked["target"] = catcher.Address.ToString();
            asked["digest"] = "daily";
        });
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1), node.Node.Report(TestNode.Kenya, 2));
        await node.ReadAsync();
        (await node.SendAsync()).ShouldBe(0);

        node.Node.Clock.Now = News.NextDigest(node.Node.Clock.Now);
        (await node.SendAsync()).ShouldBe(2);

        var message = catcher.Messages.ShouldHaveSingleItem();
        JsonNode.Parse(message.Body)!["notifications"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("9.9.9.9", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:9.9.9.9", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2620:fe::fe", true)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool isPublic) =>
        PublicAddresses.Holds(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_webhook_into_a_private_network_is_not_even_connected(string host)
    {
        await using var node = await NewsNode.StartAsync(Provider.Sqlite, postgres);
        await using var catcher = await HookCatcher.StartAsync();
        node.Options = node.Options with { WebhooksMayBePrivate = false };
        await node.SubscribeAsync(asked =>
        {
            asked["channel"] = "webhook";
            asked["target"] = $"https://{host}:{catcher.Address.Port}/";
        });
        await node.Node.AppendAsync(node.Node.Report(TestNode.Kenya, 1));
        await node.ReadAsync();
        (await node.SendAsync()).ShouldBe(0);

        (await node.InboxAsync()).Single().Fault.ShouldContain("is not an address of the public Internet");
        catcher.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("smtp://mail.example:2525", true)]
    [InlineData("smtp+starttls://user@mail.example", true)]
    [InlineData("smtp://user:secret@mail.example", false)]
    [InlineData("https://mail.example", false)]
    [InlineData("mail.example", false)]
    public void A_mail_server_is_named_without_a_password(string address, bool isOne) =>
        (MailSettings.Read(address, "node@node.example", "secret") is not null).ShouldBe(isOne);

    private static List<string> Headers(MailCatcher catcher, string name) =>
    [
        .. catcher.Messages.Select(message => Regex.Match(
            message, $"^{name}: (.*?)\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value),
    ];
}
