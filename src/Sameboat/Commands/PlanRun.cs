using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary>Reads, runs the chain, writes: the work of <c>plan</c>.</summary>
internal static class PlanRun
{
    internal static int Run(Terminal terminal, PlanRequest request)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(request.Cases)}");
        var pack = DiseasePacks.Carried(request.Disease);
        var cases = CaseFileReader.Read(request.Cases, request.Deaths);
        var offers = OfferFileReader.Read(request.Offers, text => Find(pack, text));
        var faults = new FaultList();
        faults.AddAll(cases.Faults);
        faults.AddAll(offers.Faults);
        if (!cases.IsRead || !offers.IsRead)
        {
            return Answer.Refuse(terminal, faults);
        }

        var settings = SettingsOf(request, cases.Value, pack, out var refusal);
        if (settings is null)
        {
            return Answer.Refuse(terminal, refusal!);
        }

        var input = InputOf(cases.Value, offers.Value, settings);
        ImmutableArray<string> remarks =
            [.. cases.Remarks, .. offers.Remarks, .. input.Population?.Remarks ?? []];
        using var folder = OutputFolder.Begin(request.Output, out refusal);
        using var key = folder is null ? null : RunKey.Open(request.Key, out refusal);
        if (folder is null || key is null)
        {
            return Answer.Refuse(terminal, refusal!);
        }

        progress.Next("assessing");
        var result = ChainRun.Run(input, settings, new Steps(progress, input.Cases.Length));
        progress.Next($"writing {request.Output}");
        try
        {
            RunFiles.Write(folder, result, HeaderOf(request, settings, remarks), key);
            folder.Commit();
        }
        catch (IOException problem)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                request.Output, 0, 0, problem.Message, "a place with room for the results; nothing was left behind"));
        }

        progress.Dispose();
        Answer.Remark(terminal, remarks);
        Summarise(terminal, request, result, key);
        return ExitCode.Done;
    }

    private static KnownItem? Find(DiseasePack pack, string text) =>
        pack.TryFindItem(text, out var item)
            ? new KnownItem(item.Code, item.Unit, item.PackSize, item.Kind == ItemKind.Vaccine)
            : null;

    private static ChainSettings? SettingsOf(PlanRequest request, CaseFile cases, DiseasePack pack, out Fault? refusal)
    {
        var first = cases.Cases.Min(series => series.First);
        var last = cases.Cases.Max(series => series.Last);
        var asOf = request.AsOf ?? last;
        refusal = asOf >= first && asOf <= last
            ? null
            : Fault.Describe("--as-of", 0, 0, asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture,
                    $"a day that {InputSource.NameOf(request.Cases)} covers, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}"));
        return refusal is null ? new ChainSettings(asOf, request.Weeks, request.Seed, pack) : null;
    }

    private static ChainInput InputOf(CaseFile cases, OfferFile offers, ChainSettings settings)
    {
        var known = cases.Cases.Where(series => series.First <= settings.AsOf);
        var pool = offers.Deliveries.IsEmpty ? null : DeliveryPool.Of(offers.Deliveries, settings.Pack);
        return new ChainInput([.. known], cases.Deaths, offers.Offers, pool);
    }

    private static RunHeader HeaderOf(
        PlanRequest request, ChainSettings settings, ImmutableArray<string> remarks) => new(
        settings.AsOf,
        settings.Weeks,
        settings.Seed,
        settings.Pack.Code,
        settings.Pack.Version,
        SameboatProgram.Version,
        [
            .. new[] { request.Cases, request.Deaths, request.Offers }
                .Where(path => path is not null && path != OutputFile.Standard)
                .Select(path => DigestOf(path!)),
        ],
        remarks);

    private static FileDigest DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return new FileDigest(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private static void Summarise(Terminal terminal, PlanRequest request, ChainResult result, SigningKey key)
    {
        var lines = result.Rounds.Sum(round => round.Result.Lines.Length);
        var needs = result.Places.Sum(place => place.Need.Length);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Places.Length:N0} places as of {result.Settings.AsOf:yyyy-MM-dd}, {needs:N0} needs, "
            + $"{result.Rounds.Length:N0} items divided in {lines:N0} lines"));
        terminal.Output.WriteLine($"wrote {request.Output}; open {Path.Combine(request.Output, RunFiles.ReportName)}");
        terminal.Output.WriteLine($"signed by {key.VerifierKey}");
    }

    /// <summary>Tells the progress line how many places are done.</summary>
    private sealed class Steps(Progress progress, int places) : IProgress<double>
    {
        public void Report(double value) => progress.Next(string.Create(
            CultureInfo.InvariantCulture, $"assessing, {(int)(value * places):N0} of {places:N0} places"));
    }
}
