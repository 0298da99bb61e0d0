using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>Bodies for members or parties alone: committed to in the log, handed over, proved, erased.</summary>
[Collection(DatabaseTests.Name)]
public sealed class SealTests(PostgresServer postgres)
{
    private const string Subject = "offer/per/1";

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Only_those_entitled_see_the_rows_and_are_handed_the_body(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var (entry, salt, body) = Offer(node, Visibility.Parties, TestNode.Kenya);
        var bodies = new SealedBodies(node.Database);
        (await bodies.KeepAsync(entry, salt, body, Cancel)).ShouldBe(SealRefusal.None);
        await node.AppendAsync(entry);

        (await SeenAsync(node, null)).ShouldBe(0);
        (await SeenAsync(node, TestNode.Convener)).ShouldBe(0);
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(1);
        (await SeenAsync(node, TestNode.Peru)).ShouldBe(1);
        (await bodies.ForAsync(TestNode.Convener, "per", 0, Cancel)).Bodies.ShouldBeEmpty();
        var handed = (await bodies.ForAsync(TestNode.Kenya, "per", 0, Cancel)).Bodies.ShouldHaveSingleItem();
        SealedBodies.Check(entry, handed.Salt, handed.Body).ShouldBe(SealRefusal.None, "it proves itself");
        Encoding.UTF8.GetString(entry.ToCanonicalBytes()).ShouldNotContain("LOT-1");

        await Projections.RebuildAsync(node.Database, Cancel);
        (await SeenAsync(node, null)).ShouldBe(0);
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_body_counts_when_it_comes_and_only_if_it_fits(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var (entry, salt, body) = Offer(node, Visibility.Members);
        var bodies = new SealedBodies(node.Database);
        await node.AppendAsync(entry);
        (await ReasonAsync(node, entry)).ShouldBe(FoldReasons.Sealed);

        byte[] other = [.. salt[..^1], (byte)(salt[^1] ^ 1)];
        (await bodies.AcceptAsync(entry.Author, entry.Id, other, body, Cancel)).ShouldBe(SealRefusal.WrongCommitment);
        (await bodies.AcceptAsync(entry.Author, entry.Id, salt[..31], body, Cancel))
            .ShouldBe(SealRefusal.WrongCommitment);
        (await bodies.AcceptAsync(entry.Author, entry.Id, salt, [.. body, (byte)' '], Cancel))
            .ShouldBe(SealRefusal.WrongCommitment);
        (await bodies.AcceptAsync(TestNode.Kenya, entry.Id, salt, body, Cancel)).ShouldBe(SealRefusal.UnknownEntry);
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(0);

        (await bodies.AcceptAsync(entry.Author, entry.Id, salt, body, Cancel)).ShouldBe(SealRefusal.None);
        (await bodies.AcceptAsync(entry.Author, entry.Id, salt, body, Cancel)).ShouldBe(SealRefusal.None);
        (await ReasonAsync(node, entry)).ShouldBe("");
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(1);
        (await SeenAsync(node, null)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_erased_body_is_gone_for_good_and_the_log_still_verifies(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var (entry, salt, body) = Offer(node, Visibility.Members);
        var bodies = new SealedBodies(node.Database);
        await bodies.KeepAsync(entry, salt, body, Cancel);
        await node.AppendAsync(entry);
        var subject = ErasureFold.SubjectOf(entry.Author, entry.Id);
        var foreign = node.Next(TestNode.Kenya, ErasureFold.Kind, subject, ErasureFold.Statement("not mine"));
        await node.AppendAsync(foreign);
        (await ReasonAsync(node, foreign)).ShouldBe(FoldReasons.NotTheOwner);
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(1, "nobody erases what another said");

        await node.AppendAsync(
            node.Next(TestNode.Peru, ErasureFold.Kind, subject, ErasureFold.Statement("asked to")));

        await using var db = node.Database.Open();
        (await db.SealedBodies.CountAsync(Cancel)).ShouldBe(0);
        (await SeenAsync(node, TestNode.Kenya)).ShouldBe(0);
        (await ReasonAsync(node, entry)).ShouldBe(FoldReasons.Erased);
        (await bodies.AcceptAsync(entry.Author, entry.Id, salt, body, Cancel)).ShouldBe(SealRefusal.Erased);
        (await bodies.ForAsync(TestNode.Kenya, "per", 0, Cancel)).Bodies.ShouldBeEmpty();
        node.Verify(TestNode.Peru).Fault.ShouldBeNull();
    }

    [Fact]
    public void A_seal_of_another_form_is_not_read()
    {
        var (entry, salt, body) = Offer(new EntryMaker(), Visibility.Parties, TestNode.Kenya, TestNode.Convener);
        SealedBody.TryParse(entry.Body, out var seal).ShouldBeTrue();
        seal!.ToBody().ToJsonString().ShouldBe(entry.Body.ToJsonString());
        seal.Open(salt, body).ShouldNotBeNull();
        var text = entry.Body.ToJsonString();
        string[] broken =
        [
            text.Replace("parties", "members", StringComparison.Ordinal),
            text.Replace("parties", "public", StringComparison.Ordinal),
            text.Replace("\"convener\",\"ken\"", "\"ken\",\"convener\"", StringComparison.Ordinal),
            text.Replace("\"convener\",\"ken\"", "\"ken\",\"ken\"", StringComparison.Ordinal),
            text.Replace("\"convener\",\"ken\"", "", StringComparison.Ordinal),
            text.Replace("\"commitment\":\"", "\"commitment\":\"AAAA", StringComparison.Ordinal),
        ];
        foreach (var other in broken)
        {
            other.ShouldNotBe(text);
            SealedBody.TryParse(System.Text.Json.Nodes.JsonNode.Parse(other)!.AsObject(), out _).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void A_request_is_answered_only_when_it_is_the_readers_own_timely_and_for_this_log()
    {
        using var kenya = SigningKey.FromSeed("node.test/log/ken", new byte[SigningKey.SeedLength]);
        using var other = SigningKey.FromSeed("node.test/log/ken", [.. Enumerable.Repeat((byte)7, 32)]);
        using var peru = SigningKey.FromSeed("node.test/log/per", [.. Enumerable.Repeat((byte)9, 32)]);
        var asked = LogExtension.Open(TestNode.Peru, "node.test/log/per", peru);
        var reader = LogExtension.Open(TestNode.Kenya, "node.test/log/ken", kenya);
        var request = new SealedRequest("node.test/log/per", TestNode.Kenya, 0, 1_000_000);
        string? Refusal(SealedRequest made, SigningKey key, long clock, LogRow? known) =>
            SealedEndpoints.Refusal(made, made.Sign(key), asked, known, clock);

        SealedRequest.TryParse(request.ToText(), out var read).ShouldBeTrue();
        read.ShouldBe(request);
        Checkpoint.TryParse(request.ToText(), out _).ShouldBeFalse("no signature serves two purposes");
        Refusal(request, kenya, 1_000_300, reader).ShouldBeNull();
        Refusal(request, kenya, 1_000_301, reader).ShouldBe("not-timely");
        Refusal(request, kenya, 999_699, reader).ShouldBe("not-timely");
        Refusal(request, other, 1_000_000, reader).ShouldBe("signature-fails");
        Refusal(request, kenya, 1_000_000, null).ShouldBe("unknown-reader");
        Refusal(request with { Origin = "node.test/log/ken" }, kenya, 1_000_000, reader).ShouldBe("other-log");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (Entry Entry, byte[] Salt, byte[] Body) Offer(
        EntryMaker maker, Visibility visibility, params MemberId[] recipients)
    {
        var open = maker.Next(TestNode.Peru, OfferFold.Kind, Subject, OfferFold.Statement(
            new OfferRow
            {
                Subject = Subject,
                Outbreak = "outbreak/convener/fever",
                Member = "per",
                Kind = nameof(OfferKind.Goods),
                Lot = "LOT-1",
                Item = "item-1",
                Unit = "each",
                Quantity = 50,
                Pack = 10,
                Origin = "",
                Available = null,
                Expires = null,
                ColdChain = false,
                OnlyFor = "",
            },
            exercise: true));
        var salt = LogKeys.DrawSalt();
        return (SealedBodies.Seal(open, salt, visibility, recipients), salt, CanonicalJson.Serialize(open.Body));
    }

    private static async Task<int> SeenAsync(TestNode node, MemberId? viewer)
    {
        await using var db = node.Database.Open();
        db.Viewer = viewer?.ToString();
        return await db.Offers.CountAsync(Cancel);
    }

    private static async Task<string> ReasonAsync(TestNode node, Entry entry)
    {
        await using var db = node.Database.Open();
        return (await EntryEffects.ReadAsync(db, entry.Author.ToString(), entry.Id.Value, Cancel)).Reason;
    }
}
