using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>The report as Markdown.</summary>
internal static class DonationText
{
    private const double Million = 1e6;
    private const double Billion = 1e9;
    private const double SameLowest = 5e-6;

    public static string Of(DonationReport report)
    {
        var text = new StringBuilder();
        var (given, fair) = (report.Outcomes[0], Outcome(report, DonationReport.Fair));
        var unplaced = report.Pool.Lots.Where(lot => lot.Origin is null)
            .Aggregate(Rational.Zero, (sum, lot) => sum + (Rational.Of(lot.Quantity) * lot.DosesPerUnit));
        text.Append("# Donations divided again\n\n");
        Line(text, $"{report.Pool.Lots.Length} lots of {report.Pool.Donors.Length} donors for "
            + $"{report.Pool.Recipients.Length} recipients, {given.Doses.ToDouble() / Million:F1} million doses. "
            + $"{(unplaced / given.Doses).ToDouble():P1} of the doses start from no known place and count the mean "
            + $"distance of the others to each recipient.");
        text.Append('\n');
        Compare(text, report);
        Line(text, $"The fair plan takes {Signed(fair.DoseKm - given.DoseKm)} billion dose-km beside the deliveries as "
            + $"they were made, {Share(fair.DoseKm, given.DoseKm)}; "
            + $"{Signed(fair.DoseKm - Outcome(report, DonationReport.SameShorter).DoseKm)} beside the shortest way to "
            + $"give everybody what it was given, "
            + $"{Share(fair.DoseKm, Outcome(report, DonationReport.SameShorter).DoseKm)}; and "
            + $"{Signed(fair.DoseKm - Outcome(report, DonationReport.Shortest).DoseKm)} beside the shortest way to "
            + $"give the pool out without regard to fairness, "
            + $"{Share(fair.DoseKm, Outcome(report, DonationReport.Shortest).DoseKm)}.");
        text.Append("\n## Packs\n\n");
        Packs(text, report);
        text.Append("\n## What each donor's choice of recipients costs\n\n");
        Donors(text, report);
        return text.ToString();
    }

    private static DonationOutcome Outcome(DonationReport report, string id) =>
        report.Outcomes.Single(one => one.Id == id);

    private static void Compare(StringBuilder text, DonationReport report)
    {
        text.Append("| pool given out | lowest | median | highest | billion dose-km | km a dose | "
            + "shortest, proved |\n");
        text.Append("|---|---:|---:|---:|---:|---:|---|\n");
        foreach (var one in report.Outcomes)
        {
            Line(text, $"| {one.Id} | {one.Lowest.ToDouble():P2} | {one.Median.ToDouble():P2} | "
                + $"{one.Sorted[^1].ToDouble():P2} | {one.DoseKm.ToDouble() / Billion:N1} | "
                + $"{one.KmPerDose.ToDouble():N0} | "
                + $"{one.IsShortest switch { true => "yes", false => "no", null => "" }} |");
        }

        text.Append('\n');
    }

    private static void Packs(StringBuilder text, DonationReport report)
    {
        text.Append("| product | doses in a pack | lots | doses that fill no pack |\n|---|---:|---:|---:|\n");
        foreach (var product in report.Pool.Lots.GroupBy(lot => lot.Product)
            .OrderBy(product => product.Key, StringComparer.Ordinal))
        {
            var left = product.Aggregate(Rational.Zero,
                (sum, lot) => sum + (Rational.Of(lot.Quantity % lot.Pack) * lot.DosesPerUnit));
            var pack = product.Max(lot => Rational.Of(lot.Pack) * lot.DosesPerUnit);
            Line(text, $"| {(product.Key.Length == 0 ? "not stated" : product.Key)} | {pack.ToDouble():N0} | "
                + $"{product.Count()} | {left.ToDouble():N0} |");
        }

        var packed = report.Packed;
        var worst = packed.Plan.Shares.Max(share => share.PackGap);
        text.Append('\n');
        Line(text, $"In whole packs nobody is more than {worst.ToDouble() * 100:F4} points below the fair share.");
    }

    private static void Donors(StringBuilder text, DonationReport report)
    {
        var (bound, free) = (Outcome(report, DonationReport.Bound), Outcome(report, DonationReport.Fair));
        text.Append("«Freed»: this donor gives to anybody, all others to their own recipients. «Bound»: this donor "
            + "keeps to its own, all others give to anybody. Changes of the lowest coverage in points, of transport in "
            + "million dose-km.\n\n");
        text.Append("| donor | million doses | recipients | freed: lowest | better | worse | freed: transport | "
            + "bound: lowest | bound: transport |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var one in report.Earmarks.OrderBy(one => one.Freed.DoseKm)
            .ThenBy(one => one.Donor, StringComparer.Ordinal))
        {
            Line(text, $"| {one.Donor} | {one.Doses.ToDouble() / Million:F2} | {one.Recipients} | "
                + $"{Points(one.Freed.Lowest - bound.Lowest)} | {Count(one.Freed, bound, higher: true)} | "
                + $"{Count(one.Freed, bound, higher: false)} | {Millions(one.Freed.DoseKm - bound.DoseKm)} | "
                + $"{Points(one.Bound.Lowest - free.Lowest)} | {Millions(one.Bound.DoseKm - free.DoseKm)} |");
        }

        Line(text, $"| all | {report.Outcomes[0].Doses.ToDouble() / Million:F2} | {report.Pool.Recipients.Length} | "
            + $"{Points(free.Lowest - bound.Lowest)} | {Count(free, bound, higher: true)} | "
            + $"{Count(free, bound, higher: false)} | {Millions(free.DoseKm - bound.DoseKm)} | "
            + $"{Points(bound.Lowest - free.Lowest)} | {Millions(bound.DoseKm - free.DoseKm)} |");
    }

    private static int Count(DonationOutcome one, DonationOutcome other, bool higher) => one.Coverage.Index()
        .Count(share => higher ? share.Item > other.Coverage[share.Index] : share.Item < other.Coverage[share.Index]);

    private static string Points(Rational change) => Math.Abs(change.ToDouble()) < SameLowest
        ? "0" : string.Create(CultureInfo.InvariantCulture, $"{change.ToDouble() * 100:+0.000;-0.000}");

    private static string Millions(Rational change) =>
        string.Create(CultureInfo.InvariantCulture, $"{change.ToDouble() / Million:+#,0.0;-#,0.0;0}");

    private static string Signed(Rational change) =>
        string.Create(CultureInfo.InvariantCulture, $"{change.ToDouble() / Billion:+#,0.0;-#,0.0;0}");

    private static string Share(Rational part, Rational whole) => whole == Rational.Zero
        ? "no measure" : string.Create(CultureInfo.InvariantCulture, $"{(part / whole).ToDouble():P1} of it");

    private static void Line(
        StringBuilder text, [InterpolatedStringHandlerArgument(nameof(text))] ref InvariantText line)
    {
        _ = line;
        text.Append('\n');
    }

    /// <summary>A line whose numbers are written alike everywhere.</summary>
    [InterpolatedStringHandler]
    private ref struct InvariantText(int literalLength, int holes, StringBuilder text)
    {
        private StringBuilder.AppendInterpolatedStringHandler _text =
            new(literalLength, holes, text, CultureInfo.InvariantCulture);

        public void AppendLiteral(string words) => _text.AppendLiteral(words);

        public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);
    }
}
