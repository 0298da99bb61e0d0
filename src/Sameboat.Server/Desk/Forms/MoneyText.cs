using System.Globalization;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>Amounts of money as people write them; entries say them in the smallest unit, a hundredth. Pure.</summary>
internal static class MoneyText
{
    private const int Units = 100;

    /// <summary>The smallest units of an amount of at most two decimals, in Latin digits without groups; null for
    /// anything else.</summary>
    internal static long? Read(string typed) =>
        decimal.TryParse(
            typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= long.MaxValue / Units && decimal.Truncate(amount * Units) == amount * Units
            ? (long)(amount * Units)
            : null;

    /// <summary>As it is typed into a field.</summary>
    internal static string Typed(long minor) =>
        ((decimal)minor / Units).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>For a reader.</summary>
    internal static string Said(Words words, long minor) =>
        words.Number(minor / Units) + words["number.decimal"]
        + (minor % Units).ToString("00", CultureInfo.InvariantCulture);
}
