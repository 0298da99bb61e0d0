using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>
/// Verifies a run from its files alone: that its log is whole and signed, that quantities are conserved from need and
/// lot to plan and coverage, that the need can be estimated again, that every certificate proves its plan, and that
/// the files are those that were signed. Nothing in the folder is trusted before it is checked.
/// </summary>
public static class RunCheck
{
    /// <summary>Checks a folder, stopping at the first part that does not hold.</summary>
    /// <param name="folder">The folder that <c>plan</c> wrote.</param>
    /// <param name="pinned">The key the reader was told of by another way; null takes the one in the folder.</param>
    public static RunVerdict Check(string folder, VerifierKey? pinned)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var held = ImmutableArray.CreateBuilder<CheckedPart>();
        var faults = new FaultList();
        if (!Directory.Exists(folder))
        {
            faults.Add(Fault.Describe(folder, 0, 0, "no such folder", "a folder that plan wrote"));
            return Failed("files", [.. faults.Lines()]);
        }

        var files = RunFolder.Read(folder, faults);
        if (files is null)
        {
            return Failed("files", [.. faults.Lines()]);
        }

        var (tables, certificates) = files;
        Hold("files",
            $"{tables.Needs.Length:N0} needs, {tables.Lots.Length:N0} lots and {tables.Plan.Length:N0} plan lines");
        var signed = SignedRun.Read(folder, pinned, out var failure);
        if (signed is null)
        {
            return Failed("log", failure);
        }

        Hold("log", $"{signed.Entries.Length:N0} entries, signed by {signed.Signer}");
        var pack = PackOf(signed.Header);
        if (ConservationCheck.FirstFailure(files.Tables, signed.Header, pack) is { } unbalanced)
        {
            return Failed("conservation", unbalanced);
        }

        Hold("conservation", $"need, lots, plan and coverage agree unit by unit");
        if (pack is null)
        {
            Hold("need", $"not estimated again: this program does not carry {NameOf(signed.Header)}");
        }
        else if (NeedCheck.FirstFailure(files.Tables, signed.Header, pack) is { } misestimated)
        {
            return Failed("need", misestimated);
        }
        else
        {
            Hold("need", $"estimated again from weeks.csv with {NameOf(signed.Header)}, the same to the unit");
        }

        if (CertificateCheck.FirstFailure(files, signed.Header) is { } unproved)
        {
            return Failed("certificates", unproved);
        }

        Hold("certificates", $"{files.Certificates.Length:N0} plans proved in exact arithmetic");
        if (signed.Compare(folder, files.Tables) is { } changed)
        {
            return Failed("signed files", changed);
        }

        Hold("signed files", $"{signed.Files.Length:N0} files and every row as the log has them");
        return new RunVerdict(held.ToImmutable(), null, [], pinned is not null);

        void Hold(string part, FormattableString detail) =>
            held.Add(new CheckedPart(part, detail.ToString(CultureInfo.InvariantCulture)));

        RunVerdict Failed(string part, params ImmutableArray<string> lines) =>
            new(held.ToImmutable(), part, lines, pinned is not null);
    }

    private static string NameOf(RunHeader header) => $"{header.Disease} {header.DiseaseVersion}";

    private static DiseasePack? PackOf(RunHeader header)
    {
        var pack = DiseasePacks.Codes.Contains(header.Disease) ? DiseasePacks.Carried(header.Disease) : null;
        return pack?.Version == header.DiseaseVersion ? pack : null;
    }
}
