using System.Collections.Frozen;

namespace Sameboat.Supplies;

/// <summary>Which formula estimates the need of an item; docs/methods/need-corrected.md has them.</summary>
internal enum ItemRule
{
    None,
    Staff,
    Care,
    Cases,
    TriplePackaging,
    TestsSwab,
    TestsManual,
    TestsHighThroughput,
    TestsNearPatient,
    TestsAntigen,
    Oxygen,
    Medicine,
    Vaccine,
    EmtType1,
    EmtType2,
    RapidResponse,
    MobileLaboratory,
    Funds,
}

internal static class ItemRules
{
    /// <summary>The words of items.csv. Medicines stand in their own table and have no word here.</summary>
    internal static FrozenDictionary<string, ItemRule> ByWord { get; } = new Dictionary<string, ItemRule>
    {
        ["none"] = ItemRule.None,
        ["staff"] = ItemRule.Staff,
        ["care"] = ItemRule.Care,
        ["cases"] = ItemRule.Cases,
        ["triple-packaging"] = ItemRule.TriplePackaging,
        ["tests-swab"] = ItemRule.TestsSwab,
        ["tests-manual"] = ItemRule.TestsManual,
        ["tests-high-throughput"] = ItemRule.TestsHighThroughput,
        ["tests-near-patient"] = ItemRule.TestsNearPatient,
        ["tests-antigen"] = ItemRule.TestsAntigen,
        ["oxygen"] = ItemRule.Oxygen,
        ["vaccine"] = ItemRule.Vaccine,
        ["emt-type-1"] = ItemRule.EmtType1,
        ["emt-type-2"] = ItemRule.EmtType2,
        ["rapid-response"] = ItemRule.RapidResponse,
        ["mobile-laboratory"] = ItemRule.MobileLaboratory,
        ["funds"] = ItemRule.Funds,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static ItemKind KindOf(ItemRule rule) => rule switch
    {
        ItemRule.Medicine => ItemKind.Medicine,
        ItemRule.Vaccine => ItemKind.Vaccine,
        ItemRule.EmtType1 or ItemRule.EmtType2 or ItemRule.RapidResponse or ItemRule.MobileLaboratory => ItemKind.Team,
        ItemRule.Funds => ItemKind.Funds,
        _ => ItemKind.Goods,
    };
}
