using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Tables;

/// <summary>The form of every table of a run. The guide explains each column.</summary>
internal static class RunForms
{
    public static TableForm<LotRow> Lots { get; } = new(
        "lots.csv",
        ["lot", "donor", "item", "quantity", "unit", "pack", "origin", "available", "expires", "cold_chain", "only_for",
            "planned", "left", "note"],
        (table, row) => table.Add(row.Lot).Add(row.Donor).Add(row.Item.ToString()).Add(row.Quantity).Add(row.Unit)
            .Add(row.Pack).Add(row.Origin.ToString()).Add(row.Available).Add(row.Expires).Add(row.ColdChain)
            .Add(string.Join(' ', row.OnlyFor)).Add(row.Planned).Add(row.Quantity - row.Planned).Add(row.Note),
        cells =>
        {
            var row = new LotRow(cells.Text(), cells.Text(), cells.Item(), cells.Whole(), cells.Text(), cells.Whole(),
                cells.OptionalPlace(), cells.OptionalDay(), cells.OptionalDay(), cells.YesOrNo(), cells.Places(),
                cells.Whole(), "");
            cells.Whole();
            return row with { Note = cells.Text() };
        });

    public static TableForm<AssessmentRow> Assessments { get; } = new(
        "assessment.csv",
        ["place", "name", "population", "last_report", "cases_last_week", "cases_week_before", "r_mean", "r_q0.025",
            "r_q0.975", "p_r_above_1", "doubling_time_days", "trend", "days_changed"],
        (table, row) => table.Add(row.Place.ToString()).Add(row.Name).Add(row.Population).Add(row.LastReport)
            .Add(row.CasesLastWeek).Add(row.CasesWeekBefore).Add(row.Reproduction).Add(row.ReproductionLow)
            .Add(row.ReproductionHigh).Add(row.ProbabilityAboveOne).Add(row.DoublingTimeDays)
            .Add(TableWords.Of(row.Trend)).Add(row.DaysChanged),
        cells => new AssessmentRow(cells.Place(), cells.Text(), cells.Whole(), cells.OptionalDay(), cells.Number(),
            cells.Number(), cells.OptionalNumber(), cells.OptionalNumber(), cells.OptionalNumber(),
            cells.OptionalNumber(), cells.OptionalNumber(), cells.Word<Trend>(), cells.Whole()));

    public static TableForm<ForecastRow> Forecasts { get; } = new(
        "forecast.csv",
        ["place", "target", "horizon", "target_end_date",
            .. ForecastQuantiles.Levels.Select(level => string.Create(CultureInfo.InvariantCulture, $"q{level}"))],
        (table, row) =>
        {
            table.Add(row.Place.ToString()).Add(TableWords.Of(row.Target)).Add(row.Horizon).Add(row.WeekEnd);
            foreach (var quantile in row.Quantiles)
            {
                table.Add(quantile);
            }
        },
        cells =>
        {
            var row = new ForecastRow(cells.Place(), cells.Word<Indicator>(),
                (int)Math.Clamp(cells.Whole(), 0, int.MaxValue), cells.Day(), []);
            var quantiles = ImmutableArray.CreateBuilder<double>(ForecastQuantiles.Levels.Length);
            while (quantiles.Count < ForecastQuantiles.Levels.Length)
            {
                quantiles.Add(cells.Number());
            }

            return row with { Quantiles = quantiles.MoveToImmutable() };
        });

    public static TableForm<WeekRow> CaseWeeks { get; } = new(
        "weeks.csv",
        ["place", "week_begins", "kind", "cases", "cases_low", "cases_high"],
        (table, row) => table.Add(row.Place.ToString()).Add(row.WeekBegins)
            .Add(row.IsForecast ? "forecast" : "reported").Add(row.Cases).Add(row.Low).Add(row.High),
        cells => new WeekRow(cells.Place(), cells.Day(), cells.OneOf("reported", "forecast") == 1, cells.Number(),
            cells.Number(), cells.Number()));

    public static TableForm<NeedRow> Needs { get; } = new(
        "need.csv",
        ["place", "item", "unit", "quantity", "quantity_low", "quantity_high", "basis"],
        (table, row) => table.Add(row.Place.ToString()).Add(row.Line.Item.ToString()).Add(row.Line.Unit)
            .Add(row.Line.Quantity).Add(row.Line.QuantityLow).Add(row.Line.QuantityHigh).Add(row.Line.Basis),
        cells =>
        {
            var place = cells.Place();
            var line = new NeedLine(cells.Item(), cells.Text(), cells.Whole(), "")
            {
                QuantityLow = cells.Whole(),
                QuantityHigh = cells.Whole(),
            };
            return new NeedRow(place, line with { Basis = cells.Text() });
        });

    public static TableForm<PlanRow> Plan { get; } = new(
        "plan.csv",
        ["lot", "donor", "recipient", "item", "quantity", "reason"],
        (table, row) => table.Add(row.Lot).Add(row.Donor).Add(row.Recipient.ToString()).Add(row.Item.ToString())
            .Add(row.Quantity).Add(row.Reason),
        cells => new PlanRow(
            cells.Text(), cells.Text(), cells.Place(), cells.Item(), cells.Whole(), cells.Text()));

    public static TableForm<CoverageRow> Coverage { get; } = new(
        "coverage.csv",
        ["place", "item", "unit", "need", "before", "planned", "unmet", "coverage", "reason"],
        (table, row) => table.Add(row.Place.ToString()).Add(row.Item.ToString()).Add(row.Unit).Add(row.Need)
            .Add(row.Before).Add(row.Planned).Add(row.Unmet)
            .Add((double)(row.Before + row.Planned) / row.Need).Add(row.Reason),
        cells =>
        {
            var row = new CoverageRow(cells.Place(), cells.Item(), cells.Text(), cells.Whole(), cells.Whole(),
                cells.Whole(), cells.Whole(), "");
            cells.Number();
            return row with { Reason = cells.Text() };
        });

    public static TableForm<CleaningChange> Cleaning { get; } = new(
        "cleaning.csv",
        ["place", "indicator", "day", "rule", "reported", "cleaned"],
        (table, row) => table.Add(row.Place.ToString()).Add(TableWords.Of(row.Indicator)).Add(row.Day)
            .Add(TableWords.Of(row.Rule)).Add(row.Reported).Add(row.Cleaned),
        cells => new CleaningChange(cells.Place(), cells.Word<Indicator>(), cells.Day(), cells.Word<CleaningRule>(),
            (long?)cells.OptionalNumber(), cells.Number()));

    public static TableForm<ComparisonRow> Comparison { get; } = new(
        "comparison.csv",
        ["place", "population", "need", "bought", "given", "fair", "coverage_given", "coverage_fair"],
        (table, row) => table.Add(row.Place.ToString()).Add(row.Population).Add(row.Need).Add(row.Bought)
            .Add(row.Given).Add(row.Fair).Add(row.CoverageGiven).Add(row.CoverageFair),
        cells =>
        {
            var row = new ComparisonRow(
                cells.Place(), cells.Whole(), cells.Whole(), cells.Whole(), cells.Whole(), cells.Whole());
            cells.Number();
            cells.Number();
            return row;
        });
}
