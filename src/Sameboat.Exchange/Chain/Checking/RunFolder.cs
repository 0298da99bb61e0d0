using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>The tables and certificates of a run as its folder holds them.</summary>
internal sealed record RunFolder(RunTables Tables, ImmutableArray<ItemCertificate> Certificates)
{
    /// <summary>Reads a folder; null with at least one fault where a file is absent or malformed.</summary>
    public static RunFolder? Read(string folder, FaultList faults)
    {
        var hasComparison = File.Exists(Path.Combine(folder, RunForms.Comparison.File));
        var tables = new RunTables(
            RunForms.Lots.FromFile(folder, faults),
            RunForms.Assessments.FromFile(folder, faults),
            RunForms.Forecasts.FromFile(folder, faults),
            RunForms.CaseWeeks.FromFile(folder, faults),
            RunForms.Needs.FromFile(folder, faults),
            RunForms.Plan.FromFile(folder, faults),
            RunForms.Coverage.FromFile(folder, faults),
            RunForms.Cleaning.FromFile(folder, faults),
            hasComparison ? RunForms.Comparison.FromFile(folder, faults) : []);
        var certificates = ReadCertificates(folder, faults);
        return faults.IsEmpty ? new RunFolder(tables, certificates) : null;
    }

    private static ImmutableArray<ItemCertificate> ReadCertificates(string folder, FaultList faults)
    {
        using var stream = InputSource.Open(Path.Combine(folder, RunFiles.CertificatesName), faults);
        if (stream is null)
        {
            return [];
        }

        var reading = CertificateJson.Read(stream);
        if (reading.Fault is not null)
        {
            faults.Add(Fault.Describe(RunFiles.CertificatesName, 0, 0, reading.Fault,
                "certificates as docs/methods/certificates.md has them"));
        }

        return reading.Items;
    }
}
