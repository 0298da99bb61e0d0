using System.Numerics;
using CsCheck;

namespace Sameboat.Engines.Tests.Vocabulary;

public class RationalTests
{
    private static readonly Gen<Rational> Fractions =
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[1, 1_000_000_000_000])
            .Select((top, bottom) => Rational.Of(top, bottom));

    [Fact]
    public void Equal_values_are_equal_whatever_form_they_came_in()
    {
        Gen.Select(Gen.Long[-1000, 1000], Gen.Long[1, 1000], Gen.Long[1, 1000]).Sample((top, bottom, factor) =>
        {
            var plain = Rational.Of(top, bottom);
            var scaled = Rational.Of(-(BigInteger)top * factor, -(BigInteger)bottom * factor);
            return plain == scaled && plain.GetHashCode() == scaled.GetHashCode() && plain.Denominator.Sign > 0;
        });
    }

    [Fact]
    public void Sums_and_products_undo()
    {
        Gen.Select(Fractions, Fractions).Sample((left, right) =>
            left + right - right == left
            && (right == Rational.Zero || left * right / right == left));
    }

    [Fact]
    public void The_text_form_reads_back_to_the_same_value()
    {
        Fractions.Sample(value => Rational.TryParse(value.ToString(), out var read) && read == value);
    }

    [Fact]
    public void Floor_is_the_largest_whole_number_not_above()
    {
        Fractions.Sample(value => Rational.Of(value.Floor()) <= value && Rational.Of(value.Floor() + 1) > value);
    }

    [Fact]
    public void Order_agrees_with_subtraction()
    {
        Gen.Select(Fractions, Fractions).Sample((left, right) =>
            Math.Sign(left.CompareTo(right)) == (left - right).Numerator.Sign);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1/-2")]
    [InlineData("1.5")]
    [InlineData("1/2/3")]
    [InlineData("one")]
    public void Text_of_another_form_is_no_fraction(string text) => Rational.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void The_default_value_is_zero_and_huge_parts_still_give_a_double()
    {
        default(Rational).ShouldBe(Rational.Zero);
        default(Rational).Denominator.ShouldBe(BigInteger.One);
        var huge = BigInteger.Pow(10, 2000);
        Rational.Of(huge + 1, 2 * huge).ToDouble().ShouldBe(0.5, 1e-12);
    }
}
