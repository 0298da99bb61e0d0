using System.Collections.Immutable;
using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat score</c>: forecasts beside what came and beside other forecasts.</summary>
internal static class ScoreCommand
{
    private const string AllHorizons = "all";

    private static readonly string[] Columns =
    [
        "model", "target", "horizon", "targets", "wis", "dispersion", "underprediction", "overprediction",
        "log_wis", "coverage_50", "coverage_95", "relative_skill", "relative_skill_0.025", "relative_skill_0.975",
        .. Enumerable.Range(1, ForecastScoring.PitBins).Select(bin => FormattableString.Invariant($"pit_{bin}")),
    ];

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var forecasts = OptionOf.Path(
            "--forecasts", "Quantile forecasts, wide or as a hub has them; - for standard input.");
        var model = new Option<string?>("--model")
        {
            Description = "Which model of --forecasts, where its column model_id names several.",
            HelpName = "NAME",
        };
        var truth = OptionOf.Path(
            "--truth", "What came: location,target,target_end_date,value, with n_days and anomaly where known.");
        var references = new Option<string[]>("--reference")
        {
            Description = "Forecasts to compare with; may be repeated. The first one is the measure of relative skill.",
            HelpName = "FILE",
        };
        var output = OptionOf.Path("--out", "Where to write the scores; - for standard output.");
        var command = new Command(
            "score", "Scores forecasts on the targets that they, the outcomes and every reference have.")
        {
            forecasts, model, truth, references, output,
        };
        command.SetAction(parsed => Run(
            terminal,
            [parsed.GetRequiredValue(forecasts), .. parsed.GetValue(references) ?? []],
            parsed.GetValue(model),
            parsed.GetRequiredValue(truth),
            parsed.GetRequiredValue(output)));
        return new DeclaredCommand(command,
            "sameboat score --forecasts ours.csv --truth truth.csv --reference baseline.csv --out scores.csv");
    }

    private static int Run(Terminal terminal, string[] files, string? model, string truthFile, string output)
    {
        using var progress = Progress.Begin(terminal, "reading forecasts");
        var readings = files.Select(
            (file, index) => ForecastFileReader.Read(file, index == 0 ? model : null)).ToArray();
        var truth = TruthFileReader.Read(truthFile);
        var faults = new FaultList();
        foreach (var reading in readings)
        {
            faults.AddAll(reading.Faults);
        }

        faults.AddAll(truth.Faults);
        if (!faults.IsEmpty)
        {
            return Answer.Refuse(terminal, faults);
        }

        progress.Next("scoring");
        var models = Array.ConvertAll(readings, reading => reading.Value!);
        var summaries = ForecastScoring.Score(models, truth.Value!.Weekly, truth.Value.Flagged);
        if (summaries.IsEmpty)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(files[0]), 0, 0, "no target that the outcomes and every reference have",
                "at least one place, target and week in common"));
        }

        if (OutputFile.Write(output, stream => Write(stream, summaries)) is { } refusal)
        {
            return Answer.Refuse(terminal, refusal);
        }

        Answer.Remark(terminal, readings.SelectMany(reading => reading.Remarks));
        Answer.Remark(terminal,
        [
            FormattableString.Invariant(
                $"weeks left out: {truth.Value.Incomplete:N0} incomplete, {truth.Value.Flagged.Count:N0} flagged ")
            + "as anomalies, the latter also as last week before a forecast",
        ]);
        return ExitCode.Done;
    }

    private static void Write(Stream stream, ImmutableArray<ScoreSummary> summaries)
    {
        using var table = new CsvTable(stream, Columns);
        foreach (var summary in summaries)
        {
            table.Add(summary.Model).Add(TargetNames.Word(summary.Indicator));
            _ = summary.Horizon is { } horizon ? table.Add(horizon) : table.Add(AllHorizons);
            table.Add(summary.Targets)
                .Add(summary.Score.Total).Add(summary.Score.Dispersion)
                .Add(summary.Score.Underprediction).Add(summary.Score.Overprediction)
                .Add(summary.LogScore.Total).Add(summary.Coverage50).Add(summary.Coverage95)
                .Add(summary.RelativeSkill?.Ratio).Add(summary.RelativeSkill?.Low).Add(summary.RelativeSkill?.High);
            foreach (var share in summary.Pit)
            {
                table.Add(share);
            }

            table.EndRow();
        }
    }
}
