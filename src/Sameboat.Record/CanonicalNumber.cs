using System.Globalization;
using System.Text;

namespace Sameboat.Record;

/// <summary>The text of a double as ECMAScript's Number::toString writes it.</summary>
/// <remarks>RFC 8785 section 3.2.2.3; ECMA-262 section 6.1.6.1.20.</remarks>
internal static class CanonicalNumber
{
    private const int PlainDigitsMax = 21;
    private const int LeadingZerosMax = 6;

    internal static string Text(double value)
    {
        if (Math.Abs(value) <= CanonicalJson.IntegerMax && value == Math.Floor(value))
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        }

        // The round-trip form has the shortest digits that give the value back, as ECMAScript asks.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Split(shortest);
        var text = new StringBuilder(value < 0 ? "-" : "");
        if (point > PlainDigitsMax || point <= -LeadingZerosMax)
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
            {
                text.Append('.').Append(digits.AsSpan(1));
            }

            var exponent = point - 1;
            return text.Append('e').Append(exponent < 0 ? '-' : '+')
                .Append(CultureInfo.InvariantCulture, $"{Math.Abs(exponent)}").ToString();
        }

        if (point <= 0)
        {
            return text.Append("0.").Append('0', -point).Append(digits).ToString();
        }

        return digits.Length <= point
            ? text.Append(digits).Append('0', point - digits.Length).ToString()
            : text.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point)).ToString();
    }

    // The significant digits without zeros at either end, and where the point stands: value = 0.digits * 10^point.
    private static (string Digits, int Point) Split(string plain)
    {
        var exponent = 0;
        var mantissa = plain;
        var mark = plain.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            exponent = int.Parse(plain.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = plain[..mark];
        }

        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var digits = dot < 0 ? mantissa : whole + mantissa[(dot + 1)..];
        var significant = digits.TrimStart('0');
        var point = whole.Length + exponent - (digits.Length - significant.Length);
        return (significant.TrimEnd('0'), point);
    }
}
