using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Files;
using Sameboat.Exchange.Reports;
using Sameboat.Record;

namespace Sameboat.Exchange.Chain;

/// <summary>The files of a run: tables, certificates, report, and the log that binds them.</summary>
public static class RunFiles
{
    /// <summary>The certificates of all rounds.</summary>
    public const string CertificatesName = "certificates.json";

    /// <summary>The report for readers.</summary>
    public const string ReportName = "report.html";

    /// <summary>The folder of the log.</summary>
    public const string LogFolder = "log";

    /// <summary>The log's public key, inside its folder.</summary>
    public const string KeyName = "verifier-key.txt";

    /// <summary>Writes every file of a run; the log last.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="result">The run.</param>
    /// <param name="header">What it was made with.</param>
    /// <param name="key">The key that signs its log, named <see cref="RunRecord.Origin"/>.</param>
    public static void Write(OutputFolder folder, ChainResult result, RunHeader header, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(key);
        var tables = result.TablesOf();
        var digests = new List<FileDigest>();
        foreach (var (name, bytes) in FilesOf(result, header, tables))
        {
            folder.Write(name, bytes);
            digests.Add(FileDigest.Of(name, bytes));
        }

        var entries = RunRecord.EntriesOf(header, tables, digests).Select(entry => entry.ToCanonicalBytes());
        foreach (var file in LogFiles.Build(RunRecord.Origin, key, entries))
        {
            folder.Write($"{LogFolder}/{file.Path}", file.Bytes.Span);
        }

        folder.Write($"{LogFolder}/{KeyName}", System.Text.Encoding.UTF8.GetBytes(key.VerifierKey + "\n"));
    }

    private static IEnumerable<(string Name, byte[] Bytes)> FilesOf(
        ChainResult result, RunHeader header, RunTables tables)
    {
        yield return (RunForms.Lots.File, RunForms.Lots.ToBytes(tables.Lots));
        yield return (RunForms.Assessments.File, RunForms.Assessments.ToBytes(tables.Assessments));
        yield return (RunForms.Cleaning.File, RunForms.Cleaning.ToBytes(tables.Cleaning));
        yield return (RunForms.Forecasts.File, RunForms.Forecasts.ToBytes(tables.Forecasts));
        yield return (RunForms.CaseWeeks.File, RunForms.CaseWeeks.ToBytes(tables.CaseWeeks));
        yield return (RunForms.Needs.File, RunForms.Needs.ToBytes(tables.Needs));
        yield return (RunForms.Plan.File, RunForms.Plan.ToBytes(tables.Plan));
        yield return (RunForms.Coverage.File, RunForms.Coverage.ToBytes(tables.Coverage));
        if (!tables.Comparison.IsEmpty)
        {
            yield return (RunForms.Comparison.File, RunForms.Comparison.ToBytes(tables.Comparison));
        }

        using var certificates = new MemoryStream();
        CertificateJson.Write(certificates, result.Rounds.Select(round =>
            new ItemCertificate(round.Item.Code, round.Result.ToCertificate())));
        yield return (CertificatesName, certificates.ToArray());
        yield return (ReportName, System.Text.Encoding.UTF8.GetBytes(ReportPage.Render(result, header, tables)));
    }
}
