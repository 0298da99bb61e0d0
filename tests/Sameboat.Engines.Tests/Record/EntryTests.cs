using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class EntryTests
{
    private const string Written =
        """{"at":"2026-03-02T09:30:00.000000Z-00000","author":"north",""" + "\"body\":"
        + """{"lots":[{"quantity":1200}],"price":"0.25"},"id":"01969dc5-0c00-7001-8203-040506070809",""" + "\"kind\":"
        + "\"offer.published\",\"subject\":\"lot-7\",\"v\":1}";

    private static Entry Example(JsonObject? body = null) => new(
        EntityId.TryParse("01969dc5-0c00-7001-8203-040506070809", out var id) ? id : default,
        "offer.published",
        MemberId.Parse("north"),
        "lot-7",
        new HybridTime(1_772_443_800_000_000),
        body ?? new JsonObject
        {
            ["price"] = "0.25",
            ["lots"] = new JsonArray(new JsonObject { ["quantity"] = 1200 }),
        });

    [Fact]
    public void An_entry_has_one_written_form()
    {
        var bytes = Example().ToCanonicalBytes();

        Encoding.UTF8.GetString(bytes).ShouldBe(Written);
        Entry.TryParse(bytes, out var read, out _).ShouldBeTrue();
        read.ShouldBe(Example());
        read!.ToCanonicalBytes().ShouldBe(bytes);
    }

    [Fact]
    public void The_body_that_was_read_can_be_put_elsewhere()
    {
        Entry.TryParse(Encoding.UTF8.GetBytes(Written), out var read, out _).ShouldBeTrue();

        var elsewhere = new JsonObject { ["copy"] = read!.Body };

        elsewhere["copy"]!["price"]!.GetValue<string>().ShouldBe("0.25");
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\": 1", EntryRefusal.NotCanonical, "")]
    [InlineData("\"v\":1", "\"v\":1,\"v\":1", EntryRefusal.NotJson, "/v")]
    [InlineData("\"v\":1", "\"v\":2", EntryRefusal.UnknownVersion, "/v")]
    [InlineData("\"v\":1", "\"v\":\"1\"", EntryRefusal.UnknownVersion, "/v")]
    [InlineData("\"v\":1", "\"v\":1,\"w\":1", EntryRefusal.MemberUnknown, "/w")]
    [InlineData(",\"v\":1", "", EntryRefusal.MemberMissing, "/v")]
    [InlineData("01969dc5-0c00-7001", "01969DC5-0C00-7001", EntryRefusal.WrongId, "/id")]
    [InlineData("01969dc5-0c00-7001", "01969dc5-0c00-4001", EntryRefusal.WrongId, "/id")]
    [InlineData("-8203-", "-c203-", EntryRefusal.WrongId, "/id")]
    [InlineData("offer.published", "offer", EntryRefusal.WrongKind, "/kind")]
    [InlineData("offer.published", "offer.made.twice", EntryRefusal.WrongKind, "/kind")]
    [InlineData("offer.published", "Offer.published", EntryRefusal.WrongKind, "/kind")]
    [InlineData("offer.published", "offer.-x", EntryRefusal.WrongKind, "/kind")]
    [InlineData("\"north\"", "\"North\"", EntryRefusal.WrongAuthor, "/author")]
    [InlineData("\"north\"", "null", EntryRefusal.WrongAuthor, "/author")]
    [InlineData("lot-7", "lot 7", EntryRefusal.WrongSubject, "/subject")]
    [InlineData("lot-7", "", EntryRefusal.WrongSubject, "/subject")]
    [InlineData("2026-03-02T", "2026-02-30T", EntryRefusal.WrongTime, "/at")]
    [InlineData("Z-00000", "Z", EntryRefusal.WrongTime, "/at")]
    [InlineData("{\"lots\":[{\"quantity\":1200}],\"price\":\"0.25\"}", "[]", EntryRefusal.WrongBody, "/body")]
    [InlineData("1200", "1200.5", EntryRefusal.FractionInBody, "/body/lots/0/quantity")]
    [InlineData("1200", "1e+30", EntryRefusal.IntegerTooLarge, "/body/lots/0/quantity")]
    [InlineData("1200", "9007199254740992", EntryRefusal.IntegerTooLarge, "/body/lots/0/quantity")]
    public void What_is_no_entry_is_refused_and_the_place_named(
        string part, string replacement, EntryRefusal code, string path)
    {
        Written.ShouldContain(part);
        var bytes = Encoding.UTF8.GetBytes(Written.Replace(part, replacement, StringComparison.Ordinal));

        Entry.TryParse(bytes, out var entry, out var fault).ShouldBeFalse();

        entry.ShouldBeNull();
        fault!.Code.ShouldBe(code);
        fault.Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("[]", EntryRefusal.NotAnObject)]
    [InlineData("null", EntryRefusal.NotAnObject)]
    [InlineData("", EntryRefusal.NotJson)]
    public void A_value_that_is_no_object_is_no_entry(string text, EntryRefusal code)
    {
        Entry.TryParse(Encoding.UTF8.GetBytes(text), out _, out var fault).ShouldBeFalse();

        fault!.Code.ShouldBe(code);
    }

    [Fact]
    public void A_fraction_in_the_body_is_refused_when_writing_too()
    {
        var entry = Example(new JsonObject { ["amount"] = 0.5 });

        entry.TryToCanonicalBytes(out _, out var fault).ShouldBeFalse();

        fault!.ShouldBe(new EntryFault(EntryRefusal.FractionInBody, "/body/amount", "0.5"));
        Should.Throw<InvalidOperationException>(() => entry.ToCanonicalBytes());
    }

    [Fact]
    public void The_longest_entry_has_65535_bytes()
    {
        var rest = Entry.LengthMax - Example(new JsonObject { ["text"] = "" }).ToCanonicalBytes().Length;

        Example(new JsonObject { ["text"] = new string('a', rest) }).ToCanonicalBytes().Length.ShouldBe(65_535);
        Example(new JsonObject { ["text"] = new string('a', rest + 1) })
            .TryToCanonicalBytes(out _, out var fault).ShouldBeFalse();
        fault!.Code.ShouldBe(EntryRefusal.TooLong);
    }
}
