using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;

namespace Sameboat.Exchange.Reports;

/// <summary>The report of a run: one self-contained page.</summary>
public static class ReportPage
{
    /// <summary>Renders the page.</summary>
    public static string Render(ChainResult result, RunHeader header, RunTables tables) =>
        FormattableString.Invariant($"<!doctype html><title>Plan as of {header.AsOf:yyyy-MM-dd}</title>");
}
