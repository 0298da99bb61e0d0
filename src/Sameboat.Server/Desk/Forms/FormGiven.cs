using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Server.Consignments;
using Sameboat.Server.Deployments;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>One line of an entity of which a form asks.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Legend">What it is.</param>
internal sealed record GivenRow(int Line, string Legend);

/// <summary>What the entity of a step says that the step's form asks about.</summary>
/// <param name="Rows">Lines that stand for the rows of the form; none where the reader makes rows.</param>
/// <param name="Choices">What a number is chosen from, by the name of its field.</param>
/// <param name="Note">The name proposed for a note of what was received; empty for none.</param>
internal sealed record FormGiven(
    ImmutableArray<GivenRow> Rows, ImmutableDictionary<string, ImmutableArray<(string Value, string Text)>> Choices,
    string Note)
{
    /// <summary>The most lines that are asked about at once: what is left is asked about when these are counted.
    /// </summary>
    internal const int RowsMax = 100;

    internal static readonly FormGiven None =
        new([], ImmutableDictionary<string, ImmutableArray<(string Value, string Text)>>.Empty, "");

    internal static async Task<FormGiven> ReadAsync(
        NodeContext db, FormKind kind, EntityNow? entity, Words words, CancellationToken cancellation)
    {
        if (kind.Name == "deployment.appraised")
        {
            return Choosing("rating", Enumerable.Range(1, DeploymentFold.RatingMax)
                .Select(rating => (Written(rating), words.Number(rating))));
        }

        if (kind.Name is not ("consignment.received" or "consignment.moved") || entity is null
            || await ConsignmentPapers.ReadAsync(db, $"{entity.Subject}", cancellation) is not { } papers)
        {
            return None;
        }

        return kind.Verb == "moved"
            ? Choosing("leg", papers.Legs.Select(leg => (Written(leg.Leg), $"{leg.From} – {leg.To}")))
            : Counting(papers, words);
    }

    private static FormGiven Choosing(string field, IEnumerable<(string Value, string Text)> choices) =>
        None with { Choices = None.Choices.Add(field, [.. choices]) };

    private static FormGiven Counting(ConsignmentPapers papers, Words words)
    {
        var items = new ItemNames(papers.Outbreak?.Pack ?? "", words);
        return None with
        {
            Note = $"GRN-{papers.Receipts.Select(receipt => receipt.Note).Distinct().Count() + 1}",
            Rows =
            [
                .. papers.Lines.Where(line => line.Open > 0).Take(RowsMax).Select(line => new GivenRow(
                    line.Line, words.Format("work.line", items.Of(line.Item), words.Number(line.Open), line.Lot))),
            ],
        };
    }

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);
}
