using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Goods of one week. WHO's tool calls the table commodities_weekly.</summary>
/// <param name="Item">The item of the pack.</param>
/// <param name="ToolCategory">The category as WHO's tool writes it.</param>
/// <param name="ToolUnit">The unit as WHO's tool writes it.</param>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="Amount">Units in the week; null where there is no formula or a figure is unknown.</param>
public sealed record GoodsWeek(
    PackItem Item, string ToolCategory, string ToolUnit, DateOnly WeekBegins, DateOnly WeekEnds, double? Amount);

/// <summary>Units of one medicine over the whole horizon. WHO's tool calls the table pharma_forecast.</summary>
/// <param name="Item">The item of the pack.</param>
/// <param name="Drug">The drug as WHO's tool names it, without its strength.</param>
/// <param name="Mild">For mild cases.</param>
/// <param name="Moderate">For moderate cases.</param>
/// <param name="Severe">For severe cases.</param>
/// <param name="Critical">For critical cases.</param>
public sealed record MedicineTotal(
    PackItem Item, string Drug, double Mild, double Moderate, double Severe, double Critical);

/// <summary>
/// Protection of those who care for other diseases, over the whole horizon. WHO's tool calls the table
/// noncovid_essentials.
/// </summary>
/// <param name="Item">The item of the pack.</param>
/// <param name="Amounts">
/// Units by cadre: doctors, nurses, laboratory, midwives, dentists, physiotherapists, traditional practitioners,
/// community health workers, pharmacists.
/// </param>
public sealed record OtherCareTotal(PackItem Item, ImmutableArray<double> Amounts);
