using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Needs;
using Sameboat.Server.Record;
using Sameboat.Server.Refusals;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using PlaceCounts = Sameboat.Server.Situation.PlaceCounts;

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
        return ChainRun.Run(await InputAsync(db, order, counts, cancellation), order.Settings);
    }

    /// <summary>What a round stands on: these counts, and the rest as the record has it.</summary>
    internal static async Task<ChainInput> InputAsync(
        NodeContext db, RoundOrder order, IEnumerable<PlaceCounts> counts, CancellationToken cancellation) =>
        RoundInput.Of(
            order.Outbreak,
            counts,
            await db.Offers.AsNoTracking().ToListAsync(cancellation),
            await db.Set<RefusalRow>().AsNoTracking().ToListAsync(cancellation),
            await db.Members.AsNoTracking().ToListAsync(cancellation),
            StandingPromises.Of(
                order.Outbreak,
                await db.Rounds.AsNoTracking().ToListAsync(cancellation),
                await db.PlanLines.AsNoTracking().ToListAsync(cancellation),
                await db.Set<AcceptanceRow>().AsNoTracking().ToListAsync(cancellation)),
            (order.Settings.AsOf, order.Settings.Weeks));

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
    internal static IEnumerable<Entry> PlanEntries(
        ChainResult result, RoundOrder order, Func<TerritoryCode, MemberId> memberOf, EntryStamp stamp) =>
        RoundStatements.Plan(result, order.Round, order.Exercise, place => memberOf(place).ToString())
            .Select(said => stamp.Entry(order.Convener, said.Kind, said.Subject, said.Body));

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

    /// <summary>The checkpoint of a stored note.</summary>
    /// <exception cref="InvalidDataException">The stored note is damaged.</exception>
    internal static Checkpoint ReadCheckpoint(string note) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out var refusal)
        && Checkpoint.TryParse(signed.Text, out var checkpoint)
            ? checkpoint
            : throw new InvalidDataException($"A stored checkpoint is damaged: {refusal}.");
}
