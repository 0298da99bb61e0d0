using System.Text;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>The report in files: tables, the text of <see cref="DonationText"/>, and plans that <c>check</c> proves.
/// </summary>
public static class DonationFiles
{
    /// <summary>The report for reading.</summary>
    public const string ReportName = "report.md";

    private static readonly string[] Compared =
    [
        "plan", "lowest", "median", "highest", "doses", "dose_km", "dose_km_stated", "km_per_dose", "shortest_proved",
    ];

    private static readonly string[] OfRecipients =
    [
        "place", "need", "bought", "given_coverage", "fair_coverage", "packed_coverage", "given_km_per_dose",
        "fair_km_per_dose", "packed_km_per_dose",
    ];

    private static readonly string[] OfDonors =
    [
        "donor", "doses", "recipients", "freed_lowest", "freed_dose_km", "bound_lowest", "bound_dose_km",
    ];

    /// <summary>Writes all files into the folder.</summary>
    public static void Write(OutputFolder folder, DonationReport report)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(report);
        folder.Write(ReportName, Encoding.UTF8.GetBytes(DonationText.Of(report)));
        folder.WriteTable("plans.csv", Compared, table => WriteOutcomes(table, report));
        folder.WriteTable("recipients.csv", OfRecipients, table => WriteRecipients(table, report));
        folder.WriteTable("earmarks.csv", OfDonors, table => WriteDonors(table, report));
        folder.WriteTable("lots.csv", ["lot", "donor", "product", "quantity", "pack", "doses_per_unit", "origin"],
            table => WriteLots(table, report));
        WritePlans(folder, report.Plans.Where(plan => !plan.InPacks), "divisible", divisible: true);
        WritePlans(folder, [report.Packed], "packs", divisible: false);
    }

    private static void WritePlans(
        OutputFolder folder, IEnumerable<DonationPlan> plans, string name, bool divisible)
    {
        using var instances = folder.Create($"{name}-instances.jsonl");
        using var answers = folder.Create($"{name}-plans.jsonl");
        foreach (var plan in plans)
        {
            InstanceJson.Write(instances, plan.Instance);
            PlanFile.WritePlan(answers, plan.Instance, plan.Plan, divisible, whatIf: null);
            answers.Write("\n"u8);
        }
    }

    private static void WriteOutcomes(CsvTable table, DonationReport report)
    {
        foreach (var one in report.Outcomes)
        {
            table.Add(one.Id).Add(one.Lowest.ToDouble()).Add(one.Median.ToDouble()).Add(one.Sorted[^1].ToDouble())
                .Add(one.Doses.ToDouble()).Add(one.DoseKm.ToDouble()).Add(one.StatedDoseKm.ToDouble())
                .Add(one.KmPerDose.ToDouble())
                .Add(one.IsShortest switch { true => "yes", false => "no", null => "" }).EndRow();
        }
    }

    private static void WriteRecipients(CsvTable table, DonationReport report)
    {
        DonationOutcome[] shown = [.. new[] { DonationReport.Given, DonationReport.Fair, DonationReport.FairPacks }
            .Select(id => report.Outcomes.Single(one => one.Id == id))];
        foreach (var (at, recipient) in report.Pool.Recipients.Index())
        {
            table.Add(recipient.Territory.Code.ToString()).Add(recipient.Need).Add(recipient.Bought);
            foreach (var one in shown)
            {
                table.Add(one.Coverage[at].ToDouble());
            }

            foreach (var one in shown)
            {
                table.Add(one.KmOf[at].ToDouble());
            }

            table.EndRow();
        }
    }

    private static void WriteDonors(CsvTable table, DonationReport report)
    {
        foreach (var one in report.Earmarks)
        {
            table.Add(one.Donor).Add(one.Doses.ToDouble()).Add(one.Recipients)
                .Add(one.Freed.Lowest.ToDouble()).Add(one.Freed.DoseKm.ToDouble())
                .Add(one.Bound.Lowest.ToDouble()).Add(one.Bound.DoseKm.ToDouble()).EndRow();
        }
    }

    private static void WriteLots(CsvTable table, DonationReport report)
    {
        foreach (var (at, lot) in report.Pool.Lots.Index())
        {
            table.Add(report.Packed.Instance.Lots[at]).Add(lot.Donor).Add(lot.Product).Add(lot.Quantity).Add(lot.Pack)
                .Add(lot.DosesPerUnit).Add(lot.Origin?.Code.ToString()).EndRow();
        }
    }
}
