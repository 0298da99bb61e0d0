using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Server.Contributions;

/// <summary>Money of one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Pledged">Minor units said and not bound; in no total.</param>
/// <param name="Committed">Minor units bound.</param>
/// <param name="Paid">Minor units paid, part of what is bound.</param>
internal sealed record CurrencyTotal(string Currency, long Pledged, long Committed, long Paid);

/// <summary>One use of a rate.</summary>
/// <param name="Subject">The contribution.</param>
/// <param name="Use">committed, or paid for a payment with a rate of its own.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Rate">United States dollars for one unit, as its donor states it.</param>
/// <param name="Day">Day number of the rate.</param>
/// <param name="Minor">Minor units of the currency that were turned.</param>
/// <param name="Cents">United States cents that they came to.</param>
internal sealed record RateUse(
    string Subject, string Use, string Currency, string Rate, int? Day, long Minor, long Cents);

/// <summary>Money of one outbreak.</summary>
/// <param name="Currencies">By currency; these are exact.</param>
/// <param name="CommittedCents">United States cents bound, of contributions with a rate.</param>
/// <param name="PaidCents">Cents paid, each payment at its own rate where it states one.</param>
/// <param name="CommittedByYear">Cents bound by the year that they are for.</param>
/// <param name="Rates">Every rate used.</param>
/// <param name="WithoutRate">Bound contributions that state no rate and are in no sum of dollars.</param>
internal sealed record MoneyTotals(
    ImmutableArray<CurrencyTotal> Currencies, long CommittedCents, long PaidCents,
    ImmutableSortedDictionary<int, long> CommittedByYear, ImmutableArray<RateUse> Rates,
    ImmutableArray<string> WithoutRate);

/// <summary>
/// Adds up contributions. What is pledged is in no total. Dollars are made with the rates that donors state, and every
/// use of one is listed; a contribution without a rate is in no sum of dollars. Pure.
/// </summary>
internal static class ContributionTotals
{
    private const string Dollar = "USD";
    private const int CentsDigits = 2;

    // ISO 4217: the currencies whose minor unit is not a hundredth.
    private static readonly FrozenDictionary<string, int> Digits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BHD"] = 3, ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["IQD"] = 3, ["ISK"] = 0, ["JOD"] = 3,
        ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["PYG"] = 0, ["RWF"] = 0,
        ["TND"] = 3, ["UGX"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The totals.</summary>
    internal static MoneyTotals Of(IReadOnlyList<ContributionRow> contributions, IEnumerable<PaymentRow> payments)
    {
        var paid = payments.ToLookup(payment => payment.Subject, StringComparer.Ordinal);
        var uses = ImmutableArray.CreateBuilder<RateUse>();
        var without = ImmutableArray.CreateBuilder<string>();
        var years = new SortedDictionary<int, long>();
        long committedCents = 0;
        long paidCents = 0;
        foreach (var row in contributions.Where(row => row.Committed > 0)
            .OrderBy(row => row.Subject, StringComparer.Ordinal))
        {
            if (Use(row, "committed", row.Rate, row.RateDay, row.Committed) is not { } bound)
            {
                without.Add(row.Subject);
                continue;
            }

            uses.Add(bound);
            committedCents += bound.Cents;
            Spread(years, row, bound.Cents);
            foreach (var payment in paid[row.Subject].OrderBy(payment => payment.Payment))
            {
                var own = payment.Rate.Length > 0;
                var use = Use(
                    row, "paid", own ? payment.Rate : row.Rate, own ? payment.RateDay : row.RateDay, payment.Amount)!;
                uses.Add(use);
                paidCents += use.Cents;
            }
        }

        return new MoneyTotals(
            [
                .. contributions.GroupBy(row => row.Currency, StringComparer.Ordinal)
                    .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                    .Select(currency => new CurrencyTotal(
                        currency.Key,
                        currency.Where(row => row.State == nameof(ContributionState.Pledged)).Sum(row => row.Amount),
                        currency.Sum(row => row.Committed),
                        currency.Sum(row => row.Paid))),
            ],
            committedCents, paidCents, years.ToImmutableSortedDictionary(), uses.ToImmutable(), without.ToImmutable());
    }

    private static RateUse? Use(ContributionRow row, string use, string rate, int? day, long minor)
    {
        var stated = row.Currency == Dollar ? "1" : rate;
        return decimal.TryParse(stated, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars)
            ? new RateUse(row.Subject, use, row.Currency, stated, day, minor, Cents(row.Currency, minor, dollars))
            : null;
    }

    // Cents, halves to even.
    private static long Cents(string currency, long minor, decimal rate)
    {
        decimal units = minor;
        for (var digit = Digits.GetValueOrDefault(currency, CentsDigits); digit > 0; digit--)
        {
            units /= 10;
        }

        return (long)Math.Round(units * rate * 100, MidpointRounding.ToEven);
    }

    // As the donor splits it; where it does not, in equal parts, what is left over cent by cent from the first year.
    private static void Spread(SortedDictionary<int, long> years, ContributionRow row, long cents)
    {
        var parts = row.ByYear.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(':'))
            .Select(part => (
                Year: int.Parse(part[0], CultureInfo.InvariantCulture),
                Share: long.Parse(part[1], CultureInfo.InvariantCulture)))
            .ToList();
        if (parts.Count == 0)
        {
            parts = [.. Enumerable.Range(row.FirstYear, row.LastYear - row.FirstYear + 1).Select(year => (year, 1L))];
        }

        var whole = parts.Sum(part => part.Share);
        var given = parts.Select(part => (long)((Int128)cents * part.Share / whole)).ToArray();
        var left = (int)(cents - given.Sum());
        for (var at = 0; at < left; at++)
        {
            given[at]++;
        }

        foreach (var (part, amount) in parts.Zip(given))
        {
            years[part.Year] = years.GetValueOrDefault(part.Year) + amount;
        }
    }
}
