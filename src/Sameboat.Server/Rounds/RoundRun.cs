using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Allocation;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>What a round is held with.</summary>
/// <param name="Round">Its subject, the name of an entity of the convener.</param>
/// <param name="Outbreak">Subject of the outbreak.</param>
/// <param name="Convener">Whose log the round stands in.</param>
/// <param name="Settings">Day, weeks, seed, disease.</param>
/// <param name="Exercise">True when nothing of it is real.</param>
internal sealed record RoundOrder(
    string Round, string Outbreak, MemberId Convener, ChainSettings Settings, bool Exercise);

/// <summary>
/// One run of the chain over the record: counts and offers are read from the logs' projections, and everything found
/// is said in entries, each in the log of the member that it speaks for.
/// </summary>
internal static class RoundRun
{
    /// <summary>Days of R before the as-of day that an assessment carries.</summary>
    private const int ReproductionDays = 56;

    /// <summary>Reads what the round stands on and runs the chain.</summary>
    internal static async Task<ChainResult> RunAsync(
        NodeDatabase database, RoundOrder order, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var counts = await SituationReading.CountsAsync(db, order.Outbreak, null, cancellation);
        var offers = await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == order.Outbreak)
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation);
        var input = new ChainInput(
            [.. counts.Select(place => place.Cases)],
            [.. counts.Select(place => place.Deaths)],
            [.. offers.Select((offer, index) => ToChain(offer, index + 1))]);
        return ChainRun.Run(input, order.Settings);
    }

    /// <summary>The situation and the need of each place, in the log of the member that answers for it.</summary>
    internal static IEnumerable<Entry> SituationEntries(
        ChainResult result, RoundOrder order, Func<TerritoryCode, MemberId> memberOf, EntryStamp stamp)
    {
        foreach (var place in result.Places)
        {
            var member = memberOf(place.Territory.Code);
            var day = order.Settings.AsOf.Written();
            yield return stamp.Entry(member, AssessmentFold.Kind, EntityName.Of("assessment", member, day).ToString(),
                AssessmentFold.Statement(ToRow(place.Assessment, order.Outbreak, member), order.Exercise));
            yield return stamp.Entry(member, NeedFold.Kind, EntityName.Of("need", member, day).ToString(),
                NeedFold.Statement(order.Outbreak, place.Territory.Code, order.Settings.AsOf, order.Settings.Weeks,
                    NeedRows(place, order, member), order.Exercise));
        }
    }

    /// <summary>The convener's announcement, before anything is frozen.</summary>
    internal static Entry OpenedEntry(RoundOrder order, EntryStamp stamp) =>
        stamp.Entry(order.Convener, RoundFold.Opened, order.Round, RoundFold.OpenedStatement(
            order.Outbreak, order.Settings.AsOf, order.Settings.Weeks, order.Settings.Seed, order.Exercise));

    /// <summary>Names the checkpoint of every log as it stands now.</summary>
    internal static async Task<Entry> FrozenEntryAsync(
        NodeDatabase database, RoundOrder order, EntryStamp stamp, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var notes = await db.Logs.AsNoTracking()
            .OrderBy(log => log.Member)
            .Select(log => log.Checkpoint)
            .ToListAsync(cancellation);
        return stamp.Entry(order.Convener, RoundFold.Frozen, order.Round,
            RoundFold.FrozenStatement(notes.Select(ReadCheckpoint), order.Exercise));
    }

    /// <summary>The plan of every item with its certificate, and the word that the plan is on the table.</summary>
    internal static IEnumerable<Entry> PlanEntries(ChainResult result, RoundOrder order, EntryStamp stamp)
    {
        var lines = 0;
        var round = EntityName.Parse(order.Round).Name;
        for (var index = 0; index < result.Rounds.Length; index++)
        {
            var item = result.Rounds[index];
            var plan = EntityName.Of("plan", order.Convener, $"{round}-{index + 1}").ToString();
            var planned = PlanRows(item, plan, order);
            lines += planned.Count;
            foreach (var statement in PlanFold.Statements(
                order.Round, item.Item.Code, planned, CoverageRows(result, item, plan, order), order.Exercise))
            {
                yield return stamp.Entry(order.Convener, PlanFold.Kind, plan, statement);
            }

            var certificate = CertificateJson.ToText(
                [new ItemCertificate(item.Item.Code, item.Result.ToCertificate())]);
            foreach (var statement in CertificateFold.Statements(
                order.Round, item.Item.Code, certificate, order.Exercise))
            {
                yield return stamp.Entry(
                    order.Convener, CertificateFold.Kind,
                    EntityName.Of("certificate", order.Convener, $"{round}-{index + 1}").ToString(), statement);
            }
        }

        yield return stamp.Entry(order.Convener, RoundFold.Proposed, order.Round,
            RoundFold.ProposedStatement(result.Rounds.Length, lines, order.Exercise));
    }

    private static Offer ToChain(OfferRow offer, int line) => new(
        offer.Lot,
        offer.Member,
        ItemCode.Parse(offer.Item),
        offer.Quantity,
        offer.Unit,
        offer.Pack,
        TerritoryCode.TryParse(offer.Origin, out var origin) ? origin : null,
        offer.Available is { } available ? DateOnly.FromDayNumber(available) : null,
        offer.Expires is { } expires ? DateOnly.FromDayNumber(expires) : null,
        offer.ColdChain,
        [.. offer.OnlyFor.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TerritoryCode.Parse)],
        line);

    /// <summary>An assessment as the row that its entry says; the subject is left empty.</summary>
    internal static AssessmentRow ToRow(Assessment assessment, string outbreak, MemberId member) => new()
    {
        Subject = "",
        Outbreak = outbreak,
        Member = member.ToString(),
        Place = assessment.Place.ToString(),
        AsOf = assessment.AsOf.DayNumber,
        Trend = assessment.Trend.ToString(),
        Reproduction = assessment.Latest?.Mean,
        ReproductionLow = assessment.Latest?.Quantile025,
        ReproductionHigh = assessment.Latest?.Quantile975,
        ProbabilityAboveOne = assessment.ProbabilityAboveOne,
        DoublingDays = assessment.DoublingTimeDays,
        ReproductionPath = QuantileText.Write(assessment.Reproduction
            .TakeLast(ReproductionDays)
            .Select(estimate => new PeriodQuantiles(
                assessment.Cases.Reported.First.AddDays(estimate.WindowEnd - 1),
                [
                    estimate.Quantile025, estimate.Quantile25, estimate.Median, estimate.Quantile75,
                    estimate.Quantile975,
                ]))),
        Forecast = QuantileText.Write(assessment.CasesForecast.Weeks
            .Select(week => new PeriodQuantiles(week.WeekEnd, week.Quantiles))),
    };

    private static IEnumerable<NeedLineRow> NeedRows(PlaceResult place, RoundOrder order, MemberId member) =>
        place.Need.Select((line, index) => new NeedLineRow
        {
            Subject = "",
            Line = index,
            Outbreak = order.Outbreak,
            Member = member.ToString(),
            Place = place.Territory.Code.ToString(),
            Item = line.Item.ToString(),
            Unit = line.Unit,
            Quantity = line.Quantity,
            Basis = line.Basis,
        });

    private static List<PlanLineRow> PlanRows(ItemRound item, string plan, RoundOrder order) =>
    [
        .. item.Result.Lines.Select((line, index) => new PlanLineRow
        {
            Subject = plan,
            Line = index,
            Round = order.Round,
            Item = item.Item.Code.ToString(),
            Lot = item.Lots[line.Lot].Lot,
            Donor = item.Lots[line.Lot].Donor,
            Place = item.Claims[line.Claim].ToString(),
            Quantity = line.Quantity,
        }),
    ];

    private static List<CoverageRow> CoverageRows(
        ChainResult result, ItemRound item, string plan, RoundOrder order)
    {
        var fair = item.Result.Shares.ToDictionary(
            share => item.Claims[share.Claim], share => share.FairCoverage.ToString());
        return
        [
            .. result.Coverage.Where(line => line.Item.Code == item.Item.Code).Select((line, index) => new CoverageRow
            {
                Subject = plan,
                Line = index,
                Round = order.Round,
                Item = item.Item.Code.ToString(),
                Place = line.Place.ToString(),
                Need = line.Need,
                Allocated = line.Planned,
                FairCoverage = fair[line.Place],
                Reason = line.Reason,
            }),
        ];
    }

    private static Checkpoint ReadCheckpoint(string note) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out var refusal)
        && Checkpoint.TryParse(signed.Text, out var checkpoint)
            ? checkpoint
            : throw new InvalidDataException($"A stored checkpoint is damaged: {refusal}.");
}
