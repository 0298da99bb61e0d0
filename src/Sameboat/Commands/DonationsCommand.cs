using System.CommandLine;
using System.Globalization;
using Sameboat.Exchange.Chain.Donations;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary><c>sameboat donations</c>: a record of vaccine donations beside a fair plan of the same pool.</summary>
internal static class DonationsCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var record = OptionOf.Path("--deliveries", "A record of vaccine deliveries by donor, as HDX publishes it.");
        var disease = OptionOf.Disease();
        var seed = OptionOf.Seed("Seed of the lottery among equals.", 0);
        var output = OptionOf.Path("--out", "The folder to write; one that an earlier run wrote is replaced.", "DIR");
        var command = new Command("donations",
            "Divides recorded vaccine donations again: whole packs, transport, the price of each donor's choice.")
        {
            record, disease, seed, output,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(record),
            DiseasePacks.Carried(parsed.GetValue(disease)!), parsed.GetValue(seed), parsed.GetRequiredValue(output)));
        return new DeclaredCommand(
            command, "sameboat donations --deliveries covax_deliveries_by_donor.csv --out out/donations");
    }

    private static int Run(Terminal terminal, string record, DiseasePack pack, ulong seed, string output)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(record)}");
        var read = OfferFileReader.Read(record, _ => null);
        if (!read.IsRead)
        {
            return Answer.Refuse(terminal, read.Faults);
        }

        if (read.Value.Deliveries.IsEmpty)
        {
            return Answer.Refuse(terminal, Fault.Describe(InputSource.NameOf(record), 0, 0,
                "offers", "a record of deliveries, with columns Country, ISO3, Vaccine, Funder and Doses"));
        }

        if (DonatedPool.Of(read.Value.Deliveries, pack) is not { Lots.IsEmpty: false, Recipients.IsEmpty: false } pool)
        {
            return Answer.Refuse(terminal, Fault.Describe(InputSource.NameOf(record), 0, 0,
                $"no donation that counts towards a vaccine of {pack.Code}",
                "at least one delivery that its recipient did not buy"));
        }

        using var folder = OutputFolder.Begin(output, out var refusal);
        if (folder is null)
        {
            return Answer.Refuse(terminal, refusal!);
        }

        var report = DonationReport.Of(pool, seed, new Steps(progress));
        try
        {
            DonationFiles.Write(folder, report);
            folder.Commit();
        }
        catch (IOException problem)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                output, 0, 0, problem.Message, "a place with room for the results; nothing was left behind"));
        }

        progress.Dispose();
        Answer.Remark(terminal, read.Remarks);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pool.Lots.Length:N0} lots divided again among {pool.Recipients.Length:N0} recipients; "
            + $"every plan proved"));
        terminal.Output.WriteLine($"wrote {output}; read {Path.Combine(output, DonationFiles.ReportName)}");
        return ExitCode.Done;
    }

    private sealed class Steps(Progress progress) : IProgress<double>
    {
        public void Report(double value) =>
            progress.Next(string.Create(CultureInfo.InvariantCulture, $"dividing, {(int)(value * 100)} of 100"));
    }
}
