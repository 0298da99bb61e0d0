using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Tables;

/// <summary>A lot as offered, and what became of it.</summary>
/// <param name="Lot">The donor's name of the lot, unique in the run.</param>
/// <param name="Donor">Who offers it, as written.</param>
/// <param name="Item">The item.</param>
/// <param name="Quantity">Units offered.</param>
/// <param name="Unit">The item's unit.</param>
/// <param name="Pack">Units that travel together.</param>
/// <param name="Origin">Where it is; none where not stated.</param>
/// <param name="Available">First day on which it can leave; null for at once.</param>
/// <param name="Expires">Last day of use; null where it does not expire.</param>
/// <param name="ColdChain">Whether it must be kept cold.</param>
/// <param name="OnlyFor">The only places it may go to; empty for every place.</param>
/// <param name="Planned">Units that the plan hands out.</param>
/// <param name="Note">Why it takes part in no round, or why some of it is left; otherwise empty.</param>
public sealed record LotRow(
    string Lot,
    string Donor,
    ItemCode Item,
    long Quantity,
    string Unit,
    long Pack,
    TerritoryCode Origin,
    DateOnly? Available,
    DateOnly? Expires,
    bool ColdChain,
    ImmutableArray<TerritoryCode> OnlyFor,
    long Planned,
    string Note);

/// <summary>The situation of a place in one line.</summary>
/// <param name="Place">The place.</param>
/// <param name="Name">Its English name.</param>
/// <param name="Population">Persons.</param>
/// <param name="LastReport">Last day with a report; null where there is none.</param>
/// <param name="CasesLastWeek">Cleaned cases of the seven days that end on the as-of day.</param>
/// <param name="CasesWeekBefore">Cleaned cases of the seven days before those.</param>
/// <param name="Reproduction">Mean R; null where it cannot be estimated, as for the two that follow.</param>
/// <param name="ReproductionLow">Its 2.5 % quantile.</param>
/// <param name="ReproductionHigh">Its 97.5 % quantile.</param>
/// <param name="ProbabilityAboveOne">P(R above 1), 0 to 1; null where it cannot be estimated.</param>
/// <param name="DoublingTimeDays">Days; negative for halving; null where too few cases or near steady.</param>
/// <param name="Trend">Growing, stable, declining, or too few to say.</param>
/// <param name="DaysChanged">Days whose counts were cleaned.</param>
public sealed record AssessmentRow(
    TerritoryCode Place,
    string Name,
    long Population,
    DateOnly? LastReport,
    double CasesLastWeek,
    double CasesWeekBefore,
    double? Reproduction,
    double? ReproductionLow,
    double? ReproductionHigh,
    double? ProbabilityAboveOne,
    double? DoublingTimeDays,
    Trend Trend,
    long DaysChanged);

/// <summary>The forecast of one week in 23 quantiles.</summary>
/// <param name="Place">The place.</param>
/// <param name="Target">Cases or deaths.</param>
/// <param name="Horizon">Weeks ahead, from 1.</param>
/// <param name="WeekEnd">Last day of the week.</param>
/// <param name="Quantiles">At the levels of <see cref="ForecastQuantiles.Levels"/>.</param>
public sealed record ForecastRow(
    TerritoryCode Place, Indicator Target, int Horizon, DateOnly WeekEnd, ImmutableArray<double> Quantiles);

/// <summary>One week of the cases that a need was estimated from.</summary>
/// <param name="Place">The place.</param>
/// <param name="WeekBegins">First of its seven days.</param>
/// <param name="IsForecast">False for a week reported and cleaned.</param>
/// <param name="Cases">The median where forecast.</param>
/// <param name="Low">The lower path; the same as <paramref name="Cases"/> where reported.</param>
/// <param name="High">The upper path, likewise.</param>
public sealed record WeekRow(
    TerritoryCode Place, DateOnly WeekBegins, bool IsForecast, double Cases, double Low, double High);

/// <summary>What a place needs of an item over the weeks of the plan.</summary>
/// <param name="Place">The place.</param>
/// <param name="Line">Item, unit, quantities and the sentence they rest on.</param>
public sealed record NeedRow(TerritoryCode Place, NeedLine Line);

/// <summary>Units of one lot for one recipient.</summary>
/// <param name="Lot">The lot.</param>
/// <param name="Donor">Its donor.</param>
/// <param name="Recipient">The recipient.</param>
/// <param name="Item">The item.</param>
/// <param name="Quantity">Units, whole packs.</param>
/// <param name="Reason">Why the recipient comes to what it comes to, in one sentence.</param>
public sealed record PlanRow(
    string Lot, string Donor, TerritoryCode Recipient, ItemCode Item, long Quantity, string Reason);

/// <summary>How far the plan goes for one place and item.</summary>
/// <param name="Place">The place.</param>
/// <param name="Item">The item.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Need">Units needed.</param>
/// <param name="Before">Units held before the plan.</param>
/// <param name="Planned">Units planned.</param>
/// <param name="Unmet">Units that stay unmet.</param>
/// <param name="Reason">Why; empty where nobody offers the item.</param>
public sealed record CoverageRow(
    TerritoryCode Place, ItemCode Item, string Unit, long Need, long Before, long Planned, long Unmet, string Reason);

/// <summary>What a recipient was given beside what a fair plan of the pool gives, in dose-equivalents.</summary>
/// <param name="Place">The recipient.</param>
/// <param name="Population">Persons.</param>
/// <param name="Need">Dose-equivalents needed.</param>
/// <param name="Bought">Bought by the recipient itself.</param>
/// <param name="Given">Given as it happened.</param>
/// <param name="Fair">Given by the fair plan of the same pool.</param>
public sealed record ComparisonRow(
    TerritoryCode Place, long Population, long Need, long Bought, long Given, long Fair)
{
    /// <summary>Share of the need covered as it happened.</summary>
    public double CoverageGiven => (double)(Bought + Given) / Need;

    /// <summary>Share of the need covered by the fair plan.</summary>
    public double CoverageFair => (double)(Bought + Fair) / Need;
}

/// <summary>A run as flat rows: what its files hold, what its entries say, and what a check reads back.</summary>
public sealed record RunTables(
    ImmutableArray<LotRow> Lots,
    ImmutableArray<AssessmentRow> Assessments,
    ImmutableArray<ForecastRow> Forecasts,
    ImmutableArray<WeekRow> CaseWeeks,
    ImmutableArray<NeedRow> Needs,
    ImmutableArray<PlanRow> Plan,
    ImmutableArray<CoverageRow> Coverage,
    ImmutableArray<CleaningChange> Cleaning,
    ImmutableArray<ComparisonRow> Comparison);
