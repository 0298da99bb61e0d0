using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Record;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Record;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void The_published_examples_come_out_byte_for_byte(string name)
    {
        var input = File.ReadAllBytes(Repository.Reference($"jcs/input/{name}.json"));
        var expected = Convert.FromHexString(string.Concat(
            File.ReadAllText(Repository.Reference($"jcs/outhex/{name}.txt")).Where(char.IsAsciiHexDigit)));

        var written = CanonicalJson.Serialize(CanonicalJson.Parse(input));

        written.ShouldBe(expected);
        CanonicalJson.IsCanonical(written).ShouldBeTrue();
    }

    // RFC 8785, appendix B: the bits of a double and its text.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void A_number_is_written_as_ECMAScript_writes_it(ulong bits, string expected)
    {
        var value = JsonValue.Create(BitConverter.UInt64BitsToDouble(bits));

        Encoding.UTF8.GetString(CanonicalJson.Serialize(value)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"b":2,"a":1}""", """{"a":1,"b":2}""")]
    [InlineData(""" [ 1.0 , -0 , 1e2, true, null ] """, "[1,0,100,true,null]")]
    [InlineData("\"\\u001f\\u002f\\/\\u00e9\\t\"", "\"\\u001f//é\\t\"")]
    [InlineData("\"\\ud83d\\ude02\"", "\"😂\"")]
    [InlineData("""{"\ufb33":1,"\ud83d\ude02":2}""", "{\"\ud83d\ude02\":2,\"\ufb33\":1}")]
    [InlineData("null", "null")]
    public void A_value_has_one_form(string text, string expected)
    {
        var written = CanonicalJson.Serialize(CanonicalJson.Parse(Encoding.UTF8.GetBytes(text)));

        Encoding.UTF8.GetString(written).ShouldBe(expected);
        CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(text)).ShouldBe(text == expected);
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"\u0062":2}}""", JsonRefusal.DuplicateKey, "/a/b")]
    [InlineData("""[0,"\ud800"]""", JsonRefusal.LoneSurrogate, "/1")]
    [InlineData("""["\ude02\ud83d"]""", JsonRefusal.LoneSurrogate, "/0")]
    [InlineData("""["\ud83d x"]""", JsonRefusal.LoneSurrogate, "/0")]
    [InlineData("""["\ud83d\ud83d\ude02"]""", JsonRefusal.LoneSurrogate, "/0")]
    [InlineData("""{"\udc00":1}""", JsonRefusal.LoneSurrogate, "")]
    [InlineData("""{"a/b~":1e400}""", JsonRefusal.NumberOutOfRange, "/a~1b~0")]
    [InlineData("NaN", JsonRefusal.Malformed, "")]
    [InlineData("[1,]", JsonRefusal.Malformed, "/0")]
    [InlineData("[01]", JsonRefusal.Malformed, "")]
    [InlineData("// no\n1", JsonRefusal.Malformed, "")]
    [InlineData("1 2", JsonRefusal.Malformed, "")]
    [InlineData("", JsonRefusal.Malformed, "")]
    [InlineData("\uFEFF1", JsonRefusal.NotUtf8, "")]
    public void What_is_not_strict_JSON_is_refused_with_its_place(string text, JsonRefusal code, string path)
    {
        CanonicalJson.TryParse(Encoding.UTF8.GetBytes(text), out _, out var fault).ShouldBeFalse();

        fault.ShouldBe(new JsonFault(code, path));
        CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(text)).ShouldBeFalse();
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        CanonicalJson.TryParse([(byte)'"', 0xC3, (byte)'"'], out _, out var fault).ShouldBeFalse();

        fault!.Code.ShouldBe(JsonRefusal.NotUtf8);
    }

    [Theory]
    [InlineData("\"\\\\ud800\"")]
    [InlineData("\"\\\\\\ud83d\\ude02\"")]
    public void An_escaped_backslash_before_u_is_no_surrogate(string text) =>
        CanonicalJson.TryParse(Encoding.UTF8.GetBytes(text), out _, out _).ShouldBeTrue();

    [Fact]
    public void The_depth_limit_is_exact_and_named()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

        CanonicalJson.IsCanonical(Nested(CanonicalJson.DepthMax)).ShouldBeTrue();
        CanonicalJson.TryParse(Nested(CanonicalJson.DepthMax + 1), out _, out var fault).ShouldBeFalse();
        fault!.Code.ShouldBe(JsonRefusal.TooDeep);
        CanonicalJson.TryParse(Nested(100_000), out _, out fault).ShouldBeFalse();
        fault!.Code.ShouldBe(JsonRefusal.TooDeep);
    }

    public static TheoryData<JsonNode> Unwritable { get; } =
    [
        JsonValue.Create(double.NaN),
        JsonValue.Create(double.NegativeInfinity),
        JsonValue.Create(9_007_199_254_740_993),
        JsonValue.Create("\ud800"),
        new JsonObject { ["\udc00"] = 1 },
        JsonNode.Parse("""{"a":1,"a":2}""")!,
        JsonNode.Parse("\"\\ud800\"")!,
    ];

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void A_value_without_canonical_form_throws(JsonNode value) =>
        Should.Throw<ArgumentException>(() => CanonicalJson.Serialize(value));

    [Fact]
    public void Nodes_made_in_code_and_nodes_read_are_written_alike()
    {
        var made = new JsonObject
        {
            ["z"] = new JsonArray(1, 2L, 3.5, 4m, "x", true, null),
            ["a"] = 'c',
            ["day"] = JsonValue.Create(new Uri("https://example.org/")),
        };

        var written = CanonicalJson.Serialize(made);

        Encoding.UTF8.GetString(written)
            .ShouldBe("""{"a":"c","day":"https://example.org/","z":[1,2,3.5,4,"x",true,null]}""");
        CanonicalJson.Serialize(CanonicalJson.Parse(written)).ShouldBe(written);
    }

    [Fact]
    public void Writing_what_was_read_gives_the_same_bytes() => JsonGen.Any.Sample(value =>
    {
        var once = CanonicalJson.Serialize(value);
        var twice = CanonicalJson.Serialize(CanonicalJson.Parse(once));
        return once.AsSpan().SequenceEqual(twice) && CanonicalJson.IsCanonical(once);
    });

    [Fact]
    public void Every_double_reads_back_as_itself() => Gen.Double.Where(double.IsFinite).Sample(number =>
        CanonicalJson.Parse(CanonicalJson.Serialize(JsonValue.Create(number)))!.GetValue<double>() == number);
}
