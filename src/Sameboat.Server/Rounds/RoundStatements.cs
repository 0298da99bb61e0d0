using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Allocation;
using Sameboat.Exchange.Chain;
using Sameboat.Record;

namespace Sameboat.Server.Rounds;

/// <summary>What is to be said in a convener's log; id and time are given when it is written.</summary>
internal sealed record Statement(string Kind, string Subject, JsonObject Body);

/// <summary>The statements by which a convener puts a plan on the table. Pure.</summary>
internal static class RoundStatements
{
    /// <summary>The plan of every item with its certificate, and the word that the plan is on the table.</summary>
    internal static IEnumerable<Statement> Plan(
        ChainResult result, string round, bool exercise, Func<TerritoryCode, string> recipientOf)
    {
        var lines = 0;
        for (var index = 0; index < result.Rounds.Length; index++)
        {
            var item = result.Rounds[index];
            var planned = Lines(item, recipientOf);
            lines += planned.Count;
            var coverage = result.Coverage.Where(line => line.Item.Code == item.Item.Code);
            foreach (var statement in ItemPlan(item, index, planned, coverage, round, exercise))
            {
                yield return statement;
            }
        }

        yield return new Statement(
            RoundFold.Proposed, round, RoundFold.ProposedStatement(result.Rounds.Length, lines, exercise));
    }

    /// <summary>
    /// The plan of every item of which something was declined, allocated anew. Lines keep their numbers: an accepted
    /// one its quantity, another is struck out with 0 units, and the new ones come after them.
    /// </summary>
    /// <param name="result">The run of the round as first planned.</param>
    /// <param name="settlement">What the parties answered.</param>
    /// <param name="round">Subject of the round.</param>
    /// <param name="exercise">True when nothing of it is real.</param>
    /// <param name="recipientOf">The member that answers for a place.</param>
    internal static IEnumerable<Statement> Again(
        ChainResult result, Settlement settlement, string round, bool exercise,
        Func<TerritoryCode, string> recipientOf)
    {
        var items = 0;
        var lines = 0;
        for (var index = 0; index < result.Rounds.Length; index++)
        {
            var first = result.Rounds[index];
            var answered = settlement.LinesOf(first.Item.Code.ToString());
            if (!answered.Any(line => line.Quantity > 0 && !line.Accepted))
            {
                continue;
            }

            var (again, coverage) = Reallocation.Again(first, result, answered);
            var added = Lines(again, recipientOf);
            items++;
            lines += added.Count;
            var kept = settlement.Lines
                .Where(line => line.Line.Item == first.Item.Code.ToString())
                .Select(line => Kept(line.Line, line.Answer == LineAnswer.Accepted));
            foreach (var statement in ItemPlan(again, index, [.. kept, .. added], coverage, round, exercise))
            {
                yield return statement;
            }
        }

        yield return new Statement(
            RoundFold.Reallocated, round, RoundFold.ProposedStatement(items, lines, exercise));
    }

    private static IEnumerable<Statement> ItemPlan(
        ItemRound item, int index, IReadOnlyList<PlanLineRow> lines, IEnumerable<CoverageLine> coverage, string round,
        bool exercise)
    {
        var name = EntityName.Parse(round);
        var part = FormattableString.Invariant($"{name.Name}-{index + 1}");
        var plan = EntityName.Of("plan", name.Owner, part).ToString();
        var fair = item.Result.Shares.ToDictionary(
            share => item.Claims[share.Claim], share => share.FairCoverage.ToString());
        var places = coverage.Select(line => new CoverageRow
        {
            Subject = plan,
            Line = 0,
            Round = round,
            Item = item.Item.Code.ToString(),
            Place = line.Place.ToString(),
            Need = line.Need,
            Allocated = line.Before + line.Planned,
            FairCoverage = fair[line.Place],
            Reason = line.Reason,
        });
        foreach (var body in PlanFold.Statements(round, item.Item.Code, lines, [.. places], exercise))
        {
            yield return new Statement(PlanFold.Kind, plan, body);
        }

        var certificate = CertificateJson.ToText([new ItemCertificate(item.Item.Code, item.Result.ToCertificate())]);
        var subject = EntityName.Of("certificate", name.Owner, part).ToString();
        foreach (var body in CertificateFold.Statements(round, item.Item.Code, certificate, exercise))
        {
            yield return new Statement(CertificateFold.Kind, subject, body);
        }
    }

    private static ImmutableList<PlanLineRow> Lines(ItemRound item, Func<TerritoryCode, string> recipientOf) =>
    [
        .. item.Result.Lines.Select(line => new PlanLineRow
        {
            Subject = "",
            Line = 0,
            Round = "",
            Item = item.Item.Code.ToString(),
            Lot = item.Lots[line.Lot].Lot,
            Donor = item.Lots[line.Lot].Donor,
            Recipient = recipientOf(item.Claims[line.Claim]),
            Place = item.Claims[line.Claim].ToString(),
            Quantity = line.Quantity,
        }),
    ];

    private static PlanLineRow Kept(PlanLineRow line, bool accepted) => new()
    {
        Subject = line.Subject,
        Line = line.Line,
        Round = line.Round,
        Item = line.Item,
        Lot = line.Lot,
        Donor = line.Donor,
        Recipient = line.Recipient,
        Place = line.Place,
        Quantity = accepted ? line.Quantity : 0,
    };
}
