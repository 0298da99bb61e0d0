using System.Text;

namespace Sameboat.Engines.Tests.Vocabulary;

public class CodeTests
{
    [Theory]
    [InlineData("KEN", "KEN")]
    [InlineData(" ken ", "KEN")]
    public void A_territory_code_is_three_letters_in_either_case(string text, string expected)
    {
        TerritoryCode.Parse(text).ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KE")]
    [InlineData("KENY")]
    [InlineData("K3N")]
    [InlineData("КЕН")]
    public void Anything_else_is_no_territory_code(string? text)
    {
        TerritoryCode.TryParse(text, out var code).ShouldBeFalse();
        code.IsNone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gown")]
    [InlineData("team-emt-type-1-fixed")]
    [InlineData("3m-mask")]
    public void An_item_code_is_groups_of_letters_and_digits_joined_by_hyphens(string text)
    {
        ItemCode.Parse(text).ToString().ShouldBe(text);
        ItemCode.Parse(text.ToUpperInvariant()).ShouldBe(ItemCode.Parse(text));
    }

    [Theory]
    [InlineData("-gown")]
    [InlineData("gown-")]
    [InlineData("gown--x")]
    [InlineData("gown x")]
    [InlineData("gówn")]
    [InlineData("../gown")]
    public void Another_form_is_no_item_code_and_no_member_id(string text)
    {
        ItemCode.TryParse(text, out _).ShouldBeFalse();
        MemberId.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_code_longer_than_its_limit_is_refused()
    {
        ItemCode.TryParse(new string('a', ItemCode.LengthMax), out _).ShouldBeTrue();
        ItemCode.TryParse(new string('a', ItemCode.LengthMax + 1), out _).ShouldBeFalse();
        MemberId.TryParse(new string('a', MemberId.LengthMax), out _).ShouldBeTrue();
        MemberId.TryParse(new string('a', MemberId.LengthMax + 1), out _).ShouldBeFalse();
    }

    [Fact]
    public void An_entity_id_is_a_version_7_uuid_that_sorts_by_time()
    {
        var random = Encoding.ASCII.GetBytes("0123456789");
        var earlier = EntityId.Create(1_600_000_000_000, random);
        var later = EntityId.Create(1_600_000_000_001, random);
        earlier.ToString()[14].ShouldBe('7');
        "89ab".ShouldContain(earlier.ToString()[19]);
        earlier.CompareTo(later).ShouldBeLessThan(0);
        EntityId.TryParse(earlier.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(earlier);
    }

    [Fact]
    public void A_time_that_does_not_fit_48_bits_makes_no_id()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => EntityId.Create(-1, new byte[10]));
        Should.Throw<ArgumentOutOfRangeException>(() => EntityId.Create(1L << 48, new byte[10]));
        Should.Throw<ArgumentOutOfRangeException>(() => EntityId.Create(0, new byte[9]));
    }
}
